import type { Span, TextEdit } from "../../model/source.js";
import {
  isBlankLine,
  isFirstOnLine,
  lineEnd,
  lineStart,
  nextLine,
  previousLine,
} from "../lines.js";
import type { CollectionNode, Node, ScalarNode, Slot, Syntax } from "../syntax.js";
import type { Style } from "./edit-style.js";

/** A block map or list, and the slot that it is in. */
export interface Block {
  readonly holder: Slot;
  readonly node: CollectionNode;
}

/**
 * The lines of an entry: its own, the comments that are indented below it, and the comment lines
 * above it that belong to it. `start` is a line's start, or where the entry starts behind a dash.
 */
export function blockExtent({ text }: Syntax, { holder, node }: Block, index: number): Span {
  const slot = node.slots[index]!;
  const end = endBelow(text, slot);
  if (!isFirstOnLine(text, slot.start)) {
    return { start: slot.start, end };
  }
  const start = lineStart(text, slot.start);
  const comments = commentsAbove(text, start, slot.column!);
  const above = previousLine(text, comments);
  const startsParagraph = above === undefined || isBlankLine(text, above);
  const isOneLine = end === lineEnd(text, slot.start);
  const isHeader = holder.kind === "root" && index === 0;
  const next = node.slots[index + 1];
  const isFollowed = next !== undefined && lineStart(text, next.start) === nextLine(text, end);
  return isHeader || (startsParagraph && isOneLine && isFollowed)
    ? { start, end }
    : { start: comments, end };
}

/** Where the first of the comment lines is that are right above a line, in its column. */
function commentsAbove(text: string, start: number, column: number): number {
  let first = start;
  for (;;) {
    const above = previousLine(text, first);
    const comment = `${" ".repeat(column)}#`;
    if (above === undefined || !text.startsWith(comment, above)) {
      return first;
    }
    first = above;
  }
}

/** The end of the last line of an entry, or of the comments that are indented below it. */
function endBelow(text: string, slot: Slot): number {
  let end = lineEnd(text, slot.end);
  const below = /(?:\r?\n[ \t]*)*\r?\n( *)#[^\n]*/y;
  for (;;) {
    below.lastIndex = end;
    const match = below.exec(text);
    if (match === null || match[1]!.length <= slot.column!) {
      return end;
    }
    end = lineEnd(text, below.lastIndex - 1);
  }
}

/** Takes an entry out; an empty map or list is left of the last. */
export function removeFromBlock(
  syntax: Syntax,
  block: Block,
  index: number,
): readonly TextEdit[] | undefined {
  const { text } = syntax;
  const { node } = block;
  const slot = node.slots[index]!;
  const extent = blockExtent(syntax, block, index);
  if (node.slots.length === 1) {
    return emptied(text, block, extent);
  }
  const previous = node.slots[index - 1];
  if (!isFirstOnLine(text, slot.start)) {
    const next = node.slots[1]!;
    const isNextLine = lineStart(text, next.start) === nextLine(text, extent.end);
    return [{ start: slot.start, end: isNextLine ? next.start : extent.end, text: "" }];
  }
  if (previous !== undefined && keepsLines(previous) && isBlankAfter(text, extent.end)) {
    return undefined;
  }
  const { start, end } = withBlankLine(text, block, index, extent);
  return [
    end > extent.end
      ? { start, end, text: "" }
      : { start: beforeBreak(text, start), end, text: "" },
  ];
}

/** Takes an entry out, and leaves the comments above, beside and below it. */
export function removeBetweenComments(
  text: string,
  { holder, node }: Block,
  index: number,
): readonly TextEdit[] | undefined {
  const slot = node.slots[index]!;
  const isLast = node.slots.length === 1;
  const isOnLine = isFirstOnLine(text, slot.start);
  const previous = node.slots[index - 1];
  // A comment below a block string would become a part of it.
  const isBelowString = previous !== undefined && lastScalar(previous.value)?.quotes === "block";
  if (isBelowString || (isLast && (holder.kind === "root" || !isOnLine))) {
    return undefined;
  }
  const beside =
    slot.end + /^[ \t]*/.exec(text.slice(slot.end, lineEnd(text, slot.end)))![0].length;
  const own =
    text[beside] === "#" || !isOnLine
      ? { start: slot.start, end: beside, text: "" }
      : {
          start: lineStart(text, slot.start),
          end: nextLine(text, lineEnd(text, slot.end)),
          text: "",
        };
  const head = headEndOf(holder, node, text);
  return isLast ? [insertion(head, node.kind === "map" ? " {}" : " []"), own] : [own];
}

