import { Budget } from "../diagnostics/budget.js";
import type { Report } from "../diagnostics/diagnostic.js";
import { listedNames, relist } from "../diagnostics/fixes.js";
import {
  machineAsTag,
  predefinedTag,
  tagAsMachine,
  unknownMachine,
  unknownTag,
} from "../diagnostics/meaning-messages.js";
import type { ExpandedInventory, Inventory, Role } from "../model/inventory.js";
import {
  classOf,
  hasPredefinedTag,
  type MachineClass,
  predefinedTags,
} from "../model/machine-fields.js";
import { getOrInsertComputed, MappedMap, mapValues } from "../model/maps.js";
import { sortedMap } from "../model/name-order.js";
import { once } from "../model/once.js";
import type { Limits } from "../model/options.js";
import { addLayers } from "./expand/add-layers.js";
import {
  collectNames,
  type Expansion,
  findOwnedTags,
  type Holders,
  type MachineList,
} from "./expand/expansion.js";
import { findHolders } from "./expand/find-holders.js";
import { Ranks } from "./expand/ranks.js";
import { TagList } from "./expand/tag-list.js";

/**
 * Turns tags into machine names: which tags every machine has, which machines each computed tag
 * has, and who is a member of each role with which layers of settings. `knownMachines` are those
 * declared elsewhere. Beyond the limits on patterns and members there are no instances.
 */
export function expand(
  inventory: Inventory,
  knownMachines: Readonly<Record<string, MachineClass>>,
  limits: Pick<Limits, "patterns" | "members">,
  report: Report,
): ExpandedInventory {
  const classes = machineClasses(inventory, knownMachines);
  const machines = [...classes.keys()];
  const ranks = new Ranks(machines);
  const owned = findOwnedTags(inventory);
  const names = collectNames({ inventory, classes, owned });
  const budget = new Budget("members", limits.members, report, weightOf(machines));
  const expansion = { inventory, classes, owned, names, limits, budget, report };
  const { lists, holders } = findHolders(expansion);
  const machineTags = tagsOfMachines(ranks, inventory, lists);
  const tags = new Map([...lists].filter(([tag]) => inventory.tags.has(tag)));
  const expanded = { machineClasses: classes, machineTags, tags };

  const membersOf = memberFinder(ranks, holders, expansion);
  const members = mapValues(inventory.instances, (instance) =>
    mapValues(instance.roles, (role) =>
      budget.isSpent ? new Map() : addLayers(role, membersOf(role), machineTags),
    ),
  );
  if (budget.isSpent) {
    return { ...expanded, inventory: { ...inventory, instances: new Map() }, members: new Map() };
  }
  reportPredefined(holders, expansion);
  return { ...expanded, inventory, members };
}

/**
 * What a machine counts for: output spells every member out, and names may be longer than host
 * names can be.
 */
function weightOf(machines: readonly string[]): number {
  return Math.ceil(machines.reduce((longest, { length }) => Math.max(longest, length), 1) / 64);
}

function machineClasses(
  inventory: Inventory,
  known: Readonly<Record<string, MachineClass>>,
): ReadonlyMap<string, MachineClass> {
  const classes = new Map<string, MachineClass>(Object.entries(known));
  for (const [name, machine] of inventory.machines) {
    classes.set(name, classOf(machine));
  }
  return sortedMap(classes);
}

function reportPredefined(holders: Holders, { inventory, classes, report }: Expansion): void {
  for (const tag of predefinedTags) {
    const definition = inventory.tags.get(tag);
    if (definition === undefined) {
      continue;
    }
    const machines = holders.get(tag)!;
    const same = [...classes].every(
      ([machine, machineClass]) => machines.has(machine) === hasPredefinedTag(machineClass, tag),
    );
    if (!same) {
      report(predefinedTag(definition.origin, tag));
    }
  }
}

/**
 * Each machine's tags: its own as written, then those of `tags` and the predefined ones. Machines
 * with the same tags share one set.
 */
