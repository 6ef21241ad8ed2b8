import { clipped } from "../../diagnostics/words.js";
import type { TextEdit } from "../../model/source.js";
import { type Problem, spreads } from "./yaml-problems.js";
import {
  firstLine,
  innerHeaders,
  lineBreak,
  lostHeader,
  valueAbove,
} from "./yaml-repairs/yaml-header-repairs.js";
import {
  indentations,
  indented,
  indentsAround,
  keepingChildren,
  swaps,
} from "./yaml-repairs/yaml-line-repairs.js";
import { requoted, singleQuoted, wrapped } from "./yaml-repairs/yaml-quotes.js";
import {
  insert,
  type Line,
  lineAt,
  maxAbove,
  nextLine,
  previousLine,
  type Repair,
  remove,
  replace,
} from "./yaml-repairs/yaml-repair.js";
import { commentSigns, keySigns, listSigns } from "./yaml-repairs/yaml-sign-repairs.js";

/** Before how many signs a bracket or quote may have been meant to end. */
const maxEnds = 6;

/** What may have been meant where there is a problem in a text, the most likely first. */
export function* repairsFor(text: string, problem: Problem): Iterable<Repair> {
  const line = lineAt(text, problem.at);
  yield* repairsOf(text, problem, line);
  yield* repairsOfLine(line);
  if (!spreads(problem.problem)) {
    return;
  }
  const above = previousLine(text, line);
  if (above !== undefined) {
    yield* repairsOfLine(above);
    yield* strayDash(text, line);
    yield* dashes(line, above);
  }
  yield* lostHeader(text, firstLine(text));
  yield* indentations(text, line, problem.problem);
  if (above?.indent === 0) {
    yield* lostHeader(text, line.start);
  }
  yield* valueAbove(line, above);
  yield* valueAbove(nextLine(text, line), line);
  yield* innerHeaders(text, line);
  yield* swaps(text, line);
}

/** What the kind of a problem suggests. */
function* repairsOf(
  text: string,
  { problem, at, start, end }: Problem,
  line: Line,
): Iterable<Repair> {
  switch (problem) {
    case "unquoted": {
      yield* listSigns(line);
      const quoted = singleQuoted(text.slice(start, end));
      return yield { title: "put it in quotes", edits: [{ start, end, text: quoted }] };
    }
    case "tabIndentation":
      return yield* withoutTabs(text, line);
    case "unclosed":
      if (text[start + 1] === text[start]) {
        yield remove(start, text[start]!);
      }
      yield* otherBrackets(text, start);
      yield* closings(text, start, text[start] === "[" ? "]" : "}");
      yield* listOpening(text, start, at);
      return yield* strayClosing(text, at);
    case "quoteMissing":
      yield* keySigns(lineAt(text, start));
      yield* otherQuote(text, start);
      return yield* closings(text, start, text[start]!);
    case "missingComma":
      return yield insert(text.slice(0, at).trimEnd().length, ",");
    case "mapAfterMap":
      yield* lineBreak(text, start, line, nextLine(text, line));
      return yield* editsOf(wrapped(text, { start, end: line.contentEnd }));
    case "entryInMap":
      return yield remove(start, /^-[ \t]*/.exec(text.slice(start, line.end))![0]);
    case "textAfterQuote":
    case "textAfterValue":
      yield* editsOf(requoted(text, { start: at, end: line.contentEnd }, line.contentStart));
      return yield* strayClosing(text, at);
    case "unexpected":
      // In `a { b: c }` and `a:{ b: c }` it is the colon or the space that is missing.
      if (!/^[\w."'/-]+[ \t]*:?[[{]/.test(line.content)) {
        yield* strayClosing(text, at);
      }
      return;
    case "extraComma":
      return yield remove(at, /\s/.test(text.charAt(at - 1)) && text[at + 1] === " " ? ", " : ",");
    default:
      return;
  }
}

/** A bracket, comma, semicolon or quote that is too much. */
function* strayClosing(text: string, at: number): Iterable<Repair> {
  if (/[\]},"';]/.test(text.charAt(at))) {
    yield remove(at, text.charAt(at));
  }
}

/** What is often missing in a line, written otherwise, or too much at its end. */
function* repairsOfLine(line: Line): Iterable<Repair> {
  yield* listSigns(line);
  yield* keySigns(line);
  yield* commentSigns(line);
  const { content, contentStart: start, contentEnd: end } = line;
  const [, dash, space, name, colon, rest] = /^(-?)(\s*)([\w."'/-]*)(:?)(.*)/s.exec(content)!;
  const nameStart = start + dash!.length + space!.length;
  const nameEnd = nameStart + name!.length;
  if (dash !== "" && space === "") {
    const place = { start, end: start + 1 };
    yield { ...insert(start + 1, " "), problem: "spaceAfterDash", place };
  }
  if (colon !== "" && /^\S/.test(rest!)) {
    const place = { start: nameEnd, end: nameEnd + 1 };
    yield { ...insert(nameEnd + 1, " "), problem: "spaceAfterColon", place };
  }
  if (name !== "" && colon === "") {
    const place = { start: nameStart, end: nameEnd };
    const isDot = name!.endsWith(".");
    const repair = isDot ? replace(nameEnd - 1, ".", ":") : insert(nameEnd, ":");
    yield { ...repair, problem: "missingColon", place };
  }
  if (!/[\]}]$/.test(content)) {
    return;
  }
  const { length } = /^\s*/.exec(rest!)![0];
  yield insert(nameEnd + 1 + length, content.endsWith("]") ? "[" : "{");
  yield remove(end - 1, content.slice(-1));
}

