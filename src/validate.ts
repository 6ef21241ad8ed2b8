import {
  ambiguousScalar,
  deprecatedTld,
  dottedKey,
  dottedModuleKey,
  emptySelector,
  exportGaps,
  invalidMeta,
  invalidType,
  machineNameNotHost,
  notAllowedValue,
  removedModules,
  removedServices,
  unknownKey,
  type Finding,
  type Report,
} from "./diagnostics.js";
import { isDataMap, type AmbiguousScalar, type Data, type DataMap, type Document } from "./document.js";
import { dropDefaults, isExport, unwrapSettings } from "./export.js";
import { readExtraModule, readSettings, type FormContext } from "./forms.js";
import {
  Float,
  type Assignment,
  type Definition,
  type Instance,
  type Inventory,
  type Located,
  type Machine,
  type MachineField,
  type Role,
  type Tag,
  type Value,
} from "./inventory.js";
import { Origin, type Path } from "./source.js";
import { findShapeErrors, places, type ShapeError } from "./validator.js";

/**
 * Reads the document at `index` as an inventory and spells it out in its long
 * form. Reports everything that is wrong with it; answers `undefined` if that
 * is any error.
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
  const inventory = readInventory(document.value, root, { forms, report: reportAndNote });
  if (failed) return undefined;
  if (!isExport(document.value)) return inventory;
  report(exportGaps({ document: index, start: 0, end: 0 }));
  return dropDefaults(inventory);
}

interface Context {
  readonly forms: FormContext;
  readonly report: Report;
}

// The readers take any data: what has not the shape of the schema is reported already, and skipped.

function readInventory(data: Data, root: Origin, context: Context): Inventory {
  const inventory: DataMap = isDataMap(data) ? data : {};
  const meta = root.at("meta");
  if (field(inventory["meta"], "tld") != null) context.report(deprecatedTld(meta.at("tld").asKey()));
  return {
    meta: readScalars(inventory["meta"], meta, metaFields),
    machines: readNamed(inventory["machines"], root.at("machines"), (machine, origin, name) => readMachine(machine, origin, name, context)),
    tags: readNamed(inventory["tags"], root.at("tags"), readTag),
    instances: readNamed(inventory["instances"], root.at("instances"), (instance, origin) => readInstance(instance, origin, context)),
  };
}

const metaFields = ["name", "description", "icon", "domain", "tld"] as const;
const machineFields = ["name", "description", "icon", "machineClass", "installedAt"] as const;
const deployFields = ["targetHost", "buildHost", "forwardAgent"] as const;
const hostName = /^[a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?$/;

function readMachine(data: Data, origin: Origin, name: string, { report }: Context): Machine {
  if (!hostName.test(name)) report(machineNameNotHost(origin, name));
  const fields = new Map<MachineField, Located<Scalar>>(readScalars(data, origin, machineFields));
  for (const [key, scalar] of readScalars(field(data, "deploy"), origin.at("deploy"), deployFields)) fields.set(`deploy.${key}`, scalar);
  return { fields, tags: names(field(data, "tags")), origin };
}

function readTag(data: Data, origin: Origin): Tag {
  if (!isDataMap(data)) return { kind: "static", machines: locatedNames(data, origin), origin };
  const list = (key: string) => (Object.hasOwn(data, key) ? locatedNames(data[key]!, origin.at(key)) : undefined);
  return {
    kind: "computed",
    anyOf: list("anyOf"),
    allOf: list("allOf"),
    noneOf: list("noneOf"),
    machines: list("machines"),
    except: list("except"),
    origin,
  };
}

function readInstance(data: Data, origin: Origin, context: Context): Instance {
  const module = field(data, "module");
  const at = origin.at("module");
  return {
    module: typeof module === "string" ? new Map([["name", { value: module, origin: at }]]) : readScalars(module, at, ["name", "input"]),
    roles: readNamed(field(data, "roles"), origin.at("roles"), (role, roleOrigin) => readRole(role, roleOrigin, context)),
    origin,
  };
}

function readRole(data: Data, origin: Origin, context: Context): Role {
  const readAssignment = (assignment: Data, at: Origin): Assignment => ({ settings: definitions(assignment, at, context), origin: at });
  return {
    machines: readNamed(field(data, "machines"), origin.at("machines"), readAssignment),
    tags: readNamed(field(data, "tags"), origin.at("tags"), readAssignment),
    settings: definitions(data, origin, context),
    extraModules: readExtraModules(field(data, "extraModules"), origin.at("extraModules"), context),
    origin,
  };
}

/** The `settings` of a role or an assignment. */
function definitions(data: Data, owner: Origin, { forms, report }: Context): readonly Definition[] {
  const settings = field(data, "settings");
  if (!isDataMap(settings) && !(settings instanceof Float)) return [];
  const at = owner.at("settings");
  const wrapped = unwrapSettings(settings, at);
  if (wrapped !== undefined && Object.keys(wrapped.settings).length === 0) return [];
  const origin = wrapped?.origin ?? at;
  const value = readSettings(wrapped?.settings ?? settings, origin, forms, report);
  return value === undefined ? [] : [{ value, origin }];
}

