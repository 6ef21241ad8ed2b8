import { type Assembly, type Branch, isEmpty, type Tree } from "../model/assembly.js";
import type {
  Assignment,
  Definition,
  Instance,
  Machine,
  ResolvedInventory,
  Role,
} from "../model/inventory.js";
import { joinModules } from "../model/join-lists.js";
import { nestFields } from "../model/machine-fields.js";
import { MappedMap, mapValues } from "../model/maps.js";
import { sortedMap } from "../model/name-order.js";
import type { Concatenation, Value, ValueMap } from "../model/value.js";
import { mergeLayers } from "../module-system/merge-definitions.js";

/**
 * Puts the inventory together as Clan takes it: `resolved`, with each
 * member by name and its merged settings, or `declared`, with roles as written.
 * Empty parts are left out.
 */
export function assemble(inventory: ResolvedInventory, emit: "resolved" | "declared"): Assembly {
  const { meta, machines, instances } = inventory.inventory;
  const shared = new Map<ValueMap, string>();
  const assembleRole = (instance: string, name: string, role: Role): Tree =>
    emit === "declared"
      ? declaredRole(role)
      : resolvedRole(
          role,
          inventory.settings.get(instance)!.get(name)!,
          `${instance}-${name}`,
          shared,
        );
  const parts: { [part: string]: Tree } = {
    meta: record(meta, ({ value }) => value),
    machines: new MappedMap(sortedMap(machines), assembleMachine),
    tags: record(inventory.tags, (list) => list),
    instances: record(instances, (instance, name) =>
      assembleInstance(instance, (role, roleName) => assembleRole(name, roleName, role)),
    ),
  };
  return {
    tree: Object.fromEntries(Object.entries(parts).filter(([, part]) => !isEmpty(part))),
    shared,
  };
}

function assembleMachine(machine: Machine): ValueMap {
  const assembled: { [key: string]: Value } = nestFields(machine);
  if (machine.tags.length > 0) {
    assembled["tags"] = machine.tags;
  }
  return assembled;
}

function assembleInstance(
  instance: Instance,
  assembleRole: (role: Role, name: string) => Tree,
): Tree {
  return withoutEmpty({
    module: record(instance.module, ({ value }) => value),
    roles: record(instance.roles, assembleRole),
  });
}

function declaredRole(role: Role): Tree {
  const assignment = ({ settings }: Assignment): Tree =>
    withoutEmpty({ settings: layerSettings(settings) });
  const tags = record(role.tags, assignment);
  const hasTagSettings = [...tags.values()].some((tag) => !isEmpty(tag));
  return withoutEmpty({
    extraModules: modulesOf(role),
    machines: record(role.machines, assignment),
    settings: layerSettings(role.settings),
    tags: hasTagSettings ? tags : [...tags.keys()],
  });
}

function resolvedRole(
  role: Role,
  settingsOf: ReadonlyMap<string, ValueMap>,
  name: string,
  shared: Map<ValueMap, string>,
): Tree {
  return withoutEmpty({
    extraModules: modulesOf(role),
    machines: resolvedMembers(settingsOf, name, shared),
    settings: settingsOf.size === 0 ? layerSettings(role.settings) : {},
  });
}

function modulesOf({ extraModules, origin }: Role): readonly Value[] | Concatenation {
  return joinModules(
    extraModules.map(({ value }) => value),
    origin.at("extraModules"),
  );
}

/**
 * A role's members, sorted as they are given, with their settings; those that several have in
 * common are noted in `shared` under `name`.
 */
function resolvedMembers(
  settingsOf: ReadonlyMap<string, ValueMap>,
  name: string,
  shared: Map<ValueMap, string>,
): Branch {
  const uses = new Map<ValueMap, number>();
  for (const merged of settingsOf.values()) {
    uses.set(merged, (uses.get(merged) ?? 0) + 1);
  }

  const assembled = new Map<ValueMap, Tree>();
  for (const [merged, count] of uses) {
    const isShared = count > 1 && !isEmpty(merged);
    // What is shared is an object of its own for each role, because one YAML anchor may serve
    // several.
    const settings = isShared ? { ...asModule(merged) } : asModule(merged);
    assembled.set(merged, withoutEmpty({ settings }));
    if (isShared) {
      shared.set(settings, name);
    }
  }
  return new MappedMap(settingsOf, (merged) => assembled.get(merged)!);
}

/** What the files say for one layer, as one definition, since Clan takes only one. */
function layerSettings(definitions: readonly Definition[]): ValueMap {
  if (definitions.length === 0) {
    return {};
  }
  return asModule(mergeLayers([{ kind: "role", name: "", definitions }], () => {}));
}

/** Top-level names that a module keeps for itself. */
const moduleKeys = [
  "_class",
  "_file",
  "_type",
  "config",
  "disabledModules",
  "freeformType",
  "imports",
  "key",
  "options",
  "require",
];

/** Settings as a module: in the long form where the short one would swallow one of them. */
function asModule(settings: ValueMap): ValueMap {
  return moduleKeys.some((key) => Object.hasOwn(settings, key)) ? { config: settings } : settings;
}

function record<V>(
  map: ReadonlyMap<string, V>,
  transform: (value: V, name: string) => Tree,
): Branch {
  return mapValues(sortedMap(map), transform);
}

/** The parts that are not empty; they are given in the order of their names. */
function withoutEmpty(parts: {
  readonly [name: string]: Branch | ValueMap | readonly Value[] | Concatenation;
}): Tree {
  return new Map(Object.entries(parts).filter(([, part]) => !isEmpty(part)));
}
