import { TextTooLong } from "../text/line-buffer.js";
import { type Invocation, parseArguments } from "./arguments.js";
import type { CommandName } from "./command-table.js";
import { fail, isSystemError } from "./fail.js";
import { help } from "./help.js";
import type { Host } from "./host.js";
import { version } from "./package.js";
import { runCheck } from "./run-check.js";
import { runCompile } from "./run-compile.js";
import { runComplete } from "./run-complete.js";
import { runCompletions } from "./run-completions.js";
import { runDiff } from "./run-diff.js";
import { runExplain } from "./run-explain.js";
import { runGraph, runPlan } from "./run-plan.js";
import { runSchema } from "./run-schema.js";
import { runServices } from "./run-services.js";

const actions: {
  readonly [name in CommandName]: (invocation: Invocation, host: Host) => Promise<number>;
} = {
  compile: runCompile,
  check: runCheck,
  plan: runPlan,
  explain: runExplain,
  diff: runDiff,
  graph: runGraph,
  services: runServices,
  schema: runSchema,
  completions: runCompletions,
};

/**
 * Runs the command line and gives its exit code: 0 fine, 1 findings, 2 wrong usage or I/O, 101 a
 * bug of ours.
 */
export async function main(args: readonly string[], host: Host): Promise<number> {
  try {
    return await run(args, host);
  } catch (error) {
    return isSystemError(error) || error instanceof TextTooLong
      ? fail(host, [error.message])
      : reportBug(error, host);
  }
}

async function run(args: readonly string[], host: Host): Promise<number> {
  if (args[0] === "__complete") {
    return runComplete(args.slice(1), host);
  }
  const invocation = parseArguments(args);
  if ("mistake" in invocation) {
    return fail(host, [invocation.mistake, "see 'inventory2nix --help'"]);
  }
  const { command, flags } = invocation;
  if (flags.has("help")) {
    return print(help(command), host);
  }
  if (flags.has("version")) {
    return print(`inventory2nix ${version()}\n`, host);
  }
  return actions[command](invocation, host);
}

async function print(text: string, host: Host): Promise<0> {
  await host.writeStdout(text);
  return 0;
}

async function reportBug(error: unknown, host: Host): Promise<101> {
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  const lines = [
    `inventory2nix ${version()}: internal error: ${message}`,
    "This is a bug. Please report it with this message and, if you can, the inventory.",
    host.env["INVENTORY2NIX_STACK"]
      ? stack
      : "With INVENTORY2NIX_STACK=1 in the environment it also says where it happened.",
  ];
  await host.writeStderr(`${lines.join("\n")}\n`);
  return 101;
}
