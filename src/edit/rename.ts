import type { Analysis } from "../compile.js";
import { predefinedTags } from "../model/machine-fields.js";
import type { CompileOptions } from "../model/options.js";
import { isPattern } from "../model/pattern.js";
import type { Range } from "../model/source.js";
import { nameAt, rangeOfName } from "../questions/name-at.js";
import type { At } from "../questions/view.js";
import { type EditResult, editAnalysis } from "./edit-inventory.js";

/** A name that can be renamed. */
export interface Renamable {
  /** With its quotes, if it has any. */
  readonly range: Range;
  readonly name: string;
}

/**
 * The name under the cursor; `undefined` where there is none that could have another, or the text has
 * mistakes at that place.
 */
export function prepareRename(analysis: Analysis, at: At): Renamable | undefined {
  const found = nameAt(analysis, at);
  const isFixed =
    found?.kind === "tag" &&
    (predefinedTags.includes(found.name) || (found.path[0] === "tags" && isPattern(found.name)));
  const range = found === undefined || isFixed ? undefined : rangeOfName(analysis, found);
  return range && { range, name: found!.name };
}

/**
 * Renames the machine, tag or instance under the cursor in all sources, as the command does: nothing is
 * edited where that would cause an error.
 */
export function rename(
  analysis: Analysis,
  at: At,
  newName: string,
  options: CompileOptions = {},
): EditResult {
  const found = nameAt(analysis, at);
  return found === undefined
    ? {
        mistake: "there is no machine, tag or instance to rename",
        edits: [],
        sources: [...analysis.documents.keys()],
        diagnostics: analysis.diagnostics,
      }
    : editAnalysis(
        analysis,
        { kind: "rename", of: found.kind, name: found.name, newName },
        options,
      );
}
