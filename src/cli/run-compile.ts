import { compile } from "../compile.js";
import type { CompileOptions } from "../model/options.js";
import { forTerminal } from "../text/escape.js";
import { compareOutput } from "./compare-output.js";
import { fail } from "./fail.js";
import { findOutput, pathFromOutput } from "./find-output.js";
import type { Host } from "./host.js";
import { type Invocation, valueOf } from "./parse-arguments.js";
import { readInput } from "./read-input.js";
import { report } from "./report.js";
import { attempt, blaming } from "./system-error.js";
import { watch } from "./watch.js";
import { writeTarget } from "./write-output.js";
import { writeMessage, writeOutput } from "./write-text.js";

/** The exit code; with `--watch` it comes when the user ends it. */
export function runCompile(invocation: Invocation, host: Host): number | Promise<number> {
  const mistake = findMistake(invocation, host);
  if (mistake !== undefined) {
    return fail(host, [mistake]);
  }
  const compileOnce = () =>
    attempt(
      () => compileInput(invocation, host),
      ({ message }) => fail(host, [message]),
    );
  return invocation.flags.has("watch")
    ? watch(invocation, host, host.poll!, compileOnce)
    : compileOnce();
}

function findMistake({ flags, operands }: Invocation, host: Host): string | undefined {
  const output = flags.get("output")?.at(-1);
  const hasFile = output !== undefined && output !== "-";
  if (flags.has("check") && flags.has("watch")) {
    return "'--check' and '--watch' cannot be combined";
  }
  if (flags.has("check") && !hasFile) {
    return "'--check' needs '-o FILE', the file to compare with";
  }
  if (!flags.has("watch")) {
    return undefined;
  }
  if (host.poll === undefined) {
    return "'--watch' is not available here";
  }
  if (!hasFile) {
    return "'--watch' needs '-o FILE', the file to keep current";
  }
  if (operands.length === 0 || operands.includes("-")) {
    return "'--watch' needs files or folders to watch";
  }
  return undefined;
}

function compileInput(invocation: Invocation, host: Host): number {
  const input = readInput(invocation, host);
  if (typeof input === "number") {
    return input;
  }
  const output = findOutput(invocation, input.sources, host);
  const options: CompileOptions = {
    ...input.options,
    emit: valueOf(invocation, "emit") as CompileOptions["emit"],
    to: valueOf(invocation, "to") as CompileOptions["to"],
    rootDefault: invocation.flags.has("no-root-default")
      ? null
      : pathFromOutput(output, input.sources, host),
  };
  const { text, diagnostics } = compile(input.sources, options);
  const exitCode = report(diagnostics, input.sources, invocation, host);
  if (text === undefined) {
    return exitCode;
  }
  if (output === undefined) {
    writeOutput(text, host);
    return exitCode;
  }
  if (invocation.flags.has("check")) {
    return compareOutput(output, text, host);
  }
  const isNew = blaming(output.name, () => writeTarget(output.target, host.encode(text), host));
  if (invocation.flags.has("watch")) {
    writeMessage(
      `inventory2nix: ${forTerminal(output.name)} ${isNew ? "written" : "is current"}\n`,
      host,
    );
  }
  return exitCode;
}
