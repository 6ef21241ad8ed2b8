import { Budget } from "../diagnostics/budget.js";
import type { Report } from "../diagnostics/diagnostic.js";
import {
  predefinedTag,
  tagCycle,
  unknownMachine,
  unknownTag,
} from "../diagnostics/meaning-messages.js";
import { limitExceeded } from "../diagnostics/output-messages.js";
import { rationed } from "../diagnostics/suggest.js";
import type {
  ExpandedInventory,
  Inventory,
  Layer,
  Member,
  Role,
  Selector,
  Tag,
} from "../model/inventory.js";
import {
  classOf,
  hasPredefinedTag,
  type MachineClass,
  predefinedTags,
} from "../model/machine-fields.js";
import { getOrInsertComputed, mapValues } from "../model/maps.js";
import { commonNames, compareNames, sortedEntries } from "../model/name-order.js";
import type { Limits } from "../model/options.js";
import type { Located } from "../model/origin.js";
import { isPattern, meansTag } from "../model/pattern.js";

/**
 * Turns tags into machine names: which tags every machine has,
 * what each computed tag comes to, and who is a member of each role with which
 * layers of settings. `knownMachines` are those declared elsewhere. Beyond the
 * limits on patterns and members there are no instances.
 */
export function expand(
  inventory: Inventory,
  knownMachines: Readonly<Record<string, MachineClass>>,
  limits: Pick<Limits, "patterns" | "members">,
  report: Report,
): ExpandedInventory {
  const classes = machineClasses(inventory, knownMachines);
  const machines = [...classes.keys()];
  const owned = ownedTags(inventory);
  const names = namesOf(classes, inventory, owned);
  const budget = new Budget("members", limits.members, report, weightOf(machines));
  const { lists, holders } = findHolders(
    inventory,
    machines,
    classes,
    owned,
    names,
    limits.patterns,
    budget,
    report,
  );
  const machineTags = tagsOfMachines(machines, inventory, lists);
  const tags = new Map([...lists].filter(([tag]) => inventory.tags.has(tag)));
  const expanded = { machineClasses: classes, machineTags, tags };

  const ranks = new Map(machines.map((machine, rank) => [machine, rank]));
  const members = mapValues(inventory.instances, (instance) =>
    mapValues(instance.roles, (role) => {
      if (budget.isSpent) {
        return [];
      }
      const members = Array.from(
        memberRanks(role, inventory, holders, ranks, names, budget, report),
        (rank) => machines[rank]!,
      );
      return withLayers(role, members, machineTags);
    }),
  );
  if (budget.isSpent) {
    return { ...expanded, inventory: { ...inventory, instances: new Map() }, members: new Map() };
  }
  reportPredefined(inventory, classes, holders, report);
  return { ...expanded, inventory, members };
}

/**
 * What a machine counts for: output spells every member out, and names may be longer than host
 * names can be.
 */
function weightOf(machines: readonly string[]): number {
  return Math.ceil(machines.reduce((longest, { length }) => Math.max(longest, length), 1) / 64);
}

/** Every machine, and every tag that is predefined, defined, or on a machine. */
interface Names {
  readonly machines: ReadonlyMap<string, MachineClass>;
  readonly tags: ReadonlySet<string>;
  /** The same, to suggest in place of unknown ones. */
  readonly nearMachines: Iterable<string>;
  readonly nearTags: Iterable<string>;
}

function namesOf(
  machines: ReadonlyMap<string, MachineClass>,
  inventory: Inventory,
  owned: ReadonlyMap<string, ReadonlySet<string>>,
): Names {
  const tags = new Set([...predefinedTags, ...inventory.tags.keys(), ...owned.keys()]);
  return { machines, tags, nearMachines: rationed(machines.keys()), nearTags: rationed(tags) };
}

