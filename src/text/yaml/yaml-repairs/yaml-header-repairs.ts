import { places } from "../../../generated/shape.js";
import { type Line, maxAbove, nextLine, previousLine, type Repair, remove } from "./yaml-repair.js";

/** How much of a text tells what it is about. */
const maxLooked = 10_000;

/**
 * The key at the top level whose entries start at the line at `start`, if there is none: they are the
 * first of the text, or behind an entry that is whole.
 */
export function* lostHeader(text: string, start: number): Iterable<Repair> {
  const entry = /[ ]+([\w.-]+):(?=\s|$)/y;
  entry.lastIndex = start;
  const [found, key] = entry.exec(text) ?? [];
  if (found === undefined || places[""]!.includes(key!)) {
    return;
  }
  const [block] = text.slice(start, start + maxLooked).split(/\n(?=\S)/, 1) as [string];
  const header = places["meta"]!.includes(key!)
    ? "meta"
    : / roles:/.test(block)
      ? "instances"
      : / (?:anyOf|allOf|noneOf):/.test(block)
        ? "tags"
        : "machines";
  if (new RegExp(`^${header}:`, "m").test(text)) {
    return;
  }
  const at = start + found.length - key!.length - 1;
  yield {
    title: `insert '${header}:'`,
    edits: [{ start, end: start, text: `${header}:\n` }],
    problem: "lostHeader",
    place: { start: at, end: at + key!.length },
  };
}

/**
 * A lost key inside of an entry: the line, or those right above it or the next one, are indented more
 * than it was, and belong to no key.
 */
export function* innerHeaders(text: string, line: Line): Iterable<Repair> {
  const above = previousLine(text, line);
  if (above !== undefined && above.indent > 0) {
    const isInside = above.indent < line.indent;
    yield* headersAbove(line, isInside ? above.indent : line.indent - 2);
  }
  for (const below of [line, nextLine(text, line)]) {
    const first = below && firstBelow(text, below);
    if (first !== undefined) {
      yield* headersAbove(first, below!.indent);
    }
  }
}

function* headersAbove({ start, contentStart, content }: Line, indent: number): Iterable<Repair> {
  const [, dash, name] = /^(- +)?([^\s:]+)/.exec(content) ?? [];
  const first = contentStart + (dash?.length ?? 0);
  for (const header of dash === undefined ? mapHeaders : listHeaders(content)) {
    yield {
      title: `insert '${header}:'`,
      edits: [{ start, end: start, text: `${" ".repeat(Math.max(0, indent))}${header}:\n` }],
      problem: "lostHeader",
      place: { start: first, end: first + (name?.length ?? 1) },
      isGuess: true,
    };
  }
}

/** The first of the lines right above that are indented more. */
function firstBelow(text: string, line: Line): Line | undefined {
  let first: Line | undefined;
  let at = previousLine(text, line);
  for (let count = 0; at !== undefined && at.indent > line.indent && count < maxAbove; count++) {
    first = at;
    at = previousLine(text, at);
  }
  return first;
}

/** Keys inside of machines and instances, in the order in which they are tried. */
const mapHeaders = ["deploy", "module", "roles", "machines", "settings"];

/** The same above a list that starts so. */
function listHeaders(content: string): readonly string[] {
  return content.includes("/") ? ["extraModules"] : ["tags"];
}

/** Where the first line starts that says something. */
export function firstLine(text: string): number {
  return /^(?:\s*(?:#[^\n]*)?\n)*/.exec(text)![0].length;
}

/** A line of its own for a key that has its first entry on its line, and others below. */
export function* lineBreak(
  text: string,
  start: number,
  line: Line,
  below: Line | undefined,
): Iterable<Repair> {
  if (below !== undefined && below.indent > line.indent) {
    const indent = " ".repeat(Math.min(line.indent + 2, below.indent));
    const space = text.slice(0, start).trimEnd().length;
    yield { title: "break the line", edits: [{ start: space, end: start, text: `\n${indent}` }] };
  }
}

/** A value above the entries of its key: removed if empty, as the first of a list, or as a comment. */
export function* valueAbove(line: Line | undefined, above: Line | undefined): Iterable<Repair> {
  if (line === undefined || above === undefined || above.indent >= line.indent) {
    return;
  }
  const [, name, empty] = /^([\w.-]+:)([ \t]+(?:\{\}|\[\]|null|~))$/.exec(above.content) ?? [];
  if (empty !== undefined && /^- |:(?:\s|$)/.test(line.content)) {
    const start = above.contentStart + name!.length;
    const place = { start: above.contentEnd - empty.trimStart().length, end: above.contentEnd };
    yield { ...remove(start, empty), problem: "valueAboveBlock", place };
    return;
  }
  const [, key, value] = /^([\w.-]+:[ \t]+)([^\s[{#|>&!*].*)/.exec(above.content) ?? [];
  if (value !== undefined && /^- |:(?:\s|$)/.test(line.content)) {
    const start = above.contentStart + key!.length;
    const place = { start, end: above.contentEnd };
    if (/^- (?!.*:(?:\s|$))/.test(line.content)) {
      const text = `\n${" ".repeat(line.indent)}- `;
      const edits = [{ start: above.contentStart + key!.trimEnd().length, end: start, text }];
      yield { title: "make it the first entry", edits, problem: "valueAboveList", place };
    }
    const edits = [{ start, end: start, text: "# " }];
    yield { title: "make it a comment", edits, problem: "valueAboveBlock", place };
  }
}
