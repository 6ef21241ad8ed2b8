/** The layout of answers for people. */
import { longestAnswer } from "../model/options.js";
import { forTerminal } from "../text/escape.js";
import { Lines } from "../text/line-buffer.js";
import { columns, width } from "./terminal.js";

/** Words are wrapped to this many columns. */
export const lineWidth = 80;

export interface ShowOptions {
  /** How wide the terminal is, to cut lines to; absent where there is none, and nothing is cut. */
  readonly columns?: number | undefined;
}

/** The lines as a terminal may show them, each with a newline after it. */
export function joinLines(lines: readonly string[]): string {
  return joinBlocks([lines.map(forTerminal)]);
}

/**
 * Blocks of lines as one text, separated by empty lines. Throws `TextTooLong` if it would be longer
 * than any answer may be.
 */
export function joinBlocks(
  blocks: Iterable<readonly string[]>,
  { columns = Infinity }: ShowOptions = {},
): string {
  const lines = new Lines(longestAnswer);
  let isFirst = true;
  for (const block of blocks) {
    if (!isFirst) {
      lines.push("");
    }
    for (const line of block) {
      lines.push(cut(line.trimEnd(), columns));
    }
    isFirst = false;
  }
  return lines.text();
}

/** The line cut to this many columns, but not in the place that it starts with, which one follows. */
function cut(line: string, limit: number): string {
  // No character is wider than two columns for each UTF-16 unit.
  if (2 * line.length <= limit || width(line) <= limit) {
    return line;
  }
  let kept = /^( *[^ ]+:\d+:\d+ )?/.exec(line)![0];
  let used = width(kept) + 1;
  for (const char of line.slice(kept.length)) {
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

export interface Row {
  readonly left: string;
  readonly right: string;
}

/** Two columns; the right one wraps, and starts on its own line if the left one is long. */
export function table(rows: readonly Row[]): readonly string[] {
  const columns = widest(
    rows.map(({ left }) => left),
    36,
  );
  const margin = columns + 4;
  return rows.flatMap(({ left, right }) => {
    const [first = "", ...others] = fold(right, lineWidth - margin);
    const start =
      width(left) <= columns
        ? [`  ${pad(left, columns)}  ${first}`]
        : [`  ${left}`, ...indent([first], margin)];
    return [...start, ...indent(others, margin)];
  });
}

export function indent(lines: readonly string[], columns: number): readonly string[] {
  return lines.map((line) => (line === "" ? "" : `${pad("", columns)}${line}`));
}

/** Lines of at most this many columns, unless a word is longer. */
export function fold(text: string, columns: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const longer = `${lines.at(-1) ?? ""} ${word}`;
    if (lines.length > 0 && width(longer) <= columns) {
      lines[lines.length - 1] = longer;
    } else {
      lines.push(word);
    }
  }
  return lines;
}
