import type { Invocation } from "../src/cli/arguments.js";
import { fail } from "../src/cli/fail.js";
import type { Host } from "../src/cli/host.js";

/** Stands for `src/cli/watch.ts`: a component is called, and answers. */
export async function watch(_: Invocation, host: Host): Promise<number> {
  return fail(host, ["'--watch' does not work in the component"]);
}
