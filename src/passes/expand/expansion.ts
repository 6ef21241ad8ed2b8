import type { Budget } from "../../diagnostics/budget.js";
import type { Report } from "../../diagnostics/diagnostic.js";
import { Ration } from "../../diagnostics/suggest.js";
import type { Inventory } from "../../model/inventory.js";
import { type MachineClass, predefinedTags } from "../../model/machine-fields.js";
import { getOrInsertComputed, mapValues } from "../../model/maps.js";
import type { Limits } from "../../model/options.js";

/** What all parts of the pass share. */
export interface Expansion {
  readonly inventory: Inventory;
  /** Every machine, sorted by name. */
  readonly classes: ReadonlyMap<string, MachineClass>;
  /** Tag to the machines that list it in their own `tags`. */
  readonly owned: Holders;
  readonly names: Names;
  readonly limits: Pick<Limits, "patterns">;
  /** Machines that tags may still expand to. */
  readonly budget: Budget;
  readonly report: Report;
}

/** Tag to the machines that have it. */
export type Holders = ReadonlyMap<string, MachineList>;

/** Names of machines, each once. Most lists are only walked through, so that a set is made late. */
export class MachineList {
  private set: ReadonlySet<string> | undefined;

  constructor(readonly names: readonly string[]) {}

  get size(): number {
    return this.names.length;
  }

  has(machine: string): boolean {
    this.set ??= new Set(this.names);
    return this.set.has(machine);
  }
}

/** The names that the inventory may refer to. */
export interface Names {
  /** Every tag that is predefined, defined, or on a machine. */
  readonly tags: ReadonlySet<string>;
  /** Names to suggest in place of unknown ones. */
  readonly nearMachines: Iterable<string>;
  readonly nearTags: Iterable<string>;
}

export function findOwnedTags(inventory: Inventory): Holders {
  const owned = new Map<string, string[]>();
  for (const [machine, { tags }] of inventory.machines) {
    for (const tag of tags) {
      const machines = getOrInsertComputed(owned, tag, () => []);
      if (machines.at(-1) !== machine) machines.push(machine);
    }
  }
  return mapValues(owned, (machines) => new MachineList(machines));
}

export function collectNames({
  inventory,
  classes,
  owned,
}: Pick<Expansion, "inventory" | "classes" | "owned">): Names {
  const tags = new Set([...predefinedTags, ...inventory.tags.keys(), ...owned.keys()]);
  const ration = new Ration();
  return { tags, nearMachines: ration.of(classes.keys()), nearTags: ration.of(tags) };
}
