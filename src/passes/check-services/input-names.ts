import { misspelt, type Ration } from "../../diagnostics/suggest.js";
import { type Catalogue, inputOf } from "../../model/catalogue.js";
import type { Inventory } from "../../model/inventory.js";

/** The flake inputs that an inventory takes services from. */
export class InputNames {
  private readonly uses = new Map<string, number>();
  private readonly known: Iterable<string>;

  constructor({ instances }: Inventory, { inputs }: Catalogue, ration: Ration) {
    for (const instance of instances.values()) {
      const name = inputOf(instance);
      this.uses.set(name, (this.uses.get(name) ?? 0) + 1);
    }
    const repeated = [...this.uses.keys()].filter((name) => this.uses.get(name)! > 1);
    this.known = ration.of(new Set(["self", ...inputs.keys(), ...repeated]));
  }

  /**
   * The input that another one is most likely a typo of; none if that is used as often, or more than
   * once beside one that is not used.
   */
  meantBy(input: string): string | undefined {
    const near = input === "self" ? undefined : misspelt(input, this.known);
    return near !== undefined &&
      this.uses.get(input)! <= Math.max(1, (this.uses.get(near) ?? 0) - 1)
      ? near
      : undefined;
  }
}
