/** What the component exports, by the names of `wit/compiler.wit`. */
import { sweep } from "./sweep.js";

export { compiler } from "./compiler.js";
export { run } from "./run.js";

sweep().length = 0;
