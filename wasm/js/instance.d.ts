import type * as InventoryToNix from "./interfaces/inventory2nix-compiler-compiler.js";

export type Compiler = typeof InventoryToNix;
export type * from "./interfaces/inventory2nix-compiler-compiler.js";

export function instantiateWith(
  getModule: (name: string) => Promise<WebAssembly.Module>,
): Promise<Compiler>;
