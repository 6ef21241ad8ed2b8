import type { Report } from "../diagnostics/diagnostic.js";
import { sourceConflict } from "../diagnostics/meaning-messages.js";
import {
  type Assignment,
  fieldOrigin,
  type Instance,
  type Inventory,
  type Machine,
  type Role,
  type Selector,
  type Tag,
  tagOrigin,
} from "../model/inventory.js";
import type { FieldValue, MachineField } from "../model/machine-fields.js";
import { getOrInsertComputed, mapValues } from "../model/maps.js";
import type { Located } from "../model/origin.js";

/**
 * Makes one inventory of several, as Nix makes one of several modules: maps
 * unite, lists concatenate in the order given, equal scalars agree, and
 * different ones are reported with both places.
 */
export function unite(inventories: readonly Inventory[], report: Report): Inventory {
  if (inventories.length === 1) {
    return inventories[0]!;
  }
  return {
    meta: uniteMaps(pluck(inventories, "meta"), (fields, key) =>
      agree(fields, `meta.${key}`, report),
    ),
    machines: uniteMaps(pluck(inventories, "machines"), (machines, name) =>
      uniteMachines(machines, name, report),
    ),
    tags: uniteMaps(pluck(inventories, "tags"), (tags, name) => uniteTags(tags, name, report)),
    instances: uniteMaps(pluck(inventories, "instances"), (instances, name) =>
      uniteInstances(instances, name, report),
    ),
  };
}

/** At least two values of one key. */
type Several<V> = readonly [V, V, ...V[]];

function uniteMaps<K, V>(
  maps: readonly ReadonlyMap<K, V>[],
  combine: (values: Several<V>, key: K) => V,
): ReadonlyMap<K, V> {
  const groups = new Map<K, V[]>();
  for (const map of maps) {
    for (const [key, value] of map) {
      getOrInsertComputed(groups, key, () => []).push(value);
    }
  }
  const united = new Map<K, V>();
  for (const [key, values] of groups) {
    united.set(
      key,
      values.length === 1 ? values[0]! : combine(values as unknown as Several<V>, key),
    );
  }
  return united;
}

function agree<T extends string | number | bigint | boolean>(
  values: readonly [Located<T>, ...Located<T>[]],
  what: string,
  report: Report,
): Located<T> {
  const [first, ...others] = values;
  for (const { value, origin } of others) {
    if (value !== first.value) {
      report(sourceConflict(origin, first.origin, what, String(value), String(first.value)));
    }
  }
  return first;
}

function uniteMachines(machines: Several<Machine>, name: string, report: Report): Machine {
  const fields = uniteMaps(machines.map(locatedFields), (values, field) =>
    agree(values, `machines.${name}.${field}`, report),
  );
  return {
    fields: Object.fromEntries([...fields].map(([field, { value }]) => [field, value])),
    fieldOrigins: mapValues(fields, ({ origin }) => origin),
    tags: pluck(machines, "tags").flat(),
    tagOrigins: machines.flatMap((machine) =>
      machine.tags.map((_, index) => tagOrigin(machine, index)),
    ),
    origin: machines[0].origin,
  };
}

function locatedFields(machine: Machine): ReadonlyMap<MachineField, Located<FieldValue>> {
  const names = Object.keys(machine.fields) as MachineField[];
  return new Map(
    names.map((name) => [
      name,
      { value: machine.fields[name]!, origin: fieldOrigin(machine, name) },
    ]),
  );
}

function uniteTags(tags: Several<Tag>, name: string, report: Report): Tag {
  const [first, ...others] = tags;
  const alike = others.filter((tag) => tag.kind === first.kind);
  for (const other of others) {
    if (other.kind !== first.kind) {
      report(
        sourceConflict(
          other.origin,
          first.origin,
          `tags.${name}`,
          `a ${other.kind} list`,
          `a ${first.kind} list`,
        ),
      );
    }
  }
  if (first.kind === "computed") {
    return uniteSelectors([first, ...(alike as Selector[])]);
  }
  return { ...first, machines: tags.flatMap((tag) => (tag.kind === "static" ? tag.machines : [])) };
}

function uniteSelectors(selectors: readonly [Selector, ...Selector[]]): Selector {
  const concatenate = (key: "anyOf" | "allOf" | "noneOf" | "machines" | "except") =>
    selectors.some((selector) => selector[key] !== undefined)
      ? selectors.flatMap((selector) => selector[key] ?? [])
      : undefined;
  return {
    ...selectors[0],
    anyOf: concatenate("anyOf"),
    allOf: concatenate("allOf"),
    noneOf: concatenate("noneOf"),
    machines: concatenate("machines"),
    except: concatenate("except"),
  };
}

function uniteInstances(instances: Several<Instance>, name: string, report: Report): Instance {
  return {
    module: uniteMaps(pluck(instances, "module"), (values, field) =>
      agree(values, `instances.${name}.module.${field}`, report),
    ),
    roles: uniteMaps(pluck(instances, "roles"), uniteRoles),
    origin: instances[0].origin,
  };
}

function uniteRoles(roles: Several<Role>): Role {
  return {
    machines: uniteMaps(pluck(roles, "machines"), uniteAssignments),
    tags: uniteMaps(pluck(roles, "tags"), uniteAssignments),
    settings: pluck(roles, "settings").flat(),
    extraModules: pluck(roles, "extraModules").flat(),
    origin: roles[0].origin,
  };
}

function uniteAssignments(assignments: Several<Assignment>): Assignment {
  return { settings: pluck(assignments, "settings").flat(), origin: assignments[0].origin };
}

function pluck<T, K extends keyof T>(items: readonly T[], key: K): T[K][] {
  return items.map((item) => item[key]);
}
