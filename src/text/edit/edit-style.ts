import type { Node, Slot, Syntax } from "../syntax.js";

/** How a text is laid out, so that what is added looks like the rest. */
export interface Style {
  readonly format: Syntax["format"];
  readonly eol: string;
  /** By how many columns a block map, and a block list, is indented below its key. */
  readonly mapStep: number;
  readonly listStep: number;
  /** Whether texts of several lines may be written as such. */
  readonly hasLiterals: boolean;
  /** Whether lists of scalars are in brackets. */
  readonly hasFlowLists: boolean;
  /** Whether maps and lists in brackets go over lines, and how these are indented. */
  readonly isSpread: boolean;
  readonly unit: string;
  readonly colon: string;
  readonly comma: string;
  /** What is inside of braces, and of brackets. */
  readonly mapPadding: string;
  readonly listPadding: string;
}

/** What is known of a style so far. */
type Found = { -readonly [P in keyof Style]?: Style[P] };

/** The style of a text, each part by the first example of it. */
export function styleOf({ text, format, root }: Syntax): Style {
  const found: Found = {};
  const visit = (slot: Slot): void => {
    const { value } = slot;
    if (value?.kind === "form") {
      return visit(value.slot);
    }
    if (value?.kind !== "map" && value?.kind !== "list") {
      return;
    }
    learn(found, slot, value, text);
    for (const inner of value.slots) {
      visit(inner);
    }
  };
  visit(root);

  const isJson = format === "json";
  const colon = (isJson ? found.colon : undefined) ?? ": ";
  const isCompact = colon === ":";
  const mapStep = found.mapStep ?? (found.listStep || 2);
  return {
    format,
    eol: text.includes("\r\n") ? "\r\n" : "\n",
    mapStep,
    listStep: found.listStep ?? mapStep,
    // Without a line break at the end of the text, a literal at its end would mean another one.
    hasLiterals: text.endsWith("\n"),
    hasFlowLists: found.hasFlowLists ?? !isJson,
    isSpread: isJson && (found.isSpread ?? !isCompact),
    unit: found.unit ?? " ".repeat(isJson ? 2 : mapStep),
    colon,
    comma: isJson ? (found.comma ?? (isCompact ? "," : ", ")) : ", ",
    mapPadding: found.mapPadding ?? (isCompact ? "" : " "),
    listPadding: found.listPadding ?? "",
  };
}

function learn(
  found: Found,
  slot: Slot,
  value: Extract<Node, { readonly kind: "map" | "list" }>,
  text: string,
): void {
  const { kind, style, slots } = value;
  const [first, second] = slots;
  if (first === undefined || style === "pair") {
    return;
  }
  if (kind === "list" && first.value?.kind === "scalar" && first.value.quotes !== "block") {
    found.hasFlowLists ??=
      style === "flow" && !text.slice(value.content, first.start).includes("\n");
  }
  if (style === "block") {
    const step = slot.kind === "entry" ? first.column! - slot.column! : undefined;
    // Behind a tab the package counts columns that are not where they seem to be.
    if (step !== undefined && step >= (kind === "map" ? 1 : 0)) {
      found[kind === "map" ? "mapStep" : "listStep"] ??= step;
    }
    return;
  }
  const before = text.slice(value.content + 1, first.start);
  const isSpread = before.includes("\n");
  found.isSpread ??= isSpread;
  if (isSpread) {
    found.unit ??= unitOf(text, value.content, before);
  } else if (before.trim() === "") {
    found[kind === "map" ? "mapPadding" : "listPadding"] ??= before;
    if (second !== undefined) {
      learnWord(found, "comma", text.slice(first.end, second.start), /^, *$/);
    }
  }
  if (first.key !== undefined && first.value !== undefined) {
    learnWord(found, "colon", text.slice(first.key.end, first.value.start), /^ *: *$/);
  }
}

function learnWord(found: Found, name: "comma" | "colon", word: string, usual: RegExp): void {
  if (usual.test(word)) {
    found[name] ??= word;
  }
}

/** By how much the first line inside of brackets is indented more than the line they start on. */
function unitOf(text: string, open: number, before: string): string {
  const line = text.slice(text.lastIndexOf("\n", open) + 1, open);
  const outer = /^[ \t]*/.exec(line.replace("\ufeff", ""))![0];
  const inner = before.slice(before.lastIndexOf("\n") + 1);
  return inner.startsWith(outer) && inner.length > outer.length ? inner.slice(outer.length) : "  ";
}
