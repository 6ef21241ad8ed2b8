import type { Path } from "../../model/origin.js";
import type { Span, TextEdit } from "../../model/source.js";
import { isFirstOnLine, lineEnd } from "../lines.js";
import {
  type CollectionNode,
  findSlot,
  hasComment,
  isOverLines,
  isUsedOutside,
  type Located,
  mergesKey,
  type Node,
  type Slot,
  type Syntax,
  slotAt,
} from "../syntax.js";
import {
  blockExtent,
  insertIntoBlock,
  removeBetweenComments,
  removeFromBlock,
} from "./edit-block.js";
import { type Content, entryText, flowEntry, itemText, nestedContent } from "./edit-content.js";
import { flowExtent, insertIntoFlow, removeFromFlow } from "./edit-flow.js";
import type { Style } from "./edit-style.js";
import { replaceContent } from "./edit-values.js";

/** Edits, and the stretch that they depend on the shape of. */
export interface Plan {
  readonly edits: readonly TextEdit[];
  readonly scope: Span;
  /** The map whose keys alone matter to the plan, whatever is behind them. */
  readonly keyOf?: CollectionNode;
}

export function planOf(edits: readonly TextEdit[] | undefined, slot: Span): Plan | undefined {
  return edits && { edits, scope: hull([slot, ...edits]) };
}

/** The stretch from the first start to the last end. */
export function hull(spans: readonly Span[]): Span {
  return {
    start: spans.reduce((first, { start }) => Math.min(first, start), Infinity),
    end: spans.reduce((last, { end }) => Math.max(last, end), 0),
  };
}

/** An entry of a map or an item of a list, where it can be taken out or get another key. */
export interface Entry {
  readonly slot: Slot;
  readonly holder: Slot;
  readonly node: CollectionNode;
  readonly index: number;
}

/** The entry at a path, unless what is around it is in other places of the data, too. */
export function findEntry(syntax: Syntax, path: Path): Entry | undefined {
  const located = findSlot(syntax, path);
  const holder = located?.around.at(-1);
  const node = holder?.value;
  if (
    located === undefined ||
    holder === undefined ||
    (node?.kind !== "map" && node?.kind !== "list") ||
    node.style === "pair" ||
    isShared(syntax, located.around)
  ) {
    return undefined;
  }
  return { slot: located.slot, holder, node, index: node.slots.indexOf(located.slot) };
}

/** Whether an alias brings the value of any of these slots to other places. */
export function isShared({ uses }: Syntax, slots: readonly Slot[]): boolean {
  return slots.some(({ value }) => value?.anchor !== undefined && uses.has(value.anchor));
}

/** The value in a slot, where it can be another one without a change elsewhere. */
export function isReplaceable(syntax: Syntax, { slot, around }: Located): boolean {
  return (
    !isShared(syntax, around) && (slot.value === undefined || !isUsedOutside(syntax, slot.value))
  );
}

/** What belongs to an entry: itself, its comments, and lines that it has alone. */
export function extentOf(syntax: Syntax, { holder, node, index }: Entry): Span {
  return node.style === "block"
    ? blockExtent(syntax, { holder, node }, index)
    : flowExtent(syntax, node, index);
}

export function removeEntry(syntax: Syntax, entry: Entry, keepsComments = false): Plan | undefined {
  const { slot, holder, node, index } = entry;
  const { key } = slot;
  const comesBack =
    key !== undefined && (mergesKey(syntax, node, key.text) || hasSecond(node, key.text));
  if (comesBack || isUsedOutside(syntax, slot)) {
    return undefined;
  }
  if (keepsComments && hasComment(syntax, slot)) {
    return undefined;
  }
  const isCommented = keepsComments && hasComment(syntax, extentOf(syntax, entry));
  const edits =
    node.style !== "block"
      ? removeFromFlow(syntax, node, index, isCommented)
      : isCommented
        ? removeBetweenComments(syntax.text, { holder, node }, index)
        : removeFromBlock(syntax, { holder, node }, index);
  return planOf(edits, holder);
}

/** Whether a key is in a map once more. */
export function hasSecond({ slots, byKey }: CollectionNode, name: string): boolean {
  return (
    slots.length !== byKey.size &&
    slots.filter(({ key }) => key?.text === name && !key.isMerge).length > 1
  );
}

