import type { Reshaped } from "../../diagnostics/shape-messages.js";
import { nestedIn } from "../../diagnostics/sketch.js";
import { gluedEntry } from "../../diagnostics/type-corrections.js";
import { yaml11Boolean } from "../../diagnostics/words.js";
import { places } from "../../generated/shape.js";
import { type Data, isDataMap } from "../../model/data.js";
import { predefinedTags } from "../../model/machine-fields.js";
import { isList, setEntry } from "../../model/value.js";

/** The machines and tags that an inventory names, as far as its shape shows them. */
export interface KnownNames {
  readonly machines: ReadonlySet<string>;
  readonly tags: ReadonlySet<string>;
}

export function knownNames(data: Data): KnownNames {
  const { machines = null, tags = null } = isDataMap(data) ? data : {};
  const inMachines = isDataMap(machines) ? Object.values(machines) : [];
  const own = inMachines.flatMap((machine) =>
    isDataMap(machine) ? namesIn(machine["tags"] ?? null) : [],
  );
  return {
    machines: new Set(namesIn(machines)),
    tags: new Set([...predefinedTags, ...namesIn(tags), ...own]),
  };
}

/** The names in a list, or the keys of a map. */
function namesIn(data: Data): readonly string[] {
  return isDataMap(data) ? Object.keys(data) : isList(data) ? data.map(String) : [];
}

/**
 * What a value of the wrong kind was most likely meant as, at a place of the fixed shape;
 * `expected` are type names of JSON Schema.
 */
export function reshape(
  data: Data,
  place: string,
  expected: readonly string[],
  names: () => KnownNames,
): Reshaped | undefined {
  if (typeof data === "string" && gluedEntry(data) !== undefined) {
    return undefined;
  }
  if (expected.includes("object")) {
    return toNamedMap(data, place, names) ?? toMap(data, place);
  }
  return expected.includes("array") && isDataMap(data) ? toList(data, place) : undefined;
}

/** A list of names with maps among them, as the map at a place, whose entries have names. */
export function listToMap(list: readonly Data[], place: string): Reshaped | undefined {
  const value = {};
  for (const item of list) {
    const entry = entryOf(item, places[`${place}.*`] ?? []);
    if (entry === undefined || Object.hasOwn(value, entry[0])) {
      return undefined;
    }
    setEntry(value, entry[0], entry[1]);
  }
  return list.length === 0
    ? undefined
    : { value, ...(Object.hasOwn(value, unnamed) && { isIncomplete: true }) };
}

const unnamed = "<name>";

/**
 * `{name: x, a: 1}` as the entry `x: {a: 1}`, and `{x: null, a: 1}` if `a` is one of the `fields`; the
 * entry of a map that has only one.
 */
function entryOf(item: Data, fields: readonly string[]): Entry | undefined {
  if (typeof item === "string") {
    return [item, {}];
  }
  if (!isDataMap(item)) {
    return undefined;
  }
  const naming = namingKeys.find((key) => typeof item[key] === "string" && !fields.includes(key));
  const key = typeof item["name"] === "string" ? "name" : naming;
  const [first, ...more] = Object.entries(item) as [Entry?, ...Entry[]];
  if (key !== undefined) {
    return [
      item[key] as string,
      Object.fromEntries(Object.entries(item).filter(([k]) => k !== key)),
    ];
  }
  if (first === undefined || more.length === 0) {
    return first;
  }
  const isHeader = first[1] === null && more.every(([key]) => fields.includes(key));
  return isHeader ? [first[0], Object.fromEntries(more)] : [unnamed, item];
}

type Entry = readonly [key: string, value: Data];

/** What a name is called in lists of other tools. */
const namingKeys: readonly string[] = ["machine", "host", "hostname", "role", "tag", "instance"];

