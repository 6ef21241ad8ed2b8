/** The layout of answers for people: lines of at most 80 columns where the names allow it. */
import { longestAnswer } from "../model/options.js";
import { forTerminal } from "../text/escape.js";
import { Lines } from "../text/line-buffer.js";
import { columns, width } from "./terminal.js";

export const lineWidth = 80;

/** The lines as a terminal may show them, each with a newline after it. */
export function joinLines(lines: readonly string[]): string {
  return joinBlocks([lines.map(forTerminal)]);
}

/**
 * Blocks of lines, which a terminal may show, as one text, separated by empty lines. Throws `TextTooLong` if it would be longer
 * than any answer may be.
 */
export function joinBlocks(blocks: Iterable<readonly string[]>): string {
  const lines = new Lines(longestAnswer);
  let isFirst = true;
  for (const block of blocks) {
    if (!isFirst) {
      lines.push("");
    }
    for (const line of block) {
      lines.push(line.trimEnd());
    }
    isFirst = false;
  }
  return lines.text();
}

/** The line cut to 80 columns, or to `minimum` if that is more. */
export function cut(line: string, minimum = 0): string {
  const limit = Math.max(lineWidth, minimum);
  const shown = forTerminal(line);
  if (width(shown) <= limit) {
    return shown;
  }
  let kept = "";
  let used = 1;
  for (const char of shown) {
    used += columns(char);
    if (used > limit) {
      break;
    }
    kept += char;
  }
  return `${kept}…`;
}

/**
 * `prefix`, then the words with commas between them, on as many lines as needed; further lines are
 * indented by the width of the prefix.
 */
export function wrap(prefix: string, words: readonly string[]): readonly string[] {
  const indent = " ".repeat(width(prefix));
  const lines: string[] = [];
  let line = forTerminal(prefix);
  words.forEach((word, index) => {
    const piece = `${forTerminal(word)}${index < words.length - 1 ? "," : ""}`;
    const isFirst = line === forTerminal(prefix) || line === indent;
    const longer = isFirst ? `${line}${piece}` : `${line} ${piece}`;
    if (isFirst || width(longer) <= lineWidth) {
      line = longer;
      return;
    }
    lines.push(line);
    line = `${indent}${piece}`;
  });
  return [...lines, line];
}

/** The text, filled with spaces to a number of columns. */
export function pad(text: string, columns: number): string {
  return `${text}${" ".repeat(Math.max(0, columns - width(text)))}`;
}

/** The width of the widest text, but at most `limit` columns. */
export function widest(texts: readonly string[], limit: number): number {
  return texts.reduce((wide, text) => Math.max(wide, Math.min(limit, width(text))), 0);
}

/** `1 machine`, `2 machines` */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
