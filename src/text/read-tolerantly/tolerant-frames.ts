import type { Data } from "../../model/data.js";
import type { Path } from "../../model/origin.js";
import { setEntry } from "../../model/value.js";

/** A map or list that is open where a tolerant reader is, or the root around all. */
export interface Frame {
  readonly kind: "root" | "map" | "list";
  readonly isFlow: boolean;
  /** A map without braces in a list in brackets. */
  readonly isPair: boolean;
  /** Of its keys or dashes in a block; of the line where it opens in brackets; -1 for the root. */
  readonly column: number;
  /** The root is in itself. */
  readonly parent: Frame;
  /** From what is around it. */
  readonly steps: Path;
  readonly value: { [key: string]: Data } | Data[];
  /** The key whose value comes now. */
  key: string | undefined;
  /** The special forms whose tags are on the value that comes now. */
  forms: readonly string[];
  /** Whether the value that comes now is there: a word, or a map or list. */
  content: "none" | "word" | "collection";
  /** Counts the entries or items, to tell one from the next. */
  slot: number;
  /** The quote of the last key or item, if it had one. */
  quote: "" | '"' | "'";
}

/** Deeper ones are not read: an inventory may not have them. */
const mostFrames = 210;

/** The maps and lists around a place in a text, and the data that is read into them. */
export class Frames {
  readonly root: Frame;
  top: Frame;
  depth = 0;
  /** How many braces and brackets are open. */
  readonly open = { map: 0, list: 0 };
  /** By how much block maps, and lists, are indented below their keys; by the first of each. */
  mapStep: number | undefined;
  listStep: number | undefined;

  constructor() {
    const root: Omit<Frame, "parent"> & { parent?: Frame } = {
      kind: "root",
      isFlow: false,
      isPair: false,
      column: -1,
      steps: [],
      value: [null],
      key: undefined,
      forms: [],
      content: "none",
      slot: 0,
      quote: "",
    };
    root.parent = root as Frame;
    this.root = this.top = root as Frame;
  }

  get isFull(): boolean {
    return this.depth >= mostFrames;
  }

  push(kind: "map" | "list", column: number, style: "block" | "flow" | "pair"): Frame {
    const parent = this.top;
    const isFlow = style !== "block";
    const value = kind === "map" ? {} : [];
    this.fill(value, "collection");
    if (!isFlow && parent.kind === "map" && !parent.isFlow) {
      this[kind === "map" ? "mapStep" : "listStep"] ??= column - parent.column;
    }
    if (style === "flow") {
      this.open[kind]++;
    }
    this.depth++;
    this.top = {
      kind,
      isFlow,
      isPair: style === "pair",
      column,
      parent,
      steps: slotSteps(parent),
      value,
      key: undefined,
      forms: [],
      content: "none",
      slot: 0,
      quote: "",
    };
    return this.top;
  }

  pop(): void {
    const { kind, isFlow, isPair, parent } = this.top;
    if (kind === "root") {
      return;
    }
    if (isFlow && !isPair) {
      this.open[kind]--;
    }
    this.depth--;
    this.top = parent;
  }

  /** Goes on with the value of a key. */
  startEntry(key: string): void {
    const { top } = this;
    top.key = key;
    top.forms = [];
    top.content = "none";
    top.slot++;
    setEntry<Data>(top.value as { [key: string]: Data }, key, null);
  }

  /** Goes on with the next item. */
  startItem(forms: readonly string[] = []): void {
    const { top } = this;
    top.forms = forms;
    top.content = "none";
    top.slot++;
    (top.value as Data[]).push(null);
  }

  fill(value: Data, content: "word" | "collection"): void {
    const { top } = this;
    top.content = content;
    const formed = top.forms.reduceRight<Data>((inside, form) => ({ [form]: inside }), value);
    if (Array.isArray(top.value)) {
      top.value[Math.max(top.value.length - 1, 0)] = formed;
    } else if (top.key !== undefined) {
      setEntry<Data>(top.value, top.key, formed);
    }
  }
}

/** From a map or list to the value that comes now. */
export function slotSteps({ kind, key, value, forms, isFlow, content }: Frame): Path {
  if (kind === "root") {
    return forms;
  }
  if (kind === "map") {
    return [key ?? "", ...forms];
  }
  // Items in brackets start with their words, those of a block with their dashes.
  const items = (value as Data[]).length;
  return [isFlow && content === "none" ? items : Math.max(items - 1, 0), ...forms];
}

export function pathOf(frame: Frame): Path {
  const steps: (string | number)[] = [];
  for (let at = frame; at.kind !== "root"; at = at.parent) {
    for (let index = at.steps.length - 1; index >= 0; index--) {
      steps.push(at.steps[index]!);
    }
  }
  return steps.reverse();
}
