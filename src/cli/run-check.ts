import { check } from "../compile.js";
import type { Invocation } from "./arguments.js";
import type { Host } from "./host.js";
import { readInput } from "./read-input.js";
import { report } from "./report.js";

export async function runCheck(invocation: Invocation, host: Host): Promise<number> {
  const input = await readInput(invocation, host);
  if (typeof input === "number") {
    return input;
  }
  const { diagnostics } = check(input.sources, input.options);
  return report(diagnostics, input.sources, invocation, host);
}