function readExtraModules(data: Data | undefined, origin: Origin, { forms, report }: Context): readonly Value[] {
  if (!Array.isArray(data)) return [];
  const modules: Value[] = [];
  data.forEach((entry: Data, index) => {
    if (typeof entry !== "string" && !isDataMap(entry)) return;
    reportDottedKeys(entry, origin.at(index), report);
    modules.push(readExtraModule(entry, origin.at(index), forms, report));
  });
  return modules;
}

/** A map from names, or a list of names, each of which then stands for nothing; the origin is the name's. */
function readNamed<T>(data: Data | undefined, origin: Origin, read: (data: Data, origin: Origin, name: string) => T): Map<string, T> {
  const named = new Map<string, T>();
  if (Array.isArray(data)) {
    data.forEach((name: Data, index) => {
      if (typeof name === "string" && !named.has(name)) named.set(name, read(null, origin.at(index), name));
    });
  } else if (isDataMap(data)) {
    for (const name of Object.keys(data)) named.set(name, read(data[name]!, origin.at(name).asKey(), name));
  }
  return named;
}

type Scalar = string | number | bigint | boolean;

function readScalars<Key extends string, T extends Scalar>(data: Data | undefined, origin: Origin, keys: readonly Key[]): Map<Key, Located<T>> {
  const scalars = new Map<Key, Located<T>>();
  for (const key of keys) {
    const value = field(data, key);
    if (value !== undefined && value !== null && typeof value !== "object") scalars.set(key, { value: value as T, origin: origin.at(key) });
  }
  return scalars;
}

function names(data: Data | undefined): readonly string[] {
  return Array.isArray(data) ? data.filter((name) => typeof name === "string") : [];
}

function locatedNames(data: Data, origin: Origin): Located<string>[] {
  const located: Located<string>[] = [];
  if (Array.isArray(data)) {
    data.forEach((value: Data, index) => {
      if (typeof value === "string") located.push({ value, origin: origin.at(index) });
    });
  }
  return located;
}

/** Translates what the compiled schema says about the document. */
function reportShape(data: Data, root: Origin, report: Report): void {
  const floats = new Set<Float>();
  for (const error of findShapeErrors(data)) {
    const spot = findSpot(data, root, error.instancePath);
    if (spot.data instanceof Float && (spot.isInside || error.keyword !== "type")) {
      // To the compiled schema a float is a map with keys of its own.
      if (!floats.has(spot.data)) report(invalidType(spot.origin, ["object"], spot.data));
      floats.add(spot.data);
    } else {
      const finding = shapeFinding(error, spot);
      if (finding !== undefined) report(finding);
    }
  }
}

/** What stands where an error was found. */
interface Spot {
  readonly data: Data;
  readonly origin: Origin;
  /** In the fixed shape, as a key of {@link places}. */
  readonly place: string;
  /** Whether the error is somewhere inside `data`, which has no inside. */
  readonly isInside: boolean;
}

function findSpot(data: Data, origin: Origin, pointer: string): Spot {
  const segments = pointer.split("/").slice(1);
  let place = "";
  for (const segment of segments) {
    const key = segment.replace(/~1/g, "/").replace(/~0/g, "~");
    if (data instanceof Float) return { data, origin, place, isInside: true };
    if (Array.isArray(data)) {
      data = data[Number(key)];
      origin = origin.at(Number(key));
      place = inside(place, "*");
    } else {
      data = (data as DataMap)[key]!;
      origin = origin.at(key);
      place = inside(place, places[place] === undefined ? "*" : key);
    }
  }
  return { data, origin, place, isInside: false };
}

