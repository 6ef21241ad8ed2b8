import { clipped } from "../diagnostics/words.js";
import type { TextEdit } from "../model/source.js";
import { firstLine, lineBreak, lostHeader, valueAbove } from "./yaml-header-repairs.js";
import { type Problem, type ProblemKind, spreads } from "./yaml-problems.js";
import { requoted, singleQuoted, wrapped } from "./yaml-quotes.js";
import { insert, type Line, type Repair, remove, replace } from "./yaml-repair.js";
import { keySigns, listSigns } from "./yaml-sign-repairs.js";

/** How many lines above a problem may have caused it. */
const maxAbove = 200;

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
    yield* dashes(line, above);
  }
  if (line.indent === 0) {
    yield* lostHeader(text, firstLine(text));
  }
  yield* indentations(text, line, problem.problem);
  if (above?.indent === 0) {
    yield* lostHeader(text, line.start);
  }
  yield* valueAbove(line, above);
  yield* valueAbove(nextLine(text, line), line);
}

/** What the kind of a problem suggests. */
function* repairsOf(
  text: string,
  { problem, at, start, end }: Problem,
  line: Line,
): Iterable<Repair> {
  switch (problem) {
    case "unquoted": {
      if (start === line.contentStart) {
        yield* listSigns(line);
      }
      const quoted = singleQuoted(text.slice(start, end));
      return yield { title: "put it in quotes", edits: [{ start, end, text: quoted }] };
    }
    case "aliasColon":
      return yield insert(end - 1, " ");
    case "spaceAfterColon":
      return yield insert(end, " ");
    case "tabIndentation":
      return yield* withoutTabs(text, line);
    case "unclosed":
      if (text[start + 1] === text[start]) {
        yield remove(start, text[start]!);
      }
      yield* closings(text, start, text[start] === "[" ? "]" : "}");
      return yield* mismatches(text, start);
    case "quoteMissing":
      yield* otherQuote(text, start);
      return yield* closings(text, start, text[start]!);
    case "missingComma":
      return yield insert(text.slice(0, at).trimEnd().length, ",");
    case "missingDash":
      return yield insert(line.contentStart, "- ");
    case "mapAfterMap":
      yield* lineBreak(text, start, line, nextLine(text, line));
      return yield* editsOf(wrapped(text, { start, end: line.contentEnd }));
    case "entryInMap":
      return yield remove(line.contentStart, "- ");
    case "textAfterQuote":
    case "textAfterValue":
      yield* editsOf(requoted(text, { start: at, end: line.contentEnd }, line.contentStart));
      return yield* strayClosing(text, at);
    case "unexpected":
    case "extraComma":
    case "emptyFlowItem":
      return yield* strayClosing(text, at);
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
  const { content, contentStart: start, contentEnd: end } = line;
  const [, dash, space, name, colon, rest] = /^(-?)(\s*)([\w."'/-]*)(:?)(.*)$/s.exec(content)!;
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
  if (name !== "" && colon === "" && /^(?:\s|$)/.test(rest!)) {
    const place = { start: nameStart, end: nameEnd };
    const isDot = name!.endsWith(".");
    const repair = isDot ? replace(nameEnd - 1, ".", ":") : insert(nameEnd, ":");
    yield { ...repair, problem: "missingColon", place };
  }
  if (!/[\]}]$/.test(content)) {
    return;
  }
  const [lead] = /^\s*/.exec(rest!)!;
  if (colon !== "" && !/^[[{]/.test(rest!.slice(lead.length))) {
    yield insert(nameEnd + 1 + lead.length, content.endsWith("]") ? "[" : "{");
  }
  yield remove(end - 1, content.slice(-1));
}

/** A dash where the line above has one. */
function* dashes({ start, contentStart, content }: Line, above: Line): Iterable<Repair> {
  if (/^-\s/.test(above.content) && !/^-(?:\s|$)/.test(content)) {
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
  if (text[end] === other && end > opener) {
    yield replace(end, other, text[opener]!);
  }
}

/** A closing bracket or quote at the end of the line, or before what may follow it. */
function* closings(text: string, opener: number, close: string): Iterable<Repair> {
  const { contentEnd, end } = lineAt(text, opener);
  const ends = new Set([contentEnd]);
  const stretch = text.slice(opener + 1, end);
  for (const match of stretch.matchAll(/\s*[\]},#]/g)) {
    ends.add(opener + 1 + match.index);
  }
  let tried = 0;
  for (const at of [...ends].sort((a, b) => b - a)) {
    if (tried++ === maxTargets) {
      return;
    }
    yield insert(at, close);
  }
}

/** A bracket that closes another kind: it is too much, or its partner is missing. */
function* mismatches(text: string, opener: number): Iterable<Repair> {
  const close = text[opener] === "[" ? "}" : "]";
  const { contentEnd } = lineAt(text, opener);
  const at = text.slice(opener, contentEnd).lastIndexOf(close) + opener;
  if (at > opener) {
    const value = /[:,]\s+(?=[^:,]*$)/.exec(text.slice(opener, at));
    if (value !== null) {
      yield insert(opener + value.index + value[0].length, close === "]" ? "[" : "{");
    }
    yield remove(at, close);
  }
}

/** The line, or one above that started the map or list, as far in as the lines around it. */
function* indentations(text: string, line: Line, problem: ProblemKind): Iterable<Repair> {
  let first: Line | undefined;
  let at: Line | undefined = previousLine(text, line);
  for (let count = 0; at !== undefined && count < maxAbove; count++) {
    if (at.indent < line.indent) {
      break;
    }
    first = at;
    at = previousLine(text, at);
  }
  const parent = at;
  if (problem === "keyMultiline") {
    yield* moves(text, nextLine(text, line));
  }
  yield* moves(text, line);
  for (const other of new Set([first, parent])) {
    if (other !== undefined && other.indent !== line.indent) {
      yield indented(other, line.indent);
    }
  }
  yield* moves(text, previousLine(text, line));
  yield* moves(text, nextLine(text, line));
}

function* moves(text: string, line: Line | undefined): Iterable<Repair> {
  for (const indent of line === undefined ? [] : targetsFor(text, line)) {
    yield indented(line!, indent);
  }
}

const maxTargets = 6;

/** How far in a line may have to be, the nearest first. */
function targetsFor(text: string, line: Line): readonly number[] {
  const indents = [...indentsAround(text, line)].filter((indent) => indent !== line.indent);
  const distance = (indent: number) => Math.abs(indent - line.indent);
  return keepingChildren(
    text,
    line,
    indents.sort((a, b) => distance(a) - distance(b)),
  ).slice(0, maxTargets);
}

/** A key whose value is below stays above it if it can: first the column next to that of the value. */
function keepingChildren(text: string, line: Line, indents: readonly number[]): readonly number[] {
  const next = nextLine(text, line);
  if (next === undefined || !line.content.endsWith(":")) {
    return indents;
  }
  const limit = /^-[ \t]/.test(next.content) ? next.indent : next.indent - 1;
  const nearest = indents.reduce(
    (most, indent) => (indent <= limit ? Math.max(most, indent) : most),
    -1,
  );
  return [...indents].sort((a, b) => Number(b === nearest) - Number(a === nearest));
}

/** How far in the lines around are, and what may be inside of them; the most likely first. */
function indentsAround(text: string, line: Line): ReadonlySet<number> {
  const indents = new Set<number>();
  let at = previousLine(text, line);
  const next = nextLine(text, line);
  if (at?.content.endsWith(":")) {
    indents.add(next !== undefined && next.indent > at.indent ? next.indent : at.indent + 2);
  }
  for (let count = 0; at !== undefined && count < maxAbove && indents.size < 12; count++) {
    indents.add(at.indent);
    if (/^-\s/.test(at.content)) {
      indents.add(at.indent + 2);
    }
    at = previousLine(text, at);
  }
  if (next !== undefined) {
    indents.add(next.indent);
    indents.add(Math.max(0, next.indent - 2));
  }
  return indents;
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

function indented({ start, contentStart, content }: Line, indent: number): Repair {
  const [head] = /^(?:-(?=\s)|[^:]*)/.exec(content)!;
  return {
    title: `indent by ${indent}`,
    edits: [{ start, end: contentStart, text: " ".repeat(indent) }],
    problem: head === "-" ? "listAlignment" : "mapAlignment",
    place: { start: contentStart, end: contentStart + head.length },
  };
}

function* editsOf(edits: Iterable<TextEdit>): Iterable<Repair> {
  for (const edit of edits) {
    yield { title: edit.text === "" ? "remove it" : `write ${clipped(edit.text)}`, edits: [edit] };
  }
}

function previousLine(text: string, { start }: Line): Line | undefined {
  for (let at = start; at > 0; ) {
    const line = lineAt(text, at - 1);
    if (line.content !== "") {
      return line;
    }
    at = line.start;
  }
  return undefined;
}

function nextLine(text: string, { end }: Line): Line | undefined {
  for (let at = end + 1; at < text.length; ) {
    const line = lineAt(text, at);
    if (line.content !== "") {
      return line;
    }
    at = line.end + 1;
  }
  return undefined;
}

function lineAt(text: string, at: number): Line {
  const start = at === 0 ? 0 : text.lastIndexOf("\n", at - 1) + 1;
  const newline = text.indexOf("\n", at);
  const end = newline < 0 ? text.length : newline;
  const written = text.slice(start, end);
  const lead = /^[ \t]*/.exec(written)![0];
  const content = written
    .slice(lead.length)
    .replace(/(?:^|\s)\s*#.*$|\s+$/, "")
    .trimEnd();
  const contentStart = start + lead.length;
  return {
    start,
    end,
    indent: lead.length,
    content,
    contentStart,
    contentEnd: contentStart + content.length,
  };
}
