import type {
  DataChange,
  InsertEntry,
  RemoveEntry,
  ReplaceValue,
} from "../../model/data-change.js";
import { partitionPoint } from "../../model/partition-point.js";
import type { Span, TextEdit } from "../../model/source.js";
import { findSlot, type Slot, type Syntax } from "../syntax.js";
import { ordered } from "../text-edit.js";
import { hull, type Plan } from "./edit-entries.js";
import { removeEntries } from "./edit-removals.js";

/** Plans made from one reading of a text, whose scopes are apart: they need no other reading. */
export class Batch {
  private readonly plans: Plan[] = [];

  /** Answers whether the plan is apart from the others, or only of keys that they are behind. */
  add(plan: Plan): boolean {
    const { plans } = this;
    const { start, end } = plan.scope;
    let to = plans.length;
    while (to > 0 && plans[to - 1]!.scope.start > end) {
      to--;
    }
    let from = to;
    while (from > 0 && plans[from - 1]!.scope.end >= start) {
      from--;
    }
    const merged = from === to ? plan : withOthers(plan, plans.slice(from, to));
    if (merged === undefined) {
      return false;
    }
    plans.splice(from, to - from, merged);
    return true;
  }

  /** In order. */
  get edits(): readonly TextEdit[] {
    return this.plans.flatMap((plan) => plan.edits);
  }
}

/** A plan for a key, and those for what is behind the keys of its map, as one. */
function withOthers(plan: Plan, others: readonly Plan[]): Plan | undefined {
  const { keyOf } = plan;
  if (keyOf === undefined || !others.every(({ scope }) => isBehindKey(keyOf.slots, scope))) {
    return undefined;
  }
  const edits = ordered([...plan.edits, ...others.flatMap(({ edits }) => edits)]);
  return edits && { edits, scope: hull([plan.scope, ...others.map(({ scope }) => scope)]) };
}

function isBehindKey(slots: readonly Slot[], { start, end }: Span): boolean {
  const next = partitionPoint(slots, (slot) => slot.start <= start);
  const slot = slots[next - 1];
  return slot !== undefined && slot.headEnd <= start && end < (slots[next]?.start ?? Infinity);
}

/**
 * The changes in their order; together those that put entries one behind another in one map or list,
 * or behind an item that they replace, and those that take entries out of one.
 */
export function changesTogether(
  changes: readonly DataChange[],
): readonly (readonly DataChange[])[] {
  const groups: DataChange[][] = [];
  let names = new Set<unknown>();
  for (const change of changes) {
    const group = groups.at(-1) ?? [];
    if (isOneMore(change, group, names)) {
      group.push(change);
    } else {
      groups.push([change]);
      names = new Set();
    }
    if (isAppend(change)) {
      names.add(change.path.at(-1));
    }
  }
  return groups;
}

/** Whether a change goes with others, whose entries have these names. */
function isOneMore(
  change: DataChange,
  group: readonly DataChange[],
  names: ReadonlySet<unknown>,
): boolean {
  const [first] = group;
  if (isRemoval(change)) {
    return isRemoval(first) && isBeside(first, change);
  }
  const isFirst = isAppend(first) || first?.kind === "replaceValue";
  if (!isAppend(change) || !isFirst || !isBeside(first, change)) {
    return false;
  }
  const [step, start] = [change.path.at(-1)!, first.path.at(-1)!];
  return typeof step === "number"
    ? step === Number(start) + group.length
    : isAppend(first) && !names.has(step);
}

function isAppend(change: DataChange | undefined): change is InsertEntry {
  return change?.kind === "insertEntry" && change.index === undefined;
}

function isRemoval(change: DataChange | undefined): change is RemoveEntry {
  return change?.kind === "removeEntry" && !change.keepsComments;
}

type OfEntry = InsertEntry | RemoveEntry | ReplaceValue;

/** Whether two entries are of one map, or items of one list. */
function isBeside({ path }: OfEntry, other: OfEntry): boolean {
  const last = path.length - 1;
  return (
    other.path.length === path.length &&
    typeof other.path[last] === typeof path[last] &&
    path.every((step, index) => index === last || step === other.path[index])
  );
}

/**
 * The plan of a group: that of its change, or all of them as one, if each takes an entry out, or
 * only adds one behind those that are there, with the comma or line break in front of it, or if an
 * item becomes several.
 */
export function planTogether(
  syntax: Syntax,
  group: readonly DataChange[],
  plan: (change: DataChange) => Plan | undefined,
): Plan | undefined {
  const [first] = group;
  if (group.length === 1) {
    return plan(first!);
  }
  if (first!.kind === "replaceValue") {
    return planItems(first!, group.filter(isAppend), plan);
  }
  if (!isAppend(first)) {
    return removeEntries(
      syntax,
      group.filter(isRemoval).map(({ path }) => path),
    );
  }
  const around = findSlot(syntax, first.path.slice(0, -1))?.slot.value;
  if (around === undefined || !("slots" in around) || around.slots.length === 0) {
    return undefined;
  }
  const added: TextEdit[] = [];
  let scope: Span | undefined;
  for (const change of group.filter(isAppend)) {
    const isItem = typeof change.path.at(-1) === "number";
    const next = plan(isItem ? { ...change, path: first.path } : change);
    const [edit, ...others] = next?.edits ?? [];
    const isAppended =
      edit !== undefined &&
      others.length === 0 &&
      edit.start === edit.end &&
      edit.start === (added[0] ?? edit).start &&
      /^(?:,|\r?\n)/.test(edit.text);
    if (!isAppended) {
      return undefined;
    }
    added.push(edit);
    scope ??= next!.scope;
  }
  return { edits: [{ ...added[0]!, text: added.map(({ text }) => text).join("") }], scope: scope! };
}

/** An item becomes several: the others go to one place behind it. */
function planItems(
  first: ReplaceValue,
  others: readonly InsertEntry[],
  plan: (change: DataChange) => Plan | undefined,
): Plan | undefined {
  const path = [...first.path.slice(0, -1), Number(first.path.at(-1)) + 1];
  const replaced = plan(first)?.edits ?? [];
  const plans = others.map((other) => plan({ ...other, path }));
  const last = replaced.at(-1);
  const added = plans[0]?.edits[0];
  const areTogether = plans.every((plan) => {
    const [edit, ...more] = plan?.edits ?? [];
    return more.length === 0 && edit?.start === added?.start && edit?.end === added?.start;
  });
  if (last === undefined || added === undefined || !areTogether || last.end > added.start) {
    return undefined;
  }
  const text = plans.map((plan) => plan!.edits[0]!.text).join("");
  const edits =
    last.end === added.start
      ? [...replaced.slice(0, -1), { ...last, text: last.text + text }]
      : [...replaced, { ...added, text }];
  return { edits, scope: plans[0]!.scope };
}
