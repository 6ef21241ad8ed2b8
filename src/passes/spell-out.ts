import type { Report } from "../diagnostics/diagnostic.js";
import { machineNameNotHost } from "../diagnostics/meaning-messages.js";
import { deprecatedTld, dottedModuleKey } from "../diagnostics/shape-messages.js";
import { unwrapSettings } from "../model/clan-export.js";
import { type Data, type DataMap, isDataMap } from "../model/data.js";
import type {
  Assignment,
  Definition,
  Instance,
  Inventory,
  Machine,
  Role,
  Tag,
} from "../model/inventory.js";
import type { MachineField } from "../model/machine-fields.js";
import type { Located, Origin } from "../model/origin.js";
import { Float, type Value } from "../model/value.js";
import { type FormContext, readExtraModule, readSettings } from "./read-forms.js";

/**
 * Spells out an inventory in its long form. `data` has the shape of the schema,
 * with `null` for what has not, or else is no inventory at all.
 */
export function readInventory(
  data: Data,
  root: Origin,
  forms: FormContext,
  report: Report,
): Inventory {
  const context = { forms, report };
  const inventory: DataMap = isDataMap(data) ? data : {};
  const meta = root.at("meta");
  if (field(inventory["meta"], "tld") != null) {
    report(deprecatedTld(meta.at("tld").asKey()));
  }
  return {
    meta: readScalars(inventory["meta"], meta, metaFields, new Map()),
    machines: readNamed(inventory["machines"], root.at("machines"), (machine, origin, name) =>
      readMachine(machine, origin, name, context),
    ),
    tags: readNamed(inventory["tags"], root.at("tags"), readTag),
    instances: readNamed(inventory["instances"], root.at("instances"), (instance, origin) =>
      readInstance(instance, origin, context),
    ),
  };
}

const hostName = /^[a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?$/;

interface Context {
  readonly forms: FormContext;
  readonly report: Report;
}

function readMachine(data: Data, origin: Origin, name: string, { report }: Context): Machine {
  if (!hostName.test(name)) {
    report(machineNameNotHost(origin, name));
  }
  const fields = new Map<MachineField, Located<Scalar>>();
  readScalars(data, origin, machineFields, fields);
  const deploy = field(data, "deploy");
  if (deploy !== undefined) {
    readScalars(deploy, origin.at("deploy"), deployFields, fields);
  }
  return { fields, tags: names(field(data, "tags")), origin };
}

function readTag(data: Data, origin: Origin): Tag {
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

function readInstance(data: Data, origin: Origin, context: Context): Instance {
  const module = field(data, "module");
  const at = origin.at("module");
  return {
    module:
      typeof module === "string"
        ? new Map([["name", { value: module, origin: at }]])
        : readScalars(module, at, moduleFields, new Map()),
    roles: readNamed(field(data, "roles"), origin.at("roles"), (role, roleOrigin) =>
      readRole(role, roleOrigin, context),
    ),
    origin,
  };
}

function readRole(data: Data, origin: Origin, context: Context): Role {
  const readAssignment = (assignment: Data, at: Origin): Assignment => ({
    settings: definitions(assignment, at, context),
    origin: at,
  });
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
  if (!isDataMap(settings) && !(settings instanceof Float)) {
    return [];
  }
  const at = owner.at("settings");
  const wrapped = unwrapSettings(settings, at);
  if (wrapped !== undefined && Object.keys(wrapped.settings).length === 0) {
    return [];
  }
  const origin = wrapped?.origin ?? at;
  return readSettings(wrapped?.settings ?? settings, origin, forms, report);
}

function readExtraModules(
  data: Data | undefined,
  origin: Origin,
  { forms, report }: Context,
): readonly Value[] {
  if (!Array.isArray(data)) {
    return [];
  }
  const modules: Value[] = [];
  data.forEach((entry: Data, index) => {
    if (entry === null) {
      return;
    }
    reportDottedKeys(entry, origin.at(index), report);
    modules.push(readExtraModule(entry, origin.at(index), forms, report));
  });
  return modules;
}

/**
 * A map from names, or a list of names, each of which then stands for nothing; the origin is the
 * name's.
 */
function readNamed<T>(
  data: Data | undefined,
  origin: Origin,
  read: (data: Data, origin: Origin, name: string) => T,
): Map<string, T> {
  const named = new Map<string, T>();
  if (Array.isArray(data)) {
    data.forEach((name: Data, index) => {
      if (typeof name === "string" && !named.has(name)) {
        named.set(name, read(null, origin.at(index), name));
      }
    });
  } else if (isDataMap(data)) {
    for (const name of Object.keys(data)) {
      named.set(name, read(data[name]!, origin.at(name).asKey(), name));
    }
  }
  return named;
}

type Scalar = string | number | bigint | boolean;

// Where a scalar stands in its map, and the name it goes by.
const metaFields = {
  name: "name",
  description: "description",
  icon: "icon",
  domain: "domain",
  tld: "tld",
} as const;
const machineFields = {
  name: "name",
  description: "description",
  icon: "icon",
  machineClass: "machineClass",
  installedAt: "installedAt",
} as const;
const deployFields = {
  targetHost: "deploy.targetHost",
  buildHost: "deploy.buildHost",
  forwardAgent: "deploy.forwardAgent",
} as const;
const moduleFields = { name: "name", input: "input" } as const;

/** Adds the scalars of a map to `scalars`. */
function readScalars<Field extends string, T extends Scalar>(
  data: Data | undefined,
  origin: Origin,
  fields: { readonly [key: string]: Field },
  scalars: Map<Field, Located<T>>,
): Map<Field, Located<T>> {
  if (!isDataMap(data)) {
    return scalars;
  }
  for (const key of Object.keys(data)) {
    const value = data[key];
    if (value !== null && typeof value !== "object" && Object.hasOwn(fields, key)) {
      scalars.set(fields[key]!, { value: value as T, origin: origin.at(key) });
    }
  }
  return scalars;
}

/** The list itself if all of it are names. */
function names(data: Data | undefined): readonly string[] {
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
          report(dottedModuleKey(at.at(inner).asKey(), inner.split("."), value[inner]!));
        }
      }
    }
  }
}

function field(data: Data | undefined, key: string): Data | undefined {
  return isDataMap(data) && Object.hasOwn(data, key) ? data[key] : undefined;
}
