import type { Mismatch } from "../../catalogue/mismatch.js";
import type { ServiceUse } from "../../diagnostics/by-catalogue.js";
import type { Report } from "../../diagnostics/diagnostic.js";
import type { ListedNames, RoleList } from "../../diagnostics/fixes.js";
import {
  dottedKnownSetting,
  memberAmongSettings,
  misplacedSetting,
  unknownSetting,
  wrongSetting,
} from "../../diagnostics/setting-messages.js";
import { missingColon } from "../../diagnostics/shape-messages.js";
import { spacedEntry } from "../../diagnostics/type-corrections.js";
import type { ResolvedInventory } from "../../model/inventory.js";
import type { Origin } from "../../model/origin.js";

/** What of the inventory tells what a setting that is unknown was meant as. */
interface Meaning {
  readonly resolved: ResolvedInventory;
  /** The tags that machines have. */
  readonly tags: () => ReadonlySet<string>;
  readonly report: Report;
}

/** `others` are the other definitions that bring the mismatch together with that at its origin. */
export function reportMismatch(
  mismatch: Mismatch,
  others: readonly Origin[],
  {
    use,
    name,
    listedIn,
  }: {
    readonly use: ServiceUse;
    readonly name: string;
    readonly listedIn: (list: RoleList) => ListedNames;
  },
  { resolved, tags, report }: Meaning,
): void {
  if (mismatch.kind === "wrong") {
    return report(wrongSetting(mismatch.origin, mismatch, others, name, use));
  }
  const { origin, path, known, nested, owner, isBare } = mismatch;
  const list = origin.path.length === 6 ? listOf(String(path[0]), resolved, tags) : undefined;
  const entry = isBare ? spacedEntry(String(path.at(-1)), known.all) : undefined;
  if (nested !== undefined) {
    report(dottedKnownSetting(origin, nested, use));
  } else if (entry !== undefined) {
    report({ ...missingColon(origin, entry), severity: "warning" });
  } else if (list !== undefined) {
    report(memberAmongSettings(origin, String(path[0]), list, listedIn(list), use));
  } else if (owner !== undefined) {
    report(misplacedSetting(origin, path, owner, name, use));
  } else {
    report(unknownSetting(origin, path, known, name, use));
  }
}

/** The list of a role that a name belongs in, if it is one of a machine or tag. */
function listOf(
  name: string,
  { machineClasses }: ResolvedInventory,
  tags: () => ReadonlySet<string>,
): RoleList | undefined {
  return machineClasses.has(name) ? "machines" : tags().has(name) ? "tags" : undefined;
}
