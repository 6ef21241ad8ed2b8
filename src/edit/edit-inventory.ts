import { type Analysis, analyze } from "../compile.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { type CompileOptions, completeOptions } from "../model/options.js";
import type { Range, Source } from "../model/source.js";
import { parse } from "../text/parse.js";
import { applyEdits } from "../text/text-edit.js";
import { addInstance, addMachine } from "./add-name.js";
import { adoptCompanions } from "./adopt-companions.js";
import { assignRole } from "./assign-role.js";
import { combined } from "./change-data.js";
import { type Draft, draftOf } from "./draft.js";
import type { InventoryChange, SetValue } from "./inventory-change.js";
import { removeName } from "./remove-name.js";
import { renameName } from "./rename-name.js";
import { setValue, unsetValue } from "./set-value.js";
import { tagMachines } from "./tag-machines.js";

/** The texts of an inventory after a change. */
export interface EditResult {
  /** Why the change is not made: a sentence; absent if it is. */
  readonly mistake?: string;
  /** What was changed in the texts, by source and place. */
  readonly edits: readonly { readonly range: Range; readonly text: string }[];
  /** The sources in their order, those without a change as they are. */
  readonly sources: readonly Source[];
  /** What is found in `sources`: after the change, also if it is not made because of that. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Changes an inventory. All that the change is not about keeps its bytes: comments, order, style. A
 * change that would cause an error is not made.
 */
export function edit(
  sources: Source | readonly Source[],
  change: InventoryChange,
  options: CompileOptions = {},
): EditResult {
  return editAnalysis(analyze(sources, options), change, options);
}

/** {@link edit} for an inventory that was analysed with the same options. */
export function editAnalysis(
  before: Analysis,
  change: InventoryChange,
  options: CompileOptions = {},
): EditResult {
  const { documents, diagnostics } = before;
  const refuse = (mistake: string): EditResult => ({
    mistake,
    edits: [],
    sources: [...documents.keys()],
    diagnostics,
  });
  const draft = draftOf(before);
  if (draft.parts.length < documents.size) {
    return refuse("correct the mistakes in the inventory first");
  }
  const mistake = make(change, draft);
  if (mistake !== undefined) {
    return refuse(mistake);
  }
  const edited = draft.parts.map(({ source, changes }) => ({
    source,
    edits: changes.length === 0 ? [] : documents.get(source)!.edit(combined(changes)),
  }));
  const refused = edited.find(({ edits }) => edits === undefined);
  if (refused !== undefined) {
    const { name } = refused.source;
    return refuse(
      `${name} cannot be edited there: the text has mistakes or very many values, or an anchor shares the place with others`,
    );
  }
  const after = edited.map(({ source, edits }) =>
    edits!.length === 0 ? source : { ...source, text: applyEdits(source.text, edits!) },
  );
  const result = analyze(after, options, before);
  const isWorse = countErrors(result.diagnostics) > countErrors(diagnostics);
  return {
    ...(isWorse && { mistake: "the change would cause an error" }),
    sources: after,
    edits: edited.flatMap(({ source, edits }) =>
      (isWorse ? [] : edits!).map(({ text, ...span }) => ({
        range: before.rangeOf({ ...span, source })!,
        text,
      })),
    ),
    diagnostics: result.diagnostics,
  };
}

/** Answers what keeps the change from being made. */
function make(change: InventoryChange, draft: Draft): string | undefined {
  switch (change.kind) {
    case "addMachine":
      return addMachine(draft, change);
    case "addInstance":
      return addInstance(draft, change);
    case "remove":
      return removeName(draft, change);
    case "rename":
      return renameName(draft, change);
    case "tag":
    case "untag":
      return tagMachines(draft, change);
    case "assign":
    case "unassign":
      return assignRole(draft, change);
    case "adopt":
      return adoptCompanions(draft);
    case "set":
      return setWritten(draft, change);
    case "unset":
      return unsetValue(draft, change);
  }
}

function setWritten(draft: Draft, { place, value }: SetValue): string | undefined {
  const source: Source = { name: "value", text: value, format: "yaml" };
  const { document, findings } = parse(source, completeOptions({}).limits);
  if (document === undefined || findings.length > 0) {
    return `the value is not YAML: ${findings[0]?.message ?? "it is empty"}`;
  }
  return setValue(draft, place, document.value);
}

function countErrors(diagnostics: readonly Diagnostic[]): number {
  return diagnostics.filter(({ severity }) => severity === "error").length;
}
