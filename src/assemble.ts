import { mergeLayers } from "./definitions.js";
import {
  isMap,
  setEntry,
  type Assembly,
  type Assignment,
  type Definition,
  type Instance,
  type Machine,
  type Member,
  type ResolvedInventory,
  type Role,
  type Value,
  type ValueMap,
} from "./inventory.js";
import { compareNames, sortedEntries } from "./names.js";

/**
 * Puts the inventory together as Clan takes it (SPEC 3.3): `resolved`, with each
 * member by name and its merged settings, or `declared`, with roles as written.
 * Empty parts are left out.
 */
export function assemble(inventory: ResolvedInventory, emit: "resolved" | "declared"): Assembly {
  const { meta, machines, instances } = inventory.inventory;
  const shared = new Map<ValueMap, string>();
  const roleOf = (instance: string, name: string, role: Role) =>
    emit === "declared" ? declaredRole(role) : resolvedRole(role, sharedSettings(inventory, instance, name, shared), inventory.members.get(instance)!.get(name)!);
  const parts = {
    meta: record(meta, ({ value }) => value),
    machines: record(machines, assembleMachine),
    tags: record(inventory.tags, (list) => list),
    instances: record(instances, (instance, name) => assembleInstance(instance, (role, roleName) => roleOf(name, roleName, role))),
  };
  return { tree: withoutEmpty(parts), shared };
}

function assembleMachine({ fields, tags }: Machine): ValueMap {
  const deploy: { [key: string]: Value } = {};
  const machine: { [key: string]: Value } = {};
  for (const [field, { value }] of fields) {
    if (field.startsWith("deploy.")) deploy[field.slice("deploy.".length)] = value;
    else machine[field] = value;
  }
  return { ...machine, ...withoutEmpty({ deploy, tags }) };
}

function assembleInstance(instance: Instance, roleOf: (role: Role, name: string) => ValueMap): ValueMap {
  return withoutEmpty({
    module: record(instance.module, ({ value }) => value),
    roles: record(instance.roles, roleOf),
  });
}

function declaredRole(role: Role): ValueMap {
  const assignment = ({ settings }: Assignment): ValueMap => withoutEmpty({ settings: layerSettings(settings) });
  const tags = record(role.tags, assignment);
  const hasTagSettings = Object.values(tags).some((tag) => isMap(tag) && Object.hasOwn(tag, "settings"));
  return withoutEmpty({
    machines: record(role.machines, assignment),
    tags: hasTagSettings ? tags : Object.keys(tags).sort(compareNames),
    settings: layerSettings(role.settings),
    extraModules: role.extraModules,
  });
}

function resolvedRole(role: Role, settingsOf: ReadonlyMap<string, ValueMap>, members: readonly Member[]): ValueMap {
  const machines: { [name: string]: Value } = {};
  for (const { machine } of members) setEntry(machines, machine, withoutEmpty({ settings: settingsOf.get(machine)! }));
  return withoutEmpty({
    machines,
    settings: members.length === 0 ? layerSettings(role.settings) : {},
    extraModules: role.extraModules,
  });
}

/** The settings of a role's members; those that several have in common are one object, which is noted in `shared`. */
function sharedSettings(inventory: ResolvedInventory, instance: string, role: string, shared: Map<ValueMap, string>): ReadonlyMap<string, ValueMap> {
  const settings = inventory.settings.get(instance)!.get(role)!;
  const uses = new Map<ValueMap, number>();
  for (const merged of settings.values()) uses.set(merged, (uses.get(merged) ?? 0) + 1);

  // An object of its own for each role, because one YAML anchor may serve several.
  const assembled = new Map<ValueMap, ValueMap>();
  for (const [merged, count] of uses) {
    const own = { ...asModule(merged) };
    assembled.set(merged, own);
    if (count > 1 && Object.keys(own).length > 0) shared.set(own, `${instance}-${role}`);
  }
  return new Map([...settings].map(([machine, merged]) => [machine, assembled.get(merged)!]));
}

/** What the files say for one layer, as one definition, since Clan takes only one. */
function layerSettings(definitions: readonly Definition[]): ValueMap {
  if (definitions.length === 0) return {};
  return asModule(mergeLayers([{ kind: "role", name: "", definitions }], () => {}));
}

/** Top-level names that a module keeps for itself. */
const moduleKeys = ["_class", "_file", "_type", "config", "disabledModules", "freeformType", "imports", "key", "options", "require"];

/** Settings as a module: in the long form where the short one would swallow one of them. */
function asModule(settings: ValueMap): ValueMap {
  return moduleKeys.some((key) => Object.hasOwn(settings, key)) ? { config: settings } : settings;
}

function record<V>(map: ReadonlyMap<string, V>, transform: (value: V, name: string) => Value): ValueMap {
  const made = {};
  for (const [name, value] of sortedEntries(map)) setEntry<Value>(made, name, transform(value, name));
  return made;
}

function withoutEmpty(map: { readonly [key: string]: ValueMap | readonly Value[] }): ValueMap {
  return Object.fromEntries(Object.entries(map).filter(([, part]) => Object.keys(part).length > 0));
}
