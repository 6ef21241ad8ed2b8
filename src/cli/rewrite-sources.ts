import { firstNames, joinNames } from "../diagnostics/words.js";
import type { Source } from "../model/source.js";
import { linesForTerminal } from "../text/escape.js";
import { decodeSource } from "./decode-source.js";
import type { Host } from "./host.js";
import type { Input } from "./read-input.js";
import { blaming } from "./system-error.js";
import { unifiedDiff } from "./unified-diff.js";
import { changedMeanwhile, readTarget, writeFiles } from "./write-output.js";
import { writeOutput } from "./write-text.js";

/** A source, and what it becomes. */
export interface Rewrite {
  readonly before: Source;
  readonly after: Source;
}

/** The sources whose texts differ. */
export function rewritesOf(
  before: readonly Source[],
  after: readonly Source[],
): readonly Rewrite[] {
  return before
    .map((source, index) => ({ before: source, after: after[index]! }))
    .filter(({ before, after }) => before.text !== after.text);
}

/** The names of the files, as the user wrote them; of very many, the first ten. */
export function namesOf(rewrites: readonly Rewrite[]): string {
  return joinNames(firstNames(rewrites.map(({ before }) => before.name)));
}

/** Prints the rewrites as a patch. */
export function showRewrites(rewrites: readonly Rewrite[], host: Host): void {
  for (const { before, after } of rewrites) {
    const patch = unifiedDiff(before.name, after.name, before.text, after.text);
    writeOutput(linesForTerminal(patch), host);
  }
}

/**
 * Writes the texts back where they came from: all files, or none. Standard input comes out on
 * standard output, changed or not.
 */
export function rewriteSources(
  rewrites: readonly Rewrite[],
  after: readonly Source[],
  { sources, piped }: Input,
  host: Host,
): void {
  const contents = rewrites
    .filter(({ before }) => before !== piped)
    .map((rewrite) => prepare(rewrite, host));
  // First, because it cannot be taken back, and files should not change if it fails.
  if (piped !== undefined) {
    writeOutput(after[sources.indexOf(piped)]!.text, host);
  }
  writeFiles(contents, host);
}

/** A file to write, with what it holds now; a byte order mark, which is no part of a text, stays. */
function prepare({ before, after }: Rewrite, host: Host) {
  return blaming(before.name, () => {
    const target = host.files.realPath(host.paths.resolve(host.cwd, before.path!));
    const bytes = readTarget(target, host);
    if (bytes === undefined || decodeSource(bytes, before, host).source.text !== before.text) {
      throw changedMeanwhile();
    }
    const mark = bytes.subarray(0, bytes.length - host.encode(before.text).length);
    return { name: before.name, target, before: bytes, pieces: [mark, host.encode(after.text)] };
  });
}
