import type { Budget } from "../../diagnostics/budget.js";
import { machineAsTag, unknownTag } from "../../diagnostics/meaning-messages.js";
import type { Selector } from "../../model/inventory.js";
import { sortedNames } from "../../model/name-order.js";
import type { Located } from "../../model/origin.js";
import { isPattern, meansTag } from "../../model/pattern.js";
import { type Expansion, type Holders, MachineList } from "./expansion.js";

/** A selector's tag entries with patterns replaced by the tags that they match. */
export interface Needs {
  readonly anyOf: readonly string[];
  readonly allOf: readonly string[];
  readonly noneOf: readonly string[];
}

/** The tags that the selector of tag `self` needs; unknown ones are reported. */
export function resolveSelector(
  selector: Selector,
  self: string,
  { names: { tags, nearTags }, classes, owned, report }: Expansion,
): Needs {
  const resolve = (entries: readonly Located<string>[] | undefined) =>
    (entries ?? []).flatMap(({ value, origin }) => {
      const matching = isPattern(value)
        ? [...tags].filter((tag) => meansTag(value, tag, self))
        : [value];
      if (matching.length === 0 || !tags.has(matching[0]!)) {
        report(
          classes.has(value)
            ? machineAsTag(origin, value, "selector")
            : unknownTag(origin, value, nearTags, (near) => owned.get(near)?.size ?? 0),
        );
      }
      return matching;
    });
  return {
    anyOf: resolve(selector.anyOf),
    allOf: resolve(selector.allOf),
    noneOf: resolve(selector.noneOf),
  };
}

interface Choice {
  readonly selector: Selector;
  readonly needs: Needs;
  readonly allMachines: MachineList;
}

/** The machines that a selector chooses, sorted; none where the budget does not suffice. */
export function selectMachines(
  { selector, needs, allMachines }: Choice,
  holders: Holders,
  budget: Budget,
): readonly string[] {
  const holdersOf = (tag: string) => holders.get(tag) ?? noMachines;
  const chosen = new Set<string>();
  for (const start of startOf(selector, needs.anyOf.map(holdersOf), allMachines)) {
    if (!budget.spend(start.size, selector)) {
      return [];
    }
    for (const machine of start.names) {
      chosen.add(machine);
    }
  }
  for (const wanted of needs.allOf.map(holdersOf)) {
    if (!budget.spend(chosen.size, selector)) {
      return [];
    }
    for (const machine of chosen) {
      if (!wanted.has(machine)) {
        chosen.delete(machine);
      }
    }
  }
  for (const unwanted of needs.noneOf.map(holdersOf)) {
    if (!budget.spend(Math.min(chosen.size, unwanted.size), selector)) {
      return [];
    }
    deleteAll(chosen, unwanted);
  }
  for (const { value } of selector.machines ?? []) {
    chosen.add(value);
  }
  for (const { value } of selector.except ?? []) {
    chosen.delete(value);
  }
  return sortedNames(chosen);
}

/** What a selector starts with: the union of `anyOf`, or, where it is absent, all or none. */
function startOf(
  { anyOf, allOf, noneOf, machines }: Selector,
  anyOfHolders: readonly MachineList[],
  allMachines: MachineList,
): readonly MachineList[] {
  if (anyOf !== undefined) {
    return anyOfHolders;
  }
  const isList = machines !== undefined && allOf === undefined && noneOf === undefined;
  return isList ? [] : [allMachines];
}

/** Takes as many steps as the smaller set has items. */
function deleteAll(chosen: Set<string>, unwanted: MachineList): void {
  if (unwanted.size < chosen.size) {
    for (const machine of unwanted.names) {
      chosen.delete(machine);
    }
    return;
  }
  for (const machine of chosen) {
    if (unwanted.has(machine)) {
      chosen.delete(machine);
    }
  }
}

const noMachines = new MachineList([]);
