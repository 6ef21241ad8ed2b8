/**
 * A mistake may bring others with it: an inventory whose `tags` are misspelt seems to lack them.
 * What a mistake hides is a gap, and what a gap may have caused is not reported.
 */
import type { Data } from "../model/data.js";
import { isDataMap, valueAt } from "../model/data.js";
import { isFreeForm } from "../model/free-form.js";
import { getOrInsertComputed } from "../model/maps.js";
import { oddSign } from "../model/odd-text.js";
import { Origin, type Path } from "../model/origin.js";
import { isPattern } from "../model/pattern.js";
import { isWithin } from "../model/setting-path.js";
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

/**
 * One finding for one mistake: a scalar of the wrong type is not also called ambiguous, or a text
 * that looks like a path, unless that says more; then it is as grave. Of a tag with an odd name
 * neither it nor its parts are also called unknown, and no tag that is computed from an unknown one. A role whose modules are in its settings is not
 * also called idle, and one whose name is unknown not also missing.
 */
export function withoutDoubles(
  findings: readonly Finding[],
  documents: Readables,
): readonly Finding[] {
  const ranked = withoutMistyped(withoutOutranked(findings));
  const ofTags = withoutComputedTags(withoutOddTags(ranked, documents), documents);
  return withoutMissingRoles(withoutLostModules(ofTags));
}

function withoutLostModules(findings: readonly Finding[]): readonly Finding[] {
  const lost = findings.flatMap(({ code, place }) =>
    code === "unknown-setting" && place instanceof Origin && place.path.at(-1) === "extraModules"
      ? [place.path]
      : [],
  );
  const isAbout = ({ code, place }: Finding, path: Path) =>
    place instanceof Origin &&
    (code === "idle-role"
      ? isWithin(path, place.path)
      : code === "path-as-text" && isWithin(place.path, path));
  return lost.length === 0
    ? findings
    : findings.filter((finding) => !lost.some((path) => isAbout(finding, path)));
}

function withoutMissingRoles(findings: readonly Finding[]): readonly Finding[] {
  const instanceOf = ({ place }: Finding) => place instanceof Origin && place.path[1];
  const unknown = new Set(
    findings.filter(({ code }) => code === "unknown-role").map((finding) => instanceOf(finding)),
  );
  return unknown.size === 0
    ? findings
    : findings.filter(
        (finding) => finding.code !== "missing-role" || !unknown.has(instanceOf(finding)),
      );
}

/** What is said less well of a mistake is left out; what says more is as grave. */
function withoutOutranked(findings: readonly Finding[]): readonly Finding[] {
  const outranking = new Map<string | undefined, Finding[]>();
  for (const finding of findings.filter(({ outranks }) => outranks !== undefined)) {
    getOrInsertComputed(outranking, addressOf(finding.place), () => []).push(finding);
  }
  if (outranking.size === 0) {
    return findings;
  }
  const grave = new Set<Finding>();
  const kept = findings.filter((finding) => {
    const places = [finding.place, ...finding.related.map(({ place }) => place)];
    const others = places.flatMap((place) => outranking.get(addressOf(place)) ?? []);
    const other = others.find((each) => each !== finding && each.outranks!.includes(finding.code));
    if (other !== undefined && finding.severity === "error") {
      grave.add(other);
    }
    return other === undefined;
  });
  return grave.size === 0
    ? kept
    : kept.map((finding) => (grave.has(finding) ? { ...finding, severity: "error" } : finding));
}

function addressOf(place: Finding["place"]): string | undefined {
  return place instanceof Origin ? place.address : undefined;
}

function withoutMistyped(findings: readonly Finding[]): readonly Finding[] {
  const mistyped = new Set(
    findings.filter(({ code }) => code === "setting-type").map(({ place }) => addressOf(place)),
  );
  return mistyped.size === 0
    ? findings
    : findings.filter(({ code, place }) => !(lesser.has(code) && mistyped.has(addressOf(place))));
}

function withoutOddTags(findings: readonly Finding[], documents: Readables): readonly Finding[] {
  const parts = new Set<string>();
  for (const { place } of findings.filter(isAboutName)) {
    const name = nameAt(place, documents);
    for (const part of [
      name,
      oddSign(name)?.rest ?? name,
      ...name.split(/[\s,;:"'()[\]{}\u2018-\u201f]+/),
    ]) {
      parts.add(part);
    }
  }
  const isOfTags = ({ code }: Finding) => code === "similar-tag" || code === "unknown-tag";
  return parts.size === 0
    ? findings
    : findings.filter(
        (finding) => !isOfTags(finding) || !parts.has(nameAt(finding.place, documents)),
      );
}

/** A tag that is computed from one that no machine has is empty because of that. */
function withoutComputedTags(
  findings: readonly Finding[],
  documents: Readables,
): readonly Finding[] {
  const empty = new Set<string>();
  for (const { code, place } of findings) {
    const [root, tag, ...inside] = place instanceof Origin ? place.path : [];
    if (code === "unknown-tag" && root === "tags" && inside.length > 0) {
      empty.add(String(tag));
    }
  }
  if (empty.size === 0) {
    return findings;
  }
  const users = usersOfTags(documents);
  // A set is walked with what is added on the way.
  for (const tag of empty) {
    users.get(tag)?.forEach((user) => empty.add(user));
  }
  return findings.filter(
    ({ code, place }) => code !== "unknown-tag" || !empty.has(nameAt(place, documents)),
  );
}

/** The computed tags that take the machines of each tag. */
function usersOfTags(documents: Readables): ReadonlyMap<string, readonly string[]> {
  const users = new Map<string, string[]>();
  for (const { value } of documents.values()) {
    const tags = valueAt(value, ["tags"]);
    for (const [user, selector] of isDataMap(tags) ? Object.entries(tags) : []) {
      for (const list of [valueAt(selector, ["anyOf"]), valueAt(selector, ["allOf"])]) {
        for (const tag of Array.isArray(list) ? list : []) {
          getOrInsertComputed(users, String(tag), () => []).push(user);
        }
      }
    }
  }
  return users;
}

function isAboutName({ code, place }: Finding): boolean {
  return (
    code === "tag-name" ||
    (code === "ambiguous-scalar" && place instanceof Origin && !isFreeForm(place.path))
  );
}

/** What is also wrong with a value of the wrong type. */
const lesser: ReadonlySet<Finding["code"]> = new Set(["ambiguous-scalar", "path-as-text"]);

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
