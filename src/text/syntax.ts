import type { LineIndex } from "../diagnostics/line-index.js";
import type { Path } from "../model/origin.js";
import { partitionPoint } from "../model/partition-point.js";
import type { SourceFormat, Span } from "../model/source.js";
import { indentationAt } from "./lines.js";

/** How a text is written: where each key, value, tag and anchor is. What it means is elsewhere. */
export interface Syntax {
  readonly text: string;
  readonly format: SourceFormat;
  readonly lines: LineIndex;
  readonly root: Slot;
  /** Where comments are, in order. */
  readonly comments: readonly Span[];
  readonly anchors: readonly Name[];
  readonly aliases: readonly Name[];
  /** From the first to the last alias of each name that has one. */
  readonly uses: ReadonlyMap<string, Span>;
  /** The value with an anchor, last of its name. */
  readonly anchored: ReadonlyMap<string, Node>;
}

/** The name of an anchor where it is defined or used. */
export interface Name extends Span {
  readonly name: string;
}

/** A place for a value: the root, an entry of a map, an item of a list, what a tag is put on. */
export interface Slot extends Span {
  readonly kind: "root" | "entry" | "item" | "form";
  readonly key?: Key;
  /** After the colon, the dash or the tag: where the value may start. */
  readonly headEnd: number;
  /** Absent where nothing is written. */
  readonly value?: Node;
  /** The column of the block map or list that it is in; undefined in a flow map or list. */
  readonly column: number | undefined;
}

export interface Key extends Span {
  readonly text: string;
  readonly quotes: Quotes;
  /** Whether it is plain and means "merge". */
  readonly isMerge: boolean;
  readonly anchor?: string;
}

export type Quotes = "plain" | "single" | "double" | "block" | "alias";

export type Node = ScalarNode | AliasNode | FormNode | CollectionNode;

interface NodeBase extends Span {
  readonly anchor?: string;
  /** Where the value itself starts, after its tag and anchor; `start` is before them. */
  readonly content: number;
}

export interface ScalarNode extends NodeBase {
  readonly kind: "scalar";
  readonly quotes: Quotes;
  readonly text: string;
  /** Whether a tag of YAML's own is on it, as in `!!str 5`. */
  readonly isTagged: boolean;
  /** Whether blank lines after it are part of it. */
  readonly keepsLines: boolean;
}

export interface AliasNode extends NodeBase {
  readonly kind: "alias";
  readonly name: string;
}

/** `!mkForce v`; in data a map with the one key `name`, which is `$mkForce`. */
export interface FormNode extends NodeBase {
  readonly kind: "form";
  readonly name: string;
  readonly tag: Span;
  readonly slot: Slot;
}

export interface CollectionNode extends NodeBase {
  readonly kind: "map" | "list";
  /** `pair` is a map without braces in a list, as `a: 1` in `[a: 1]`. */
  readonly style: "block" | "flow" | "pair";
  readonly slots: readonly Slot[];
  /** The slot of each key, first of its name; those of merge keys are left out. */
  readonly byKey: ReadonlyMap<string, Slot>;
}

/** What the line with an offset starts with: spaces or tabs. Many may ask of one long line. */
export function indentationIn({ text, lines }: Syntax, offset: number): string {
  return indentationAt(text, offset, lines.startOf(offset));
}

/** Whether a stretch has a line break. Many may ask of one long map or list. */
export function isOverLines({ lines }: Syntax, { start, end }: Span): boolean {
  return lines.startOf(end) > start;
}

/** A slot, and the slots around it from the root inwards. */
export interface Located {
  readonly slot: Slot;
  readonly around: readonly Slot[];
}

/** The slot at a path; undefined where none is written, as behind an alias or a merge key. */
export function findSlot({ root }: Syntax, path: Path): Located | undefined {
  let slot = root;
  const around: Slot[] = [];
  for (const step of path) {
    const inside: Slot | undefined = slotAt(slot.value, step);
    if (inside === undefined) {
      return undefined;
    }
    around.push(slot);
    slot = inside;
  }
  return { slot, around };
}

/** The slot of a key or an index in a value. */
export function slotAt(node: Node | undefined, step: string | number): Slot | undefined {
  if (node?.kind === "form") {
    return step === node.name ? node.slot : undefined;
  }
  if (node?.kind === "map") {
    return node.byKey.get(String(step));
  }
  return node?.kind === "list" && typeof step === "number" ? node.slots[step] : undefined;
}

export function isBlock(node: Node): node is CollectionNode {
  return (node.kind === "map" || node.kind === "list") && node.style === "block";
}

export function slotsByKey(slots: readonly Slot[]): ReadonlyMap<string, Slot> {
  const byKey = new Map<string, Slot>();
  for (const slot of slots) {
    if (slot.key !== undefined && !slot.key.isMerge && !byKey.has(slot.key.text)) {
      byKey.set(slot.key.text, slot);
    }
  }
  return byKey;
}

/** Whether merge keys bring this key to a map, or may do so. */
export function mergesKey(syntax: Syntax, map: CollectionNode, key: string, depth = 0): boolean {
  const brings = (node: Node | undefined): boolean => {
    const target = node?.kind === "alias" ? syntax.anchored.get(node.name) : node;
    if (target?.kind === "list") {
      return target.slots.some(({ value }) => brings(value));
    }
    return (
      target?.kind !== "map" ||
      depth > 20 ||
      target.byKey.has(key) ||
      mergesKey(syntax, target, key, depth + 1)
    );
  };
  return map.slots.some((slot) => slot.key?.isMerge && brings(slot.value));
}

/** Whether the stretch has a comment. */
export function hasComment({ comments }: Syntax, { start, end }: Span): boolean {
  const first = comments[firstFrom(comments, start)];
  return first !== undefined && first.start < end;
}

/** Whether an alias outside of the stretch uses an anchor inside. */
export function isUsedOutside({ anchors, uses }: Syntax, { start, end }: Span): boolean {
  return namesIn(anchors, { start, end }).some(({ name }) => {
    const use = uses.get(name);
    return use !== undefined && (use.start < start || use.end > end);
  });
}

/** From the first to the last of each name, which are in order. */
export function usesOf(aliases: readonly Name[]): ReadonlyMap<string, Span> {
  const uses = new Map<string, Span>();
  for (const { name, start, end } of aliases) {
    uses.set(name, { start: uses.get(name)?.start ?? start, end });
  }
  return uses;
}

/**
 * Whether the names of a stretch mean the same where it moves to: no anchor in it is defined twice,
 * and the values of those that it uses, once, end before the offset `to` of the text that it is put
 * into.
 */
export function movesNames(
  { anchors, aliases }: Syntax,
  span: Span,
  target: Syntax,
  to: number,
): boolean {
  const inside = new Set(namesIn(anchors, span).map(({ name }) => name));
  const counts = countNames(anchors);
  const targetCounts = countNames(target.anchors);
  return (
    [...inside].every((name) => counts.get(name) === 1) &&
    namesIn(aliases, span).every(({ name }) => {
      const end = target.anchored.get(name)?.end ?? 0;
      return inside.has(name) || (targetCounts.get(name) === 1 && end < to);
    })
  );
}

function countNames(names: readonly Name[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { name } of names) {
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
}

function namesIn(names: readonly Name[], { start, end }: Span): readonly Name[] {
  return names.slice(firstFrom(names, start), firstFrom(names, end));
}

/** The index of the first span that starts at an offset or after it. */
function firstFrom(spans: readonly Span[], offset: number): number {
  return partitionPoint(spans, ({ start }) => start < offset);
}
