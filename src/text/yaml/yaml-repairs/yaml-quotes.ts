import type { Span, TextEdit } from "../../../model/source.js";

export function singleQuoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/**
 * A value with a second `: ` in braces or in quotes: `deploy: targetHost: x` was meant to nest, and
 * `note: Beware: it bites` as a text.
 */
export function* wrapped(text: string, { start, end }: Span): Iterable<TextEdit> {
  const value = text.slice(start, end);
  const isEntry = /^[a-z][\w-]*:\s+(?:[[{].*|\S+)$/.test(value);
  yield { start, end, text: isEntry ? `{ ${value} }` : singleQuoted(value) };
}

/**
 * What a string in quotes was meant as that seems to end before `rest`, on a line that starts at
 * `lineStart`: up to a later quote, the nearest first. Only a rest that says nothing is removed.
 */
export function* requoted(text: string, rest: Span, lineStart: number): Iterable<TextEdit> {
  const found = text.slice(rest.start, rest.end);
  if (/^[\s"',;]+$/.test(found)) {
    return yield { ...rest, text: "" };
  }
  const before = text.slice(lineStart, rest.start).trimEnd();
  const quote = before.slice(-1);
  const isText = /["']/.test(quote) && /[\p{L}\p{N}]/u.test(found);
  const start = isText ? openerBefore(before.slice(0, -1), quote) : undefined;
  if (start === undefined) {
    return;
  }
  const opener = lineStart + start;
  for (const { 0: sign, index } of found.matchAll(/["'](?=\s*(?:[,\]}]|$))/g)) {
    if (sign === quote) {
      const end = rest.start + index;
      yield { start: opener, end: end + 1, text: escaped(text.slice(opener + 1, end), quote) };
    }
  }
  yield { start: opener, end: rest.end, text: escaped(text.slice(opener + 1, rest.end), quote) };
}

/** Where the last value in such quotes starts. */
function openerBefore(before: string, quote: string): number | undefined {
  const openers = [...before.matchAll(/(?<=^|[\s:,[{])(["'])(?!\1)/g)];
  return openers.reverse().find(({ 1: sign }) => sign === quote)?.index;
}

/** The text in quotes, with those in it escaped that are not yet. */
function escaped(text: string, quote: string): string {
  const inner =
    quote === "'"
      ? text.replace(/''?/g, "''")
      : text.replace(/\\.|"/g, (sign) => (sign === '"' ? '\\"' : sign));
  return quote + inner + quote;
}
