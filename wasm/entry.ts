/** What the component exports, by the names of `wit/compiler.wit`. */
import { JobPromise } from "./promise.js";
import { sweep } from "./sweep.js";

export { compiler } from "./compiler.js";
export { run } from "./run.js";

Object.assign(globalThis, { Promise: JobPromise });
sweep().length = 0;
