import { partitionPoint } from "../model/partition-point.js";

/** Where the line with an offset starts; a byte order mark is before the first line. */
export function lineStart(text: string, offset: number): number {
  const start = offset === 0 ? 0 : text.lastIndexOf("\n", offset - 1) + 1;
  return start === 0 && text.startsWith("\ufeff") ? 1 : start;
}

/** Where the line with an offset ends, before its line break. */
export function lineEnd(text: string, offset: number): number {
  const end = text.indexOf("\n", offset);
  if (end < 0) {
    return text.length;
  }
  return end > offset && text[end - 1] === "\r" ? end - 1 : end;
}

/** Where the next line starts, given where one ends; the end of the text after the last one. */
export function nextLine(text: string, end: number): number {
  return end + (text.startsWith("\r\n", end) ? 2 : text[end] === "\n" ? 1 : 0);
}

/** Whether only spaces are before an offset on its line. */
export function isFirstOnLine(text: string, offset: number): boolean {
  let start = offset;
  while (text[start - 1] === " " || text[start - 1] === "\t") {
    start--;
  }
  // Asked for each of many mistakes in one long line, whose start nobody looks for here.
  return start === 0 || text[start - 1] === "\n" || (start === 1 && text[0] === "\ufeff");
}

/** What the line with an offset starts with: spaces or tabs. */
export function indentationAt(text: string, offset: number): string {
  return blanksAt(text, lineStart(text, offset));
}

function blanksAt(text: string, start: number): string {
  const blanks = /[ \t]*/y;
  blanks.lastIndex = start;
  return blanks.exec(text)![0];
}

/** The lines of a text of which many are asked for, also if all are the same long one. */
export class LineTable {
  private readonly starts: readonly number[];

  constructor(private readonly text: string) {
    const starts = [lineStart(text, 0)];
    for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) {
      starts.push(at + 1);
    }
    this.starts = starts;
  }

  /** As `indentationAt`. */
  indentationAt(offset: number): string {
    const after = partitionPoint(this.starts, (start) => start <= offset);
    return blanksAt(this.text, this.starts[Math.max(after - 1, 0)]!);
  }
}

export function isBlankLine(text: string, start: number): boolean {
  return start < text.length && /^[ \t]*$/.test(text.slice(start, lineEnd(text, start)));
}

/** The start of the line before the one that starts at an offset, if there is one. */
export function previousLine(text: string, start: number): number | undefined {
  return start <= (text.startsWith("\ufeff") ? 1 : 0) ? undefined : lineStart(text, start - 1);
}

/** Moves all lines but the first by so many columns, to the left as far as there are spaces. */
export function shifted(text: string, columns: number): string {
  if (columns >= 0) {
    return columns === 0 ? text : text.replace(/\n(?!\r?\n|$)/g, `\n${" ".repeat(columns)}`);
  }
  return text.replace(new RegExp(`\\n {1,${-columns}}`, "g"), "\n");
}
