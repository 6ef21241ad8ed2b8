/** Reads cases as JSON, writes what the component makes of them as JSON. */
import { readFileSync } from "node:fs";
import { instantiate } from "../../dist/component/index.js";
import { runCases } from "./run-cases.js";

const results = await runCases(instantiate, JSON.parse(readFileSync(0, "utf8")));
process.stdout.write(JSON.stringify(results));