/** The lines of an entry, and a blank line that would be one too many without it. */
function withBlankLine(text: string, { node }: Block, index: number, extent: Span): Span {
  const previous = node.slots[index - 1];
  const above = previousLine(text, extent.start);
  const isBlankAbove = above !== undefined && isBlankLine(text, above);
  const end = nextLine(text, extent.end);
  if (previous === undefined) {
    const isBelowHead =
      above !== undefined && !isBlankAbove && !/^\s*#/.test(text.slice(above, extent.start));
    const isTaken = isBelowHead && isBlankAfter(text, extent.end);
    return { start: extent.start, end: isTaken ? nextLine(text, lineEnd(text, end)) : end };
  }
  const isLast = index === node.slots.length - 1;
  const isTaken =
    isBlankAbove && !keepsLines(previous) && (isLast || isBlankAfter(text, extent.end));
  return { start: isTaken ? above : extent.start, end };
}

/** The offset before the line break that ends the line above. */
function beforeBreak(text: string, start: number): number {
  return text[start - 1] !== "\n" ? start : start - (text[start - 2] === "\r" ? 2 : 1);
}

function isBlankAfter(text: string, end: number): boolean {
  const next = nextLine(text, end);
  return next > end && isBlankLine(text, next);
}

/** Whether blank lines after a value are part of it. */
export function keepsLines({ value }: Slot): boolean {
  const last = lastScalar(value);
  return last?.keepsLines === true;
}

function lastScalar(node: Node | undefined): ScalarNode | undefined {
  if (node?.kind === "form") {
    return lastScalar(node.slot.value);
  }
  if (node?.kind === "map" || node?.kind === "list") {
    return node.style === "block" ? lastScalar(node.slots.at(-1)?.value) : undefined;
  }
  return node?.kind === "scalar" ? node : undefined;
}

function emptied(text: string, { holder, node }: Block, extent: Span): readonly TextEdit[] {
  const empty = node.kind === "map" ? "{}" : "[]";
  const slot = node.slots[0]!;
  const head = headEndOf(holder, node, text);
  if (holder.kind === "root" && head === holder.headEnd) {
    const isOnLine = isFirstOnLine(text, slot.start);
    const start = isOnLine ? lineStart(text, slot.start) : slot.start;
    return [{ start, end: extent.end, text: empty }];
  }
  if (!isFirstOnLine(text, slot.start)) {
    return [{ start: slot.start, end: extent.end, text: empty }];
  }
  const lines = beforeBreak(text, extent.start);
  if (lines === head) {
    return [{ start: head, end: extent.end, text: ` ${empty}` }];
  }
  return [
    { start: head, end: head, text: ` ${empty}` },
    { start: lines, end: extent.end, text: "" },
  ];
}

/** Where the head of a map or list ends: after the colon, the dash, the tag or the anchor. */
export function headEndOf(holder: Slot, node: CollectionNode, text: string): number {
  return node.start === node.content
    ? holder.headEnd
    : node.start + /^\S+(?:[ \t]+[!&]\S+)*/.exec(text.slice(node.start, node.content))![0].length;
}

/** Puts an entry, written for the column of the others, before the one at an index. */
export function insertIntoBlock(
  syntax: Syntax,
  block: Block,
  index: number,
  { written, style: { eol } }: { readonly written: string; readonly style: Style },
): TextEdit {
  const { text } = syntax;
  const { holder, node } = block;
  const { start, column } = node.slots[0]!;
  const indentation = " ".repeat(column!);
  if (index > 0) {
    const { end } = blockExtent(syntax, block, index - 1);
    const blank = isApart(syntax, block, index - 1) ? eol : "";
    return insertion(end, `${blank}${eol}${indentation}${written}`);
  }
  if (!isFirstOnLine(text, start)) {
    return insertion(start, `${written}${eol}${indentation}`);
  }
  const line = lineStart(text, start);
  const at = holder.kind === "root" ? line : commentsAbove(text, line, column!);
  return insertion(at, `${indentation}${written}${eol}`);
}

/** Whether a blank line goes between an entry and one put behind it: if one is there already. */
function isApart({ text }: Syntax, { node }: Block, index: number): boolean {
  const slot = node.slots[index]!;
  if (keepsLines(slot)) {
    return false;
  }
  if (index < node.slots.length - 1) {
    return isBlankAfter(text, endBelow(text, slot));
  }
  const above = previousLine(text, commentsAbove(text, lineStart(text, slot.start), slot.column!));
  return above !== undefined && isFirstOnLine(text, slot.start) && isBlankLine(text, above);
}

export function insertion(at: number, text: string): TextEdit {
  return { start: at, end: at, text };
}
