import { nearest } from "../../diagnostics/suggest.js";
import { places } from "../../generated/shape.js";
import { type Data, type DataMap, isDataMap } from "../../model/data.js";
import { isList } from "../../model/value.js";
import { looksLike } from "./homes.js";
import { type Misplaced, withStrays } from "./misplaced-entry.js";

/** The keys at the top level whose maps hold entries by name. */
const sections = ["machines", "tags", "instances"] as const;

type Section = (typeof sections)[number];

/**
 * Entries of a section whose header was lost, or is indented like them: they ended up in the section
 * before it, or at the top level.
 */
export function entriesWithoutHeader(root: Data): readonly Misplaced[] {
  if (!isDataMap(root)) {
    return [];
  }
  const missing = missingIn(root);
  return [
    ...atTopLevel(root, missing),
    ...inMeta(root, missing),
    ...inSections(root, missing),
    ...listsOfMachines(root),
    ...valuesInSections(root),
  ];
}

function missingIn(root: DataMap): readonly Section[] {
  return sections.filter((section) => (root[section] ?? null) === null);
}

/**
 * Sections, and entries of missing ones, among the shared values, where anything is allowed. What is
 * used as a value is one.
 */
export function sectionsInValues(root: Data): readonly Misplaced[] {
  const values = isDataMap(root) ? root["values"] : undefined;
  if (!isDataMap(values) || !isDataMap(root) || isOfValues(root)) {
    return [];
  }
  const found = missingIn(root).flatMap((section): readonly Misplaced[] => {
    const whole = values[section];
    const from = ["values", section];
    if (isDataMap(whole) && Object.values(whole).some((entry) => isOf(section, entry))) {
      return [{ from, home: "", owner: [] }];
    }
    const entries = entriesOf(section, "values", values, (value) => isOf(section, value));
    const followers = keysAfter(section, values).map((key) => ["values", key]);
    return whole === null && entries.length > 0
      ? [{ from, home: "", owner: [], followers }]
      : entries;
  });
  const used = found.length === 0 ? new Set<Data>() : usedValues(root);
  return found.filter(({ from }) => !used.has(from[1]!));
}

/** Whether a file has shared values alone: other files use them. */
function isOfValues(root: DataMap): boolean {
  return Object.keys(root).every((key) => key === "values" || !places[""]!.includes(key));
}

function atTopLevel(root: DataMap, missing: readonly Section[]): readonly Misplaced[] {
  const known = places[""]!;
  const keys = Object.keys(root);
  const isStray = (key: string) =>
    /^\w[\w-]*$/.test(key) &&
    !key.startsWith("x-") &&
    !wrappers.has(key) &&
    nearest(key, known).length === 0;
  const strays = keys.filter((key) => !known.includes(key) && isStray(key));
  const header = keys.find((key, index) => {
    const next = keys[index + 1];
    return root[key] === null && isHeader(key) && next !== undefined && strays.includes(next);
  });
  if (header !== undefined) {
    const rest = keysAfter(header, root);
    const isEntry = (key: string) =>
      strays.includes(key) || (!known.includes(key) && looksLike(root[key]!, `${header}.*`));
    const end = rest.findIndex((key) => !isEntry(key));
    return rest
      .slice(0, end < 0 ? undefined : end)
      .map((key) => withStrays({ from: [key], home: header, owner: [header] }, root[key]!));
  }
  const entries = Object.fromEntries(strays.map((key) => [key, root[key]!]));
  return [
    ...missing.flatMap((section) =>
      entriesOf(section, "", entries, (value) => isOf(section, value)),
    ),
    ...outdented(root, new Set(strays), missing),
  ];
}

/** Entries of the section above them that are at the top level. */
function outdented(
  root: DataMap,
  strays: ReadonlySet<string>,
  missing: readonly Section[],
): readonly Misplaced[] {
  const found: Misplaced[] = [];
  let section: Section | undefined;
  for (const [key, value] of Object.entries(root)) {
    if (places[""]!.includes(key)) {
      section = sections.find((each) => each === key && !missing.includes(each));
    } else if (section !== undefined && strays.has(key) && isOf(section, value)) {
      found.push(withStrays({ from: [key], home: section, owner: [section] }, value));
    }
  }
  return found;
}

/** Keys that have findings of their own. */
const wrappers: ReadonlySet<string> = new Set(["clan", "inventory", "modules", "services"]);

function isHeader(key: string): boolean {
  return key === "values" || sections.some((section) => section === key);
}

function inMeta({ meta = null }: DataMap, missing: readonly Section[]): readonly Misplaced[] {
  if (!isDataMap(meta)) {
    return [];
  }
  const strays = Object.keys(meta).filter((key) => !places["meta"]!.includes(key));
  const entries = Object.fromEntries(strays.map((key) => [key, meta[key]!]));
  return missing
    .filter((section) => !Object.hasOwn(meta, section))
    .flatMap((section) => entriesOf(section, "meta", entries, (value) => isOf(section, value)));
}

