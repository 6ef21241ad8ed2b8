import { didYouMean, nearest } from "../diagnostics/suggest.js";
import { version } from "../generated/package.js";
import { type CommandName, commands, defaultCommand } from "./command-table.js";
import { fail } from "./fail.js";
import { help } from "./help.js";
import type { Host } from "./host.js";
import type { Invocation } from "./parse-arguments.js";
import { writeOutput } from "./write-text.js";

export function runHelp({ operands }: Invocation, host: Host): number {
  const [name = defaultCommand, excess] = operands;
  if (excess !== undefined) {
    return fail([`'help' takes one command; unexpected '${excess}'`], host);
  }
  if (!Object.hasOwn(commands, name)) {
    return fail(
      [`unknown command '${name}'${didYouMean(nearest(name, Object.keys(commands)))}`],
      host,
    );
  }
  writeOutput(help(name as CommandName), host);
  return 0;
}

export function runVersion(_: Invocation, host: Host): number {
  writeOutput(`inventory2nix ${version}\n`, host);
  return 0;
}
