import type * as InventoryToNix from "./interfaces/inventory2nix-compiler-compiler.js";

export type Compiler = typeof InventoryToNix;
export type * from "./interfaces/inventory2nix-compiler-compiler.js";

/** Each module is a `WebAssembly.Module`, whose type only the DOM and Node declare. */
export function instantiateWith(getModule: (name: string) => Promise<object>): Promise<Compiler>;
