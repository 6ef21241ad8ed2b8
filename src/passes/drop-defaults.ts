import type { Report } from "../diagnostics/diagnostic.js";
import { exportGaps } from "../diagnostics/shape-messages.js";
import { isExport } from "../model/clan-export.js";
import type { Data } from "../model/data.js";
import {
  type Instance,
  type Inventory,
  type Machine,
  type Tag,
  tagOrigin,
} from "../model/inventory.js";
import {
  classOf,
  defaultClass,
  hasPredefinedTag,
  predefinedTags,
} from "../model/machine-fields.js";
import { mapValues } from "../model/maps.js";
import type { Origin } from "../model/origin.js";

/**
 * Leaves out what Clan filled in, if `exported`, from which the inventory was read, is Clan's own
 * export: that holds every field, and each tag both under `tags` and with its machines.
 */
export function dropDefaults(
  inventory: Inventory,
  exported: Data,
  root: Origin,
  report: Report,
): Inventory {
  if (!isExport(exported)) {
    return inventory;
  }
  report(exportGaps({ source: root.source, start: 0, end: 0 }, rolesOf(inventory)));
  const predefined = predefinedHolders(inventory.machines);
  const tags = withoutEntries(
    inventory.tags,
    (name, tag) => tag.kind === "static" && isEqual(holders(tag), predefined.get(name)),
  );
  const computed = new Map([
    ...predefined,
    ...[...tags].map(([name, tag]) => [name, holders(tag)] as const),
  ]);
  return {
    meta: withoutEntries(inventory.meta, (key, { value }) => key === "domain" && value === "clan"),
    machines: mapValues(inventory.machines, (machine, name) =>
      dropMachineDefaults(machine, name, computed),
    ),
    tags,
    instances: mapValues(inventory.instances, dropInstanceDefaults),
  };
}

/** `sshd.client`, … */
function rolesOf({ instances }: Inventory): readonly string[] {
  return [...instances].flatMap(([instance, { roles }]) =>
    [...roles]
      .filter(([, { extraModules }]) => extraModules.length === 0)
      .map(([role]) => `${instance}.${role}`),
  );
}

function predefinedHolders(
  machines: ReadonlyMap<string, Machine>,
): ReadonlyMap<string, ReadonlySet<string>> {
  const holdersOf = (tag: string) =>
    [...machines]
      .filter(([, machine]) => hasPredefinedTag(classOf(machine), tag))
      .map(([name]) => name);
  return new Map(predefinedTags.map((tag) => [tag, new Set(holdersOf(tag))]));
}

function holders(tag: Tag): ReadonlySet<string> {
  return new Set(tag.kind === "static" ? tag.machines.map(({ value }) => value) : []);
}

function dropMachineDefaults(
  machine: Machine,
  name: string,
  computed: ReadonlyMap<string, ReadonlySet<string>>,
): Machine {
  const own = [...machine.tags.keys()].filter(
    (index) => !computed.get(machine.tags[index]!)?.has(name),
  );
  return {
    ...machine,
    fields: Object.fromEntries(
      Object.entries(machine.fields).filter(
        ([key, value]) =>
          !(key === "name" && value === name) &&
          !(key === "machineClass" && value === defaultClass),
      ),
    ),
    tags: own.map((index) => machine.tags[index]!),
    tagOrigins: own.map((index) => tagOrigin(machine, index)),
  };
}

function dropInstanceDefaults(instance: Instance, name: string): Instance {
  return {
    ...instance,
    module: withoutEntries(instance.module, (key, { value }) => key === "name" && value === name),
  };
}

function isEqual(a: ReadonlySet<string>, b: ReadonlySet<string> | undefined): boolean {
  return b !== undefined && a.size === b.size && [...a].every((item) => b.has(item));
}

function withoutEntries<K, V>(
  map: ReadonlyMap<K, V>,
  isDefault: (key: K, value: V) => boolean,
): Map<K, V> {
  return new Map([...map].filter(([key, value]) => !isDefault(key, value)));
}
