import { explain } from "../compile.js";
import type { CompileOptions } from "../model/options.js";
import { showExplanation } from "../show/show-explanation.js";
import { fail } from "./fail.js";
import type { Host } from "./host.js";
import { type Invocation, valueOf } from "./parse-arguments.js";
import { printAnswer } from "./print-answer.js";
import { readInput } from "./read-input.js";
import { report } from "./report.js";

export function runExplain(invocation: Invocation, host: Host): number {
  const [machine, instance, setting, ...others] = invocation.operands;
  if (machine === undefined || others.length > 0) {
    return fail(
      ["'explain' needs MACHINE, and takes INSTANCE or INSTANCE.ROLE, and SETTING"],
      host,
    );
  }
  const input = readInput({ ...invocation, operands: [] }, host);
  if (typeof input === "number") {
    return input;
  }
  const emit = valueOf(invocation, "emit") as CompileOptions["emit"];
  const { explanation, mistake, diagnostics } = explain(
    input.sources,
    { machine, instance, setting },
    { ...input.options, emit },
  );
  const exitCode = report(diagnostics, input, invocation, host);
  if (mistake !== undefined) {
    return fail([mistake], host);
  }
  if (explanation === undefined) {
    return exitCode;
  }
  return printAnswer(explanation, showExplanation, invocation, host);
}
