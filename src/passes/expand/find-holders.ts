import { unknownMachine } from "../../diagnostics/meaning-messages.js";
import { limitExceeded } from "../../diagnostics/output-messages.js";
import type { Selector, Tag } from "../../model/inventory.js";
import { hasPredefinedTag, predefinedTags } from "../../model/machine-fields.js";
import { mapValues } from "../../model/maps.js";
import { countEights, isPattern } from "../../model/pattern.js";
import { type Expansion, type Holders, MachineList } from "./expansion.js";
import { orderTags } from "./order-tags.js";
import { resolveSelector, selectMachines } from "./select-machines.js";

export interface TagMachines {
  /**
   * The machines of every predefined and every defined tag that could be found: static lists as
   * written, the others sorted.
   */
  readonly lists: ReadonlyMap<string, readonly string[]>;
  /** Those that have each tag, in their own `tags` or by such a list. */
  readonly holders: Holders;
}

/** Finds the machines of each tag; computed tags are evaluated after those that they need. */
export function findHolders(expansion: Expansion): TagMachines {
  const { inventory, classes, owned, budget, report } = expansion;
  const lists = new Map<string, readonly string[]>();
  const holders = new Map(owned);
  const add = (tag: string, list: readonly string[], known = list) => {
    lists.set(tag, list);
    const own = owned.get(tag)?.names;
    holders.set(tag, new MachineList(own === undefined ? known : [...new Set([...own, ...known])]));
  };
  const isKnown = (machine: string) => classes.has(machine);
  for (const tag of predefinedTags) {
    add(tag, machinesWith(tag, classes));
  }
  const selectors = new Map<string, Selector>();
  for (const [tag, definition] of inventory.tags) {
    if (definition.kind === "computed") {
      selectors.set(tag, definition);
    } else {
      const list = [...new Set(definition.machines.map(({ value }) => value))];
      add(tag, list, list.filter(isKnown));
    }
    reportUnknown(tag, definition, expansion);
  }
  if (!mayCompare(selectors, expansion)) {
    return { lists, holders };
  }

  const allMachines = new MachineList([...classes.keys()]);
  const needs = mapValues(selectors, (selector, tag) => resolveSelector(selector, tag, expansion));
  for (const tag of orderTags(needs, selectors, report)) {
    const choice = { selector: selectors.get(tag)!, needs: needs.get(tag)!, allMachines };
    const list = selectMachines(choice, holders, budget);
    add(tag, list, list.filter(isKnown));
  }
  return { lists, holders };
}

function machinesWith(tag: string, classes: Expansion["classes"]): readonly string[] {
  const machines: string[] = [];
  for (const [machine, machineClass] of classes) {
    if (hasPredefinedTag(machineClass, tag)) machines.push(machine);
  }
  return machines;
}

/** Reports the unknown machines that the definition of `tag` names. */
function reportUnknown(tag: string, definition: Tag, expansion: Expansion): void {
  const { classes, names, report } = expansion;
  const named =
    definition.kind === "static"
      ? definition.machines
      : [...(definition.machines ?? []), ...(definition.except ?? [])];
  for (const { value, origin } of named) {
    if (classes.has(value)) {
      continue;
    }
    const isTag = value !== tag && names.tags.has(value);
    report(unknownMachine(origin, value, names.nearMachines, isTag ? definition.kind : undefined));
  }
}

/** Whether all patterns may be compared with all tags; reports where that is too much. */
function mayCompare(
  selectors: ReadonlyMap<string, Selector>,
  { names, limits, report }: Expansion,
): boolean {
  const patterns = [...selectors.values()].flatMap(({ anyOf = [], allOf = [], noneOf = [] }) =>
    [...anyOf, ...allOf, ...noneOf].filter(({ value }) => isPattern(value)),
  );
  const comparisons = countEights(patterns.map(({ value }) => value)) * countEights(names.tags);
  const [first] = patterns;
  if (first === undefined || comparisons <= limits.patterns) {
    return true;
  }
  report(limitExceeded(first.origin, "patterns", limits.patterns));
  return false;
}
