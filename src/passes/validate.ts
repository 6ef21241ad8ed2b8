import type { Finding, Report } from "../diagnostics/diagnostic.js";
import { misplacedForm } from "../diagnostics/form-messages.js";
import {
  dottedKey,
  emptySelector,
  invalidMeta,
  invalidType,
  notAllowedValue,
  removedModules,
  removedServices,
  unknownKey,
} from "../diagnostics/shape-messages.js";
import { places } from "../generated/shape.js";
import { findShapeErrors, type ShapeError } from "../generated/validator.js";
import { type Data, type DataMap, isDataMap } from "../model/data.js";
import type { Content } from "../model/document.js";
import type { Origin, Path } from "../model/origin.js";
import { formKeys } from "../model/special-forms.js";
import { Float, setEntry } from "../model/value.js";

/**
 * Checks that a document has the shape of an inventory. Everything that is wrong is reported, and
 * missing in the data that is returned.
 */
export function validate(document: Content, root: Origin, report: Report): Data {
  const { value: data, unread } = document;
  const wrong: Wrong = new Map();
  for (const path of unread) {
    const lost = lostPart(data, path);
    if (lost?.length === 0) {
      return {};
    }
    if (lost !== undefined) {
      leaveOut(wrong, lost, false);
    }
  }
  const incomplete = new Set(unread.map((path) => JSON.stringify(path)));
  // Misplaced forms first: what is inside one is not checked any further.
  const errors = [...findShapeErrors(data)].sort(
    (a, b) => Number(b.keyword === "propertyNames") - Number(a.keyword === "propertyNames"),
  );
  for (const error of errors) {
    const spot = findSpot(data, root, error.instancePath);
    const finding = isWithin(wrong, spot.origin.path) ? undefined : shapeFinding(error, spot);
    if (
      finding === undefined ||
      (incomplete.size > 0 && incomplete.has(JSON.stringify((finding.place as Origin).path)))
    ) {
      continue;
    }
    report(finding);
    const { path, isKey } = finding.place as Origin;
    if (path.length === 0) {
      return {};
    }
    leaveOut(wrong, path, isKey);
  }
  return wrong.size === 0 ? data : without(data, wrong);
}

/**
 * The path of what is not known because something at `path` is unread: a null there, or the special
 * form that it is in; nothing where it is another part of a map.
 */
function lostPart(data: Data, path: Path): Path | undefined {
  let at: Data | undefined = data;
  for (const [index, key] of path.entries()) {
    if (isForm(at)) {
      return path.slice(0, index);
    }
    at =
      typeof at === "object" && at !== null && Object.hasOwn(at, key)
        ? (at as DataMap)[key]
        : undefined;
  }
  return at === null || isForm(at) ? path : undefined;
}

function isForm(data: Data | undefined): boolean {
  return isDataMap(data) && ["_type", ...formKeys].some((key) => Object.hasOwn(data, key));
}

/**
 * What to leave out of a map or list, or what of its parts. `null` says nothing anywhere in the
 * fixed shape.
 */
type Wrong = Map<string | number, Wrong | "absent" | "null">;

function leaveOut(wrong: Wrong, path: Path, isKey: boolean): void {
  // For a tag, null would be a list without machines.
  mark(wrong, path, isKey || (path[0] === "tags" && path.length === 2) ? "absent" : "null");
}

function mark(wrong: Wrong, [key, ...rest]: Path, how: "absent" | "null"): void {
  const known = wrong.get(key!);
  if (typeof known === "string") {
    return;
  }
  if (rest.length === 0) {
    wrong.set(key!, how);
    return;
  }
  const inner: Wrong = known ?? new Map();
  wrong.set(key!, inner);
  mark(inner, rest, how);
}

function isWithin(wrong: Wrong, [key, ...rest]: Path): boolean {
  const inner = key === undefined ? undefined : wrong.get(key);
  return inner !== undefined && (typeof inner === "string" || isWithin(inner, rest));
}

function without(data: Data, wrong: Wrong): Data {
  const part = (value: Data, inner: Wrong | "null" | undefined): Data =>
    inner === undefined ? value : inner === "null" ? null : without(value, inner);
  // Items keep their places: what is said of them later is looked up by these.
  if (Array.isArray(data)) {
    return data.map((item: Data, index) =>
      part(item, wrong.get(index) as Wrong | "null" | undefined),
    );
  }
  const kept: { [key: string]: Data } = {};
  for (const [key, value] of Object.entries(data as DataMap)) {
    const inner = wrong.get(key);
    if (inner !== "absent") {
      setEntry(kept, key, part(value, inner));
    }
  }
  return kept;
}