function machineClasses(
  inventory: Inventory,
  known: Readonly<Record<string, MachineClass>>,
): ReadonlyMap<string, MachineClass> {
  const classes = new Map<string, MachineClass>(Object.entries(known));
  for (const [name, machine] of inventory.machines) {
    classes.set(name, classOf(machine));
  }
  return new Map(sortedEntries(classes));
}

/** Tag to the machines that carry it by their own `tags`. */
function ownedTags(inventory: Inventory): ReadonlyMap<string, ReadonlySet<string>> {
  const owned = new Map<string, Set<string>>();
  for (const [machine, { tags }] of inventory.machines) {
    for (const tag of tags) getOrInsertComputed(owned, tag, () => new Set()).add(machine);
  }
  return owned;
}

/** What tags come to. */
interface Holders {
  /**
   * Of every predefined and every defined tag that could be found: static lists as written, the
   * others sorted.
   */
  readonly lists: ReadonlyMap<string, readonly string[]>;
  /** Tag to the machines that have it, by own tag or by list. */
  readonly holders: ReadonlyMap<string, ReadonlySet<string>>;
}

function findHolders(
  inventory: Inventory,
  machines: readonly string[],
  classes: ReadonlyMap<string, MachineClass>,
  owned: ReadonlyMap<string, ReadonlySet<string>>,
  names: Names,
  maxMatches: number,
  budget: Budget,
  report: Report,
): Holders {
  const lists = new Map<string, readonly string[]>();
  const holders = new Map(owned);
  const add = (tag: string, list: readonly string[]) => {
    lists.set(tag, list);
    holders.set(
      tag,
      new Set([...(owned.get(tag) ?? []), ...list.filter((machine) => classes.has(machine))]),
    );
  };
  for (const tag of predefinedTags) {
    add(
      tag,
      machines.filter((machine) => hasPredefinedTag(classes.get(machine)!, tag)),
    );
  }
  const selectors = new Map<string, Selector>();
  for (const [tag, definition] of inventory.tags) {
    if (definition.kind === "computed") {
      selectors.set(tag, definition);
    } else {
      add(tag, [...new Set(definition.machines.map(({ value }) => value))]);
    }
    reportUnknown(tag, definition, names, report);
  }

  const patterns = [...selectors.values()].flatMap(({ anyOf = [], allOf = [], noneOf = [] }) =>
    [...anyOf, ...allOf, ...noneOf].filter(({ value }) => isPattern(value)),
  );
  if (countEights(patterns.map(({ value }) => value)) * countEights(names.tags) > maxMatches) {
    report(limitExceeded(patterns[0]!.origin, "patterns", maxMatches));
    return { lists, holders };
  }
  const everybody = new Set(machines);
  const needs = mapValues(selectors, (selector, tag) =>
    resolveSelector(selector, tag, names, report),
  );
  for (const tag of inDependencyOrder(needs, selectors, report)) {
    add(tag, select(selectors.get(tag)!, needs.get(tag)!, everybody, holders, budget));
  }
  return { lists, holders };
}

/**
 * The number of texts, longer ones counted by every eight letters: to compare two takes the product
 * of their lengths at worst.
 */
function countEights(texts: Iterable<string>): number {
  let count = 0;
  for (const { length } of texts) {
    count += Math.max(1, Math.ceil(length / 8));
  }
  return count;
}

/** Reports the machines that the definition of `tag` names and nobody knows. */
function reportUnknown(tag: string, definition: Tag, names: Names, report: Report): void {
  const named =
    definition.kind === "static"
      ? definition.machines
      : [...(definition.machines ?? []), ...(definition.except ?? [])];
  for (const { value, origin } of named) {
    if (names.machines.has(value)) {
      continue;
    }
    const isTag = value !== tag && names.tags.has(value);
    report(unknownMachine(origin, value, names.nearMachines, isTag ? definition.kind : undefined));
  }
}

/** A selector's tag entries with patterns replaced by the tags that they match. */
interface Needs {
  readonly anyOf: readonly string[];
  readonly allOf: readonly string[];
  readonly noneOf: readonly string[];
}

