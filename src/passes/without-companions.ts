import type {
  Assignment,
  ExpandedInventory,
  Instance,
  Inventory,
  Layer,
  Role,
  Tag,
} from "../model/inventory.js";
import { fieldOrigin, tagOrigin } from "../model/inventory.js";
import type { MachineField } from "../model/machine-fields.js";
import { getOrInsertComputed, mapValues } from "../model/maps.js";
import type { Origin } from "../model/origin.js";

/**
 * What is left to write of an inventory that Clan reads a part of by itself: what other sources say,
 * for the machines and tags that all of them together give.
 */
export function withoutCompanions(expanded: ExpandedInventory): ExpandedInventory {
  const { inventory, machineTags } = expanded;
  const own = ownInventory(inventory);
  const tags = new Map(
    [...expanded.tags]
      .filter(([tag]) => own.tags.has(tag))
      .map(([tag, machines]) => {
        const definition = own.tags.get(tag)!;
        return [
          tag,
          definition.kind === "static" ? definition.machines.map(({ value }) => value) : machines,
        ] as const;
      }),
  );
  const members = mapValues(own.instances, ({ roles }, instance) =>
    mapValues(roles, (role, name) => {
      const layers = new Map<readonly Layer[], readonly Layer[]>();
      const all = expanded.members.get(instance)!.get(name)!;
      return new Map(
        [...all]
          .filter(([machine]) => isAssigned(role, machine, machineTags.get(machine)!))
          .map(([machine, all]) => [machine, getOrInsertComputed(layers, all, ownLayers)]),
      );
    }),
  );
  return { ...expanded, inventory: own, tags, members };
}

function ownInventory(inventory: Inventory): Inventory {
  return {
    meta: ownEntries(inventory.meta),
    machines: mapValues(ownEntries(inventory.machines), (machine) => {
      const kept = [...machine.tags.keys()].filter((index) => isOwn(tagOrigin(machine, index)));
      return {
        ...machine,
        fields: Object.fromEntries(
          Object.entries(machine.fields).filter(([field]) =>
            isOwn(fieldOrigin(machine, field as MachineField)),
          ),
        ),
        tags: kept.map((index) => machine.tags[index]!),
        tagOrigins: kept.map((index) => tagOrigin(machine, index)),
      };
    }),
    tags: mapValues(ownEntries(inventory.tags), ownTag),
    instances: mapValues(ownEntries(inventory.instances), ownInstance),
  };
}

function ownTag(tag: Tag): Tag {
  return tag.kind === "static"
    ? { ...tag, machines: tag.machines.filter(({ origin }) => isOwn(origin)) }
    : tag;
}

function ownInstance(instance: Instance): Instance {
  return {
    ...instance,
    module: ownEntries(instance.module),
    roles: mapValues(ownEntries(instance.roles), (role) => ({
      ...role,
      machines: ownAssignments(role.machines),
      tags: ownAssignments(role.tags),
      settings: role.settings.filter(({ origin }) => isOwn(origin)),
      extraModules: role.extraModules.filter(({ origin }) => isOwn(origin)),
    })),
  };
}

function ownAssignments(
  assignments: ReadonlyMap<string, Assignment>,
): ReadonlyMap<string, Assignment> {
  return mapValues(ownEntries(assignments), (assignment) => ({
    ...assignment,
    settings: assignment.settings.filter(({ origin }) => isOwn(origin)),
  }));
}

function ownLayers(layers: readonly Layer[]): readonly Layer[] {
  return layers
    .map((layer) => ({
      ...layer,
      definitions: layer.definitions.filter(({ origin }) => isOwn(origin)),
    }))
    .filter(({ definitions }) => definitions.length > 0);
}

function isAssigned(role: Role, machine: string, tags: ReadonlySet<string>): boolean {
  return role.machines.has(machine) || [...role.tags.keys()].some((tag) => tags.has(tag));
}

/** What several sources say is at the place of the first, and companions come last. */
function ownEntries<K, V extends { readonly origin: Origin }>(
  map: ReadonlyMap<K, V>,
): ReadonlyMap<K, V> {
  return new Map([...map].filter(([, { origin }]) => isOwn(origin)));
}

function isOwn({ source }: Origin): boolean {
  return source.isCompanion !== true;
}
