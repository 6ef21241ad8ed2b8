import { collect } from "../diagnostics/budget.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { locate } from "../diagnostics/locate.js";
import { invalidType } from "../diagnostics/shape-messages.js";
import { clanCoreWords } from "../generated/clan-core.js";
import {
  type Catalogue,
  type CatalogueFile,
  defaultInput,
  type MovedService,
  type Service,
  type ServiceRole,
  type ServiceSet,
  uniteCatalogues,
} from "../model/catalogue.js";
import { type Data, isDataMap } from "../model/data.js";
import { type ClanCoreVersion, completeOptions } from "../model/options.js";
import { Origin } from "../model/origin.js";
import { isSchema, type Schema } from "../model/setting-schema.js";
import type { Source } from "../model/source.js";
import { parse } from "../text/parse.js";
import { addWords } from "./add-words.js";
import {
  asMap,
  type Context,
  countAt,
  mapOf,
  reportOtherKeys,
  textAt,
  textsAt,
} from "./catalogue-data.js";
import { checkSchema } from "./check-schema.js";
import { catalogueOf, findRevision } from "./clan-core-revisions.js";

/**
 * Reads a catalogue: in this project's form (`{source, services}`), or as Clan
 * exports it (`moduleSchemas`: input, module, role, JSON Schema of the settings).
 * What it does not hold is an error. Absent if it is wrong itself.
 */
export function readCatalogue(source: Source): {
  readonly catalogue?: Catalogue;
  readonly diagnostics: readonly Diagnostic[];
} {
  const { document, findings } = parse(source, completeOptions({}).limits);
  const read = collect((report) =>
    document?.unread.length === 0
      ? toCatalogue(document.value, "error", source, {
          report,
          trustsSchemas: false,
          counts: new Map(),
        })
      : undefined,
  );
  const all = [...findings, ...read.findings];
  const diagnostics = locate(all, new Map([[source, document]]));
  return {
    ...(read.result !== undefined && all.length === 0 && { catalogue: read.result }),
    diagnostics,
  };
}

/**
 * The catalogue that is given, and for inputs that it lacks the built-in one,
 * what that does not hold being a warning, since a flake may pin another
 * version; nothing at all for `null`. What is known of clan-core is so of `clanCoreInput`, too.
 */
export function completeCatalogue(
  given?: Catalogue | null,
  clanCoreInput?: string,
  clanCore: string | ClanCoreVersion = "latest",
): Catalogue {
  if (given === null) {
    return { inputs: new Map() };
  }
  const builtInCatalogue = readBuiltIn(clanCore);
  const known =
    given === undefined ? builtInCatalogue : uniteCatalogues(builtInCatalogue, withWords(given));
  const core = known.inputs.get(defaultInput);
  if (clanCoreInput === undefined || core === undefined) {
    return known;
  }
  return uniteCatalogues(
    { inputs: new Map([[clanCoreInput, { ...core, input: clanCoreInput }]]) },
    known,
  );
}

/** Throws a `TypeError` for a version that is not built in. */
function readBuiltIn(clanCore: string | ClanCoreVersion): Catalogue {
  const { version, from, date } =
    typeof clanCore === "string" ? { version: clanCore, from: undefined } : clanCore;
  const revision = findRevision(version);
  if (revision === undefined) {
    throw new TypeError(`no clan-core '${version}' is built in`);
  }
  const catalogue = toCatalogue(catalogueOf(revision), "warning", builtIn, trusting);
  const set = catalogue.inputs.get(defaultInput)!;
  const dated = { ...set, date: date ?? set.date, from };
  const worded = revision.index === 0 ? { ...dated, wordsOf: readWords } : wordedSet(dated);
  return { inputs: new Map([[defaultInput, worded]]) };
}

/** An export of clan-core has no readmes. */
function withWords(given: Catalogue): Catalogue {
  const core = given.inputs.get(defaultInput);
  if (core === undefined) {
    return given;
  }
  return uniteCatalogues(given, { inputs: new Map([[defaultInput, wordedSet(core)]]) });
}

/** Another revision with the words of the latest one. */
function wordedSet(set: ServiceSet): ServiceSet {
  const wordsOf = (name: string): Service | undefined => {
    const words = readWords(name);
    return words && addWords(set.services.get(name)!, words);
  };
  return { ...set, wordsOf };
}

function readWords(service: string): Service | undefined {
  const data = clanCoreWords(service);
  return data === undefined ? undefined : toService(data, Origin.root(builtIn), trusting);
}

/** What the built-in catalogue is read from: nothing is ever reported there. */
const builtIn: Source = { name: "clan-core", text: "" };
const trusting: Context = { report: () => {}, trustsSchemas: true, counts: new Map() };