function inside(place: string, key: string): string {
  return place === "" ? key : `${place}.${key}`;
}

function shapeFinding(error: ShapeError, { data, origin, place }: Spot): Finding | undefined {
  switch (error.keyword) {
    case "type": {
      const types = [error.params.type].flat();
      return typeof data === "bigint" && types.includes("integer") ? undefined : invalidType(origin, types, data);
    }
    case "enum": {
      const allowed = error.params.allowedValues.filter((value) => typeof value === "string");
      return typeof data === "string" ? notAllowedValue(origin, data, allowed) : invalidType(origin, ["string"], data);
    }
    case "pattern":
      return invalidMeta(origin, place.slice("meta.".length), String(data));
    case "minProperties":
      return emptySelector(origin, places[place] ?? []);
    case "additionalProperties":
      return unknownKeyFinding(error.params.additionalProperty, data as DataMap, origin, place);
  }
}

function unknownKeyFinding(key: string, data: DataMap, owner: Origin, place: string): Finding {
  const known = places[place] ?? [];
  const origin = owner.at(key).asKey();
  if (place === "" && key === "services") return removedServices(origin);
  if (place === "" && key === "modules") return removedModules(origin);
  const parts = key.split(".");
  if (parts.length > 1 && known.includes(parts[0]!) && !parts.includes("")) return dottedKey(origin, parts, data[key]!);
  return unknownKey(origin, key, known, home(key, place));
}

/**
 * The place above or below `place` that has this key, if there is one, as the
 * user would write it: seen from `place` if below, else from the root.
 */
function home(key: string, place: string): string | undefined {
  const homes = Object.keys(places).filter((other) => places[other]!.includes(key));
  const below = homes.filter((other) => place === "" || other.startsWith(`${place}.`));
  const above = homes.filter((other) => other === "" || place.startsWith(`${other}.`));
  const nearestBelow = below.sort((a, b) => a.split(".").length - b.split(".").length)[0];
  if (nearestBelow !== undefined) return withNames(place === "" ? nearestBelow : nearestBelow.slice(place.length + 1), place);
  const nearestAbove = above.sort((a, b) => b.length - a.length)[0];
  return nearestAbove === undefined ? undefined : withNames(nearestAbove, "");
}

/** `machines.*.deploy` as `machines.<machine>.deploy`. */
function withNames(place: string, above: string): string {
  const segments = place.split(".");
  return segments.map((segment, index) => (segment === "*" ? `<${(segments[index - 1] ?? above.split(".").at(-1)!).slice(0, -1)}>` : segment)).join(".");
}

const dotted = /^[a-z][A-Za-z0-9]*(\.[a-z][A-Za-z0-9_-]*)+$/;

/** Looks at the keys of an inline module and one level below, above those that name files or hosts. */
function reportDottedKeys(module: Data, origin: Origin, report: Report): void {
  if (!isDataMap(module)) return;
  for (const key of Object.keys(module)) {
    const at = origin.at(key);
    const value = module[key]!;
    if (dotted.test(key)) report(dottedModuleKey(at.asKey(), key.split("."), value));
    else if (key === "imports" && Array.isArray(value)) value.forEach((entry: Data, index) => reportDottedKeys(entry, at.at(index), report));
    else if (isDataMap(value)) {
      for (const inner of Object.keys(value)) {
        if (dotted.test(inner)) report(dottedModuleKey(at.at(inner).asKey(), inner.split("."), value[inner]!));
      }
    }
  }
}

function reportAmbiguous(scalars: readonly AmbiguousScalar[], root: Origin, report: Report): void {
  for (const { path, text } of scalars) {
    if (isFreeForm(path)) report(ambiguousScalar(path.reduce<Origin>((origin, key) => origin.at(key), root), text));
  }
}

/** Whether `path` leads into settings or extra modules. */
function isFreeForm([instances, , roles, , member, , settings]: Path): boolean {
  if (instances !== "instances" || roles !== "roles") return false;
  return member === "settings" || member === "extraModules" || ((member === "machines" || member === "tags") && settings === "settings");
}

function field(data: Data | undefined, key: string): Data | undefined {
  return isDataMap(data) && Object.hasOwn(data, key) ? data[key] : undefined;
}
