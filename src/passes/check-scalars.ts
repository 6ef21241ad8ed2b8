import { acceptedAt, type Steps } from "../catalogue/accepted-at.js";
import { maxWarnings } from "../diagnostics/budget.js";
import type { Finding, Report } from "../diagnostics/diagnostic.js";
import {
  ambiguousKey,
  ambiguousScalar,
  commentInText,
  itemsInText,
} from "../diagnostics/scalar-messages.js";
import { type Catalogue, serviceOf } from "../model/catalogue.js";
import type { AmbiguousScalar } from "../model/document.js";
import { isFreeForm, settingPath } from "../model/free-form.js";
import type { Inventory } from "../model/inventory.js";
import { oddKeySign, oddSign } from "../model/odd-text.js";
import { Origin, type Path } from "../model/origin.js";
import type { Accepted } from "../model/setting-schema.js";
import type { Source } from "../model/source.js";

/** The scalars of a text that may not be what they look like. */
export interface Scalars {
  readonly source: Source;
  readonly ambiguous: readonly AmbiguousScalar[];
}

/**
 * Warns of scalars that may not be what they look like: in settings and modules, and where aliases
 * there may lead. What the catalogue expects as it is read is as it should be. The search ends where no
 * more warnings are kept.
 */
export function checkScalars(
  texts: readonly Scalars[],
  inventory: Inventory,
  catalogue: Catalogue,
  report: Report,
): void {
  const steps: Steps = { left: 1_000_000 };
  let reported = 0;
  for (const { source, ambiguous } of texts) {
    for (const scalar of ambiguous) {
      if (reported === maxWarnings) {
        return;
      }
      if (isChecked(scalar) && !isExpected(scalar, { inventory, catalogue, steps })) {
        report(findingOf(scalar, source));
        reported++;
      }
    }
  }
}

/** Keys and what looks like a list are checked in the fixed shape, too. */
function isChecked(scalar: AmbiguousScalar): boolean {
  const { path, isAnchored, items, isKey } = scalar;
  if (isKey || items !== undefined) {
    return !isIgnored(path);
  }
  const isShared = isAnchored && String(path[0]).startsWith("x-");
  return isFreeForm(path) || isShared || hasOddSign(scalar);
}

function findingOf(
  { path, text, comment, items, isKey }: AmbiguousScalar,
  source: Source,
): Finding {
  const origin = Origin.root(source).to(path);
  if (isKey) {
    return ambiguousKey(origin.asKey(), text, oddKeySign(text)!);
  }
  if (items !== undefined) {
    return itemsInText(origin, items);
  }
  return comment === undefined
    ? ambiguousScalar(origin, text)
    : commentInText(origin, text, comment);
}

function isIgnored([root]: Path): boolean {
  return String(root).startsWith("x-") || root === "$schema";
}

/** Whether text that is not in settings has an odd sign. */
function hasOddSign({ path, text, comment }: AmbiguousScalar): boolean {
  return !isIgnored(path) && comment === undefined && oddSign(text) !== undefined;
}

interface Knowledge {
  readonly inventory: Inventory;
  readonly catalogue: Catalogue;
  /** Looking up what is expected ends with these; the rest is not reported. */
  readonly steps: Steps;
}

function isExpected(
  { path, text, comment, items, isKey }: AmbiguousScalar,
  knowledge: Knowledge,
): boolean {
  if (isKey || items !== undefined) {
    return false;
  }
  if (comment !== undefined) {
    return isWhole(path);
  }
  const { instanceName, roleName, setting } = settingPath(path) ?? {};
  if (instanceName === undefined) {
    return false;
  }
  const { inventory, catalogue, steps } = knowledge;
  const instance = inventory.instances.get(instanceName);
  const service = instance && serviceOf(instanceName, instance, catalogue);
  const schema = service?.roles.get(roleName!)?.settings;
  const accepted = schema === undefined ? undefined : acceptedAt(schema, setting!, steps);
  return steps.left < 0 || (accepted !== undefined && expects(accepted, text));
}

/** Whether this is the whole of settings or modules, which are often left empty. */
function isWhole(path: Path): boolean {
  return !isFreeForm(path.slice(0, -1));
}

/** `no` for a choice of words that has it, `1.10` for a number that cannot be text. */
function expects({ types, values }: Accepted, text: string): boolean {
  if (values.includes(text)) {
    return true;
  }
  const takesText = types.includes("string") || values.some((value) => typeof value === "string");
  return !takesText && types.includes("number") && /^[-+]?\d*\.|e/i.test(text);
}
