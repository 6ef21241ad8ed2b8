import type { Span, TextEdit } from "../../model/source.js";
import { isFirstOnLine, lineEnd, lineStart, nextLine, previousLine } from "../lines.js";
import {
  type CollectionNode,
  hasComment,
  indentationIn,
  type Slot,
  type Syntax,
} from "../syntax.js";
import type { Style } from "./edit-style.js";

/** The stretch of an entry in brackets: itself, or its lines where it has some of its own. */
export function flowExtent(syntax: Syntax, node: CollectionNode, index: number): Span {
  const slot = node.slots[index]!;
  return ownLines(syntax, slot) ?? { start: slot.start, end: slot.end };
}

/** Takes an entry out, and the comma that it had; a commented one leaves its comments. */
export function removeFromFlow(
  syntax: Syntax,
  node: CollectionNode,
  index: number,
  isCommented = false,
): readonly TextEdit[] {
  const { text } = syntax;
  const { slots } = node;
  const slot = slots[index]!;
  const previous = slots[index - 1];
  const next = slots[index + 1];
  const comma = commaAfter(syntax, slot);
  const inside = { start: node.content + 1, end: node.end - 1 };
  if (slots.length === 1 && !hasComment(syntax, inside)) {
    return [{ ...inside, text: "" }];
  }
  const commaBefore =
    comma === undefined && previous !== undefined ? commaAfter(syntax, previous) : undefined;
  const lines = isCommented ? undefined : ownLines(syntax, slot);
  if (lines !== undefined) {
    const whole = { start: lines.start, end: nextLine(text, lines.end), text: "" };
    return commaBefore === undefined
      ? [whole]
      : [{ start: commaBefore, end: commaBefore + 1, text: "" }, whole];
  }
  if (next !== undefined) {
    const isBare = !hasComment(syntax, { start: slot.end, end: next.start });
    return [{ start: slot.start, end: isBare ? next.start : comma! + 1, text: "" }];
  }
  if (previous !== undefined && !hasComment(syntax, { start: previous.end, end: slot.start })) {
    return [{ start: previous.end, end: slot.end, text: "" }];
  }
  const own = { start: slot.start, end: comma === undefined ? slot.end : comma + 1, text: "" };
  return commaBefore === undefined
    ? [own]
    : [{ start: commaBefore, end: commaBefore + 1, text: "" }, own];
}

/** An entry to put in; `write` gets the indentation of its line. */
interface FlowEntry {
  readonly write: (indentation: string) => string;
  readonly style: Style;
}

/** Puts an entry before the one at an index. */
export function insertIntoFlow(
  syntax: Syntax,
  node: CollectionNode,
  index: number,
  { write, style }: FlowEntry,
): readonly TextEdit[] {
  const { text } = syntax;
  const { slots } = node;
  if (slots.length === 0) {
    return insertIntoEmpty(syntax, node, { write, style });
  }
  const isLast = index === slots.length;
  const near = slots[isLast ? index - 1 : index]!;
  const previous = slots[index - 1];
  const indentation = indentationIn(syntax, near.start);
  if (
    ownLines(syntax, near) === undefined ||
    (previous && !isLast && !ownLines(syntax, previous))
  ) {
    if (!isLast) {
      return [insertion(near.start, `${write(indentation)}${style.comma}`)];
    }
    const space = near.value === undefined ? " " : "";
    return [insertion(near.end, `${space}${style.comma}${write(indentation)}`)];
  }
  const line = `${style.eol}${indentation}${write(indentation)}`;
  if (previous === undefined) {
    return [insertion(lineEnd(text, node.content), `${line},`)];
  }
  const comma = commaAfter(syntax, previous);
  if (comma !== undefined) {
    return [insertion(lineEnd(text, comma), `${line},`)];
  }
  const end = lineEnd(text, previous.end);
  return end === previous.end
    ? [insertion(end, `,${line}`)]
    : [insertion(previous.end, ","), insertion(end, line)];
}

function insertIntoEmpty(
  syntax: Syntax,
  node: CollectionNode,
  { write, style: { eol, unit, isSpread, mapPadding, listPadding } }: FlowEntry,
): readonly TextEdit[] {
  const inside = { start: node.content + 1, end: node.end - 1 };
  const outer = indentationIn(syntax, node.content);
  if (hasComment(syntax, inside)) {
    return [insertion(inside.end, `${unit}${write(outer + unit)}${eol}${outer}`)];
  }
  if (isSpread) {
    return [{ ...inside, text: `${eol}${outer}${unit}${write(outer + unit)}${eol}${outer}` }];
  }
  const padding = node.kind === "map" ? mapPadding : listPadding;
  return [{ ...inside, text: `${padding}${write(outer)}${padding}` }];
}

/** The lines of an entry that shares them with no other, with the comment lines right above it. */
function ownLines(syntax: Syntax, slot: Slot): Span | undefined {
  const { text } = syntax;
  if (!isFirstOnLine(text, slot.start)) {
    return undefined;
  }
  const last = commaAfter(syntax, slot) ?? slot.end - 1;
  const end = lineEnd(text, last + 1);
  const rest = text.slice(last + 1, end).trim();
  const isLast = rest === "" || /^(?:#|\/\/|\/\*.*\*\/$)/.test(rest);
  if (!isLast || end === text.length) {
    return undefined;
  }
  let start = lineStart(text, slot.start);
  const indentation = text.slice(start, slot.start);
  for (;;) {
    const above = previousLine(text, start);
    const mark = above === undefined ? "" : text.slice(above + indentation.length, start);
    if (above === undefined || !text.startsWith(indentation, above) || !/^(?:#|\/\/)/.test(mark)) {
      return { start, end };
    }
    start = above;
  }
}

/** Where the comma after an entry is, if there is one. */
function commaAfter({ text, format }: Syntax, { end }: Slot): number | undefined {
  const space = format === "yaml" ? /(?:\s|#[^\n]*)*/y : /(?:\s|\/\/[^\n]*|\/\*[^]*?\*\/)*/y;
  space.lastIndex = end;
  space.exec(text);
  return text[space.lastIndex] === "," ? space.lastIndex : undefined;
}

function insertion(at: number, text: string): TextEdit {
  return { start: at, end: at, text };
}
