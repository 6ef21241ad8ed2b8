import type { Report } from "../diagnostics/diagnostic.js";
import { machineNameNotHost } from "../diagnostics/meaning-messages.js";
import { deprecatedTld, dottedModuleKey } from "../diagnostics/shape-messages.js";
import { unwrapSettings } from "../model/clan-export.js";
import { type Data, type DataMap, isDataMap } from "../model/data.js";
import {
  type Assignment,
  type Instance,
  type Machine,
  metaFields,
  moduleFields,
  type Role,
  type Tag,
  type WrittenInventory,
} from "../model/inventory.js";
import {
  deployFieldsByKey,
  type FieldValue,
  type MachineField,
  machineFieldsByKey,
} from "../model/machine-fields.js";
import type { Located, Origin } from "../model/origin.js";
import { Float } from "../model/value.js";

/**
 * Spells out an inventory in its long form; settings and modules are still data. What does not have
 * the shape of the schema must be `null` in `data`, or left out.
 */
export function spellOut(data: Data, root: Origin, report: Report): WrittenInventory {
  const inventory: DataMap = isDataMap(data) ? data : {};
  const meta = root.at("meta");
  if (fieldOf(inventory["meta"], "tld") != null) {
    report(deprecatedTld(meta.keyAt("tld")));
  }
  return {
    meta: locateScalars(inventory["meta"], meta, metaFieldsByKey),
    machines: spellOutNames(inventory["machines"], root.at("machines"), (machine, origin, name) =>
      spellOutMachine(machine, origin, name, report),
    ),
    tags: spellOutNames(inventory["tags"], root.at("tags"), spellOutTag),
    instances: spellOutNames(inventory["instances"], root.at("instances"), (instance, origin) =>
      spellOutInstance(instance, origin, report),
    ),
    values: spellOutValues(inventory["values"], root.at("values")),
  };
}

function spellOutValues(
  data: Data | undefined,
  origin: Origin,
): ReadonlyMap<string, Located<Data>> {
  const names = isDataMap(data) ? Object.keys(data) : [];
  return new Map(
    names.map((name) => [name, { value: (data as DataMap)[name]!, origin: origin.at(name) }]),
  );
}

