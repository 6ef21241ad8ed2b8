import type { Inventory } from "./answer.js";
import { Compiler } from "./compiler.js";
import type { ComponentEngine } from "./component-worker.js";
import { byId } from "./dom.js";
import { componentFiles, percent } from "./load.js";

/** The text has to rest for so long, in milliseconds. */
const rest = 1500;

/**
 * The WebAssembly component as a witness: once the text rests, it compiles the same inventory, and
 * the page says whether its bytes are those that the library gave.
 */
export class Confirmation {
  private readonly component = new Compiler<ComponentEngine>("component-worker.js", {
    silent: () => {},
    back: () => {},
  });
  private timer: ReturnType<typeof setTimeout> | undefined;
  private round = 0;

  /** Loads the component, and says how far that is. */
  load(): Promise<void> {
    return this.component
      .load(componentFiles, (share) => this.say(`Loading the component: ${percent(share)}`))
      .then(() => this.say(""));
  }

  /** The text changed: what was said of it no longer holds. */
  forget(): void {
    this.round++;
    clearTimeout(this.timer);
    this.say("");
  }

  request(
    inventory: Inventory,
    to: "nix" | "json" | "yaml",
    output: () => Promise<string | undefined>,
  ): void {
    clearTimeout(this.timer);
    const round = ++this.round;
    this.timer = setTimeout(() => void this.confirm(round, inventory, to, output), rest);
  }

  private async confirm(
    round: number,
    inventory: Inventory,
    to: "nix" | "json" | "yaml",
    output: () => Promise<string | undefined>,
  ): Promise<void> {
    const expected = await output();
    if (expected === undefined || round !== this.round) {
      return;
    }
    this.say("Asking the component…");
    try {
      const text = await this.component.ask("emit", inventory, to);
      if (round === this.round) {
        this.say(
          text === expected
            ? "Confirmed by the component"
            : "The component disagrees: please report this",
        );
      }
    } catch {
      this.say("The component could not be loaded");
    }
  }

  private say(text: string): void {
    byId("confirmation").textContent = text;
  }
}