function tagsOfMachines(
  ranks: Ranks,
  inventory: Inventory,
  lists: ReadonlyMap<string, readonly string[]>,
): ReadonlyMap<string, ReadonlySet<string>> {
  const noTags = new TagList();
  const tagsOf = ranks.machines.map((machine) => {
    const own = inventory.machines.get(machine)?.tags ?? [];
    return own.reduce((tags, tag) => tags.and(tag), noTags);
  });
  for (const [tag, list] of lists) {
    ranks.of(list).forEach((rank) => {
      tagsOf[rank] = tagsOf[rank]!.and(tag);
    });
  }
  const byName = new Map(ranks.machines.map((machine, rank) => [machine, tagsOf[rank]!]));
  return new MappedMap(byName, (tags) => tags.asSet);
}

/** Finds a role's members, sorted; roles that have the same tags and nothing else share them. */
function memberFinder(
  ranks: Ranks,
  holders: Holders,
  expansion: Expansion,
): (role: Role) => readonly string[] {
  const inOrder = (lists: readonly (readonly string[])[]) => {
    const found = ranks.of(lists.flat());
    const members: string[] = [];
    found.sort().forEach((rank, index) => {
      if (rank !== found[index - 1]) members.push(ranks.machines[rank]!);
    });
    return members;
  };
  const ofTags = new Map<string, readonly string[]>();
  return (role) => {
    if (!checkAssignments(role, holders, expansion)) {
      return [];
    }
    const tags = [...role.tags.keys()];
    const held = tags.map((tag) => holders.get(tag)?.names ?? []);
    return role.machines.size > 0
      ? inOrder([[...role.machines.keys()], ...held])
      : getOrInsertComputed(ofTags, JSON.stringify(tags), () => inOrder(held));
  };
}

/** Reports the unknown machines and tags that a role names; whether it may have all members. */
function checkAssignments(role: Role, holders: Holders, expansion: Expansion): boolean {
  const { classes, names, budget, report } = expansion;
  const isTag = (name: string) => !classes.has(name) && (name === "*" || names.tags.has(name));
  const isMachine = (name: string) =>
    classes.has(name) && isUnknown(name, holders.get(name), expansion);
  const asTags = once(() => ({
    belong: [...role.machines.keys()].every(isTag),
    others: listedNames(role.tags),
  }));
  const asMachines = once(() => ({
    belong: [...role.tags.keys()].every(isMachine),
    others: listedNames(role.machines),
  }));
  for (const [machine, { origin }] of role.machines) {
    if (isTag(machine)) {
      report(tagAsMachine(origin, machine, relist(origin, machine, "tags", asTags())));
    } else if (!classes.has(machine)) {
      report(unknownMachine(origin, machine, names.nearMachines));
    }
  }
  for (const [tag, use] of role.tags) {
    const machines = holders.get(tag);
    if (!budget.spend(machines?.size ?? 0, use)) {
      return false;
    }
    if (isMachine(tag)) {
      const fixes = relist(use.origin, tag, "machines", asMachines());
      report(machineAsTag(use.origin, tag, "role", fixes));
    } else if (isUnknown(tag, machines, expansion)) {
      report(unknownTag(use.origin, tag, names.nearTags, (near) => holders.get(near)?.size ?? 0));
    }
  }
  return true;
}

/**
 * Whether no machine has a tag for a reason that is still to be reported. What is wrong with the
 * definition of one has been: it is on a cycle, beyond the limit, or a list of unknown machines.
 */
function isUnknown(
  tag: string,
  machines: MachineList | undefined,
  { inventory }: Expansion,
): boolean {
  if ((machines?.size ?? 0) > 0 || predefinedTags.includes(tag)) {
    return false;
  }
  const definition = inventory.tags.get(tag);
  if (definition === undefined) {
    return true;
  }
  const isListed = definition.kind === "static" && definition.machines.length > 0;
  return machines !== undefined && !isListed;
}