/** The value that an error is about. */
interface Spot {
  readonly data: Data;
  readonly origin: Origin;
  readonly key: string | number;
  /** In the fixed shape, as a key of {@link places}. */
  readonly place: string;
  /** A key of the class {@link Float}, which to the compiled schema is one more map. */
  readonly inner?: string;
}

function findSpot(root: Data, origin: Origin, pointer: string): Spot {
  let spot: Spot = { data: root, origin, key: "", place: "" };
  for (const segment of pointer.split("/").slice(1)) {
    const { data, place } = spot;
    if (data instanceof Float) {
      return { ...spot, inner: segment };
    }
    const key = Array.isArray(data)
      ? Number(segment)
      : segment.replaceAll("~1", "/").replaceAll("~0", "~");
    const step = places[place] === undefined ? "*" : key;
    spot = {
      data: (data as DataMap)[key]!,
      origin: spot.origin.at(key),
      key,
      place: place === "" ? `${step}` : `${place}.${step}`,
    };
  }
  return spot;
}

function shapeFinding(error: ShapeError, spot: Spot): Finding | undefined {
  const { data, origin, place } = spot;
  if (data instanceof Float) {
    return floatFinding(error, spot);
  }
  switch (error.keyword) {
    case "type":
      return typeFinding([error.params.type].flat(), spot);
    case "enum":
      return typeof data === "string"
        ? notAllowedValue(origin, data, error.params.allowedValues)
        : invalidType(origin, ["string"], data);
    case "pattern":
      return invalidMeta(origin, place.slice("meta.".length), String(data));
    case "minProperties":
      return emptySelector(origin, places[place] ?? []);
    case "propertyNames":
      return misplacedForm(origin.at(error.params.propertyName).asKey(), error.params.propertyName);
    case "additionalProperties":
      return keyFinding(error.params.additionalProperty, spot);
  }
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
  { data, origin, key, place }: Spot,
): Finding | undefined {
  if (typeof data === "bigint" && expected.includes("integer")) {
    return undefined;
  }
  const [only, ...others] = isDataMap(data) ? Object.keys(data) : [];
  if (only !== undefined && others.length === 0 && formKeys.includes(only)) {
    return misplacedForm(origin, only);
  }
  const parts = String(key).split(".");
  const isDottedName =
    parts.length > 1 && place.endsWith("*") && places[place]?.includes(parts[1]!);
  return isDottedName
    ? dottedKey(origin.asKey(), parts, data)
    : invalidType(origin, expected, data);
}

function keyFinding(key: string, { data, origin: owner, place }: Spot): Finding {
  const origin = owner.at(key).asKey();
  const known = places[place]!;
  if (place === "" && key === "services") {
    return removedServices(origin);
  }
  if (place === "" && key === "modules") {
    return removedModules(origin);
  }
  if (formKeys.includes(key)) {
    return misplacedForm(origin, key);
  }
  const parts = key.split(".");
  if (parts.length > 1 && !parts.includes("") && known.includes(parts[0]!)) {
    return dottedKey(origin, parts, (data as DataMap)[key]!);
  }
  return unknownKey(origin, key, known, home(key, place));
}

/**
 * The nearest place below or else above `place` that has this key, as the user would write it: from
 * `place` if below, else from the root.
 */
function home(key: string, place: string): string | undefined {
  const homes = Object.keys(places).filter((other) => places[other]!.includes(key));
  const below = homes
    .filter((other) => place === "" || other.startsWith(`${place}.`))
    .sort((a, b) => a.length - b.length)[0];
  if (below !== undefined) {
    return withNames(below).slice(place === "" ? 0 : withNames(place).length + 1);
  }
  const above = homes
    .filter((other) => other === "" || place.startsWith(`${other}.`))
    .sort((a, b) => b.length - a.length)[0];
  return above === undefined ? undefined : withNames(above);
}

/** `machines.*.deploy` as `machines.<machine>.deploy`. */
function withNames(place: string): string {
  return place.replace(/(\w+)s\.\*/g, "$1s.<$1>");
}