function toCatalogue(
  data: Data,
  severity: ServiceSet["severity"],
  source: Source,
  context: Context,
): Catalogue {
  const root = Origin.root(source);
  if (isServiceFile(data)) {
    const set = toServiceSet(data, severity, root, context);
    return { inputs: new Map([[set.input, set]]) };
  }
  if (Array.isArray(data)) {
    const sets = data.flatMap((file: Data, index) => {
      if (isServiceFile(file)) {
        return [toServiceSet(file, severity, root.at(index), context)];
      }
      context.report(invalidType(root.at(index), ["object"], file));
      return [];
    });
    return { inputs: new Map(sets.map((set) => [set.input, set])) };
  }
  return {
    inputs: mapOf(data, root, context, (modules, origin, input) =>
      toExportedSet(modules, input, severity, origin, context),
    ),
  };
}

function isServiceFile(data: Data): data is CatalogueFile {
  return isDataMap(data) && typeof data["source"] === "string";
}

const fileKeys = ["source", "revision", "date", "services", "moved"];
const movedKeys = ["input", "url", "readme"];
const serviceKeys = ["description", "categories", "readme", "maxInstances", "roles"];
const roleKeys = ["description", "settings", "minMachines", "maxMachines"];

function toServiceSet(
  file: CatalogueFile,
  severity: ServiceSet["severity"],
  origin: Origin,
  context: Context,
): ServiceSet {
  reportOtherKeys(file, fileKeys, origin, context);
  return {
    input: file.source,
    severity,
    date: textAt(file, "date", origin, context),
    revision: textAt(file, "revision", origin, context),
    from: undefined,
    services: mapOf(file.services, origin.at("services"), context, (service, at) =>
      toService(service, at, context),
    ),
    moved: mapOf(file["moved"] ?? undefined, origin.at("moved"), context, (moved, at) =>
      toMoved(moved, at, context),
    ),
    wordsOf: undefined,
  };
}

function toMoved(data: Data, origin: Origin, context: Context): MovedService {
  const moved = asMap(data, origin, context);
  reportOtherKeys(moved, movedKeys, origin, context);
  return {
    input: textAt(moved, "input", origin, context) ?? "",
    url: textAt(moved, "url", origin, context),
    readme: textAt(moved, "readme", origin, context),
  };
}

function toService(data: Data, origin: Origin, context: Context): Service {
  const service = asMap(data, origin, context);
  reportOtherKeys(service, serviceKeys, origin, context);
  return {
    description: textAt(service, "description", origin, context),
    categories: textsAt(service, "categories", origin, context),
    readme: textAt(service, "readme", origin, context),
    maxInstances: countAt(service, "maxInstances", origin, context),
    roles: mapOf(service["roles"], origin.at("roles"), context, (role, at) =>
      toRole(role, at, context),
    ),
  };
}

function toRole(data: Data, origin: Origin, context: Context): ServiceRole {
  const role = asMap(data, origin, context);
  reportOtherKeys(role, roleKeys, origin, context);
  return {
    description: textAt(role, "description", origin, context),
    settings:
      role["settings"] == null
        ? undefined
        : toSchema(role["settings"], origin.at("settings"), context),
    minMachines: countAt(role, "minMachines", origin, context),
    maxMachines: countAt(role, "maxMachines", origin, context),
  };
}

function toExportedSet(
  modules: Data,
  input: string,
  severity: ServiceSet["severity"],
  origin: Origin,
  context: Context,
): ServiceSet {
  const toModuleService = (roles: Data, at: Origin): Service => ({
    description: undefined,
    categories: [],
    readme: undefined,
    maxInstances: undefined,
    roles: mapOf(roles, at, context, (schema, at) => ({
      description: undefined,
      settings: toSchema(schema, at, context),
      minMachines: undefined,
      maxMachines: undefined,
    })),
  });
  return {
    input,
    severity,
    date: undefined,
    revision: undefined,
    from: undefined,
    services: mapOf(modules, origin, context, toModuleService),
    moved: new Map(),
    wordsOf: undefined,
  };
}

/** The schema of a role's settings. Clan's export leaves out that it starts at `Input`. */
function toSchema(data: Data, origin: Origin, context: Context): Schema {
  const exported =
    isDataMap(data) && Object.keys(data).every((key) => key === "$schema" || key === "$defs");
  const root =
    exported && isDataMap(data["$defs"]) && Object.hasOwn(data["$defs"], "Input")
      ? { ...data, $ref: "#/$defs/Input" }
      : data;
  if (!context.trustsSchemas) {
    checkSchema(root, root, origin, context);
  }
  return isSchema(root) ? root : true;
}
