import { instantiate, type Options } from "inventory2nix/component";
import type { Engine, EngineOptions } from "./engine.js";
import { loadLibrary } from "./library-engine.js";

/** The engine over the WebAssembly component. */
export async function loadEngine(): Promise<Engine> {
  const compiler = await instantiate();
  return {
    ...loadLibrary(),
    compile: (sources, options) => compiler.compile(sources, toComponentOptions(options)),
    version: () => compiler.version(),
  };
}

/** Absent fields are `undefined` to jco, and `null` means something of its own. */
function toComponentOptions({ knownMachines = {}, allowNix = false, denyWarnings = false, rootDefault, ...others }: EngineOptions): Options {
  return {
    ...others,
    knownMachines: Object.entries(knownMachines).map(([name, machineClass]) => ({ name, class: machineClass })),
    allowNix,
    denyWarnings,
    ...(rootDefault !== undefined && { rootDefault: rootDefault === null ? { tag: "required" } : { tag: "path", val: rootDefault } }),
  } as Options;
}