function resolveSelector(
  selector: Selector,
  self: string,
  { tags, nearTags }: Names,
  report: Report,
): Needs {
  const resolve = (entries: readonly Located<string>[] | undefined) =>
    (entries ?? []).flatMap(({ value, origin }) => {
      const meant = isPattern(value)
        ? [...tags].filter((tag) => meansTag(value, tag, self))
        : [value];
      if (meant.length === 0 || !tags.has(meant[0]!)) {
        report(unknownTag(origin, value, nearTags));
      }
      return meant;
    });
  return {
    anyOf: resolve(selector.anyOf),
    allOf: resolve(selector.allOf),
    noneOf: resolve(selector.noneOf),
  };
}

/**
 * The computed tags, each after those it needs; those on a cycle, or behind one, are reported and
 * left out.
 */
function inDependencyOrder(
  needs: ReadonlyMap<string, Needs>,
  selectors: ReadonlyMap<string, Selector>,
  report: Report,
): readonly string[] {
  const waiting = mapValues(
    needs,
    ({ anyOf, allOf, noneOf }) =>
      new Set([...anyOf, ...allOf, ...noneOf].filter((tag) => needs.has(tag))),
  );
  const neededBy = new Map<string, string[]>();
  for (const [tag, needed] of waiting) {
    for (const other of needed) getOrInsertComputed(neededBy, other, () => []).push(tag);
  }
  const order = [...waiting].filter(([, needed]) => needed.size === 0).map(([tag]) => tag);
  for (const tag of order) {
    for (const other of neededBy.get(tag) ?? []) {
      const needed = waiting.get(other)!;
      needed.delete(tag);
      if (needed.size === 0) {
        order.push(other);
      }
    }
  }
  for (const cycle of cycles(new Map([...waiting].filter(([, needed]) => needed.size > 0)))) {
    report(
      tagCycle(
        selectors.get(cycle[0]!)!.origin,
        cycle,
        cycle.slice(1).map((tag) => ({ tag, place: selectors.get(tag)!.origin })),
      ),
    );
  }
  return order;
}

/**
 * One cycle for each knot of tags that need each other, starting at the tag that was defined first.
 */
function cycles(waiting: ReadonlyMap<string, ReadonlySet<string>>): string[][] {
  const found: string[][] = [];
  const seen = new Set<string>();
  for (const start of waiting.keys()) {
    const walk = new Map<string, number>();
    const path: string[] = [];
    for (let tag: string = start; ; ) {
      if (walk.has(tag)) {
        found.push(path.slice(walk.get(tag)));
        break;
      }
      if (seen.has(tag)) {
        break;
      }
      seen.add(tag);
      walk.set(tag, path.length);
      path.push(tag);
      tag = [...waiting.get(tag)!].find((needed) => waiting.has(needed))!;
    }
  }
  return found;
}

/** The machines that a selector chooses, sorted; none where the budget does not suffice. */
function select(
  selector: Selector,
  needs: Needs,
  everybody: ReadonlySet<string>,
  holders: Holders["holders"],
  budget: Budget,
): readonly string[] {
  const listsOnly =
    selector.machines !== undefined &&
    selector.allOf === undefined &&
    selector.noneOf === undefined;
  const having = (tag: string) => holders.get(tag) ?? nobody;
  const chosen = new Set<string>();
  for (const start of selector.anyOf !== undefined
    ? needs.anyOf.map(having)
    : listsOnly
      ? []
      : [everybody]) {
    if (!budget.spend(start.size, selector)) {
      return [];
    }
    for (const machine of start) {
      chosen.add(machine);
    }
  }
  for (const wanted of needs.allOf.map(having)) {
    if (!budget.spend(chosen.size, selector)) {
      return [];
    }
    for (const machine of chosen) {
      if (!wanted.has(machine)) chosen.delete(machine);
    }
  }
  for (const unwanted of needs.noneOf.map(having)) {
    if (!budget.spend(Math.min(chosen.size, unwanted.size), selector)) {
      return [];
    }
    if (unwanted.size < chosen.size) {
      for (const machine of unwanted) chosen.delete(machine);
    } else {
      for (const machine of chosen) if (unwanted.has(machine)) chosen.delete(machine);
    }
  }
  for (const { value } of selector.machines ?? []) {
    chosen.add(value);
  }
  for (const { value } of selector.except ?? []) {
    chosen.delete(value);
  }
  return [...chosen].sort(compareNames);
}

