/** What the module exports, by the names of `wit/evaluator.wit`. */
import { sweep } from "../sweep.js";

export { compile } from "./compile.js";

sweep().length = 0;
