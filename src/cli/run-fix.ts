import { fix } from "../edit/fix.js";
import type { Source } from "../model/source.js";
import { closing, readAll } from "./bytes.js";
import { decodeSource } from "./decode-source.js";
import type { Host } from "./host.js";
import type { Invocation } from "./parse-arguments.js";
import type { Input } from "./read-input.js";
import { report } from "./report.js";
import { blaming, SystemError } from "./system-error.js";
import { unifiedDiff } from "./unified-diff.js";
import { writeTarget } from "./write-output.js";
import { writeMessage, writeOutput } from "./write-text.js";

/** A source, and what it becomes. */
interface Change {
  readonly before: Source;
  readonly after: Source;
}

/**
 * Corrects the sources, or with `--diff` shows how, and reports what is left. A corrected standard
 * input goes to standard output.
 */
export function runFix(input: Input, invocation: Invocation, host: Host): number {
  const { flags } = invocation;
  const { sources, applied, diagnostics } = fix(
    input.sources,
    input.options,
    flags.has("unsafe-fixes") ? "unsafe" : "safe",
  );
  const changes = input.sources
    .map((before, index) => ({ before, after: sources[index]! }))
    .filter(({ before, after }) => before.text !== after.text);
  if (flags.has("diff")) {
    for (const { before, after } of changes) {
      writeOutput(unifiedDiff(before.name, after.name, before.text, after.text), host);
    }
    return Math.max(
      report(diagnostics, { ...input, sources }, invocation, host),
      changes.length > 0 ? 1 : 0,
    );
  }
  for (const change of changes) {
    if (change.before !== input.piped) rewrite(change, host);
  }
  if (input.piped !== undefined) {
    writeOutput(sources[input.sources.indexOf(input.piped)]!.text, host);
  }
  if (changes.length > 0 && !flags.has("quiet")) {
    const names = changes.map(({ before }) => before.name).join(", ");
    const count = applied === 1 ? "1 fix" : `${applied} fixes`;
    writeMessage(`inventory2nix: ${count} applied to ${names}\n`, host);
  }
  return report(diagnostics, { ...input, sources }, invocation, host);
}

/** Writes a file anew, whole or not at all, unless someone else has changed it meanwhile. */
function rewrite({ before, after }: Change, host: Host): void {
  blaming(before.name, () => {
    const target = host.files.realPath(host.paths.resolve(host.cwd, before.path!));
    const file = host.files.open(target);
    const { bytes } = closing(file, () => readAll(file));
    if (decodeSource(bytes, before, host).source.text !== before.text) {
      throw new SystemError("EBUSY", "not fixed: the file has changed meanwhile");
    }
    const mark = bytes.subarray(0, markLength(bytes, before.text, host));
    const text = host.encode(after.text);
    const whole = new Uint8Array(mark.length + text.length);
    whole.set(mark);
    whole.set(text, mark.length);
    writeTarget(target, whole, host);
  });
}

/** The length of the byte order mark, which is no part of the text. */
function markLength(bytes: Uint8Array, text: string, host: Host): number {
  return bytes.length - host.encode(text).length;
}
