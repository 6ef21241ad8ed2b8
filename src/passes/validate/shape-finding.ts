import type { Finding } from "../../diagnostics/diagnostic.js";
import { misplacedForm } from "../../diagnostics/form-messages.js";
import { wrappedInventory, wrappedKey } from "../../diagnostics/level-messages.js";
import { tagsAsMachines } from "../../diagnostics/meaning-messages.js";
import {
  dottedKey,
  emptySelector,
  invalidMeta,
  invalidType,
  missingColon,
  missingSpace,
  notAllowedValue,
  type Reshaped,
  removedModules,
  removedServices,
  unknownKey,
} from "../../diagnostics/shape-messages.js";
import { oddSpace } from "../../diagnostics/text-messages.js";
import { gluedEntry, spacedEntry } from "../../diagnostics/type-corrections.js";
import { places } from "../../generated/shape.js";
import type { ShapeError } from "../../generated/validator.js";
import { type Data, type DataMap, isDataMap } from "../../model/data.js";
import type { Origin } from "../../model/origin.js";
import { spaceLookalikes } from "../../model/space-lookalikes.js";
import { formKeys } from "../../model/special-forms.js";
import { Float } from "../../model/value.js";
import { type KnownNames, listToMap, namesInText, reshape, united } from "./reshape.js";
import type { Spot } from "./shape-spot.js";

/** What an error of the schema means to the user; nothing where another one says it already. */
export function shapeFinding(
  error: ShapeError,
  spot: Spot,
  names: () => KnownNames,
): Finding | undefined {
  const { data, origin, place } = spot;
  if (data instanceof Float) {
    return floatFinding(error, spot);
  }
  switch (error.keyword) {
    case "type":
      return typeFinding(typesAt(place, error.params.type), spot, names);
    case "enum":
      return typeof data === "string"
        ? notAllowedValue(origin, data, error.params.allowedValues)
        : invalidType(origin, ["string"], data);
    case "pattern":
      return invalidMeta(origin, place.slice("meta.".length), String(data));
    case "minProperties":
      return isModules(place)
        ? typeFinding(modulesType, spot, names)
        : emptySelector(origin, places[place] ?? []);
    case "maxProperties":
      return typeFinding(modulesType, spot, names);
    case "propertyNames":
      return isModules(place)
        ? typeFinding(modulesType, spot, names)
        : misplacedForm(origin.keyAt(error.params.propertyName), error.params.propertyName);
    case "additionalProperties":
      return keyFinding(error.params.additionalProperty, spot);
  }
}

/** Modules may also be a form that is a list, but nobody means a map. */
const modulesType: readonly string[] = ["array", "null"];

function isModules(place: string): boolean {
  return place === "instances.*.roles.*.extraModules";
}

function typesAt(place: string, types: string | readonly string[]): readonly string[] {
  return isModules(place) ? modulesType : [types].flat();
}

/** One finding, though both keys of the class are wrong there. */
function floatFinding(error: ShapeError, { data, origin, inner }: Spot): Finding | undefined {
  const key = error.keyword === "additionalProperties" ? error.params.additionalProperty : inner;
  if (key !== undefined) {
    return key === "kind" ? invalidType(origin, ["object"], data) : undefined;
  }
  return invalidType(
    origin,
    error.keyword === "type" ? [error.params.type].flat() : ["string"],
    data,
  );
}

function typeFinding(
  expected: readonly string[],
  { data, origin, key, place, parent }: Spot,
  names: () => KnownNames,
): Finding | undefined {
  if (typeof data === "bigint" && expected.includes("integer")) {
    return undefined;
  }
  if (isLoneForm(data)) {
    return misplacedForm(origin, Object.keys(data as DataMap)[0]!);
  }
  const parts = String(key).split(".");
  const isDottedName =
    parts.length > 1 && place.endsWith("*") && places[place]?.includes(parts[1]!);
  if (isDottedName) {
    return dottedKey(origin.asKey(), parts, data);
  }
  if (isDataMap(data) && Array.isArray(parent)) {
    const meant = listAsMap(parent, place.slice(0, -".*".length));
    const [name, ...others] = Object.keys(data);
    const value = name === "name" ? data[name]! : data[name!] === null ? name : undefined;
    return meant === undefined
      ? invalidType(
          origin,
          expected,
          data,
          others.length === 0 && typeof value === "string" ? { value } : undefined,
        )
      : invalidType(origin.parent, ["object"], parent, meant);
  }
  const odd = typeof data === "string" ? oddSpaceIn(data) : undefined;
  if (odd !== undefined) {
    return oddSpace(origin, odd);
  }
  const isEntry = typeof data === "string" && expected.includes("object");
  const tags = isEntry && place === "instances.*.roles.*.machines" ? tagsIn(data, names()) : [];
  if (tags.length > 0) {
    return tagsAsMachines(origin, data as string, tags);
  }
  return (
    (isEntry ? entryFinding(origin, data, places[place] ?? []) : undefined) ??
    invalidType(origin, expected, data, reshape(data, place, expected, names))
  );
}

