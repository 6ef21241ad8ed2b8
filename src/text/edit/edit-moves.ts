import type { Span, TextEdit } from "../../model/source.js";
import { shifted } from "../lines.js";
import {
  hasComment,
  indentationIn,
  isBlock,
  isOverLines,
  type Key,
  type Node,
  type Slot,
  type Syntax,
} from "../syntax.js";
import { type Content, columnInside, stringIn } from "./edit-content.js";
import type { Style } from "./edit-style.js";

/**
 * What is written in a slot, to be written elsewhere; in a block with the comments in `raw`, which
 * starts where the head of the slot ends, or further on.
 */
export function writtenContent(syntax: Syntax, slot: Slot, raw: Span, style: Style): Content {
  const { text } = syntax;
  const { value } = slot;
  return {
    block: (column, kind) => blockFrom(syntax, slot, raw, { column, kind, style }),
    flow(indentation) {
      if (value === undefined) {
        return "null";
      }
      if (slot.column !== undefined || isFoldable(syntax, value)) {
        return bracketText(syntax, value, style);
      }
      const old = indentationIn(syntax, slot.start);
      const raw = text.slice(value.start, value.end).replaceAll(`\n${old}`, `\n${indentation}`);
      return isPair(value) ? `{ ${raw} }` : raw;
    },
    isShort: isShort(value),
  };
}

/** Whether a value is one that lists in brackets have. */
function isShort(value: Node | undefined): boolean {
  switch (value?.kind) {
    case "form":
      return isShort(value.slot.value);
    case "scalar":
      return value.quotes !== "block";
    default:
      return value === undefined || value.kind === "alias";
  }
}

/** Whether an entry can go to a block, or into brackets, with its comments. */
export function fits(
  syntax: Syntax,
  { column }: Slot,
  extent: Span,
  isInBrackets: boolean,
): boolean {
  return (column !== undefined && !isInBrackets) || !hasComment(syntax, extent);
}

function blockFrom(
  syntax: Syntax,
  slot: Slot,
  { start, end }: Span,
  to: { readonly column: number; readonly kind: Slot["kind"]; readonly style: Style },
): string {
  const { text } = syntax;
  const { value, column: from } = slot;
  const { column, kind, style } = to;
  if (value === undefined) {
    return text.slice(start, end).trimEnd();
  }
  if (from === undefined) {
    return ` ${bracketText(syntax, value, style)}`;
  }
  if (!isBlock(value) || kind === slot.kind) {
    return spaced(shifted(text.slice(start, end), column - from));
  }
  const inside = columnInside(value.kind, to);
  const columns = inside - value.slots[0]!.column!;
  const content = shifted(text.slice(value.content, end), columns);
  const head = text.slice(start, value.content);
  if (kind === "item" && head.trim() === "") {
    return ` ${content}`;
  }
  return head.includes("\n")
    ? spaced(shifted(text.slice(start, end), columns))
    : `${style.eol}${" ".repeat(inside)}${content}`;
}

function spaced(text: string): string {
  return /^\s/.test(text) ? text : ` ${text}`;
}

function isPair(node: Node): boolean {
  return node.kind === "map" && node.style === "pair";
}

/** Whether a value within brackets goes over lines for no reason, which YAML indents by rules. */
function isFoldable(syntax: Syntax, value: Node): boolean {
  return syntax.format === "yaml" && isOverLines(syntax, value) && !hasComment(syntax, value);
}

