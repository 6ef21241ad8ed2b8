import { type Data, isDataMap, valueAt } from "../model/data.js";
import { getOrInsertComputed } from "../model/maps.js";
import { oddKeySign, oddSign } from "../model/odd-text.js";
import { Origin, type Path } from "../model/origin.js";
import type { Finding } from "./diagnostic.js";
import { addressOf } from "./finding.js";
import { nameAt, type Readables } from "./gaps.js";
import { misspeltDeclaration } from "./meaning-messages.js";

/**
 * Where several places agree on a name, and only its declaration, which nothing uses, is written
 * otherwise, the mistake is there: one finding instead of one for each place. A single place will do
 * where the declaration has an odd sign in it.
 */
export function withMisspeltDeclarations(
  findings: readonly Finding[],
  documents: Readables,
): readonly Finding[] {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings.filter(isUnknownName)) {
    getOrInsertComputed(groups, keyOf(finding, documents), () => []).push(finding);
  }
  let uses: Uses | undefined;
  const gathered = new Map<Finding, Finding | undefined>();
  for (const group of groups.values()) {
    const [first] = group as [Finding];
    const kind = first.code === "unknown-machine" ? "machines" : "tags";
    for (const near of nearNames(first)) {
      uses ??= usesIn(documents);
      const [declaration, ...others] = uses[kind].has(near)
        ? []
        : declarationsOf(kind, near, documents);
      const hasOwnFinding = declaration?.isKey === false && oddSign(near) !== undefined;
      const isSure = group.length > 1 || oddKeySign(near) !== undefined;
      if (declaration === undefined || others.length > 0 || hasOwnFinding || !isSure) {
        continue;
      }
      const name = nameAt(first.place, documents);
      group.forEach((finding) => gathered.set(finding, undefined));
      gathered.set(first, misspeltDeclaration(group, name, near, declaration));
      break;
    }
  }
  if (gathered.size === 0) {
    return findings;
  }
  const declared = new Set(
    [...gathered.values()].map((finding) => finding && addressOf(finding.place)),
  );
  return findings
    .filter(({ code, place }) => code !== "ambiguous-scalar" || !declared.has(addressOf(place)))
    .flatMap((finding) => (gathered.has(finding) ? (gathered.get(finding) ?? []) : [finding]));
}

type Kind = "machines" | "tags";

function isUnknownName({ code, place }: Finding): boolean {
  return (code === "unknown-machine" || code === "unknown-tag") && place instanceof Origin;
}

function keyOf({ code, place }: Finding, documents: Readables): string {
  return `${code} ${nameAt(place, documents)}`;
}

/** The names that a finding suggests, the best first. */
function nearNames({ fixes = [] }: Finding): readonly string[] {
  return fixes.flatMap(({ changes: [change] }) => {
    if (change === undefined || !("kind" in change)) {
      return [];
    }
    const name =
      change.kind === "replaceKey"
        ? change.key
        : change.kind === "replaceValue"
          ? change.value
          : undefined;
    return typeof name === "string" ? [name] : [];
  });
}

/** Where a name is declared; a tag is also declared by the machines that have it. */
function declarationsOf(kind: Kind, name: string, documents: Readables): readonly Origin[] {
  return [...documents].flatMap(([source, { value }]): readonly Origin[] => {
    const declared = valueAt(value, [kind]);
    const root = Origin.root(source);
    if (isDataMap(declared) && Object.hasOwn(declared, name)) {
      return [root.at(kind).at(name).asKey()];
    }
    const lists: readonly (readonly [Origin, Data | undefined])[] =
      kind === "machines"
        ? [[root.at(kind), declared]]
        : machinesIn(value).map((machine) => [
            root.at("machines").at(machine).at("tags"),
            valueAt(value, ["machines", machine, "tags"]),
          ]);
    return lists.flatMap(([list, items]) => {
      const index = Array.isArray(items) ? items.indexOf(name) : -1;
      return index < 0 ? [] : [list.at(index)];
    });
  });
}

function machinesIn(data: Data): readonly string[] {
  const machines = valueAt(data, ["machines"]);
  return isDataMap(machines) ? Object.keys(machines) : [];
}

type Uses = Readonly<Record<Kind, ReadonlySet<string>>>;

/** The names of machines and tags that roles and definitions of tags use. */
function usesIn(documents: Readables): Uses {
  const uses = { machines: new Set<string>(), tags: new Set<string>() };
  const add = (kind: Kind, names: Data | undefined): void => {
    for (const name of namesIn(names)) {
      uses[kind].add(name);
    }
  };
  for (const { value } of documents.values()) {
    for (const instance of valuesAt(value, ["instances"])) {
      for (const role of valuesAt(instance, ["roles"])) {
        add("machines", valueAt(role, ["machines"]));
        add("tags", valueAt(role, ["tags"]));
      }
    }
    for (const definition of valuesAt(value, ["tags"])) {
      add("machines", isDataMap(definition) ? valueAt(definition, ["machines"]) : definition);
      add("machines", valueAt(definition, ["except"]));
      for (const selector of ["anyOf", "allOf", "noneOf"]) {
        add("tags", valueAt(definition, [selector]));
      }
    }
  }
  return uses;
}

function valuesAt(data: Data, path: Path): readonly Data[] {
  const value = valueAt(data, path);
  return isDataMap(value) ? Object.values(value) : [];
}

/** The items of a list, or the keys of a map. */
function namesIn(data: Data | undefined): readonly string[] {
  if (Array.isArray(data)) {
    return data.filter((item) => typeof item === "string");
  }
  return isDataMap(data) ? Object.keys(data) : [];
}
