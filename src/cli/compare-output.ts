import { forTerminal, linesForTerminal } from "../text/escape.js";
import { sameBytes } from "./bytes.js";
import type { Output } from "./find-output.js";
import type { Host } from "./host.js";
import { blaming } from "./system-error.js";
import { unifiedDiff } from "./unified-diff.js";
import { readTarget } from "./write-output.js";
import { writeMessage, writeOutput } from "./write-text.js";

/** Compares a file with the text it should hold, and shows the difference. */
export function compareOutput({ name, target }: Output, text: string, host: Host): 0 | 1 {
  const current = blaming(name, () => readTarget(target, host));
  if (current !== undefined && sameBytes(current, host.encode(text))) {
    return 0;
  }
  const shown = forTerminal(name);
  const oldName = current === undefined ? "/dev/null" : shown;
  const oldText = current === undefined ? "" : host.decode(current);
  // Git may check a file out with CRLF, which means the same to Nix.
  if (oldText.replaceAll("\r\n", "\n") === text) {
    return 0;
  }
  writeOutput(linesForTerminal(unifiedDiff(oldName, shown, oldText, text)), host);
  writeMessage(
    `inventory2nix: ${shown} is not current: run the same command without '--check'\n`,
    host,
  );
  return 1;
}
