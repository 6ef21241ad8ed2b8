import { fail } from "./fail.js";
import type { Host } from "./host.js";
import type { Invocation } from "./parse-arguments.js";

/** Serves an editor until it ends the server. */
export function runLsp(invocation: Invocation, host: Host): number | Promise<number> {
  return host.serve?.(invocation, host) ?? fail(["'lsp' needs Node"], host);
}
