import { forTerminal } from "../text/escape.js";
import type { Host } from "./host.js";
import { attempt } from "./system-error.js";
import { writeMessage } from "./write-text.js";

/** Ends a command that was used wrongly, or that cannot read or write what it must. */
export function fail(problems: readonly string[], host: Host): 2 {
  const text = problems.map((problem) => `inventory2nix: ${forTerminal(problem)}\n`).join("");
  // Where nobody can be told why, the exit code still says that something is wrong.
  attempt(
    () => writeMessage(text, host),
    () => {},
  );
  return 2;
}
