/** The transpiled component as the worker uses it: `wasm/wit/compiler.wit` in the words of jco. */
declare module "inventory2nix/component" {
  export interface Options {
    readonly emit?: "resolved" | "declared";
    readonly to?: "nix" | "json" | "yaml";
    readonly knownMachines: readonly { readonly name: string; readonly class: "nixos" | "darwin" }[];
    readonly allowNix: boolean;
    readonly denyWarnings: boolean;
    readonly rootDefault?: { readonly tag: "required" } | { readonly tag: "path"; readonly val: string };
    readonly services?: readonly import("../src/index.js").Source[];
    readonly limits?: Partial<import("../src/index.js").Limits>;
  }

  export interface Compiler {
    compile(sources: readonly import("../src/index.js").Source[], options: Options): import("./engine.js").CompileAnswer;
    version(): string;
  }

  /** A fresh instance; the code is fetched and compiled once. */
  export function instantiate(): Promise<Compiler>;
}
