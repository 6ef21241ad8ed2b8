import { check } from "../compile.js";
import type { Host } from "./host.js";
import type { Invocation } from "./parse-arguments.js";
import { readInput } from "./read-input.js";
import { report } from "./report.js";

export function runCheck(invocation: Invocation, host: Host): number {
  const input = readInput(invocation, host);
  if (typeof input === "number") {
    return input;
  }
  const { diagnostics } = check(input.sources, input.options);
  return report(diagnostics, input, invocation, host);
}
