import { inputOf } from "../model/catalogue.js";
import type { Data, DataMap } from "../model/data.js";
import { fingerprint } from "../model/fingerprint.js";
import type { Instance, Machine, MetaField, ResolvedInventory, Role } from "../model/inventory.js";
import { joinModules } from "../model/join-lists.js";
import { type MachineClass, nestFields } from "../model/machine-fields.js";
import { getOrInsertComputed, mapValues } from "../model/maps.js";
import { commonNames, sortedEntries, sortedNames } from "../model/name-order.js";
import type { Path } from "../model/origin.js";
import { Merge, type ValueMap } from "../model/value.js";
import { type FormWriter, ownForm, toData } from "../model/value-to-data.js";
import { settle } from "../module-system/settle.js";

/**
 * What every machine gets: plain data, which `schema/plan.schema.json`
 * describes. Parts that are equal may be one object. Integers beyond 2^53 are
 * `bigint`, which `JSON.stringify` refuses, and floats like `1.0` a class of
 * their own: `showJson` writes them as they are.
 */
export interface Plan {
  readonly meta: Readonly<Partial<Record<MetaField, string>>>;
  readonly machines: Named<MachinePlan>;
}

/** By name; names that look like integers come first, as JavaScript has it. */
export interface Named<T> {
  readonly [name: string]: T;
}

export interface MachinePlan {
  readonly class: MachineClass;
  /** Whether the inventory declares it; else it is known from outside. */
  readonly declared: boolean;
  /** The other fields, in the inventory's shape: `description`, `deploy.targetHost`, … */
  readonly fields: DataMap;
  readonly tags: readonly string[];
  readonly instances: Named<InstancePlan>;
}

export interface InstancePlan {
  readonly module: ModulePlan;
  readonly roles: Named<RolePlan>;
}

export interface ModulePlan {
  readonly name: string;
  readonly input: string;
}

export interface RolePlan {
  readonly through: Through;
  /** The final settings, as an option of free form takes them; special values in their `$` form. */
  readonly settings: DataMap;
  /** Where the type of the option, which only Nix knows, may make something else of them. */
  readonly undecided?: readonly Path[];
  /** The settings with the priorities and orders that Nix goes by, where there are any. */
  readonly forNix?: DataMap;
  readonly extraModules?: readonly Data[];
}

/** How a machine became a member of a role. */
export interface Through {
  /** By its own name. */
  readonly name: boolean;
  /** By these of its tags. */
  readonly tags: readonly string[];
}

/** Says what every machine gets. */
export function planMachines(inventory: ResolvedInventory): Plan {
  const { meta, instances } = inventory.inventory;
  const tagSets = mapValues(inventory.machineTags, (tags) => JSON.stringify([...tags].sort()));
  const shares = new Map<string, Share<InstancePlan>>();
  for (const [name, instance] of sortedEntries(instances)) {
    addShares(shares, name, planInstance(name, instance, inventory, tagSets));
  }
  const gathered = gatherOnce(shares);
  const machines = Array.from(inventory.machineClasses.keys(), (name): [string, MachinePlan] => [
    name,
    planMachine(name, gathered.get(name) ?? {}, inventory),
  ]);
  return {
    meta: Object.fromEntries([...meta].map(([field, { value }]) => [field, value])),
    machines: Object.fromEntries(machines),
  };
}

/**
 * A part of what a machine gets, linked to the parts before it. Machines that get the same have one
 * share, so that later questions compare them by identity.
 */
interface Share<Part> {
  readonly name: string;
  readonly part: Part;
  readonly before: Share<Part> | undefined;
}

/** Gives each machine in `parts` its part under `name`. */
function addShares<Part>(
  shares: Map<string, Share<Part>>,
  name: string,
  parts: ReadonlyMap<string, Part>,
): void {
  const known = new Map<Share<Part> | undefined, Map<Part, Share<Part>>>();
  for (const [machine, part] of parts) {
    const before = shares.get(machine);
    const after = getOrInsertComputed(known, before, () => new Map<Part, Share<Part>>());
    shares.set(
      machine,
      getOrInsertComputed(after, part, () => ({ name, part, before })),
    );
  }
}

/** What each machine gets, by name: one object for all that get the same. */
function gatherOnce<Part>(
  shares: ReadonlyMap<string, Share<Part>>,
): ReadonlyMap<string, Named<Part>> {
  const known = new Map<Share<Part>, Named<Part>>();
  return mapValues(shares, (share) => getOrInsertComputed(known, share, gather));
}

