import type { Span } from "../model/source.js";
import { lineEnd, lineStart } from "./lines.js";

/** Which stretches of one text are in another, moved. */
export interface SharedLines {
  /** Where a stretch of the first text is in the second; `undefined` where it is not, as a whole. */
  toSecond(span: Span): Span | undefined;
  toFirst(span: Span): Span | undefined;
}

/**
 * The whole lines that two texts start and end with: all but those that an edit was in, and those
 * between several edits.
 */
export function sharedLines(first: string, second: string): SharedLines {
  const shorter = Math.min(first.length, second.length);
  let start = 0;
  while (start < shorter && first.charCodeAt(start) === second.charCodeAt(start)) {
    start++;
  }
  let end = 0;
  while (
    end < shorter - start &&
    first.charCodeAt(first.length - 1 - end) === second.charCodeAt(second.length - 1 - end)
  ) {
    end++;
  }
  const isAll = start === first.length && start === second.length;
  const head = isAll ? start : Math.min(lineStart(first, start), lineStart(second, start));
  const tail = wholeLines(first, second, end);
  return {
    toSecond: (span) => moved(span, head, first.length - tail, second.length - first.length),
    toFirst: (span) => moved(span, head, second.length - tail, first.length - second.length),
  };
}

/** Of so many characters that two texts end with those after the first line break. */
function wholeLines(first: string, second: string, end: number): number {
  const at = first.length - end;
  const isAtLine =
    lineStart(first, at) === at && lineStart(second, second.length - end) === second.length - end;
  return isAtLine ? end : Math.max(0, first.length - lineEnd(first, at) - 1);
}

function moved({ start, end }: Span, head: number, tail: number, by: number): Span | undefined {
  if (end < head) {
    return { start, end };
  }
  return start >= tail ? { start: start + by, end: end + by } : undefined;
}
