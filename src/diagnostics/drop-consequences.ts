/**
 * A mistake may bring others with it: an inventory whose `tags` are misspelt seems to lack them.
 * What a mistake hides is a gap, and what a gap may have caused is not reported.
 */
import type { Data } from "../model/data.js";
import { isDataMap, valueAt } from "../model/data.js";
import { Origin, type Path } from "../model/origin.js";
import { isPattern } from "../model/pattern.js";
import type { Finding } from "./diagnostic.js";
import { type GapKind, Gaps, nameAt, type Readables } from "./gaps.js";

/**
 * Those findings that are true whatever is missing because of `mistakes`, or because it is unread
 * in one of the `documents`.
 */
export function withoutConsequences(
  findings: readonly Finding[],
  mistakes: readonly Finding[],
  documents: Readables,
): readonly Finding[] {
  const gaps = new Gaps(mistakes, documents);
  return gaps.isEmpty
    ? findings
    : findings.filter((finding) => !mayBeCaused(finding, gaps, documents));
}

function mayBeCaused({ code, place }: Finding, gaps: Gaps, documents: Readables): boolean {
  const path = place instanceof Origin ? place.path : [];
  const has = (...kinds: readonly GapKind[]) => kinds.some((kind) => gaps.has(kind, path));
  switch (code) {
    case "member-count":
      // A role that is assigned by name does not depend on who has a tag.
      return (
        has("machines", "members", "service") ||
        (mayBeByTag(path, documents) && has("tags", "class", "holders"))
      );
    case "idle-role":
    case "missing-role":
    case "similar-tag":
      // What only looks odd waits until nothing is missing.
      return true;
    case "predefined-tag":
      return has("machines", "tags", "class", "holders");
    case "setting-type":
      return has("settings", "service");
    case "settings-conflict":
      return has("settings");
    case "unknown-machine":
      return has("machines") && gaps.mayHold("machines", nameAt(place, documents));
    case "unknown-role":
    case "unknown-service":
    case "unknown-setting":
      return has("service");
    case "unknown-value":
      return has("values");
    case "unknown-tag":
      return has("machines", "tags", "class") && mayHaveTag(place, gaps, documents);
    default:
      return false;
  }
}

/**
 * Whether a machine may have the tag, or the definition of the tag be missing. Only the names at
 * the mistakes can be what is missing, except for tags that depend on others: a pattern, or a
 * computed tag that seems to be empty. What these add up to is known only once the mistakes are
 * corrected.
 */
function mayHaveTag(place: Finding["place"], gaps: Gaps, documents: Readables): boolean {
  const tag = nameAt(place, documents);
  const dependsOnOthers =
    isPattern(tag) ||
    [...documents.values()].some(({ value }) => isDataMap(valueAt(value, ["tags", tag])));
  return dependsOnOthers || gaps.mayHold("machines", tag) || gaps.mayHold("tags", tag);
}

/** Whether the role at this path is assigned by tag, as far as can be known. */
function mayBeByTag(path: Path, documents: Readables): boolean {
  const roles = Array.from(documents.values(), ({ value }) => valueAt(value, path));
  const known = roles.filter((role) => role !== undefined);
  return known.length === 0 || known.some((role) => !isEmpty(valueAt(role, ["tags"])));
}

function isEmpty(data: Data | undefined): boolean {
  return typeof data !== "object" || data === null || Object.keys(data).length === 0;
}
