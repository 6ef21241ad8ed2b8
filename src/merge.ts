import { mergeLayers, type Conflict } from "./definitions.js";
import { settingsConflict, type Report } from "./diagnostics.js";
import { fingerprint } from "./fingerprint.js";
import { layersWithoutMembers, type ExpandedInventory, type Layer, type Member, type ResolvedInventory, type ValueMap } from "./inventory.js";

/**
 * Merges every member's layers of settings into one. Equal results
 * within a role are one object. A conflict is reported once, with one member
 * named and the others counted; where strings differ it is an error only if the
 * settings are to be emitted `resolved`. A layer that no member has is merged on
 * its own, since Nix will do so as soon as there is one.
 */
export function merge(expanded: ExpandedInventory, emit: "resolved" | "declared", report: Report): ResolvedInventory {
  const settings = new Map<string, ReadonlyMap<string, ReadonlyMap<string, ValueMap>>>();
  for (const [instance, roles] of expanded.members) {
    const ofInstance = new Map<string, ReadonlyMap<string, ValueMap>>();
    settings.set(instance, ofInstance);
    for (const [role, members] of roles) {
      const { merged, conflicts } = mergeMembers(members);
      ofInstance.set(role, merged);
      for (const { conflict, machines } of conflicts) report(settingsConflict({ ...conflict, instance, role, machines, emit }));
      const onConflict = (conflict: Conflict) => report(settingsConflict({ ...conflict, instance, role, machines: [], emit: "declared" }));
      const written = expanded.inventory.instances.get(instance)!.roles.get(role)!;
      for (const layer of layersWithoutMembers(written, members)) mergeLayers([layer], onConflict);
    }
  }
  return { ...expanded, settings };
}

interface MemberConflict {
  readonly conflict: Conflict;
  /** The members that meet it. */
  readonly machines: string[];
}

function mergeMembers(members: readonly Member[]): { merged: ReadonlyMap<string, ValueMap>; conflicts: Iterable<MemberConflict> } {
  const ofLayers = new Map<readonly Layer[], { settings: ValueMap; conflicts: readonly MemberConflict[] }>();
  const distinct = new Map<string, ValueMap>();
  const conflicts = new Map<string, MemberConflict>();

  const mergeOnce = (layers: readonly Layer[]) => {
    const met: MemberConflict[] = [];
    const onConflict = (conflict: Conflict) => {
      const key = conflict.definitions.map(({ origin }) => origin.address).join();
      const known = conflicts.get(key) ?? { conflict, machines: [] };
      conflicts.set(key, known);
      met.push(known);
    };
    const fresh = mergeLayers(layers, onConflict);
    const print = fingerprint(fresh);
    const settings = distinct.get(print) ?? fresh;
    distinct.set(print, settings);
    return { settings, conflicts: met };
  };

  const merged = new Map<string, ValueMap>();
  for (const { machine, layers } of members) {
    const result = ofLayers.get(layers) ?? mergeOnce(layers);
    ofLayers.set(layers, result);
    merged.set(machine, result.settings);
    for (const { machines } of result.conflicts) machines.push(machine);
  }
  return { merged, conflicts: conflicts.values() };
}
