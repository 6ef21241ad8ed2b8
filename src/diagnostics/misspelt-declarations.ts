import { type Data, isDataMap, valueAt } from "../model/data.js";
import { getOrInsertComputed } from "../model/maps.js";
import { oddKeySign, oddSign } from "../model/odd-text.js";
import { once } from "../model/once.js";
import { Origin, type Path } from "../model/origin.js";
import type { Finding } from "./diagnostic.js";
import { addressOf } from "./finding.js";
import { nameAt, type Readables } from "./gaps.js";
import { misspeltDeclaration, nameOrDeclaration } from "./meaning-messages.js";

/**
 * Where several places agree on a name, and only its declaration, which nothing uses, is written
 * otherwise, the mistake is there: one finding instead of one for each place. A single place will do
 * where the declaration has an odd sign in it, or capitals; else either may be wrong.
 */
export function withMisspeltDeclarations(
  findings: readonly Finding[],
  documents: Readables,
): readonly Finding[] {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings.filter(isUnknownName)) {
    getOrInsertComputed(groups, keyOf(finding, documents), () => []).push(finding);
  }
  const uses = once(() => usesIn(documents));
  const declarations = once(() => declarationsIn(documents));
  const gathered = new Map<Finding, Finding | undefined>();
  for (const group of groups.values()) {
    const [first] = group as [Finding];
    const kind = first.code === "unknown-machine" ? "machines" : "tags";
    for (const near of nearNames(first)) {
      if (uses()[kind].has(near)) {
        continue;
      }
      const [declaration, ...others] = declarations()[kind].get(near) ?? [];
      const hasOwnFinding = declaration?.isKey === false && oddSign(near) !== undefined;
      if (declaration === undefined || others.length > 0 || hasOwnFinding) {
        continue;
      }
      const name = nameAt(first.place, documents);
      const isSure =
        group.length > 1 || oddKeySign(near) !== undefined || near.toLowerCase() === name;
      if (!isSure) {
        gathered.set(first, nameOrDeclaration(first, near, declaration));
        break;
      }
      group.forEach((finding) => gathered.set(finding, undefined));
      gathered.set(first, misspeltDeclaration(group, name, near, declaration));
      break;
    }
  }
  if (gathered.size === 0) {
    return findings;
  }
  const declared = new Set(
    [...gathered.values()].flatMap((finding) => (finding ? [addressOf(finding.place)] : [])),
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

type Declarations = Readonly<Record<Kind, ReadonlyMap<string, readonly Origin[]>>>;

/** Where each name is declared; a tag is also declared by the machines that have it. */
function declarationsIn(documents: Readables): Declarations {
  const places = { machines: new Map<string, Origin[]>(), tags: new Map<string, Origin[]>() };
  for (const [source, { value }] of documents) {
    const root = Origin.root(source);
    const add = (kind: Kind, name: string, place: Origin): void => {
      getOrInsertComputed(places[kind], name, () => []).push(place);
    };
    for (const kind of ["machines", "tags"] as const) {
      const declared = valueAt(value, [kind]);
      const list = root.at(kind);
      if (isDataMap(declared)) {
        Object.keys(declared).forEach((name) => add(kind, name, list.at(name).asKey()));
      } else if (kind === "machines") {
        eachName(declared, (name, index) => add(kind, name, list.at(index)));
      }
    }
    const defined = valueAt(value, ["tags"]);
    for (const machine of machinesIn(value)) {
      const list = root.at("machines").at(machine).at("tags");
      eachName(valueAt(value, ["machines", machine, "tags"]), (name, index) => {
        if (!isDataMap(defined) || !Object.hasOwn(defined, name)) add("tags", name, list.at(index));
      });
    }
  }
  return places;
}

/** Calls back for each name of a list where it is first. */
function eachName(items: Data | undefined, found: (name: string, index: number) => void): void {
  const known = new Set<string>();
  for (const [index, name] of Array.isArray(items) ? items.entries() : []) {
    if (typeof name === "string" && !known.has(name)) found(name, index);
    known.add(name);
  }
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
