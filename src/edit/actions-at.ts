import type { Analysis } from "../compile.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import type { CompileOptions } from "../model/options.js";
import type { Span } from "../model/source.js";
import { placeAt } from "../questions/place-at.js";
import type { CodeAction } from "./code-action.js";
import { fix } from "./fix.js";
import { refactoringsAt } from "./refactorings.js";

/** A stretch of the source with a name. */
export interface Stretch extends Span {
  readonly source: string;
}

/**
 * What can be done at a stretch of a source: the fixes of what is found there, what its start can be
 * rewritten to without another meaning, and all safe fixes of all sources at once.
 */
export function codeActions(
  analysis: Analysis,
  at: Stretch,
  options: CompileOptions = {},
): readonly CodeAction[] {
  const found = analysis.diagnostics.filter(({ range }) => touches(range, at));
  const isFixable = analysis.diagnostics.some(({ fixable }) => fixable === "safe");
  const place = placeAt(analysis, { source: at.source, offset: at.start });
  return [
    ...found.flatMap(fixesOf),
    ...(place === undefined ? [] : refactoringsAt(analysis, place)),
    ...(isFixable ? [fixAll(analysis, options)] : []),
  ];
}

function touches({ source, start, end }: Diagnostic["range"], at: Stretch): boolean {
  return source === at.source && start.offset <= at.end && end.offset >= at.start;
}

function fixesOf(diagnostic: Diagnostic): readonly CodeAction[] {
  return (diagnostic.fixes ?? []).map(({ title, applicability, edits }) => ({
    title,
    kind: "quickfix",
    diagnostic,
    isPreferred: applicability === "safe",
    edits,
  }));
}

function fixAll(analysis: Analysis, options: CompileOptions): CodeAction {
  return {
    title: "apply all safe fixes",
    kind: "source.fixAll",
    isPreferred: false,
    get edits() {
      const sources = [...analysis.documents.keys()];
      const fixed = fix(sources, options).sources;
      return sources.flatMap((source, index) => {
        const { text } = fixed[index]!;
        const span = differing(source.text, text);
        const inserted = text.slice(span.start, text.length - (source.text.length - span.end));
        return text === source.text
          ? []
          : [{ range: analysis.rangeOf({ source, ...span })!, text: inserted }];
      });
    },
  };
}

/** The stretch of a text outside of which another text is the same. */
function differing(text: string, other: string): Span {
  const shorter = Math.min(text.length, other.length);
  let start = 0;
  while (start < shorter && text[start] === other[start]) {
    start++;
  }
  let same = 0;
  while (same < shorter - start && text.at(-1 - same) === other.at(-1 - same)) {
    same++;
  }
  return { start, end: text.length - same };
}