/** A value as it is written within brackets, on one line. */
function bracketText(syntax: Syntax, node: Node, style: Style): string {
  const { text } = syntax;
  const properties = text.slice(node.start, node.content).replace(/\s+/g, " ").trim();
  const lead = properties === "" ? "" : `${properties} `;
  switch (node.kind) {
    case "alias":
      return text.slice(node.start, node.end);
    case "scalar":
      return `${lead}${scalarInBrackets(node, text.slice(node.content, node.end), style)}`;
    case "form": {
      const tag = text.slice(node.start, node.slot.headEnd).replace(/\s+/g, " ");
      const { value } = node.slot;
      return `${tag} ${value === undefined ? "null" : bracketText(syntax, value, style)}`;
    }
    default: {
      const raw = text.slice(node.content, node.end);
      if (node.style === "flow" && !raw.includes("\n")) {
        return `${lead}${raw}`;
      }
      const parts = node.slots.map(({ key, value }) => {
        const written = value === undefined ? "null" : bracketText(syntax, value, style);
        return key === undefined
          ? written
          : `${keyInBrackets(text, key, style)}${style.colon}${written}`;
      });
      const [open, close] = node.kind === "map" ? "{}" : "[]";
      const padding = node.kind === "map" ? style.mapPadding : style.listPadding;
      return `${lead}${open}${padding}${parts.join(style.comma)}${padding}${close}`;
    }
  }
}

function keyInBrackets(text: string, key: Key, style: Style): string {
  const written = text.slice(key.start, key.end);
  const lead = key.anchor === undefined ? "" : `&${key.anchor} `;
  if (key.quotes === "alias") {
    return `${written} `;
  }
  const isFine = key.quotes === "plain" && !/[,[\]{}\n]/.test(written);
  return lead + (isFine ? written : stringIn(key.text, true, style));
}

function scalarInBrackets(
  node: Extract<Node, { readonly kind: "scalar" }>,
  written: string,
  style: Style,
): string {
  const isQuoted = node.quotes === "single" || node.quotes === "double";
  return (isQuoted && !written.includes("\n")) ||
    !(isQuoted || node.quotes === "block" || /[,[\]{}\n]/.test(written))
    ? written
    : stringIn(node.text, true, style);
}

/** Whether a tag can be put on a value, which takes one at most. */
export function takesTag({ kind, value }: Slot): boolean {
  const isTagged = value?.kind === "form" || (value?.kind === "scalar" && value.isTagged);
  const isAlone = value !== undefined && value.kind !== "alias" && !isPair(value);
  return kind !== "form" && isAlone && !isTagged;
}

/** A tag on a value that takes one. */
export function tagged({ text }: Syntax, slot: Slot, tag: string, { eol }: Style): TextEdit {
  const { headEnd, kind } = slot;
  const value = slot.value!;
  if (!isBlock(value) || value.start < value.content) {
    return { start: value.start, end: value.start, text: `${tag} ` };
  }
  const isCompact =
    kind === "root" || (kind === "item" && !text.slice(headEnd, value.start).includes("\n"));
  return isCompact
    ? {
        start: value.start,
        end: value.start,
        text: `${tag}${eol}${" ".repeat(value.slots[0]!.column!)}`,
      }
    : { start: headEnd, end: headEnd, text: ` ${tag}` };
}

/** The key of an entry made several, each in the map of the one before. */
export function nested(
  syntax: Syntax,
  { key, column, headEnd, value, end }: Slot,
  keys: readonly string[],
  style: Style,
): readonly TextEdit[] {
  const { text } = syntax;
  const { start, end: keyEnd } = key!;
  const isFlow = column === undefined;
  const words = keys.map((word) => stringIn(word, isFlow, style));
  if (isFlow) {
    const padding = style.mapPadding;
    const lead = words.join(`${style.colon}{${padding}`);
    const space = value === undefined && padding === "" ? " " : padding;
    return [
      { start, end: keyEnd, text: lead },
      { start: end, end, text: `${space}}`.repeat(keys.length - 1) },
    ];
  }
  const lead = words
    .map((word, depth) => `${" ".repeat(depth === 0 ? 0 : column + depth * style.mapStep)}${word}`)
    .join(`:${style.eol}`);
  const columns = (keys.length - 1) * style.mapStep;
  const rest = shifted(text.slice(headEnd, end), columns);
  return rest === text.slice(headEnd, end)
    ? [{ start, end: keyEnd, text: lead }]
    : [{ start, end, text: `${lead}${text.slice(keyEnd, headEnd)}${rest}` }];
}
