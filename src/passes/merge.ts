import { Budget } from "../diagnostics/budget.js";
import type { Report } from "../diagnostics/diagnostic.js";
import { settingsConflict } from "../diagnostics/meaning-messages.js";
import { fingerprint } from "../model/fingerprint.js";
import {
  type ExpandedInventory,
  type Layer,
  layersWithoutMembers,
  type Members,
  type ResolvedInventory,
} from "../model/inventory.js";
import { getOrInsertComputed, MappedMap } from "../model/maps.js";
import { isList, isMap, type Value, type ValueMap } from "../model/value.js";
import { type Conflict, mergeLayers } from "../module-system/merge-definitions.js";

/**
 * Merges every member's layers of settings into one. Equal results
 * within a role are one object. A conflict is reported once, with one member
 * named and the others counted; where strings differ it is an error only if the
 * settings are to be emitted `resolved`. A layer that no member has is merged on
 * its own, since Nix will do so as soon as there is one. The layers hold at
 * most `maxValues` values, counted once for all members with the same ones;
 * beyond that there are no instances.
 */
export function merge(
  expanded: ExpandedInventory,
  emit: "resolved" | "declared",
  maxValues: number,
  report: Report,
): ResolvedInventory {
  const budget = new Budget("settings", maxValues, report);
  const sizes = new Map<Layer, number>();
  const settings = new Map<string, ReadonlyMap<string, ReadonlyMap<string, ValueMap>>>();
  for (const [instance, roles] of expanded.members) {
    const ofInstance = new Map<string, ReadonlyMap<string, ValueMap>>();
    settings.set(instance, ofInstance);
    for (const [role, members] of roles) {
      const written = expanded.inventory.instances.get(instance)!.roles.get(role)!;
      const mayMerge = (layers: readonly Layer[]) =>
        budget.spend(
          layers.reduce((sum, layer) => sum + getOrInsertComputed(sizes, layer, sizeOfLayer), 0),
          written,
        );
      const { merged, conflicts } = mergeMembers(members, mayMerge);
      if (budget.isSpent) {
        return {
          ...expanded,
          inventory: { ...expanded.inventory, instances: new Map() },
          members: new Map(),
          settings: new Map(),
        };
      }
      ofInstance.set(role, merged);
      for (const { conflict, machines } of conflicts) {
        report(settingsConflict({ ...conflict, instance, role, machines, emit }));
      }
      const onConflict = (conflict: Conflict) =>
        report(settingsConflict({ ...conflict, instance, role, machines: [], emit: "declared" }));
      for (const layer of layersWithoutMembers(written, members)) {
        if (mayMerge([layer])) {
          mergeLayers([layer], onConflict);
        }
      }
    }
  }
  return { ...expanded, settings };
}

interface MemberConflict {
  readonly conflict: Conflict;
  /** The members that meet it. */
  readonly machines: string[];
}

/** Conflicts of more definitions are the same if the first ones and their number are. */
const maxCompared = 20;

/** Goes on as long as `mayMerge` accepts the layers. */
function mergeMembers(
  members: Members,
  mayMerge: (layers: readonly Layer[]) => boolean,
): { merged: ReadonlyMap<string, ValueMap>; conflicts: Iterable<MemberConflict> } {
  const ofLayers = new Map<readonly Layer[], ReturnType<typeof mergeOnce>>();
  const distinct = new Map<string, ValueMap>();
  const conflicts = new Map<string, MemberConflict>();

  const mergeOnce = (layers: readonly Layer[]) => {
    if (!mayMerge(layers)) {
      return null;
    }
    const met: MemberConflict[] = [];
    const onConflict = (conflict: Conflict) => {
      const { definitions } = conflict;
      const addresses = definitions.slice(0, maxCompared).map(({ origin }) => origin.address);
      const key = `${addresses.join(" ")} of ${definitions.length}`;
      met.push(getOrInsertComputed(conflicts, key, () => ({ conflict, machines: [] })));
    };
    const fresh = mergeLayers(layers, onConflict);
    const settings = getOrInsertComputed(distinct, fingerprint(fresh), () => fresh);
    return { settings, conflicts: met };
  };

  for (const [machine, layers] of members) {
    const result = getOrInsertComputed(ofLayers, layers, mergeOnce);
    if (result === null) {
      break;
    }
    for (const { machines } of result.conflicts) {
      machines.push(machine);
    }
  }
  const merged = new MappedMap(members, (layers) => ofLayers.get(layers)!.settings);
  return { merged, conflicts: conflicts.values() };
}

function sizeOfLayer({ definitions }: Layer): number {
  return definitions.reduce((sum, { value }) => sum + sizeOf(value), 0);
}

/** Aliases may bring the same map to many places. */
const sizesOfMaps = new WeakMap<ValueMap, number>();

function sizeOfMap(map: ValueMap): number {
  return Object.keys(map).reduce((sum, key) => sum + (key.length >> 6) + sizeOf(map[key]!), 1);
}

/** The number of values; long texts and names count for more. */
function sizeOf(value: Value): number {
  if (typeof value === "string") {
    return 1 + (value.length >> 6);
  }
  if (typeof value !== "object" || value === null) {
    return 1;
  }
  if (isList(value)) {
    return value.reduce((sum: number, item) => sum + sizeOf(item), 1);
  }
  if (isMap(value)) {
    return getOrInsertComputed(sizesOfMaps, value, sizeOfMap);
  }
  if (value.kind === "merge") {
    return sizeOf(value.contents);
  }
  if (value.kind === "nix") {
    return sizeOf(value.code);
  }
  if (value.kind === "path") {
    return sizeOf(value.path);
  }
  if (value.kind === "interpolate" || value.kind === "concat") {
    return value.parts.reduce(
      (sum: number, part) =>
        sum + (typeof part !== "string" && part.kind === "list" ? sizeOf(part.items) : 1),
      1,
    );
  }
  return "content" in value ? 1 + sizeOf(value.content) : 1;
}