const nobody: ReadonlySet<string> = new Set();

function reportPredefined(
  inventory: Inventory,
  classes: ReadonlyMap<string, MachineClass>,
  holders: ReadonlyMap<string, ReadonlySet<string>>,
  report: Report,
): void {
  for (const tag of predefinedTags) {
    const definition = inventory.tags.get(tag);
    if (definition === undefined) {
      continue;
    }
    const having = holders.get(tag)!;
    const same = [...classes].every(
      ([machine, machineClass]) => having.has(machine) === hasPredefinedTag(machineClass, tag),
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
  machines: readonly string[],
  inventory: Inventory,
  lists: ReadonlyMap<string, readonly string[]>,
): ReadonlyMap<string, ReadonlySet<string>> {
  const tagsOf = new Map(
    machines.map((machine) => [machine, [...(inventory.machines.get(machine)?.tags ?? [])]]),
  );
  for (const [tag, having] of lists) {
    for (const machine of having) tagsOf.get(machine)?.push(tag);
  }
  const sets = new Map<string, ReadonlySet<string>>();
  return mapValues(tagsOf, (tags) =>
    getOrInsertComputed(sets, JSON.stringify(tags), () => new Set(tags)),
  );
}

/** A role's members as indices into the sorted machines, ascending. */
function memberRanks(
  role: Role,
  { tags }: Inventory,
  holders: ReadonlyMap<string, ReadonlySet<string>>,
  ranks: ReadonlyMap<string, number>,
  names: Names,
  budget: Budget,
  report: Report,
): Uint32Array {
  const members = new Set<string>();
  for (const [machine, { origin }] of role.machines) {
    if (ranks.has(machine)) {
      members.add(machine);
    } else {
      report(
        unknownMachine(
          origin,
          machine,
          names.nearMachines,
          names.tags.has(machine) ? "role" : undefined,
        ),
      );
    }
  }
  for (const [tag, use] of role.tags) {
    const having = holders.get(tag);
    if (!budget.spend(having?.size ?? 0, use)) {
      return new Uint32Array();
    }
    for (const machine of having ?? []) {
      members.add(machine);
    }
    // What is wrong with a defined tag has been reported: it is on a cycle, beyond the limit, or a
    // list of unknown machines.
    const definition = tags.get(tag);
    const isReported =
      definition !== undefined &&
      (having === undefined || (definition.kind === "static" && definition.machines.length > 0));
    if ((having?.size ?? 0) === 0 && !isReported && !predefinedTags.includes(tag)) {
      report(unknownTag(use.origin, tag, names.nearTags));
    }
  }
  return Uint32Array.from(members, (name) => ranks.get(name)!).sort();
}

function withLayers(
  role: Role,
  machines: readonly string[],
  machineTags: ReadonlyMap<string, ReadonlySet<string>>,
): readonly Member[] {
  const tagLayers = new Map<string, Layer>();
  for (const [name, { settings }] of role.tags) {
    if (settings.length > 0) tagLayers.set(name, { kind: "tag", name, definitions: settings });
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
  return machines.map((machine) => {
    const layers = getOrInsertComputed(known, machineTags.get(machine)!, layersFor);
    const own = role.machines.get(machine)?.settings ?? [];
    if (own.length === 0) {
      return { machine, layers };
    }
    return {
      machine,
      layers: [
        ...layers.slice(0, layers.length - roleLayers.length),
        { kind: "machine", name: machine, definitions: own },
        ...roleLayers,
      ],
    };
  });
}