function inSections(root: DataMap, missing: readonly Section[]): readonly Misplaced[] {
  return sections.flatMap((around) => {
    const map = root[around] ?? null;
    return isDataMap(map) ? missing.flatMap((section) => inSection(map, around, section)) : [];
  });
}

/** The map of `around` may hold what is of the missing `section`, or all of it. */
function inSection(map: DataMap, around: Section, section: Section): readonly Misplaced[] {
  const whole = map[section];
  if (whole === undefined) {
    return Object.keys(map)
      .filter((key) => isOf(section, map[key]!))
      .filter((key) => !isOf(around, map[key]!) && !isSelector(map[key]!, around))
      .map((key) => ({ from: [around, key], home: section, owner: [section] }));
  }
  const isWhole =
    isDataMap(whole) &&
    !isOf(around, whole) &&
    Object.values(whole).some((entry) => isOf(section, entry) || isList(entry));
  return isWhole ? [{ from: [around, section], home: "", owner: [] }] : [];
}

/** Tags among the machines, which list machines. */
function listsOfMachines({ machines = null, tags = null }: DataMap): readonly Misplaced[] {
  if (!isDataMap(machines) || Object.hasOwn(machines, "tags") || isList(tags)) {
    return [];
  }
  const isOfMachines = (value: Data) =>
    isList(value) &&
    value.length > 0 &&
    value.every((name) => typeof name === "string" && Object.hasOwn(machines, name));
  return Object.keys(machines)
    .filter((key) => isOfMachines(machines[key]!))
    .map((key) => ({ from: ["machines", key], home: "tags", owner: ["tags"] }));
}

/** Selectors list tags, and people look for that under `tags`. */
function isSelector(value: Data, around: Section): boolean {
  return around === "tags" && isDataMap(value) && Object.keys(value).every((key) => key === "tags");
}

/** Shared values in the section before them, or all of them, if nothing else is called so. */
function valuesInSections(root: DataMap): readonly Misplaced[] {
  if ((root["values"] ?? null) !== null) {
    return [];
  }
  const used = usedValues(root);
  return used.size === 0
    ? []
    : (["meta", ...sections] as const).flatMap((around): readonly Misplaced[] => {
        const map = root[around] ?? null;
        if (!isDataMap(map)) {
          return [];
        }
        const whole = map["values"] ?? null;
        if (isDataMap(whole) && around !== "meta" && !isOf(around, whole)) {
          return [{ from: [around, "values"], home: "", owner: [] }];
        }
        const first = Object.keys(map).find((key) => used.has(key));
        return first === undefined || Object.hasOwn(map, "values")
          ? []
          : [first, ...keysAfter(first, map)].map((key) => ({
              from: [around, key],
              home: "values",
              owner: ["values"],
            }));
      });
}

function keysAfter(key: string, map: DataMap): readonly string[] {
  const keys = Object.keys(map);
  return keys.slice(keys.indexOf(key) + 1);
}

/** What belongs in a section, with the machines among it that nothing is said of. */
function entriesOf(
  section: Section,
  parent: string,
  entries: DataMap,
  belongs: (value: Data) => boolean,
): readonly Misplaced[] {
  const keys = Object.keys(entries);
  if (!keys.some((key) => belongs(entries[key]!))) {
    return [];
  }
  const isBare = (value: Data) =>
    section === "machines" &&
    (value === null || (isDataMap(value) && Object.keys(value).length === 0));
  return keys
    .filter((key) => belongs(entries[key]!) || isBare(entries[key]!))
    .map((key) => ({
      from: parent === "" ? [key] : [parent, key],
      home: section,
      owner: [section],
    }));
}

/** Keys that only entries of the section have; those of other maps may have a `name`. */
const tellingKeys: { readonly [section in Section]: readonly string[] } = {
  machines: ["tags", "deploy", "machineClass", "installedAt"],
  tags: ["anyOf", "allOf", "noneOf", "except"],
  instances: ["roles"],
};

function isOf(section: Section, value: Data): boolean {
  return isDataMap(value) && tellingKeys[section].some((key) => Object.hasOwn(value, key));
}

/** The names of the shared values that are used. */
function usedValues(root: Data): ReadonlySet<Data> {
  const used = new Set<Data>();
  const seen = new Set<Data>();
  const waiting: Data[] = [root];
  for (let data = waiting.pop(); data !== undefined; data = waiting.pop()) {
    if (typeof data !== "object" || data === null || seen.has(data)) {
      continue;
    }
    seen.add(data);
    if (isList(data)) {
      for (const item of data) waiting.push(item);
    } else if (isDataMap(data)) {
      for (const key of Object.keys(data)) {
        waiting.push(data[key]!);
        if (key === "$value") used.add(data[key]!);
      }
    }
  }
  return used;
}
