/**
 * What is special about an inventory that Clan itself exported, with
 * `nix eval --json .#clanInternals.inventoryClass.inventorySerialization`.
 */
import { isDataMap, type Data, type DataMap } from "./document.js";
import { classOf, hasPredefinedTag, predefinedTags, tagOrigin, type Instance, type Inventory, type Machine, type Tag } from "./inventory.js";
import { mapValues } from "./maps.js";
import type { Origin } from "./source.js";

/** Whether Clan exported this: it wraps the settings of every role, and leaves out no predefined tag and no field of a machine. */
export function isExport(data: Data): boolean {
  const roles = values(data, "instances").flatMap((instance) => values(instance, "roles"));
  if (roles.length > 0) return roles.some((role) => isDataMap(role) && Object.hasOwn(role, "settings") && wrappedSettings(role["settings"]!) !== undefined);
  const machines = values(data, "machines");
  const tags = mapAt(data, "tags");
  return predefinedTags.every((tag) => Object.hasOwn(tags, tag)) && machines.length > 0 && machines.every(isFullMachine);
}

/** The map inside the module that Clan makes of `settings`, and its origin; `undefined` where they are no such module. */
export function unwrapSettings(settings: Data, origin: Origin): { readonly settings: DataMap; readonly origin: Origin } | undefined {
  const wrapped = wrappedSettings(settings);
  return wrapped && { settings: wrapped, origin: origin.at("imports").at(0).at("imports").at(0) };
}

/** Leaves out what Clan filled in: an export holds every field, and each tag with its machines and with each of them. */
export function dropDefaults(inventory: Inventory): Inventory {
  const predefined = predefinedHolders(inventory.machines);
  const tags = withoutEntries(inventory.tags, (name, tag) => tag.kind === "static" && isEqual(holders(tag), predefined.get(name)));
  const computed = new Map([...predefined, ...[...tags].map(([name, tag]) => [name, holders(tag)] as const)]);
  return {
    meta: withoutEntries(inventory.meta, (key, { value }) => key === "domain" && value === "clan"),
    machines: mapValues(inventory.machines, (machine, name) => dropMachineDefaults(machine, name, computed)),
    tags,
    instances: mapValues(inventory.instances, dropInstanceDefaults),
  };
}

function predefinedHolders(machines: ReadonlyMap<string, Machine>): ReadonlyMap<string, ReadonlySet<string>> {
  const holdersOf = (tag: string) => [...machines].filter(([, machine]) => hasPredefinedTag(classOf(machine), tag)).map(([name]) => name);
  return new Map(predefinedTags.map((tag) => [tag, new Set(holdersOf(tag))]));
}

function holders(tag: Tag): ReadonlySet<string> {
  return new Set(tag.kind === "static" ? tag.machines.map(({ value }) => value) : []);
}

function dropMachineDefaults(machine: Machine, name: string, computed: ReadonlyMap<string, ReadonlySet<string>>): Machine {
  const own = [...machine.tags.keys()].filter((index) => !computed.get(machine.tags[index]!)?.has(name));
  return {
    ...machine,
    fields: withoutEntries(machine.fields, (key, { value }) => (key === "name" && value === name) || (key === "machineClass" && value === "nixos")),
    tags: own.map((index) => machine.tags[index]!),
    tagOrigins: own.map((index) => tagOrigin(machine, index)),
  };
}

function dropInstanceDefaults(instance: Instance, name: string): Instance {
  return { ...instance, module: withoutEntries(instance.module, (key, { value }) => key === "name" && value === name) };
}

const machineKeys = ["deploy", "description", "icon", "installedAt", "machineClass", "name", "tags"];

function isFullMachine(machine: Data): boolean {
  return isDataMap(machine) && machineKeys.every((key) => Object.hasOwn(machine, key));
}

/** As `unwrap_known_unknown` of the clan command sees it: `{imports: [{_file: …, imports: [settings]}]}`. */
function wrappedSettings(settings: Data): DataMap | undefined {
  const module = onlyImport(settings);
  const wrapped = isDataMap(module) && Object.hasOwn(module, "_file") ? onlyImport(module) : undefined;
  return isDataMap(wrapped) ? wrapped : undefined;
}

function onlyImport(module: Data): Data | undefined {
  if (!isDataMap(module) || !Object.hasOwn(module, "imports")) return undefined;
  const imports = module["imports"];
  return Array.isArray(imports) && imports.length === 1 ? (imports[0] as Data) : undefined;
}

function values(data: Data, key: string): readonly Data[] {
  return Object.values(mapAt(data, key));
}

/** The map under `key`, or an empty one where `data` has none there. */
function mapAt(data: Data, key: string): DataMap {
  const map = isDataMap(data) && Object.hasOwn(data, key) ? data[key] : undefined;
  return isDataMap(map) ? map : {};
}

function isEqual(a: ReadonlySet<string>, b: ReadonlySet<string> | undefined): boolean {
  return b !== undefined && a.size === b.size && [...a].every((item) => b.has(item));
}

function withoutEntries<K, V>(map: ReadonlyMap<K, V>, isDefault: (key: K, value: V) => boolean): Map<K, V> {
  return new Map([...map].filter(([key, value]) => !isDefault(key, value)));
}
