import { access } from "node:fs/promises";
import path from "node:path";
import { explain } from "../compile.js";
import type { CompileOptions } from "../model/options.js";
import { showExplanation } from "../show/show-explanation.js";
import { type Invocation, valueOf } from "./arguments.js";
import { fail } from "./fail.js";
import type { Host } from "./host.js";
import { printAnswer } from "./print-answer.js";
import { readInput } from "./read-input.js";
import { report } from "./report.js";

export async function runExplain(invocation: Invocation, host: Host): Promise<number> {
  const [machine, instance, setting, ...others] = invocation.operands;
  if (machine === undefined || others.length > 0) {
    return fail(host, [
      "'explain' needs MACHINE, and takes INSTANCE or INSTANCE.ROLE, and SETTING",
    ]);
  }
  const input = await readInput(
    { ...invocation, operands: await findInventory(invocation, host) },
    host,
  );
  if (typeof input === "number") {
    return input;
  }
  const emit = valueOf(invocation, "emit") as CompileOptions["emit"];
  const { explanation, mistake, diagnostics } = explain(
    input.sources,
    { machine, instance, setting },
    { ...input.options, emit },
  );
  const exitCode = await report(diagnostics, input.sources, invocation, host);
  if (mistake !== undefined) {
    return fail(host, [mistake]);
  }
  if (explanation === undefined) {
    return exitCode;
  }
  return printAnswer(explanation, showExplanation, invocation, host);
}

/**
 * The files of `--file`; without it nothing, which is standard input, or on a terminal the
 * inventory of the working folder.
 */
export async function findInventory({ flags }: Invocation, host: Host): Promise<readonly string[]> {
  const given = flags.get("file");
  if (given !== undefined) {
    return given;
  }
  if (!host.stdinIsTerminal) {
    return [];
  }
  for (const name of ["inventory.yaml", "inventory.yml", "inventory.json"]) {
    if (await exists(path.join(host.cwd, name))) {
      return [name];
    }
  }
  return [];
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
