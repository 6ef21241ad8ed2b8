/** The questions of an editor about a text and a place in it, as records of the WIT package. */

import type { Analysis } from "../src/compile.js";
import { codeActions, type Stretch } from "../src/edit/actions-at.js";
import type { CompileOptions } from "../src/model/options.js";
import type { Completion } from "../src/questions/complete.js";
import { complete } from "../src/questions/complete.js";
import type { Hover } from "../src/questions/hover.js";
import type { Inlay } from "../src/questions/inlays.js";
import type { OutlineSymbol } from "../src/questions/symbols.js";
import type { At } from "../src/questions/view.js";
import { toWit, toWitEdit } from "./diagnostics.js";

export type WitCompletions = ReturnType<typeof witCompletions>;
export type WitInlay = ReturnType<typeof witInlay>;
export type WitSymbol = ReturnType<typeof witSymbols>[number];
export type WitCodeAction = ReturnType<typeof witCodeActions>[number];

export function witCompletions(analysis: Analysis, at: At) {
  const { items, isComplete } = complete(analysis, at);
  return { items: items.map(witCompletion), isComplete };
}

function witCompletion({ detail, documentation, caret, ...item }: Completion) {
  return {
    ...item,
    label: item.label.toWellFormed(),
    detail: detail?.toWellFormed() ?? null,
    documentation: documentation?.toWellFormed() ?? null,
    filterText: item.filterText.toWellFormed(),
    edit: toWitEdit(item.edit),
    caret: caret ?? null,
    additionalEdits: item.additionalEdits.map(toWitEdit),
  };
}

export function witHover(hover: Hover | undefined): Hover | null {
  return hover === undefined ? null : { ...hover, text: hover.text.toWellFormed() };
}

export function witInlay({ position, label, tooltip }: Inlay) {
  return {
    position,
    label: label.toWellFormed(),
    tooltip: tooltip?.toWellFormed() ?? null,
  };
}

/** The outline as a list, in which each part follows what it is in, and says where that is. */
export function witSymbols(symbols: readonly OutlineSymbol[]) {
  const list: {
    readonly name: string;
    readonly kind: OutlineSymbol["kind"];
    readonly detail: string | null;
    readonly range: OutlineSymbol["range"];
    readonly selectionRange: OutlineSymbol["range"];
    readonly parent: number | null;
  }[] = [];
  const add = (symbol: OutlineSymbol, parent: number | null) => {
    const { name, kind, detail, range, selectionRange, children } = symbol;
    const index = list.length;
    list.push({
      name: name.toWellFormed(),
      kind,
      detail: detail?.toWellFormed() ?? null,
      range,
      selectionRange,
      parent,
    });
    for (const child of children) {
      add(child, index);
    }
  };
  for (const symbol of symbols) {
    add(symbol, null);
  }
  return list;
}

export function witCodeActions(analysis: Analysis, at: Stretch, options: CompileOptions) {
  return codeActions(analysis, at, options).map(
    ({ title, kind, diagnostic, isPreferred, edits }) => ({
      title: title.toWellFormed(),
      kind: actionKinds[kind],
      diagnostic: diagnostic === undefined ? null : toWit(diagnostic),
      isPreferred,
      edits: edits.map(toWitEdit),
    }),
  );
}

const actionKinds = {
  quickfix: "quick-fix",
  "refactor.rewrite": "rewrite",
  "source.fixAll": "fix-all",
} as const;
