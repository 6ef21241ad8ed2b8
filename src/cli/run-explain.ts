import { explain } from "../compile.js";
import type { CompileOptions } from "../model/options.js";
import { showExplanation } from "../show/show-explanation.js";
import { fail } from "./fail.js";
import type { Host } from "./host.js";
import { type Invocation, valueOf } from "./parse-arguments.js";
import { printAnswer } from "./print-answer.js";
import { readInput } from "./read-input.js";
import { report } from "./report.js";
import { attempt } from "./system-error.js";

export function runExplain(invocation: Invocation, host: Host): number {
  const [machine, instance, setting, ...others] = invocation.operands;
  if (machine === undefined || others.length > 0) {
    return fail(host, [
      "'explain' needs MACHINE, and takes INSTANCE or INSTANCE.ROLE, and SETTING",
    ]);
  }
  const operands = findInventory(invocation, host);
  const input = readInput({ ...invocation, operands }, host);
  if (typeof input === "number") {
    return input;
  }
  const emit = valueOf(invocation, "emit") as CompileOptions["emit"];
  const { explanation, mistake, diagnostics } = explain(
    input.sources,
    { machine, instance, setting },
    { ...input.options, emit },
  );
  const exitCode = report(diagnostics, input.sources, invocation, host);
  if (mistake !== undefined) {
    return fail(host, [mistake]);
  }
  if (explanation === undefined) {
    return exitCode;
  }
  return printAnswer(explanation, showExplanation, invocation, host);
}

/**
 * The files of `--file`; without it, on a terminal the inventory in the working folder, else none,
 * which means standard input.
 */
export function findInventory({ flags }: Invocation, host: Host): readonly string[] {
  const given = flags.get("file");
  if (given !== undefined) {
    return given;
  }
  if (!host.stdinIsTerminal) {
    return [];
  }
  const found = ["inventory.yaml", "inventory.yml", "inventory.json"].find((name) =>
    attempt(
      () => host.files.stat(host.paths.join(host.cwd, name)),
      () => undefined,
    ),
  );
  return found === undefined ? [] : [found];
}
