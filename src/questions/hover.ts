import { describeRole, describeService } from "../catalogue/describe-service.js";
import { shapeAt } from "../catalogue/shape-at.js";
import { describeForm } from "../model/form-words.js";
import type { Range } from "../model/source.js";
import { formKeys } from "../model/special-forms.js";
import { codeBlock, paragraphs } from "../text/markdown.js";
import { anchorRanges } from "./anchor-ranges.js";
import { describeMembers, describeName } from "./hover/describe-name.js";
import { describeSettingAt } from "./hover/describe-setting.js";
import { serviceNameOf } from "./hover/service-name.js";
import { nameIn } from "./name-at.js";
import { type SourcePlace, wordAt } from "./place-at.js";
import { roleAt, settingAt } from "./setting-place.js";
import type { At, View } from "./view.js";

/** A longer value is no explanation. */
const mostLines = 20;

/** What an editor shows of the word under the cursor. */
export interface Hover {
  /** The word. */
  readonly range: Range;
  /** Markdown. */
  readonly text: string;
}

/**
 * What the word under the cursor is: who has a tag and why, what a machine is a member of, what a
 * setting does and which of its values wins, or what the key of a fixed shape is for.
 */
export function hover(view: View, at: At): Hover | undefined {
  const place = wordAt(view, at);
  const text = place && describe(view, place);
  const range = text ? view.rangeOf({ source: place.source, ...place.span }) : undefined;
  return range ? { range, text: text! } : hoverOfAlias(view, at);
}

/** What an alias that is no name stands for, if that is not long. */
function hoverOfAlias(view: View, at: At): Hover | undefined {
  const { here, value, anchor } = anchorRanges(view, at) ?? {};
  const isAlias = here !== undefined && here.start.offset !== anchor!.start.offset;
  return isAlias && value !== undefined && value.split("\n").length <= mostLines
    ? { range: here, text: codeBlock("yaml", value) }
    : undefined;
}

function describe(view: View, place: SourcePlace): string | undefined {
  const { path, part } = place;
  const name = nameIn(view, place);
  if (name !== undefined) {
    return describeName(view, name) ?? shapeAt(path)?.text;
  }
  const last = path.at(-1);
  if (part === "key" && typeof last === "string" && formKeys.includes(last)) {
    return describeForm(last.slice(1));
  }
  const setting = settingAt(path);
  if (setting !== undefined && setting.path.length > 0) {
    return describeSettingAt(view, setting);
  }
  return describeInstancePart(view, place) ?? shapeText(place);
}

/** A role by its key, and the service that a module names. */
function describeInstancePart(view: View, { path, part }: SourcePlace): string | undefined {
  const [instances, instance, field, ...inside] = path;
  if (instances !== "instances" || typeof instance !== "string") {
    return undefined;
  }
  const service = serviceNameOf(view, instance);
  if (field === "module" && part === "value" && inside.join() !== "input") {
    return describeService(view.catalogue, service)?.text;
  }
  const role = roleAt(path);
  return role !== undefined && inside.length === 1 && part === "key"
    ? paragraphs([
        describeRole(view.catalogue, service, role.role)?.text,
        describeMembers(view, role),
      ])
    : undefined;
}

/** Of a scalar's value the key says it all. */
function shapeText({ path }: SourcePlace): string | undefined {
  const shape = shapeAt(path);
  return shape && paragraphs([shape.text, path.length > 1 ? shape.summary : undefined]);
}
