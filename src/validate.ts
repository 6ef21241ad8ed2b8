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
import { Float, type Inventory } from "./inventory.js";
import { readInventory } from "./read.js";
import { Origin, type Path } from "./source.js";
import { findShapeErrors, places, type ShapeError } from "./validator.js";

/**
 * Reads the document at `index` as an inventory and spells it out in its long
 * form. Reports everything that is wrong with it; answers `undefined` if any of
 * that is an error.
 */
export function validate(document: Document, index: number, forms: FormContext, report: Report): Inventory | undefined {
  let failed = false;
  const reportAndNote: Report = (finding) => {
    failed ||= finding.severity === "error";
    report(finding);
  };
  const root = Origin.root(index);
  reportShape(document.value, root, reportAndNote);
  reportAmbiguous(document.ambiguous, root, reportAndNote);
  const inventory = readInventory(document.value, root, forms, reportAndNote);
  if (failed) return undefined;
  if (!isExport(document.value)) return inventory;
  report(exportGaps({ document: index, start: 0, end: 0 }));
  return dropDefaults(inventory);
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
}

/** Stops at a float, which only to the compiled schema is a map. */
function findSpot(root: Data, origin: Origin, pointer: string): Spot {
  let spot: Spot = { data: root, origin, key: "", place: "" };
  for (const segment of pointer.split("/").slice(1)) {
    const { data, place } = spot;
    if (data instanceof Float) break;
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
      return typeof data === "string" ? notAllowedValue(origin, data, error.params.allowedValues.filter((value) => value !== null)) : invalidType(origin, ["string"], data);
    case "pattern":
      return invalidMeta(origin, place.slice("meta.".length), String(data));
    case "minProperties":
      return emptySelector(origin, places[place] ?? []);
    case "additionalProperties":
      return keyFinding(error.params.additionalProperty, spot);
  }
}

