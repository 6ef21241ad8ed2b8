/** The WebAssembly component in a thread of its own. */
import { instantiate } from "#component";
import type { Inventory } from "./answer.js";
import { answerRequests } from "./protocol.js";

export class ComponentEngine {
  private readonly compiler = instantiate();

  async emit(
    { sources, options }: Inventory,
    to: "nix" | "json" | "yaml",
  ): Promise<string | undefined> {
    const { knownMachines = {}, allowNix, denyWarnings, rootDefault, ...others } = options;
    const { text } = (await this.compiler).compile(
      sources.map(({ name, text }) => ({ name, text })),
      {
        ...others,
        to,
        knownMachines: Object.entries(knownMachines).map(([name, machineClass]) => ({
          name,
          class: machineClass,
        })),
        allowNix: allowNix === true,
        denyWarnings: denyWarnings === true,
        rootDefault:
          rootDefault === undefined
            ? undefined
            : rootDefault === null
              ? { tag: "required" }
              : { tag: "path", val: rootDefault },
      },
    );
    return text ?? undefined;
  }
}

answerRequests(new ComponentEngine());
