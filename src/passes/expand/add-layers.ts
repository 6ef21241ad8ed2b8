import type { Layer, Members, Role } from "../../model/inventory.js";
import { getOrInsertComputed } from "../../model/maps.js";
import { commonNames } from "../../model/name-order.js";

/** Members of a role with the layers of settings that each of them has. */
export function addLayers(
  role: Role,
  machines: readonly string[],
  machineTags: ReadonlyMap<string, ReadonlySet<string>>,
): Members {
  const tagLayers = new Map<string, Layer>();
  for (const [name, { settings }] of role.tags) {
    if (settings.length > 0) {
      tagLayers.set(name, { kind: "tag", name, definitions: settings });
    }
  }
  const roleLayers: readonly Layer[] =
    role.settings.length > 0 ? [{ kind: "role", name: "", definitions: role.settings }] : [];

  const equal = new Map<string, readonly Layer[]>();
  const layersFor = (tags: ReadonlySet<string>): readonly Layer[] => {
    const carried = commonNames(tagLayers, tags).reverse();
    return getOrInsertComputed(equal, JSON.stringify(carried), () => [
      ...carried.map((name) => tagLayers.get(name)!),
      ...roleLayers,
    ]);
  };
  const known = new Map<ReadonlySet<string>, readonly Layer[]>();
  const members = new Map<string, readonly Layer[]>();
  for (const machine of machines) {
    const layers = getOrInsertComputed(known, machineTags.get(machine)!, layersFor);
    const own = role.machines.get(machine)?.settings ?? [];
    members.set(
      machine,
      own.length === 0
        ? layers
        : [
            ...layers.slice(0, layers.length - roleLayers.length),
            { kind: "machine", name: machine, definitions: own },
            ...roleLayers,
          ],
    );
  }
  return members;
}
