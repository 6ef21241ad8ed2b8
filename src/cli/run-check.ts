import { check } from "../compile.js";
import { fail } from "./fail.js";
import type { Host } from "./host.js";
import type { Invocation } from "./parse-arguments.js";
import { readInput } from "./read-input.js";
import { report } from "./report.js";
import { runFix } from "./run-fix.js";

export function runCheck(invocation: Invocation, host: Host): number {
  const { flags } = invocation;
  const fixes = flags.has("fix") || flags.has("diff");
  if (flags.has("unsafe-fixes") && !fixes) {
    return fail(["'--unsafe-fixes' needs '--fix' or '--diff'"], host);
  }
  const input = readInput(invocation, host);
  if (typeof input === "number") {
    return input;
  }
  if (fixes) {
    return runFix(input, invocation, host);
  }
  const { diagnostics } = check(input.sources, input.options);
  return report(diagnostics, input, invocation, host);
}
