/** Where the line with an offset starts; a byte order mark is before the first line. */
export function lineStart(text: string, offset: number): number {
  return behindMark(text, offset === 0 ? 0 : text.lastIndexOf("\n", offset - 1) + 1);
}

function behindMark(text: string, start: number): number {
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

/** What the line with an offset starts with: spaces or tabs. `start` is where that line starts. */
export function indentationAt(
  text: string,
  offset: number,
  start = lineStart(text, offset),
): string {
  const blanks = /[ \t]*/y;
  blanks.lastIndex = behindMark(text, start);
  return blanks.exec(text)![0];
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
