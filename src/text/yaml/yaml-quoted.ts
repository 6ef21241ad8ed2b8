/** What scalars in quotes say: escapes, and lines folded into one. */

/** Lines of a scalar as one: white space around a line break is a space, empty lines stay. */
export function readFolded(inside: string): string {
  const lines = inside.split("\n");
  let value = "";
  let newlines = 0;
  for (const [index, line] of lines.entries()) {
    const isLast = index === lines.length - 1;
    const start = index === 0 ? 0 : /[ \t]*/.exec(line)![0].length;
    const content = isLast ? line.slice(start) : trimEnd(line.slice(start));
    if (index === 0) {
      value = content;
      continue;
    }
    newlines++;
    if (content !== "" || isLast) {
      value += newlines === 1 ? ` ${content}` : "\n".repeat(newlines - 1) + content;
      newlines = 0;
    }
  }
  return value;
}

function trimEnd(line: string): string {
  let end = line.endsWith("\r") ? line.length - 1 : line.length;
  while (end > 0 && (line[end - 1] === " " || line[end - 1] === "\t")) {
    end--;
  }
  return line.slice(0, end);
}

const escapes: ReadonlyMap<string, string> = new Map([
  ["a", "\x07"],
  ["b", "\b"],
  ["e", "\x1b"],
  ["f", "\f"],
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
  ["v", "\v"],
  ["N", "\x85"],
  ["_", "\xa0"],
  ["L", "\u2028"],
  ["P", "\u2029"],
  [" ", " "],
  ['"', '"'],
  ["/", "/"],
  ["\\", "\\"],
  ["\t", "\t"],
]);

const pieces =
  /\\(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|(\r?\n[ \t]*)|([^]))|[ \t]+(?:\r?\n[ \t]*)*|(?:\r?\n[ \t]*)+/g;

/**
 * What is between double quotes, escapes resolved and lines folded; `undefined` where an escape is
 * unknown.
 */
export function readEscapes(inside: string): string | undefined {
  let isKnown = true;
  const value = inside.replace(
    pieces,
    (piece: string, x?: string, u?: string, U?: string, joint?: string, escape?: string) => {
      if (joint !== undefined) {
        return "";
      }
      if (escape !== undefined) {
        const found = escapes.get(escape);
        isKnown &&= found !== undefined;
        return found ?? "";
      }
      const digits = x ?? u ?? U;
      if (digits === undefined) {
        const newlines = piece.split("\n").length - 1;
        return newlines === 0 ? piece : newlines === 1 ? " " : "\n".repeat(newlines - 1);
      }
      const code = Number.parseInt(digits, 16);
      isKnown &&= code <= 0x10ffff;
      return isKnown ? String.fromCodePoint(code) : "";
    },
  );
  return isKnown ? value : undefined;
}

/** What a scalar in quotes on one line says; `undefined` where it has none. */
export function readQuoted(written: string): string | undefined {
  const inside = written.slice(1, -1);
  if (written.startsWith("'")) {
    return inside.replaceAll("''", "'");
  }
  return written.startsWith('"') ? readEscapes(inside) : undefined;
}
