import type { Path } from "../../model/origin.js";
import { partitionPoint } from "../../model/partition-point.js";
import type { Span, TextEdit } from "../../model/source.js";
import {
  type CollectionNode,
  isUsedOutside,
  type Slot,
  type Syntax,
  slotAt,
  slotsByKey,
} from "../syntax.js";
import { applyEdits, composed } from "../text-edit.js";
import { findEntry, type Plan, planOf, removeEntry } from "./edit-entries.js";

/**
 * Takes entries out of one map or list, one after the other; each path is as the ones before it
 * leave it. The text is read once: what is left is as it was, in another place.
 */
export function removeEntries(syntax: Syntax, paths: readonly Path[]): Plan | undefined {
  const entry = findEntry(syntax, paths[0]!);
  if (entry === undefined) {
    return undefined;
  }
  const { holder } = entry;
  const written = [...entry.node.slots];
  const rest = new Rest(syntax, entry.node);
  let edits: readonly TextEdit[] = [];
  for (const path of paths) {
    const { node } = rest;
    const slot = slotAt(node, path.at(-1)!);
    if (slot === undefined) {
      return undefined;
    }
    const index = node.slots.indexOf(slot);
    const isUsed = written.splice(index, 1).some((whole) => isUsedOutside(syntax, whole));
    const plan = isUsed ? undefined : removeEntry(rest.syntax, { slot, holder, node, index });
    if (plan === undefined) {
      return undefined;
    }
    edits = composed(edits, plan.edits);
    rest.remove(index, plan.edits);
  }
  return planOf(edits, holder);
}

/** A text and one map or list of it, of which entries go; the others are moved in place. */
class Rest {
  private readonly slots: Moving<Slot>[];
  private readonly byKey: Map<string, Slot>;
  private readonly comments: Moving<Span>[];
  private text: string;
  private end: number;

  constructor(
    private readonly whole: Syntax,
    private readonly collection: CollectionNode,
  ) {
    this.slots = collection.slots.map((slot) => ({ ...slot }));
    this.byKey = new Map(slotsByKey(this.slots));
    this.comments = whole.comments.map((span) => ({ ...span }));
    this.text = whole.text;
    this.end = collection.end;
  }

  get syntax(): Syntax {
    return { ...this.whole, text: this.text, comments: this.comments, anchors: [] };
  }

  get node(): CollectionNode {
    return { ...this.collection, end: this.end, slots: this.slots, byKey: this.byKey };
  }

  /** Makes the edits that take an entry out. */
  remove(index: number, edits: readonly TextEdit[]): void {
    const { slots, comments } = this;
    this.text = applyEdits(this.text, edits);
    for (const { key } of slots.splice(index, 1)) {
      this.byKey.delete(key?.text ?? "");
    }
    for (const { start, end, text } of [...edits].reverse()) {
      const by = text.length - (end - start);
      this.end += by;
      for (let at = index; at < slots.length; at++) {
        const slot = slots[at]!;
        slot.start += by;
        slot.headEnd += by;
        slot.end += by;
      }
      const first = partitionPoint(comments, (span) => span.start < start);
      const behind = partitionPoint(comments, (span) => span.start < end);
      comments.splice(first, behind - first);
      for (let at = first; at < comments.length; at++) {
        const span = comments[at]!;
        span.start += by;
        span.end += by;
      }
    }
  }
}

type Moving<T> = { -readonly [Name in keyof T]: T[Name] };