/** A list of parts of one map: settings, or what has some of the `fields`. */
export function united(
  list: readonly Data[],
  fields: readonly string[] | undefined,
): Reshaped | undefined {
  const value = {};
  for (const item of list) {
    if (!isDataMap(item)) {
      return undefined;
    }
    const { name, value: given, ...others } = item;
    const isPair = typeof name === "string" && given !== undefined && fields === undefined;
    const entries = isPair && isEmpty(others) ? [[name, given] as const] : Object.entries(item);
    for (const [key, inner] of entries) {
      if (Object.hasOwn(value, key) || fields?.includes(key) === false) {
        return undefined;
      }
      setEntry(value, key, inner);
    }
  }
  return isEmpty(value) ? undefined : { value };
}

/** What the map at a place is, whose one field the value most likely is. */
function toNamedMap(data: Data, place: string, names: () => KnownNames): Reshaped | undefined {
  const strings = stringsIn(data);
  const [first] = strings ?? [];
  if (strings === undefined || first === undefined) {
    return undefined;
  }
  const isText = !isList(data);
  switch (place) {
    case "":
      return isText ? undefined : wrapped(data, "machines");
    case "meta":
      return isText ? wrapped(data, "name") : undefined;
    case "instances.*.module":
      return isText || strings.length > 1 ? undefined : { value: first };
    case "machines.*.deploy":
      return isText
        ? wrapped(data, "targetHost")
        : strings.length === 1
          ? { value: { targetHost: first } }
          : undefined;
    case "machines.*":
      if (isText && /@|^\d+(?:\.\d+){3}$/.test(first)) {
        return { value: { deploy: { targetHost: first } } };
      }
      if (isText && ["nixos", "darwin"].includes(first)) {
        return wrapped(data, "machineClass");
      }
      return !isText
        ? wrapped(data, "tags")
        : strings.some((word) => word.includes(":"))
          ? undefined
          : { value: { tags: strings } };
    case "instances.*":
      return isText
        ? wrapped(data, "module")
        : { value: nestedIn(["roles", "<role>", "machines"], data), isIncomplete: true };
    case "instances.*.roles.*": {
      const { machines, tags } = names();
      const areTags =
        !strings.some((name) => machines.has(name)) && strings.every((name) => tags.has(name));
      const field = areTags ? "tags" : "machines";
      return isText ? { value: { [field]: strings } } : wrapped(data, field);
    }
    default:
      return undefined;
  }
}

function toMap(data: Data, place: string): Reshaped | undefined {
  if (isList(data)) {
    const isOfSettings = place.endsWith("settings");
    return isOfSettings || places[place] !== undefined
      ? united(data, isOfSettings ? undefined : places[place])
      : listToMap(data, place);
  }
  const isYes = data === true || (typeof data === "string" && yaml11Boolean(data) === true);
  if (isYes && place.endsWith("*")) {
    return { value: {} };
  }
  const isOfNames = places[place] === undefined && !place.endsWith("settings");
  return isOfNames && typeof data === "string" && /^\w[\w-]*$/.test(data)
    ? { value: nestedIn([data], {}) }
    : undefined;
}

/** The names of a map that says nothing else of them; modules are listed. */
function toList(map: Data, place: string): Reshaped | undefined {
  if (place.endsWith("extraModules")) {
    return wrapped(map, 0);
  }
  const saysNothing = (value: Data) => value === null || value === true || isEmpty(value);
  return Object.values(map as object).every(saysNothing)
    ? { value: Object.keys(map as object) }
    : undefined;
}

function isEmpty(data: Data): boolean {
  return isDataMap(data) && Object.keys(data).length === 0;
}

function wrapped(data: Data, step: string | 0): Reshaped {
  return { value: step === 0 ? [data] : nestedIn([step], data), step };
}

/** The strings that data is, or is a list of. */
function stringsIn(data: Data): readonly string[] | undefined {
  if (typeof data === "string") {
    return namesInText(data);
  }
  return isList(data) && data.every((item) => typeof item === "string") ? data : undefined;
}

/** The names that a text lists with commas or spaces. */
export function namesInText(text: string): readonly string[] {
  return text.split(/[,\s]+/).filter((item) => item !== "");
}
