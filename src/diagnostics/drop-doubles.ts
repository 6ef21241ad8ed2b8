import { isDataMap, valueAt } from "../model/data.js";
import { isFreeForm } from "../model/free-form.js";
import { getOrInsertComputed } from "../model/maps.js";
import { oddSign } from "../model/odd-text.js";
import { Origin, type Path } from "../model/origin.js";
import { isWithin } from "../model/setting-path.js";
import type { Finding } from "./diagnostic.js";
import { addressOf } from "./finding.js";
import { nameAt, type Readables } from "./gaps.js";

/**
 * One finding for one mistake:
 * - A scalar of the wrong type is not also called ambiguous, or a text that looks like a path, unless
 *   that says more; then it is as grave.
 * - Neither a tag with an odd name nor its parts are also called unknown, and no tag that is computed
 *   from an unknown one.
 * - A role whose machines, tags or modules are in its settings, or whose name is unknown, is not
 *   also called idle; nor is a role that another one needs called missing then.
 * - What was meant as a special form is not also of the wrong type.
 */
export function withoutDoubles(
  findings: readonly Finding[],
  documents: Readables,
): readonly Finding[] {
  const ranked = withoutMistyped(withoutOutranked(findings));
  const ofTags = withoutComputedTags(withoutOddTags(ranked, documents), documents);
  return withoutMissingRoles(withoutLostParts(withoutMisspeltForms(ofTags)));
}

/** The machines, tags and modules of a role may be in its settings by mistake, or its tags unknown. */
function withoutLostParts(findings: readonly Finding[]): readonly Finding[] {
  const pathOf = ({ place }: Finding) => (place instanceof Origin ? place.path : []);
  const lost = findings
    .filter(({ code, hides }) => code === "unknown-setting" && hides !== undefined)
    .map(pathOf);
  const unknown = findings
    .filter(({ code }) => code === "unknown-tag")
    .map(pathOf)
    .filter(([, , , , field]) => field === "tags");
  if (lost.length + unknown.length === 0) {
    return findings;
  }
  const roleOf = (path: Path) => JSON.stringify(path.slice(0, 4));
  const without = new Set(lost.map(roleOf));
  const lacking = new Set([...lost, ...unknown].map(roleOf));
  return findings.filter((finding) => {
    const path = pathOf(finding);
    switch (finding.code) {
      case "idle-role":
        return !without.has(roleOf(path));
      case "member-count":
        return !lacking.has(roleOf(path));
      case "path-as-text":
        return !lost.some((part) => isWithin(path, part));
      default:
        return true;
    }
  });
}

/** A map that was meant as a special form has the wrong type because it is none. */
function withoutMisspeltForms(findings: readonly Finding[]): readonly Finding[] {
  const misspelt = new Set<string | undefined>(
    findings.flatMap(({ code, place }) =>
      code === "form-like-key" && place instanceof Origin ? [place.parent.address] : [],
    ),
  );
  return misspelt.size === 0
    ? findings
    : findings.filter(
        ({ code, place }) => code !== "setting-type" || !misspelt.has(addressOf(place)),
      );
}

function withoutMissingRoles(findings: readonly Finding[]): readonly Finding[] {
  const instancesOf = ({ place }: Finding) => (place instanceof Origin ? [place.path[1]] : []);
  const unknown = findings.filter(({ code }) => code === "unknown-role");
  const idle = findings.filter(({ code }) => code === "idle-role");
  // Where the name of an instance is misspelt, its roles are those of another.
  const renamed = findings.flatMap(({ code, fixes = [] }) =>
    code === "unknown-service"
      ? fixes.flatMap(({ changes: [change] }) =>
          change !== undefined && "kind" in change && change.kind === "replaceKey"
            ? [change.key]
            : [],
        )
      : [],
  );
  if (unknown.length + idle.length + renamed.length === 0) {
    return findings;
  }
  const instances = new Set([...[...unknown, ...idle].flatMap(instancesOf), ...renamed]);
  const roles = new Set(unknown.map(({ place }) => addressOf(place)));
  return findings.filter((finding) =>
    finding.code === "idle-role"
      ? !roles.has(addressOf(finding.place))
      : finding.code !== "missing-role" || !instancesOf(finding).some((it) => instances.has(it)),
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

/** A tag that is computed from one that no machine has, or has an odd name, is empty because of that. */
function withoutComputedTags(
  findings: readonly Finding[],
  documents: Readables,
): readonly Finding[] {
  const empty = new Set<string>();
  for (const finding of findings) {
    const { code, place } = finding;
    const [root, tag, ...inside] = place instanceof Origin ? place.path : [];
    const isUnknown = code === "unknown-tag" || isAboutName(finding);
    if (isUnknown && root === "tags" && inside.length > 0) {
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
