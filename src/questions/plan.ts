import { inputOf } from "../model/catalogue.js";
import type { Data, DataMap } from "../model/data.js";
import { fingerprint } from "../model/fingerprint.js";
import type { Instance, Machine, MetaField, ResolvedInventory, Role } from "../model/inventory.js";
import { type MachineClass, nestFields } from "../model/machine-fields.js";
import { getOrInsertComputed, mapValues } from "../model/maps.js";
import { commonNames, compareNames, sortedEntries } from "../model/name-order.js";
import type { Path } from "../model/origin.js";
import { Merge, setEntry, type ValueMap } from "../model/value.js";
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
  const instances = new Map<string, { [instance: string]: InstancePlan }>();
  for (const machine of inventory.machineClasses.keys()) {
    instances.set(machine, {});
  }
  for (const [name, instance] of sortedEntries(inventory.inventory.instances)) {
    for (const [machine, plan] of planInstance(name, instance, inventory)) {
      setEntry(instances.get(machine)!, name, plan);
    }
  }
  return {
    meta: Object.fromEntries(
      [...inventory.inventory.meta].map(([field, { value }]) => [field, value]),
    ),
    machines: Object.fromEntries(
      [...instances].map(([machine, plans]) => [machine, planMachine(machine, plans, inventory)]),
    ),
  };
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
    tags: [...machineTags.get(name)!].sort(compareNames),
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
  inventory: ResolvedInventory,
): ReadonlyMap<string, InstancePlan> {
  const module = {
    name: instance.module.get("name")?.value ?? name,
    input: inputOf(instance),
  };
  const ofMachines = new Map<string, [role: string, plan: RolePlan][]>();
  const numbers = new Map<RolePlan, number>();
  for (const [roleName, role] of sortedEntries(instance.roles)) {
    for (const [machine, plan] of planRole(name, roleName, role, inventory)) {
      if (!numbers.has(plan)) {
        numbers.set(plan, numbers.size);
      }
      getOrInsertComputed(ofMachines, machine, () => []).push([roleName, plan]);
    }
  }
  const known = new Map<string, InstancePlan>();
  return mapValues(ofMachines, (roles) => {
    const key = roles.map(([, plan]) => numbers.get(plan)).join();
    return getOrInsertComputed(known, key, () => ({ module, roles: Object.fromEntries(roles) }));
  });
}

function planRole(
  instance: string,
  name: string,
  role: Role,
  inventory: ResolvedInventory,
): ReadonlyMap<string, RolePlan> {
  const extraModules = role.extraModules.map((module) => toData(module, ownForm));
  // Merged settings to the ways of becoming a member: members that get the same share one object.
  const known = new Map<ValueMap, Map<string, RolePlan>>();
  const plans = new Map<string, RolePlan>();
  for (const [machine, merged] of inventory.settings.get(instance)!.get(name)!) {
    const through = {
      name: role.machines.has(machine),
      tags: commonNames(role.tags, inventory.machineTags.get(machine)!),
    };
    const alike = getOrInsertComputed(known, merged, () => new Map<string, RolePlan>());
    const [same = planSettings(merged)] = alike.values();
    const plan = getOrInsertComputed(alike, JSON.stringify(through), () => ({
      ...same,
      through,
      ...(extraModules.length > 0 && { extraModules }),
    }));
    plans.set(machine, plan);
  }
  return plans;
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
