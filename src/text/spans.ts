import type { Span } from "../model/source.js";

/**
 * Of a stretch of text over several lines, the first line; what an error underlines of a map or
 * list.
 */
export function firstLine(text: string, { start, end }: Span): Span {
  const stretch = text.slice(start, end);
  const lineEnd = stretch.indexOf("\n");
  return { start, end: lineEnd < 0 ? end : start + stretch.slice(0, lineEnd).trimEnd().length };
}