/** A dash before the first key of a map that the line is a key of. */
function* strayDash(text: string, line: Line): Iterable<Repair> {
  let above = previousLine(text, line);
  for (let count = 0; above !== undefined && count < maxAbove; count++) {
    if (above.indent <= line.indent) {
      break;
    }
    above = previousLine(text, above);
  }
  if (above?.indent === line.indent && isKey(line.content) && /^- +[\w."']/.test(above.content)) {
    const { contentStart: start } = above;
    const [dash] = /^- +/.exec(above.content)!;
    const place = { start, end: start + 1 };
    yield { ...remove(start, dash), problem: "strayDash", place };
  }
}

/** Whether a line starts with a key. */
function isKey(content: string): boolean {
  return /^[^\s:#-][^:]*:(?:\s|$)/.test(content);
}

/** A dash where the line above has one; a key further in belongs to the item above, and lacks none. */
function* dashes({ start, indent, contentStart, content }: Line, above: Line): Iterable<Repair> {
  const isLike = isKey(content) === isKey(above.content.slice(1).trimStart());
  const isItem = isLike && (indent === above.indent || !isKey(content));
  if (isItem && above.content.startsWith("- ") && !/^-(?:\s|$)/.test(content)) {
    const text = `${" ".repeat(above.indent)}- `;
    const edits = [{ start, end: contentStart, text }];
    const place = { start: contentStart, end: contentStart + 1 };
    yield { title: "insert '-'", edits, problem: "missingDash", place };
  }
}

/** The closing quote for one of the other kind: `"a'`. */
function* otherQuote(text: string, opener: number): Iterable<Repair> {
  const end = lineAt(text, opener).contentEnd - 1;
  const other = text[opener] === '"' ? "'" : '"';
  if (text[end] === other) {
    yield replace(end, other, text[opener]!);
  }
}

/**
 * A closing bracket or quote at the end of the line, or before what may follow it: most of the line is
 * likely to be in brackets, and little of it in quotes.
 */
function* closings(text: string, opener: number, close: string): Iterable<Repair> {
  const { contentEnd } = lineAt(text, opener);
  const ends = new Set([contentEnd]);
  for (let at = contentEnd - 1; at > opener && ends.size < maxEnds; at--) {
    if ("]},".includes(text.charAt(at))) {
      ends.add(text.slice(0, at).trimEnd().length);
    }
  }
  for (const at of "]}".includes(close) ? ends : [...ends].reverse()) {
    yield insert(at, close);
  }
}

/** A bracket for one of another kind, as in `[a}`: there are entries in braces, and items in others. */
function* otherBrackets(text: string, opener: number): Iterable<Repair> {
  const found = text[opener]!;
  const rest = text.slice(opener, lineAt(text, opener).contentEnd);
  const meant = /:\s/.test(rest) ? "{" : "[";
  if (found !== meant) {
    yield replace(opener, found, meant);
  }
  const [close, other] = found === "[" ? ["]", "}"] : ["}", "]"];
  const others = rest.includes("(") ? [other] : [other, ")"];
  for (const { 0: sign, index } of rest.matchAll(/[)\]}]/g)) {
    if (others.includes(sign)) {
      yield replace(opener + index, sign, close);
    }
  }
}

/** The opening bracket of a list in a map: `{ tags: a, b] }`. */
function* listOpening(text: string, opener: number, at: number): Iterable<Repair> {
  const value = /:\s+(?=[^:]*$)/.exec(text.slice(opener, at));
  if (value !== null) {
    yield insert(opener + value.index + value[0].length, "[");
  }
}

/** Spaces for the tabs at the start of a line, or of all lines if there are several. */
function* withoutTabs(text: string, line: Line): Iterable<Repair> {
  const starts = [...text.matchAll(/^ *\t[ \t]*(?=\S)/gm)];
  if (starts.length > 1) {
    for (const width of [2, 4, 8]) {
      yield {
        title: "indent with spaces",
        edits: starts.map(({ 0: lead, index: start }) => ({
          start,
          end: start + lead.length,
          text: lead.replaceAll("\t", " ".repeat(width)),
        })),
      };
    }
    return;
  }
  for (const indent of keepingChildren(text, line, [...indentsAround(text, line)])) {
    const { title, edits } = indented(line, indent);
    yield { title, edits };
  }
}

function* editsOf(edits: Iterable<TextEdit>): Iterable<Repair> {
  for (const edit of edits) {
    yield { title: edit.text === "" ? "remove it" : `write ${clipped(edit.text)}`, edits: [edit] };
  }
}
