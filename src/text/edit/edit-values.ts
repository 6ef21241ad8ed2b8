import type { TextEdit } from "../../model/source.js";
import { isFirstOnLine, lineEnd, lineStart, previousLine } from "../lines.js";
import { indentationIn, isBlock, type Slot, type Syntax } from "../syntax.js";
import { ordered } from "../text-edit.js";
import { quoted } from "../yaml-writer.js";
import { insertion } from "./edit-block.js";
import { type Content, inQuotes, requoted } from "./edit-content.js";
import type { Style } from "./edit-style.js";

/** Puts a value where another one is, or nothing. */
export function replaceContent(
  syntax: Syntax,
  slot: Slot,
  content: Content,
  style: Style,
): readonly TextEdit[] | undefined {
  const { text } = syntax;
  const { value, headEnd } = slot;
  const hasColon = slot.key === undefined || headEnd > slot.key.end;
  if (slot.column === undefined) {
    const written = content.flow(indentationIn(syntax, slot.start), slot.kind === "form");
    return value === undefined
      ? [insertion(headEnd, `${hasColon ? "" : ":"} ${written}`.slice(text === "" ? 1 : 0))]
      : [{ start: value.start, end: value.end, text: written }];
  }
  if (!hasColon) {
    return undefined;
  }
  const written = content.block(slot.column, slot.kind);
  if (slot.kind === "root") {
    return replaceRoot(text, slot, written, style);
  }
  const { head, lines } = parted(written, style.eol);
  const isOnHeadLine = value !== undefined && !text.slice(headEnd, value.start).includes("\n");
  if (isOnHeadLine) {
    const start = head === "" ? headEnd : value.start;
    const end = lineEnd(text, value.end);
    return joined([
      { start, end: content.hasCommentBeside ? end : value.end, text: head.slice(1) },
      insertion(end, lines),
    ]);
  }
  const end = value === undefined ? lineEnd(text, headEnd) : endOfLineAbove(text, value.start);
  const below = value === undefined ? end : lineEnd(text, value.end);
  return joined([insertion(headEnd, head), { start: end, end: below, text: lines }]);
}

/** Where the line above ends: comments between a key and its value stay. */
function endOfLineAbove(text: string, offset: number): number {
  return lineEnd(text, previousLine(text, lineStart(text, offset))!);
}

function replaceRoot(
  text: string,
  { value, headEnd }: Slot,
  written: string,
  { eol }: Style,
): readonly TextEdit[] | undefined {
  const bare = written.replace(/^(?: |\r?\n)/, "");
  if (value !== undefined) {
    const isBehindMarker = !isFirstOnLine(text, value.start) && written.startsWith(eol);
    const { head, lines } = parted(isBehindMarker ? written : bare, eol);
    const end = lineEnd(text, value.end);
    return joined([
      { start: value.start, end: isBlock(value) ? end : value.end, text: head },
      insertion(end, lines),
    ]);
  }
  if (headEnd > text.length || /^\.\.\./m.test(text)) {
    return undefined;
  }
  const isApart = text === "" || /[\n\ufeff]$/.test(text);
  return [insertion(text.length, `${isApart ? "" : eol}${bare}${eol}`)];
}

/** The first line, and the rest with the line break before it. */
function parted(written: string, eol: string): { readonly head: string; readonly lines: string } {
  const at = written.indexOf(eol);
  return at < 0
    ? { head: written, lines: "" }
    : { head: written.slice(0, at), lines: written.slice(at) };
}

/** Edits in order, those that do nothing left out and those that touch made one. */
function joined(edits: readonly [TextEdit, TextEdit]): readonly TextEdit[] | undefined {
  const [first, second] = edits;
  return first.end === second.start
    ? [{ start: first.start, end: second.end, text: first.text + second.text }]
    : ordered(edits.filter(({ start, end, text }) => end > start || text !== ""));
}

/** Another key, in the same quotes where they suit it. */
export function replaceKeyText({ format }: Syntax, { key, column }: Slot, text: string): TextEdit {
  const { start, end } = key!;
  return { start, end, text: requoted(text, key!, column === undefined, { format }) };
}

/** A string in place of another scalar, in the same quotes where they suit it. */
export function replaceString(
  { format }: Syntax,
  { value, column }: Slot,
  text: string,
): TextEdit | undefined {
  if (
    value?.kind !== "scalar" ||
    value.isTagged ||
    value.quotes === "block" ||
    text.includes("\n")
  ) {
    return undefined;
  }
  const { content: start, end } = value;
  return { start, end, text: requoted(text, value, column === undefined, { format }) };
}

/** A plain scalar as the string that it is written as; of nothing, its anchor. */
export function quoteScalar(syntax: Syntax, { value, column }: Slot): TextEdit | undefined {
  if (value?.kind !== "scalar" || value.isTagged || value.quotes !== "plain") {
    return undefined;
  }
  const { content, end } = value;
  if (content === end) {
    const { start } = value;
    return { start, end, text: quoted(syntax.text.slice(start, end)) };
  }
  return { start: content, end, text: inQuotes(value.text, column === undefined, syntax) };
}

/** A plain scalar, or nothing, as a string with the comment behind it. */
export function quoteToLineEnd(syntax: Syntax, { value, headEnd }: Slot): TextEdit | undefined {
  const { text } = syntax;
  if (value !== undefined && (value.kind !== "scalar" || value.quotes !== "plain")) {
    return undefined;
  }
  const before = value ?? { content: headEnd, end: headEnd };
  const [gap = ""] = /^[ \t]*(?=#)/.exec(text.slice(before.end, lineEnd(text, before.end))) ?? [];
  const start = before.content === before.end ? before.end + gap.length : before.content;
  const end = lineEnd(text, before.end);
  const string = text.slice(start, end).trimEnd();
  return string.includes("\n")
    ? undefined
    : { start, end: start + string.length, text: quoted(string) };
}
