import { version } from "../generated/package.js";
import { linesForTerminal } from "../text/escape.js";
import { TextTooLong } from "../text/line-buffer.js";
import type { CommandName } from "./command-table.js";
import { fail } from "./fail.js";
import type { Host } from "./host.js";
import { type Invocation, parseArguments } from "./parse-arguments.js";
import { runCheck } from "./run-check.js";
import { runCodes } from "./run-codes.js";
import { runCompile } from "./run-compile.js";
import { runComplete } from "./run-complete.js";
import { runCompletions } from "./run-completions.js";
import { runDiff } from "./run-diff.js";
import { runEdit } from "./run-edit.js";
import { runExplain } from "./run-explain.js";
import { runHelp, runVersion } from "./run-help.js";
import { runInit } from "./run-init.js";
import { runLsp } from "./run-lsp.js";
import { runGraph, runPlan } from "./run-plan.js";
import { runSchema } from "./run-schema.js";
import { runServices } from "./run-services.js";
import { attempt, SystemError } from "./system-error.js";
import { writeMessage } from "./write-text.js";

/** At once, unless the command lasts until the user ends it. */
type ExitCode = number | Promise<number>;

const commands: {
  readonly [name in CommandName]: (invocation: Invocation, host: Host) => ExitCode;
} = {
  compile: runCompile,
  check: runCheck,
  plan: runPlan,
  explain: runExplain,
  diff: runDiff,
  graph: runGraph,
  init: runInit,
  add: runEdit,
  remove: runEdit,
  rename: runEdit,
  tag: runEdit,
  untag: runEdit,
  assign: runEdit,
  unassign: runEdit,
  set: runEdit,
  unset: runEdit,
  adopt: runEdit,
  services: runServices,
  schema: runSchema,
  lsp: runLsp,
  codes: runCodes,
  completions: runCompletions,
  help: runHelp,
  version: runVersion,
};

/**
 * Runs the command line. The exit code is 0 for success, 1 for findings, 2 for wrong usage or a
 * failed read or write, 101 for a bug of ours; it is a promise only with `--watch`, and of `lsp`.
 */
export function main(args: readonly string[], host: Host): number | Promise<number> {
  const failed = (error: unknown) => reportFailure(error, host);
  try {
    const exitCode = run(args, host);
    return typeof exitCode === "number" ? exitCode : exitCode.catch(failed);
  } catch (error) {
    return failed(error);
  }
}

function run(args: readonly string[], host: Host): ExitCode {
  if (args[0] === "__complete") {
    return runComplete(args.slice(1), host);
  }
  const invocation = parseArguments(args);
  if ("mistake" in invocation) {
    return fail([invocation.mistake, "see 'inventory2nix --help'"], host);
  }
  const { command, flags } = invocation;
  if (flags.has("help")) {
    return runHelp({ ...invocation, operands: [command] }, host);
  }
  return commands[flags.has("version") ? "version" : command](invocation, host);
}

function reportFailure(error: unknown, host: Host): 2 | 101 {
  if (error instanceof SystemError || error instanceof TextTooLong) {
    return fail([error.message], host);
  }
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  const lines = [
    `inventory2nix ${version}: internal error: ${message}`,
    "This is a bug. Please report it with this message and, if you can, the inventory.",
    host.env["INVENTORY2NIX_STACK"]
      ? stack
      : "Set INVENTORY2NIX_STACK=1 in the environment to see where it happened.",
  ];
  attempt(
    () => writeMessage(linesForTerminal(`${lines.join("\n")}\n`), host),
    () => {},
  );
  return 101;
}
