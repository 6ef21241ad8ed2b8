/** What the page uses of the transpiled component: `wasm/wit/compiler.wit` in jco's types. */
declare module "#component" {
  import type { CompileOptions, MachineClass, Source } from "../src/index.js";

  export interface Options {
    readonly emit?: "resolved" | "declared" | undefined;
    readonly to: "nix" | "json" | "yaml";
    readonly knownMachines: readonly { readonly name: string; readonly class: MachineClass }[];
    readonly allowNix: boolean;
    readonly denyWarnings: boolean;
    readonly rootDefault:
      | { readonly tag: "required" }
      | { readonly tag: "path"; readonly val: string }
      | undefined;
    readonly services?: readonly Source[] | undefined;
    readonly limits?: CompileOptions["limits"];
  }

  export interface Compiler {
    compile(sources: readonly Source[], options: Options): { readonly text?: string | undefined };
  }

  /** A fresh instance; the code is fetched and compiled once. */
  export function instantiate(): Promise<Compiler>;
}
