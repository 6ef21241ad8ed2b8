import { Char, Unsure } from "./yaml-chars.js";
import { type Scanner } from "./yaml-scanner.js";

/** What the first line of a block scalar says: `>-2`. */
interface Header {
  readonly isFolded: boolean;
  readonly chomp: "" | "-" | "+";
  /** Absent where the first line of the text shows it. */
  readonly indentation: number | undefined;
}

interface BlockScalar {
  readonly value: string;
  /** Where its last line ends that counts, the line break included. */
  readonly end: number;
}

/**
 * Reads the text in lines that starts with `|` or `>` at `pos`, in a map or list at column
 * `indent`, and leaves `pos` where the line after it starts.
 */
export function readBlockScalar(scanner: Scanner, indent: number): BlockScalar {
  const { isFolded, chomp, indentation: given } = readHeader(scanner);
  // At the root the package counts from elsewhere.
  if (indent < 0) {
    throw new Unsure();
  }
  const { pos: start, text } = scanner;
  const indentation = given === undefined ? firstIndentation(scanner) : indent + given;
  if (indentation <= indent) {
    return readEmpty(scanner, chomp);
  }
  const lines: string[] = [];
  let count = 0;
  let contentEnd = start;
  let at = start;
  while (at < text.length) {
    const word = wordAfter(scanner, at);
    const isEmpty = isLineBreak(scanner.at(word));
    if (!isEmpty && word - at < indentation) {
      break;
    }
    const end = scanner.lineEnd(word);
    if (isEmpty && (word - at > indentation || end === text.length)) {
      throw new Unsure();
    }
    lines.push(isEmpty ? "" : text.slice(at + indentation, withoutReturn(text, end)));
    at = Math.min(end + 1, text.length);
    if (!isEmpty) {
      contentEnd = at;
      count = lines.length;
    }
  }
  if (count === 0 || scanner.at(wordAfter(scanner, at)) === Char.Tab) {
    throw new Unsure();
  }
  scanner.pos = at;
  scanner.lineStart = at;
  const content = lines.slice(0, count);
  const body = isFolded ? folded(content) : content.join("\n");
  const newlines = chomp === "-" ? 0 : chomp === "+" ? 1 + lines.length - count : 1;
  return { value: body + "\n".repeat(newlines), end: chomp === "+" ? at : contentEnd };
}

/** A text without any; the package takes the first empty line for a part of it. */
function readEmpty(scanner: Scanner, chomp: Header["chomp"]): BlockScalar {
  const { pos: start } = scanner;
  let at = start;
  let end = start;
  while (isLineBreak(scanner.at(at)) && scanner.at(at) !== Char.End) {
    at = scanner.lineEnd(at) + 1;
    end = end === start ? at : end;
  }
  // White space may be text.
  const isBare = !isLineBreak(scanner.at(wordAfter(scanner, at))) || at === scanner.text.length;
  if (chomp === "+" || !isBare || scanner.at(wordAfter(scanner, at)) === Char.Tab) {
    throw new Unsure();
  }
  scanner.pos = at;
  scanner.lineStart = at;
  return { value: "", end };
}

/** Leaves `pos` at the start of the next line. */
function readHeader(scanner: Scanner): Header {
  const { text, pos } = scanner;
  const end = scanner.lineEnd(pos);
  const line = text.slice(pos, end);
  const [, style, before, chomp, after] =
    /^([|>])([1-9]?)([-+]?)([1-9]?)(?:[ \t]+(?:#.*)?)?\r?$/.exec(line) ?? [];
  if (style === undefined || (before !== "" && after !== "")) {
    throw new Unsure();
  }
  scanner.pos = end + 1;
  const digit = before! + after!;
  return {
    isFolded: style === ">",
    chomp: chomp as Header["chomp"],
    indentation: digit === "" ? undefined : Number(digit),
  };
}

function firstIndentation(scanner: Scanner): number {
  for (let at = scanner.pos; ; at = scanner.lineEnd(at) + 1) {
    const word = wordAfter(scanner, at);
    if (scanner.at(word) === Char.End) {
      return 0;
    }
    if (!isLineBreak(scanner.at(word))) {
      return word - at;
    }
  }
}

function wordAfter(scanner: Scanner, start: number): number {
  let at = start;
  while (scanner.at(at) === Char.Space) {
    at++;
  }
  return at;
}

function isLineBreak(char: number): boolean {
  return char === Char.Newline || char === Char.Return || char === Char.End;
}

function withoutReturn(text: string, end: number): number {
  return text.charCodeAt(end - 1) === Char.Return ? end - 1 : end;
}

/** Joins lines by spaces, but for those that are empty or more indented, or next to such. */
function folded(lines: readonly string[]): string {
  let value = "";
  let separator = "";
  let isAfterIndented = false;
  let isLeading = true;
  for (const line of lines) {
    if (isLeading && line === "") {
      value += "\n";
      continue;
    }
    isLeading = false;
    if (line.startsWith(" ") || line.startsWith("\t")) {
      if (separator === " ") {
        separator = "\n";
      } else if (!isAfterIndented && separator === "\n") {
        separator = "\n\n";
      }
      value += separator + line;
      separator = "\n";
      isAfterIndented = true;
    } else if (line === "") {
      if (separator === "\n") {
        value += "\n";
      } else {
        separator = "\n";
      }
    } else {
      value += separator + line;
      separator = " ";
      isAfterIndented = false;
    }
  }
  return value;
}