/** What a list is in which maps are, where a map may be: one of names, or with the fields of a tag. */
function listAsMap(list: readonly Data[], place: string): Reshaped | undefined {
  return /(?:^machines|[.]machines|[.]roles[.][*][.]tags)$/.test(place)
    ? listToMap(list, place)
    : place === "tags.*"
      ? united(list, places[place])
      : undefined;
}

/** The names in a text if all are tags; `*` is that of all machines. */
function tagsIn(text: string, { machines, tags }: KnownNames): readonly string[] {
  const names = namesInText(text).map((name) => (name === "*" ? "all" : name));
  return names.every((name) => tags.has(name) && !machines.has(name)) ? names : [];
}

/** A text that was meant as one of the known keys and its value. */
function entryFinding(origin: Origin, text: string, known: readonly string[]): Finding | undefined {
  const spaced = spacedEntry(text, known);
  if (spaced !== undefined) {
    return missingColon(origin, spaced);
  }
  const glued = gluedEntry(text);
  return glued !== undefined && known.includes(glued[0]) ? missingSpace(origin, glued) : undefined;
}

/** Whether data is a special form and nothing else. */
export function isLoneForm(data: Data): boolean {
  return (
    isDataMap(data) &&
    formKeys.some((key) => Object.hasOwn(data, key)) &&
    Object.keys(data).length === 1
  );
}

/** `a.b` where `a` is a known key. */
export function isDotted(key: string, known: readonly string[]): boolean {
  const parts = key.split(".");
  return parts.length > 1 && !parts.includes("") && known.includes(parts[0]!);
}

function keyFinding(key: string, { data, origin: owner, place }: Spot): Finding {
  const origin = owner.keyAt(key);
  const known = places[place]!;
  const value = (data as DataMap)[key]!;
  const odd = oddSpaceIn(key);
  if (odd !== undefined) {
    return oddSpace(origin, odd);
  }
  if (formKeys.includes(key)) {
    return misplacedForm(origin, key);
  }
  if (isDotted(key, known)) {
    return dottedKey(origin, key.split("."), value);
  }
  if (place === "") {
    return rootKeyFinding(origin, key, value);
  }
  const entry = value === null ? entryFinding(origin, key, known) : undefined;
  if (entry !== undefined) {
    return entry;
  }
  const isListOfNames =
    place === "tags.*" && Object.values(data as DataMap).every((inner) => inner === null);
  return isListOfNames
    ? invalidType(owner, ["array"], data, { value: Object.keys(data as DataMap) })
    : unknownKey(origin, key, known);
}

function rootKeyFinding(origin: Origin, key: string, value: Data): Finding {
  const known = places[""]!;
  if (key === "services") {
    return removedServices(origin);
  }
  if (key === "modules") {
    return removedModules(origin);
  }
  const inner = key === "clan" && isDataMap(value) ? value["inventory"] : undefined;
  if (inner !== undefined) {
    return wrappedInventory(origin, ["clan", "inventory"], inner);
  }
  if (key === "inventory" || key === "clan") {
    return wrappedInventory(origin, [key], value);
  }
  const [, rest] = /^(?:clan\.)?inventory\.(.+)$/.exec(key) ?? [];
  return rest !== undefined && known.includes(rest)
    ? wrappedKey(origin, key, rest)
    : unknownKey(origin, key, known);
}

/** The first character that only looks like a space, outside of words: after a colon or in front. */
export function oddSpaceIn(text: string): string | undefined {
  return outsideOfWords
    .exec(text)
    ?.slice(1)
    .find((character) => character !== undefined);
}

const outsideOfWords = new RegExp(
  `^ *([${spaceLookalikes}])|[: ]([${spaceLookalikes}])|([${spaceLookalikes}])$`,
);
