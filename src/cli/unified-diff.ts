/** The differences of two texts as a patch, empty where they are equal; huge ones as one change. */
export function unifiedDiff(
  oldName: string,
  newName: string,
  oldText: string,
  newText: string,
): string {
  const old = lines(oldText);
  const now = lines(newText);
  const hunks = group(changes(old, now));
  if (hunks.length === 0) {
    return "";
  }
  return `--- ${oldName}\n+++ ${newName}\n${hunks.map((hunk) => printHunk(hunk, old, now)).join("")}`;
}

/** The old lines from `oldStart` to `oldEnd` become the new ones from `newStart` to `newEnd`. */
interface Change {
  readonly oldStart: number;
  readonly oldEnd: number;
  readonly newStart: number;
  readonly newEnd: number;
}

/** Lines with their line ends. */
function lines(text: string): readonly string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

function changes(old: readonly string[], now: readonly string[]): Change[] {
  const shorter = Math.min(old.length, now.length);
  let start = 0;
  while (start < shorter && old[start] === now[start]) {
    start++;
  }
  let same = 0;
  while (same < shorter - start && old[old.length - 1 - same] === now[now.length - 1 - same]) {
    same++;
  }
  const whole = {
    oldStart: start,
    oldEnd: old.length - same,
    newStart: start,
    newEnd: now.length - same,
  };
  if (whole.oldStart === whole.oldEnd && whole.newStart === whole.newEnd) {
    return [];
  }
  return shortestScript(old, now, whole) ?? [whole];
}

/**
 * With more changed lines, everything is one change, so that the time stays linear; the package
 * `diff` would give no patch at all.
 */
const maxEdits = 1000;

/**
 * Myers' greedy algorithm (An O(ND) Difference Algorithm, 1986) on one stretch; `undefined` beyond
 * `maxEdits`.
 */
function shortestScript(
  old: readonly string[],
  now: readonly string[],
  stretch: Change,
): Change[] | undefined {
  const width = stretch.oldEnd - stretch.oldStart;
  const height = stretch.newEnd - stretch.newStart;
  const centre = maxEdits + 1;
  // How many old lines a path of so many edits gets past, for each diagonal (old minus new lines).
  const furthest = new Int32Array(2 * centre + 1);
  const trace: Int32Array[] = [];
  for (let edits = 0; edits <= maxEdits; edits++) {
    trace.push(furthest.slice(centre - edits, centre + edits + 1));
    for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
      let x = edits === 0 ? 0 : step(furthest, centre, diagonal, edits).x;
      while (
        x < width &&
        x - diagonal < height &&
        old[stretch.oldStart + x] === now[stretch.newStart + x - diagonal]
      ) {
        x++;
      }
      furthest[centre + diagonal] = x;
      if (x >= width && x - diagonal >= height) {
        return retrace(trace, stretch);
      }
    }
  }
  return undefined;
}

/** The last edit on the best path to a diagonal: where it came from, and where it got. */
function step(
  furthest: Int32Array,
  centre: number,
  diagonal: number,
  edits: number,
): { inserts: boolean; from: number; x: number } {
  const above = furthest[centre + diagonal + 1]!;
  const left = furthest[centre + diagonal - 1]!;
  const inserts = diagonal === -edits || (diagonal !== edits && left < above);
  return inserts ? { inserts, from: above, x: above } : { inserts, from: left, x: left + 1 };
}

/** Follows the edits back from the end. */
function retrace(trace: readonly Int32Array[], stretch: Change): Change[] {
  const found: Change[] = [];
  let diagonal = stretch.oldEnd - stretch.oldStart - (stretch.newEnd - stretch.newStart);
  for (let edits = trace.length - 1; edits > 0; edits--) {
    const { inserts, from } = step(trace[edits]!, edits, diagonal, edits);
    diagonal += inserts ? 1 : -1;
    const oldStart = stretch.oldStart + from;
    const newStart = stretch.newStart + from - diagonal;
    const change = {
      oldStart,
      oldEnd: oldStart + (inserts ? 0 : 1),
      newStart,
      newEnd: newStart + (inserts ? 1 : 0),
    };
    const next = found.at(-1);
    if (next === undefined || next.oldStart !== change.oldEnd || next.newStart !== change.newEnd) {
      found.push(change);
    } else {
      found[found.length - 1] = { ...next, oldStart: change.oldStart, newStart: change.newStart };
    }
  }
  return found.reverse();
}

/** Lines shown before and after a change. */
const context = 3;

/** Groups changes whose context would meet into hunks. */
function group(changes: readonly Change[]): Change[][] {
  const hunks: Change[][] = [];
  for (const change of changes) {
    const last = hunks.at(-1);
    if (last !== undefined && change.oldStart - last.at(-1)!.oldEnd <= 2 * context) {
      last.push(change);
    } else {
      hunks.push([change]);
    }
  }
  return hunks;
}

function printHunk(
  hunk: readonly Change[],
  old: readonly string[],
  now: readonly string[],
): string {
  const first = hunk[0]!;
  const last = hunk.at(-1)!;
  const before = Math.min(context, first.oldStart);
  const after = Math.min(context, old.length - last.oldEnd);
  const parts: string[] = [
    `@@ -${extent(first.oldStart - before, last.oldEnd + after)} +${extent(first.newStart - before, last.newEnd + after)} @@\n`,
  ];
  let shown = first.oldStart - before;
  for (const { oldStart, oldEnd, newStart, newEnd } of hunk) {
    parts.push(
      marked(" ", old, shown, oldStart),
      marked("-", old, oldStart, oldEnd),
      marked("+", now, newStart, newEnd),
    );
    shown = oldEnd;
  }
  parts.push(marked(" ", old, shown, last.oldEnd + after));
  return parts.join("");
}

/** `12,3`, counted from 1; no lines are counted as after the line before them. */
function extent(start: number, end: number): string {
  const length = end - start;
  if (length === 1) {
    return `${end}`;
  }
  return `${length === 0 ? start : start + 1},${length}`;
}

function marked(mark: string, lines: readonly string[], start: number, end: number): string {
  return lines
    .slice(start, end)
    .map(
      (line) => `${mark}${line.endsWith("\n") ? line : `${line}\n\\ No newline at end of file\n`}`,
    )
    .join("");
}
