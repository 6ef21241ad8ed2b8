import type * as InventoryToNix from "./interfaces/inventory2nix-compiler-compiler.js";

export type Compiler = typeof InventoryToNix;
export type * from "./interfaces/inventory2nix-compiler-compiler.js";

/** A fresh instance of the compiler; its code is unpacked and compiled once. */
export function instantiate(): Promise<Compiler>;
