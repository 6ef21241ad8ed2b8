import type { TextEdit } from "../../../model/source.js";
import type { ProblemKind } from "../yaml-problems.js";
import { type Line, maxAbove, nextLine, previousLine, type Repair } from "./yaml-repair.js";

/** The line, or one above that started the map or list, as far in as the lines around it. */
export function* indentations(text: string, line: Line, problem: ProblemKind): Iterable<Repair> {
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
  const next = nextLine(text, line);
  for (const item of [next, line, previousLine(text, line)]) {
    yield* listBelowKey(text, item);
  }
  if (first !== undefined && isOdder(text, first, line)) {
    yield indented(first, line.indent);
  }
  if (problem === "keyMultiline") {
    yield* moves(text, next);
  }
  yield* moves(text, line);
  for (const other of new Set([first, parent])) {
    if (other !== undefined && other.indent !== line.indent) {
      yield indented(other, line.indent);
    }
  }
  yield* moves(text, previousLine(text, line));
  yield* moves(text, next);
}

/** The list of an item, if it is indented less than the key above it, which has no value then. */
function* listBelowKey(text: string, item: Line | undefined): Iterable<Repair> {
  let first = item;
  let key = first && previousLine(text, first);
  for (let count = 0; key !== undefined && isItem(key) && count < maxAbove; count++) {
    first = key;
    key = previousLine(text, first);
  }
  if (first === undefined || key === undefined || !isItem(first)) {
    return;
  }
  const { indent, contentStart } = first;
  if (!key.content.endsWith(":") || key.indent <= indent) {
    return;
  }
  const shift = " ".repeat(key.indent - indent);
  const edits: TextEdit[] = [];
  let isMap = false;
  let line: Line | undefined = first;
  for (let count = 0; line !== undefined && count < maxAbove; count++) {
    const isNext = isItem(line) && line.indent === indent;
    if (!isNext && !(isMap && line.indent > indent + 1)) {
      break;
    }
    isMap = isNext ? /:(?:\s|$)/.test(line.content) : isMap;
    edits.push({ start: line.start, end: line.start, text: shift });
    line = nextLine(text, line);
  }
  const place = { start: contentStart, end: contentStart + 1 };
  yield { title: "indent the list", edits, problem: "listLessIndented", place };
}

function isItem({ content }: Line): boolean {
  return /^-\s/.test(content);
}

/** Whether fewer lines of the text are as far in as this one than as another. */
function isOdder(text: string, { indent }: Line, other: Line): boolean {
  const linesAt = (indent: number) =>
    text.match(new RegExp(`^ {${indent}}(?=[^\\s#])`, "gm"))?.length ?? 0;
  return indent !== other.indent && linesAt(indent) < linesAt(other.indent);
}

function* moves(text: string, line: Line | undefined): Iterable<Repair> {
  for (const indent of line === undefined ? [] : targetsFor(text, line)) {
    yield indented(line!, indent);
  }
}

const maxTargets = 6;

/** How far in a line may have to be, the nearest first. */
function targetsFor(text: string, line: Line): readonly number[] {
  const lead = text.slice(line.start, line.contentStart);
  const indents = [...indentsAround(text, line)].filter((indent) => " ".repeat(indent) !== lead);
  const distance = (indent: number) => Math.abs(indent - line.indent);
  return keepingChildren(
    text,
    line,
    indents.sort((a, b) => distance(a) - distance(b)),
  ).slice(0, maxTargets);
}

/** A key whose value is below stays above it if it can: first the column next to that of the value. */
export function keepingChildren(
  text: string,
  line: Line,
  indents: readonly number[],
): readonly number[] {
  const next = nextLine(text, line);
  if (next === undefined || !line.content.endsWith(":")) {
    return indents;
  }
  const limit = /^-[ \t]/.test(next.content) ? next.indent : next.indent - 1;
  const [nearest] = indents.filter((indent) => indent <= limit).sort((a, b) => b - a);
  return nearest === undefined ? indents : [...new Set([nearest, ...indents])];
}

/** How far in the lines around are, and what may be inside of them; the most likely first. */
export function indentsAround(text: string, line: Line): ReadonlySet<number> {
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

export function indented({ start, contentStart, content }: Line, indent: number): Repair {
  const [head] = /^(?:-(?=\s)|[^:]*)/.exec(content)!;
  return {
    title: `indent by ${indent}`,
    edits: [{ start, end: contentStart, text: " ".repeat(indent) }],
    problem: head === "-" ? "listAlignment" : "mapAlignment",
    place: { start: contentStart, end: contentStart + head.length },
  };
}

/** Two lines in the wrong order: a key below its first entry, or a line between others of a block. */
export function* swaps(text: string, line: Line): Iterable<Repair> {
  const above = previousLine(text, line);
  const pairs = [
    [above, line],
    [line, nextLine(text, line)],
    [above && previousLine(text, above), above],
  ] as const;
  for (const [upper, lower] of pairs) {
    if (upper === undefined || lower === undefined) {
      continue;
    }
    if (upper.indent > lower.indent && lower.content.endsWith(":")) {
      yield { ...swapped(text, upper, lower), problem: "entryAboveKey" };
    }
    const key = previousLine(text, upper);
    if (key !== undefined && isBetween(upper, key, lower)) {
      const between = swapped(text, upper, lower);
      yield { ...between, problem: "lineBetween" };
      const { edits } = swapped(text, key, upper);
      const title = "swap it with the line above";
      yield { title, edits, problem: "lineBetween", place: between.place };
    }
  }
}

/** Whether a line is between a key and its first entry, or between entries. */
function isBetween({ indent }: Line, above: Line, below: Line): boolean {
  return above.content.endsWith(":") && above.indent < below.indent
    ? indent <= above.indent
    : above.indent === below.indent && indent < below.indent;
}

function swapped(text: string, upper: Line, lower: Line) {
  return {
    title: "swap it with the line below",
    edits: [
      { start: upper.start, end: upper.end, text: text.slice(lower.start, lower.end) },
      { start: lower.start, end: lower.end, text: text.slice(upper.start, upper.end) },
    ],
    place: { start: upper.contentStart, end: upper.contentEnd },
  };
}