function gather<Part>(last: Share<Part>): Named<Part> {
  const entries: [string, Part][] = [];
  for (let share: Share<Part> | undefined = last; share !== undefined; share = share.before) {
    entries.push([share.name, share.part]);
  }
  return Object.fromEntries(entries.reverse());
}

function planMachine(
  name: string,
  instances: Named<InstancePlan>,
  { inventory, machineClasses, machineTags }: ResolvedInventory,
): MachinePlan {
  const machine = inventory.machines.get(name);
  return {
    class: machineClasses.get(name)!,
    declared: machine !== undefined,
    fields: machine === undefined ? {} : fieldsOf(machine),
    tags: sortedNames(machineTags.get(name)!),
    instances,
  };
}

/** But for the class, which is known of every machine. */
function fieldsOf(machine: Machine): DataMap {
  const { machineClass, ...fields } = nestFields(machine);
  return fields;
}

/** Each member with its roles; those with the same roles share one object. */
function planInstance(
  name: string,
  instance: Instance,
  { settings, machineTags }: ResolvedInventory,
  tagSets: ReadonlyMap<string, string>,
): ReadonlyMap<string, InstancePlan> {
  const module = {
    name: instance.module.get("name")?.value ?? name,
    input: inputOf(instance),
  };
  const shares = new Map<string, Share<RolePlan>>();
  for (const [roleName, role] of sortedEntries(instance.roles)) {
    const members = settings.get(name)!.get(roleName)!;
    addShares(shares, roleName, planRole(role, members, { machineTags, tagSets }));
  }
  const known = new Map<Named<RolePlan>, InstancePlan>();
  return mapValues(gatherOnce(shares), (roles) =>
    getOrInsertComputed(known, roles, () => ({ module, roles })),
  );
}

/** Each member with what it gets: those that get the same in the same way share one object. */
function planRole(
  role: Role,
  settings: ReadonlyMap<string, ValueMap>,
  { machineTags, tagSets }: Pick<ResolvedInventory, "machineTags"> & TagSets,
): ReadonlyMap<string, RolePlan> {
  const extraModules = planModules(role);
  const ways = new Map<string, Through>();
  const known = new Map<ValueMap, Map<Through, RolePlan>>();
  return mapValues(settings, (merged, machine) => {
    const isNamed = role.machines.has(machine);
    const through = getOrInsertComputed(ways, `${isNamed} ${tagSets.get(machine)!}`, () => {
      const way = { name: isNamed, tags: commonNames(role.tags, machineTags.get(machine)!) };
      return getOrInsertComputed(ways, JSON.stringify(way), () => way);
    });
    const alike = getOrInsertComputed(known, merged, () => new Map<Through, RolePlan>());
    const [same = planSettings(merged)] = alike.values();
    return getOrInsertComputed(alike, through, () => ({
      ...same,
      through,
      ...(extraModules.length > 0 && { extraModules }),
    }));
  });
}

function planModules({ extraModules, origin }: Role): readonly Data[] {
  const modules = joinModules(
    extraModules.map(({ value }) => value),
    origin,
  );
  const data = toData(modules, ownForm);
  return Array.isArray(data) ? data : [data];
}

interface TagSets {
  /** A text for each machine that those with the same tags share. */
  readonly tagSets: ReadonlyMap<string, string>;
}

function planSettings(merged: ValueMap): Pick<RolePlan, "settings" | "undecided" | "forNix"> {
  const { value, undecided } = settle(merged);
  const settings = toData(value, ownForm) as DataMap;
  const forNix = value === merged ? settings : (toData(merged, formForNix) as DataMap);
  return {
    settings,
    ...(undecided.length > 0 && { undecided }),
    ...(forNix !== settings && fingerprint(forNix) !== fingerprint(settings) && { forNix }),
  };
}

/**
 * A string that several layers agree on is one here, though an option that joins lines would take
 * it twice.
 */
const formForNix: FormWriter = (form, write) => {
  const isEcho =
    form instanceof Merge &&
    form.contents.length > 1 &&
    new Set(form.contents.map(fingerprint)).size === 1;
  return isEcho ? write(form.contents[0]!) : ownForm(form, write);
};
