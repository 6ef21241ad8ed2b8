import type { Finding } from "../diagnostics/diagnostic.js";
import { staleOutput } from "../diagnostics/output-messages.js";
import { sameBytes } from "./bytes.js";
import type { Output } from "./find-output.js";
import type { Host } from "./host.js";
import { blaming } from "./system-error.js";
import { unifiedDiff } from "./unified-diff.js";
import { readTarget } from "./write-output.js";

/** What is wrong with a file that should hold a text, and the way there as a patch. */
export interface Staleness {
  readonly finding: Finding;
  readonly patch: () => string;
}

/** Compares a file with the text it should hold; `undefined` where it does. */
export function compareOutput(
  { name, target }: Output,
  text: string,
  host: Host,
): Staleness | undefined {
  const current = blaming(name, () => readTarget(target, host));
  if (current !== undefined && sameBytes(current, host.encode(text))) {
    return undefined;
  }
  const isThere = current !== undefined;
  // Git may check a file out with CRLF, which means the same to Nix.
  const held = isThere ? host.decode(current).replaceAll("\r\n", "\n") : "";
  if (held === text) {
    return undefined;
  }
  const source = { name, path: target, text: held };
  return {
    finding: staleOutput({ source, ...firstDifference(held, text) }, isThere),
    patch: () => unifiedDiff(isThere ? name : "/dev/null", name, held, text),
  };
}

/** The first line of `text` that is another in `other`. */
function firstDifference(text: string, other: string): { start: number; end: number } {
  let at = 0;
  while (at < text.length && text[at] === other[at]) {
    at++;
  }
  const start = text.lastIndexOf("\n", at - 1) + 1;
  const end = text.indexOf("\n", start);
  return { start, end: end < 0 ? text.length : end };
}
