import type { Range } from "../model/source.js";
import { forTerminal } from "../text/escape.js";
import { columns } from "./terminal.js";

/** A source line, and below it carets after an indent. */
export interface SourceFrame {
  readonly line: string;
  readonly indent: string;
  readonly carets: string;
}

/** Frames the first line of a range; `undefined` if that line is blank. */
export function sourceFrame(range: Range, text: string): SourceFrame | undefined {
  const { left, before, inside, after, right } = excerpt(text, range);
  const line = `${left}${forTerminal(before + inside + after)}${right}`.trimEnd();
  if (line === "") {
    return undefined;
  }
  const carets = mark(forTerminal(inside), "^");
  return {
    line,
    indent: mark(left + forTerminal(before), " "),
    carets: carets.includes("^") ? carets : "^",
  };
}

/** Longer lines, such as JSON on one line, are cut to this many UTF-16 units around the range. */
const frameWidth = 120;
const cutContext = 40;

/** The line of a range in parts; the work does not grow with the length of the line. */
function excerpt(
  text: string,
  { start, end }: Range,
): Record<"left" | "before" | "inside" | "after" | "right", string> {
  const lineStart = start.offset - (start.column - 1);
  const fits = lineEnd(text, lineStart) !== undefined;
  const cut = Math.max(lineStart, start.offset - cutContext);
  const from = fits
    ? lineStart
    : Math.max(lineStart, Math.min(cut, (lineEnd(text, cut) ?? Infinity) - frameWidth));
  const found = lineEnd(text, from);
  const to = found ?? from + frameWidth;
  const inside = end.line === start.line ? Math.min(end.offset, to) : to;
  return {
    left: from > lineStart ? "…" : "",
    before: text.slice(from, Math.min(start.offset, to)).replace(/^[\udc00-\udfff]/, ""),
    inside: text.slice(start.offset, inside),
    after: text.slice(Math.max(inside, start.offset), to).replace(/[\ud800-\udbff]$/, ""),
    right: found === undefined ? "…" : "",
  };
}

/** The end of the line around `from`, unless it is more than `frameWidth` away. */
function lineEnd(text: string, from: number): number | undefined {
  const part = text.slice(from, from + frameWidth + 2);
  const length = part.search(/\r?\n/);
  if (length >= 0) {
    return from + length;
  }
  return part.length <= frameWidth ? from + part.length : undefined;
}

/** A sign for each column of `text`; tabs stay, because their width depends on where they begin. */
function mark(text: string, sign: string): string {
  return Array.from(text, (char) => (char === "\t" ? char : sign.repeat(columns(char)))).join("");
}
