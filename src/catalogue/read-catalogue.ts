import { collect, whileFewErrors } from "../diagnostics/budget.js";
import type { Diagnostic, Finding, Report } from "../diagnostics/diagnostic.js";
import { locate } from "../diagnostics/locate.js";
import { circularReference, danglingReference } from "../diagnostics/service-messages.js";
import { invalidType, notAllowedValue, unknownKey } from "../diagnostics/shape-messages.js";
import { clanCore } from "../generated/clan-core.js";
import {
  type Catalogue,
  type CatalogueFile,
  type Service,
  type ServiceRole,
  type ServiceSet,
  uniteCatalogues,
} from "../model/catalogue.js";
import { type Data, type DataMap, isDataMap } from "../model/data.js";
import type { Document } from "../model/document.js";
import { completeOptions } from "../model/options.js";
import { Origin } from "../model/origin.js";
import {
  alternativesOf,
  isSchema,
  referenceOf,
  requiredBeside,
  type Schema,
} from "../model/setting-schema.js";
import type { Source } from "../model/source.js";
import { parse } from "../text/parse.js";

/**
 * Reads a catalogue: in this project's form (`{source, services}`), or as Clan
 * exports it (`moduleSchemas`: input, module, role, JSON Schema of the settings).
 * What it does not hold is an error. Absent if it is wrong itself.
 */
export function readCatalogue(source: Source): {
  readonly catalogue?: Catalogue;
  readonly diagnostics: readonly Diagnostic[];
} {
  const findings: Finding[] = [];
  const report = collect(findings);
  let document: Document | undefined;
  const catalogue = whileFewErrors(() => {
    document = parse(source, 0, completeOptions({}).limits, report);
    return document?.unread.length === 0
      ? toCatalogue(document.value, "error", { report, trustsSchemas: false, counts: new Map() })
      : undefined;
  });
  const diagnostics = locate(findings, [source], [document]);
  return { ...(catalogue !== undefined && findings.length === 0 && { catalogue }), diagnostics };
}

/**
 * The catalogue that is given, and for inputs that it lacks the built-in one,
 * what that does not hold being a warning, since a flake may pin another
 * version; nothing at all for `null`.
 */
export function completeCatalogue(given: Catalogue | null | undefined): Catalogue {
  if (given === null) {
    return { inputs: new Map() };
  }
  const builtIn = toCatalogue(clanCore(), "warning", {
    report: () => {},
    trustsSchemas: true,
    counts: new Map(),
  });
  return given === undefined ? builtIn : uniteCatalogues(builtIn, given);
}

interface Reader {
  readonly report: Report;
  /**
   * Whether the schemas are known to be right: looking at each takes longer than a small inventory
   * does.
   */
  readonly trustsSchemas: boolean;
  /** What {@link countBeside} found. */
  readonly counts: Map<Schema, number>;
}

function toCatalogue(data: Data, severity: ServiceSet["severity"], reader: Reader): Catalogue {
  const root = Origin.root(0);
  if (isServiceFile(data)) {
    const set = readServiceSet(data, severity, root, reader);
    return { inputs: new Map([[set.input, set]]) };
  }
  if (Array.isArray(data)) {
    const sets = data.flatMap((file: Data, index) => {
      if (isServiceFile(file)) {
        return [readServiceSet(file, severity, root.at(index), reader)];
      }
      reader.report(invalidType(root.at(index), ["object"], file));
      return [];
    });
    return { inputs: new Map(sets.map((set) => [set.input, set])) };
  }
  return {
    inputs: readMap(data, root, reader, (modules, origin, input) =>
      readExportedInput(modules, input, severity, origin, reader),
    ),
  };
}

function isServiceFile(data: Data): data is CatalogueFile {
  return isDataMap(data) && typeof data["source"] === "string";
}

const fileKeys = ["source", "revision", "date", "services"];
const serviceKeys = ["maxInstances", "roles"];
const roleKeys = ["settings", "minMachines", "maxMachines"];

function readServiceSet(
  file: CatalogueFile,
  severity: ServiceSet["severity"],
  origin: Origin,
  reader: Reader,
): ServiceSet {
  reportOtherKeys(file, fileKeys, origin, reader);
  return {
    input: file.source,
    severity,
    date: readText(file, "date", origin, reader),
    revision: readText(file, "revision", origin, reader),
    services: readMap(file.services, origin.at("services"), reader, (service, at) =>
      readService(service, at, reader),
    ),
  };
}

function readService(data: Data, origin: Origin, reader: Reader): Service {
  const service = asMap(data, origin, reader);
  reportOtherKeys(service, serviceKeys, origin, reader);
  return {
    maxInstances: readCount(service, "maxInstances", origin, reader),
    roles: readMap(service["roles"], origin.at("roles"), reader, (role, at) =>
      readRole(role, at, reader),
    ),
  };
}

function readRole(data: Data, origin: Origin, reader: Reader): ServiceRole {
  const role = asMap(data, origin, reader);
  reportOtherKeys(role, roleKeys, origin, reader);
  return {
    settings:
      role["settings"] == null
        ? undefined
        : readRoot(role["settings"], origin.at("settings"), reader),
    minMachines: readCount(role, "minMachines", origin, reader),
    maxMachines: readCount(role, "maxMachines", origin, reader),
  };
}

