import { forTerminal } from "../text/escape.js";
import type { Host } from "./host.js";
import { attempt } from "./system-error.js";
import { writeMessage } from "./write-text.js";

/** How many problems are printed; of the rest only their number. */
const maxProblems = 100;

/** Ends a command that was used wrongly, or that cannot read or write what it must. */
export function fail(problems: readonly string[], host: Host): 2 {
  const left = problems.length - maxProblems;
  const lines = left > 0 ? [...problems.slice(0, maxProblems), `and ${left} more`] : problems;
  const text = lines.map((line) => `inventory2nix: ${forTerminal(line)}\n`).join("");
  // Where nobody can be told why, the exit code still says that something is wrong.
  attempt(
    () => writeMessage(text, host),
    () => {},
  );
  return 2;
}
