import type { Reshaped } from "../../diagnostics/shape-messages.js";
import { nestedIn } from "../../diagnostics/sketch.js";
import { gluedEntry } from "../../diagnostics/type-corrections.js";
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

/** A list of names with maps among them, as a map. */
export function listToMap(list: readonly Data[]): Reshaped | undefined {
  const value = {};
  for (const item of list) {
    const entry = entryOf(item);
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

/** `{name: x, a: 1}` as the entry `x: {a: 1}`; the entry of a map that has only one. */
function entryOf(item: Data): readonly [key: string, value: Data] | undefined {
  if (typeof item === "string") {
    return [item, {}];
  }
  if (!isDataMap(item)) {
    return undefined;
  }
  const { name, ...others } = item;
  if (typeof name === "string") {
    return [name, others];
  }
  const [entry, ...more] = Object.entries(item);
  return more.length === 0 ? entry : [unnamed, item];
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
    const areNames = data.every((item) => typeof item === "string");
    return areNames && place.endsWith("settings") ? undefined : listToMap(data);
  }
  if (data === true && place.endsWith("*")) {
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
  const isEmpty = (value: Data) =>
    value === null || value === true || (isDataMap(value) && Object.keys(value).length === 0);
  return Object.values(map as object).every(isEmpty)
    ? { value: Object.keys(map as object) }
    : undefined;
}

function wrapped(data: Data, step: string | 0): Reshaped {
  return { value: step === 0 ? [data] : nestedIn([step], data), step };
}

/** The strings that data is, or is a list of. */
function stringsIn(data: Data): readonly string[] | undefined {
  if (typeof data === "string") {
    return data.split(/[,\s]+/).filter((item) => item !== "");
  }
  return isList(data) && data.every((item) => typeof item === "string") ? data : undefined;
}