function readExportedInput(
  modules: Data,
  input: string,
  severity: ServiceSet["severity"],
  origin: Origin,
  reader: Reader,
): ServiceSet {
  const readModule = (roles: Data, at: Origin): Service => ({
    maxInstances: undefined,
    roles: readMap(roles, at, reader, (schema, at) => ({
      settings: readRoot(schema, at, reader),
      minMachines: undefined,
      maxMachines: undefined,
    })),
  });
  return {
    input,
    severity,
    date: undefined,
    revision: undefined,
    services: readMap(modules, origin, reader, readModule),
  };
}

/** The schema of a role's settings. Clan's export leaves out that it starts at `Input`. */
function readRoot(data: Data, origin: Origin, reader: Reader): Schema {
  const exported =
    isDataMap(data) && Object.keys(data).every((key) => key === "$schema" || key === "$defs");
  const root =
    exported && isDataMap(data["$defs"]) && Object.hasOwn(data["$defs"], "Input")
      ? { ...data, $ref: "#/$defs/Input" }
      : data;
  if (!reader.trustsSchemas) {
    checkSchema(root, root, origin, reader);
  }
  return isSchema(root) ? root : true;
}

const typeNames = ["null", "boolean", "integer", "number", "string", "array", "object"];
const mapsOfSchemas = ["$defs", "definitions", "properties"];
const listsOfSchemas = ["oneOf", "anyOf", "allOf", "prefixItems"];
const schemas = ["items", "additionalProperties"];

/** Reports what is wrong with the keywords that are heeded. */
function checkSchema(data: Data, root: Data, origin: Origin, reader: Reader): void {
  if (!isSchema(data)) {
    return reader.report(invalidType(origin, ["object"], data));
  }
  if (typeof data === "boolean") {
    return;
  }
  for (const keyword of Object.keys(data)) {
    const value = data[keyword]!;
    const at = origin.at(keyword);
    if (keyword === "$ref") {
      checkReference(data, root as Schema, at, reader);
    }
    if (keyword === "type") {
      checkType(value, at, reader);
    }
    if (keyword === "enum" && !Array.isArray(value)) {
      reader.report(invalidType(at, ["array"], value));
    }
    if (schemas.includes(keyword)) {
      checkSchema(value, root, at, reader);
    }
    if (mapsOfSchemas.includes(keyword)) {
      readMap(value, at, reader, (schema, at) => checkSchema(schema, root, at, reader));
    }
    if (!listsOfSchemas.includes(keyword)) {
      continue;
    }
    if (Array.isArray(value)) {
      value.forEach((schema: Data, index) => checkSchema(schema, root, at.at(index), reader));
    } else {
      reader.report(invalidType(at, ["array"], value));
    }
  }
}

function checkReference(
  schema: Schema,
  root: Schema,
  origin: Origin,
  { report, counts }: Reader,
): void {
  if (referenceOf(schema, root) === undefined) {
    report(danglingReference(origin));
  } else if (countBeside(schema, root, new Set(), counts) > mostBeside) {
    report(circularReference(origin, mostBeside));
  }
}

/**
 * How many schemas may lead to each other for one value: looking through them takes that much of
 * the stack, at every level of it.
 */
const mostBeside = 20;

/**
 * The length of the longest chain of schemas from this one on; infinite where one leads back to those
 * `above`, or where those are too many.
 */
function countBeside(
  schema: Schema,
  root: Schema,
  above: Set<Schema>,
  counts: Map<Schema, number>,
): number {
  const known = counts.get(schema);
  if (known !== undefined) {
    return known;
  }
  if (above.has(schema) || above.size >= mostBeside) {
    return Infinity;
  }
  above.add(schema);
  const beside = [...requiredBeside(schema, root), ...alternativesOf(schema)].map((other) =>
    countBeside(other, root, above, counts),
  );
  above.delete(schema);
  const count = 1 + beside.reduce((max, other) => Math.max(max, other), 0);
  counts.set(schema, count);
  return count;
}

function checkType(data: Data, origin: Origin, { report }: Reader): void {
  for (const type of [data].flat() as readonly Data[]) {
    if (typeof type !== "string") {
      report(invalidType(origin, ["string"], type));
    } else if (!typeNames.includes(type)) {
      report(notAllowedValue(origin, type, typeNames));
    }
  }
}

function readMap<T>(
  data: Data | undefined,
  origin: Origin,
  reader: Reader,
  read: (data: Data, origin: Origin, key: string) => T,
): ReadonlyMap<string, T> {
  const map = data === undefined ? {} : asMap(data, origin, reader);
  return new Map(Object.keys(map).map((key) => [key, read(map[key]!, origin.at(key), key)]));
}

function asMap(data: Data, origin: Origin, { report }: Reader): DataMap {
  if (isDataMap(data)) {
    return data;
  }
  report(invalidType(origin, ["object"], data));
  return {};
}

function readText(
  map: DataMap,
  key: string,
  origin: Origin,
  { report }: Reader,
): string | undefined {
  const text = map[key] ?? undefined;
  if (typeof text === "string" || text === undefined) {
    return text;
  }
  report(invalidType(origin.at(key), ["string"], text));
  return undefined;
}

function readCount(
  map: DataMap,
  key: string,
  origin: Origin,
  { report }: Reader,
): number | undefined {
  const count = map[key] ?? undefined;
  if (count === undefined || (typeof count === "number" && Number.isInteger(count))) {
    return count;
  }
  report(invalidType(origin.at(key), ["integer"], count));
  return undefined;
}

function reportOtherKeys(
  map: DataMap,
  known: readonly string[],
  origin: Origin,
  { report }: Reader,
): void {
  for (const key of Object.keys(map)) {
    if (!known.includes(key)) {
      report(unknownKey(origin.at(key).asKey(), key, known, undefined));
    }
  }
}