/** Puts content at a path where nothing is; `index` as in {@link InsertEntry}. */
export function insertEntry(
  syntax: Syntax,
  path: Path,
  index: number | undefined,
  { contentFor, style }: Insertable,
): Plan | undefined {
  const around = [syntax.root];
  let depth = 0;
  for (; depth < path.length - 1; depth++) {
    const next = slotAt(around.at(-1)!.value, path[depth]!);
    if (next === undefined) {
      break;
    }
    around.push(next);
  }
  const slot = around.at(-1)!;
  const missing = path.slice(depth + 1);
  const isMerged =
    missing.length > 0 &&
    slot.value?.kind === "map" &&
    mergesKey(syntax, slot.value, String(path[depth]));
  const isTooFar = missing.some((step) => typeof step === "number" && step !== 0);
  if (isShared(syntax, around) || isMerged || isTooFar) {
    return undefined;
  }
  const inner: ContentFor = (written, like) =>
    missing.reduceRight(
      (content: Content, step) => nestedContent(step, content, written),
      contentFor(written, missing.length === 0 ? like : undefined),
    );
  const edits = insertInto(syntax, slot, { step: path[depth]!, index, inner, style });
  return planOf(edits, slot);
}

/** Content in a style, like the value that it follows. */
type ContentFor = (style: Style, like?: Node) => Content;

export interface Insertable {
  readonly contentFor: ContentFor;
  readonly style: Style;
}

interface Insertion {
  readonly step: string | number;
  readonly index: number | undefined;
  readonly inner: ContentFor;
  readonly style: Style;
}

function insertInto(
  syntax: Syntax,
  slot: Slot,
  { step, index, inner, style }: Insertion,
): readonly TextEdit[] | undefined {
  const { value } = slot;
  const whole = (): Content => {
    const written = styleIn(syntax, slot, style);
    return nestedContent(step, inner(written), written);
  };
  if (value === undefined || isNull(value)) {
    return typeof step === "number" && step !== 0
      ? undefined
      : replaceContent(syntax, slot, whole(), style);
  }
  if (value.kind !== (typeof step === "string" ? "map" : "list") || value.style === "pair") {
    return undefined;
  }
  const { slots, byKey } = value;
  const at = typeof step === "number" ? step : (index ?? slots.length);
  if (at > slots.length || (typeof step === "string" && byKey.has(step))) {
    return undefined;
  }
  if (isReplacedWhole(syntax, slot, value)) {
    const content = whole();
    // A comment beside it would become one of the first entry.
    const isCompact = slot.kind === "item" && !hasCommentBeside(syntax, value);
    const block: Content["block"] = (column, kind) =>
      content.block(column, kind === "item" && !isCompact ? "form" : kind);
    return replaceContent(syntax, slot, { ...content, block }, style);
  }
  const like = (slots[at - 1] ?? slots[at])?.value;
  if (value.style === "block") {
    const content = inner(style, like);
    const column = slots[0]!.column!;
    const written =
      typeof step === "string"
        ? entryText(step, content, column, style)
        : itemText(content, column, style);
    return [insertIntoBlock(syntax, { holder: slot, node: value }, at, { written, style })];
  }
  const isSpread = style.isSpread && (slots.length === 0 || isOverLines(syntax, value));
  const inside = { ...style, isSpread };
  const content = inner(inside, like);
  const write = (indentation: string): string =>
    typeof step === "string"
      ? flowEntry(step, content, indentation, inside)
      : content.flow(indentation);
  return insertIntoFlow(syntax, value, at, { write, style: inside });
}

/** The style of a new value in a slot: in a block, comments below would become part of a literal. */
export function styleIn({ text }: Syntax, { column, end }: Slot, style: Style): Style {
  if (column === undefined) {
    return style;
  }
  const below = /(?:\r?\n[ \t]*)*\r?\n( *)#/y;
  below.lastIndex = lineEnd(text, end);
  const indentation = below.exec(text)?.[1]?.length ?? -1;
  return indentation > column ? { ...style, hasLiterals: false } : style;
}

/** Whether a value is `{}` or `[]` in a block, where a block can be instead and go again. */
function isReplacedWhole(syntax: Syntax, slot: Slot, value: CollectionNode): boolean {
  const { text } = syntax;
  const isBare =
    value.end === value.start + 2 && /^(?:\{\}|\[\])$/.test(text.slice(value.start, value.end));
  return (
    slot.column !== undefined &&
    isBare &&
    (slot.kind === "root"
      ? isFirstOnLine(text, value.start) && !hasCommentBeside(syntax, value)
      : text.slice(slot.headEnd, value.start) === " ")
  );
}

function hasCommentBeside(syntax: Syntax, { end }: Span): boolean {
  return hasComment(syntax, { start: end, end: lineEnd(syntax.text, end) });
}

function isNull(value: Node): boolean {
  return (
    value.kind === "scalar" &&
    value.quotes === "plain" &&
    !value.isTagged &&
    value.anchor === undefined &&
    /^(?:~|null|Null|NULL|)$/.test(value.text)
  );
}
