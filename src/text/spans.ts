import type { Span } from "../source.js";

/** Of a stretch of text over several lines, the first line; what an error underlines of a map or list. */
export function firstLine(text: string, { start, end }: Span): Span {
  const lineEnd = text.indexOf("\n", start);
  return { start, end: lineEnd < 0 || lineEnd >= end ? end : start + text.slice(start, lineEnd).trimEnd().length };
}
