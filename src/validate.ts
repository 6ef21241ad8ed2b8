import {
  ambiguousScalar,
  dottedKey,
  emptySelector,
  exportGaps,
  invalidMeta,
  invalidType,
  notAllowedValue,
  removedModules,
  removedServices,
  unknownKey,
  type Finding,
  type Report,
} from "./diagnostics.js";
import type { AmbiguousScalar, Data, DataMap, Document } from "./document.js";
import { dropDefaults, isExport } from "./export.js";
import type { FormContext } from "./forms.js";
import type { Gap } from "./gaps.js";
import { Float, type Inventory } from "./inventory.js";
import { readInventory } from "./read.js";
import { Origin, type Path } from "./source.js";
import { findShapeErrors, places, type ShapeError } from "./validator.js";

export interface Validation {
  readonly inventory: Inventory;
  /** What the inventory may lack because of mistakes. */
  readonly gaps: ReadonlySet<Gap>;
}

/**
 * Reads the document at `index` as an inventory and spells it out in its long
 * form. Reports everything that is wrong with it.
 */
export function validate(document: Document, index: number, forms: FormContext, report: Report): Validation {
  const gaps = new Set<Gap>();
  let hasErrors = false;
  const reportAndNote: Report = (finding) => {
    report(finding);
    if (finding.severity !== "error") return;
    hasErrors = true;
    if (finding.place instanceof Origin) for (const gap of gapsAt(finding.place.path)) gaps.add(gap);
  };
  const root = Origin.root(index);
  reportShape(document.value, root, reportAndNote);
  reportAmbiguous(document.ambiguous, root, reportAndNote);
  const inventory = readInventory(document.value, root, forms, reportAndNote);
  if (hasErrors || !isExport(document.value)) return { inventory, gaps };
  report(exportGaps({ document: index, start: 0, end: 0 }));
  return { inventory: dropDefaults(inventory), gaps };
}

/** Translates what the compiled schema says about the document. */
function reportShape(data: Data, root: Origin, report: Report): void {
  for (const error of findShapeErrors(data)) {
    const finding = shapeFinding(error, findSpot(data, root, error.instancePath));
    if (finding !== undefined) report(finding);
  }
}

/** What stands where an error was found. */
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
    if (data instanceof Float) return { ...spot, inner: segment };
    const key = Array.isArray(data) ? Number(segment) : segment.replaceAll("~1", "/").replaceAll("~0", "~");
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
  if (data instanceof Float) return floatFinding(error, spot);
  switch (error.keyword) {
    case "type":
      return typeFinding([error.params.type].flat(), spot);
    case "enum":
      return typeof data === "string" ? notAllowedValue(origin, data, error.params.allowedValues) : invalidType(origin, ["string"], data);
    case "pattern":
      return invalidMeta(origin, place.slice("meta.".length), String(data));
    case "minProperties":
      return emptySelector(origin, places[place] ?? []);
    case "additionalProperties":
      return keyFinding(error.params.additionalProperty, spot);
  }
}

/** One finding, though both keys of the class are wrong there. */
function floatFinding(error: ShapeError, { data, origin, inner }: Spot): Finding | undefined {
  const key = error.keyword === "additionalProperties" ? error.params.additionalProperty : inner;
  if (key !== undefined) return key === "kind" ? invalidType(origin, ["object"], data) : undefined;
  return invalidType(origin, error.keyword === "type" ? [error.params.type].flat() : ["string"], data);
}

function typeFinding(expected: readonly string[], { data, origin, key, place }: Spot): Finding | undefined {
  if (typeof data === "bigint" && expected.includes("integer")) return undefined;
  const parts = String(key).split(".");
  const isDottedName = parts.length > 1 && place.endsWith("*") && places[place]?.includes(parts[1]!);
  return isDottedName ? dottedKey(origin.asKey(), parts, data) : invalidType(origin, expected, data);
}

function keyFinding(key: string, { data, origin: owner, place }: Spot): Finding {
  const origin = owner.at(key).asKey();
  const known = places[place]!;
  if (place === "" && key === "services") return removedServices(origin);
  if (place === "" && key === "modules") return removedModules(origin);
  const parts = key.split(".");
  if (parts.length > 1 && !parts.includes("") && known.includes(parts[0]!)) return dottedKey(origin, parts, (data as DataMap)[key]!);
  return unknownKey(origin, key, known, home(key, place));
}

/** The nearest place below or else above `place` that has this key, as the user would write it: from `place` if below, else from the root. */
function home(key: string, place: string): string | undefined {
  const homes = Object.keys(places).filter((other) => places[other]!.includes(key));
  const below = homes.filter((other) => place === "" || other.startsWith(`${place}.`)).sort((a, b) => a.length - b.length)[0];
  if (below !== undefined) return withNames(below).slice(place === "" ? 0 : withNames(place).length + 1);
  const above = homes.filter((other) => other === "" || place.startsWith(`${other}.`)).sort((a, b) => b.length - a.length)[0];
  return above === undefined ? undefined : withNames(above);
}

/** `machines.*.deploy` as `machines.<machine>.deploy`. */
function withNames(place: string): string {
  return place.replace(/(\w+)s\.\*/g, "$1s.<$1>");
}

/** What a mistake at this path may have kept from being read. */
function gapsAt(path: Path): readonly Gap[] {
  const [part, , field = ""] = path;
  switch (part) {
    case "meta":
      return [];
    case "machines":
      if (path.length <= 2) return ["machines"];
      return field !== "tags" && places["machines.*"]!.includes(String(field).split(".")[0]!) ? [] : ["members"];
    case "tags":
      return ["members"];
    case "instances":
      if (isFreeForm(path)) return [];
      return field === "roles" ? ["members"] : field === "module" ? ["services"] : ["members", "services"];
    default:
      return ["machines", "members", "services"];
  }
}

/** Warns of scalars in settings and modules that may not be what they look like. */
function reportAmbiguous(scalars: readonly AmbiguousScalar[], root: Origin, report: Report): void {
  for (const { path, text } of scalars) {
    if (isFreeForm(path)) report(ambiguousScalar(path.reduce<Origin>((origin, key) => origin.at(key), root), text));
  }
}

function isFreeForm([instances, , roles, , member, , settings]: Path): boolean {
  if (instances !== "instances" || roles !== "roles") return false;
  return member === "settings" || member === "extraModules" || ((member === "machines" || member === "tags") && settings === "settings");
}