const hostName = /^[a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?$/;

function spellOutMachine(data: Data, origin: Origin, name: string, report: Report): Machine {
  if (!hostName.test(name)) {
    report(machineNameNotHost(origin, name));
  }
  const fields: { [field in MachineField]?: FieldValue } = {};
  const note = (field: MachineField, value: FieldValue) => {
    fields[field] = value;
  };
  eachScalar(data, machineFieldsByKey, note);
  eachScalar(fieldOf(data, "deploy"), deployFieldsByKey, note);
  return { fields, tags: namesIn(fieldOf(data, "tags")), origin };
}

function spellOutTag(data: Data, origin: Origin): Tag {
  if (!isDataMap(data)) {
    return { kind: "static", machines: locatedNames(data, origin), origin };
  }
  const list = (key: string) =>
    Object.hasOwn(data, key) ? locatedNames(data[key]!, origin.at(key)) : undefined;
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

function spellOutInstance(data: Data, origin: Origin, report: Report): WrittenInstance {
  const module = fieldOf(data, "module");
  const at = origin.at("module");
  return {
    module:
      typeof module === "string"
        ? new Map([["name", { value: module, origin: at }]])
        : locateScalars(module, at, moduleFieldsByKey),
    roles: spellOutNames(fieldOf(data, "roles"), origin.at("roles"), (role, roleOrigin) =>
      spellOutRole(role, roleOrigin, report),
    ),
    origin,
  };
}

type WrittenInstance = Instance<Located<Data>, Located<Data>>;

function spellOutRole(
  data: Data,
  origin: Origin,
  report: Report,
): Role<Located<Data>, Located<Data>> {
  return {
    machines: spellOutNames(fieldOf(data, "machines"), origin.at("machines"), spellOutAssignment),
    tags: spellOutNames(fieldOf(data, "tags"), origin.at("tags"), spellOutAssignment),
    settings: settingsOf(data, origin),
    extraModules: spellOutModules(fieldOf(data, "extraModules"), origin.at("extraModules"), report),
    origin,
  };
}

function spellOutAssignment(data: Data, origin: Origin): Assignment<Located<Data>> {
  return { settings: settingsOf(data, origin), origin };
}

/** The `settings` of a role or an assignment, without the wrapper of Clan's export. */
function settingsOf(data: Data, owner: Origin): readonly Located<Data>[] {
  const settings = fieldOf(data, "settings");
  if (!isDataMap(settings) && !(settings instanceof Float)) {
    return [];
  }
  const origin = owner.at("settings");
  const wrapped = unwrapSettings(settings, origin);
  if (wrapped === undefined) {
    return [{ value: settings, origin }];
  }
  return Object.keys(wrapped.value).length === 0 ? [] : [wrapped];
}

function spellOutModules(
  data: Data | undefined,
  origin: Origin,
  report: Report,
): readonly Located<Data>[] {
  if (!Array.isArray(data)) {
    // A form that stands for several.
    return isDataMap(data) ? [{ value: data, origin }] : [];
  }
  const modules: Located<Data>[] = [];
  data.forEach((value: Data, index) => {
    if (value === null) {
      return;
    }
    const at = origin.at(index);
    reportDottedKeys(value, at, report);
    modules.push({ value, origin: at });
  });
  return modules;
}

/**
 * A map by name, or a list of names, each of which means an empty map; the origin is the name's.
 */
function spellOutNames<T>(
  data: Data | undefined,
  origin: Origin,
  spellOutOne: (data: Data, origin: Origin, name: string) => T,
): Map<string, T> {
  const named = new Map<string, T>();
  if (Array.isArray(data)) {
    data.forEach((name: Data, index) => {
      if (typeof name === "string" && !named.has(name)) {
        named.set(name, spellOutOne(null, origin.at(index), name));
      }
    });
  } else if (isDataMap(data)) {
    for (const name of Object.keys(data)) {
      named.set(name, spellOutOne(data[name]!, origin.keyAt(name), name));
    }
  }
  return named;
}

const metaFieldsByKey = byThemselves(metaFields);
const moduleFieldsByKey = byThemselves(moduleFields);

function byThemselves<Field extends string>(fields: readonly Field[]): ReadonlyMap<string, Field> {
  return new Map(fields.map((field) => [field, field]));
}

function locateScalars<Field extends string>(
  data: Data | undefined,
  origin: Origin,
  fields: ReadonlyMap<string, Field>,
): ReadonlyMap<Field, Located<string>> {
  const scalars = new Map<Field, Located<string>>();
  eachScalar(data, fields, (field, value) =>
    scalars.set(field, { value: value as string, origin: origin.at(field) }),
  );
  return scalars;
}

/** Visits the scalars in a map that are fields, which are given by their keys there. */
function eachScalar<Field extends string>(
  data: Data | undefined,
  fields: ReadonlyMap<string, Field>,
  visit: (field: Field, value: FieldValue) => void,
): void {
  if (!isDataMap(data)) {
    return;
  }
  for (const key of Object.keys(data)) {
    const value = data[key];
    const field = fields.get(key);
    if (field !== undefined && value !== null && typeof value !== "object") {
      visit(field, value as FieldValue);
    }
  }
}

/** The names in a list: the list itself where there is nothing else in it. */
function namesIn(data: Data | undefined): readonly string[] {
  if (!Array.isArray(data)) {
    return [];
  }
  const isName = (item: Data) => typeof item === "string";
  return data.every(isName) ? data : data.filter(isName);
}

function locatedNames(data: Data, origin: Origin): Located<string>[] {
  const located: Located<string>[] = [];
  if (Array.isArray(data)) {
    data.forEach((value: Data, index) => {
      if (typeof value === "string") {
        located.push({ value, origin: origin.at(index) });
      }
    });
  }
  return located;
}

const dotted = /^[a-z][A-Za-z0-9]*(\.[a-z][A-Za-z0-9_-]*)+$/;

/**
 * Looks at the keys of an inline module and one level below, above those that name files or hosts.
 */
function reportDottedKeys(module: Data, origin: Origin, report: Report): void {
  if (!isDataMap(module)) {
    return;
  }
  for (const key of Object.keys(module)) {
    const at = origin.at(key);
    const value = module[key]!;
    if (dotted.test(key)) {
      report(dottedModuleKey(at.asKey(), key.split("."), value));
    } else if (key === "imports" && Array.isArray(value)) {
      value.forEach((entry: Data, index) => reportDottedKeys(entry, at.at(index), report));
    } else if (isDataMap(value)) {
      for (const inner of Object.keys(value)) {
        if (dotted.test(inner)) {
          report(dottedModuleKey(at.keyAt(inner), inner.split("."), value[inner]!));
        }
      }
    }
  }
}

function fieldOf(data: Data | undefined, key: string): Data | undefined {
  return isDataMap(data) && Object.hasOwn(data, key) ? data[key] : undefined;
}
