export type * from "./instance.js";

import type { Compiler } from "./instance.js";

/** A fresh instance of the compiler; its code is loaded and compiled once. */
export function instantiate(): Promise<Compiler>;
