import { type Analysis, analyze } from "../compile.js";
import type { Applicability, Diagnostic, Fix } from "../diagnostics/diagnostic.js";
import type { CompileOptions } from "../model/options.js";
import type { Source, TextEdit } from "../model/source.js";
import { applyEdits } from "../text/text-edit.js";

/** Sources whose mistakes were corrected as far as that was asked for. */
export interface FixResult {
  /** In their order; those that nothing was changed in are the same objects. */
  readonly sources: readonly Source[];
  /** How many fixes were applied. */
  readonly applied: number;
  /** What is found in the fixed sources, sorted by place. */
  readonly diagnostics: readonly Diagnostic[];
}

/** A fix may uncover a mistake that has one, too. */
const maxRounds = 20;
/** How many characters are read again for that: of a long text, fewer rounds. */
const maxRead = 2 ** 19;

/**
 * Applies the safe fixes of everything that is found in the sources of one inventory, or all fixes:
 * of several for one mistake the first. Fixing what was fixed changes nothing.
 */
export function fix(
  sources: Source | readonly Source[],
  options: CompileOptions = {},
  applicability: Applicability = "safe",
): FixResult {
  let current: readonly Source[] = [sources].flat();
  let analysis: Analysis = analyze(current, options);
  let applied = 0;
  const seen = new Set([textsOf(current)]);
  const length = current.reduce((sum, { text }) => sum + text.length, 0);
  for (let round = 0; round < maxRounds && round * length < maxRead; round++) {
    const next = fixOnce(current, analysis.diagnostics, applicability);
    if (next.applied === 0 || seen.has(textsOf(next.sources))) {
      break;
    }
    seen.add(textsOf(next.sources));
    current = next.sources;
    applied += next.applied;
    analysis = analyze(current, options, analysis);
  }
  return { sources: current, applied, diagnostics: analysis.diagnostics };
}

/** Applies those fixes that are apart from each other. */
function fixOnce(
  sources: readonly Source[],
  diagnostics: readonly Diagnostic[],
  applicability: Applicability,
): { readonly sources: readonly Source[]; readonly applied: number } {
  const chosen = new Map(sources.map(({ name }) => [name, new ChosenEdits()]));
  let applied = 0;
  for (const diagnostic of diagnostics) {
    const fix = applicableFix(diagnostic, applicability);
    if (fix !== undefined && chosen.get(diagnostic.range.source)!.add(fix)) {
      applied++;
    }
  }
  const fixed = sources.map((source) => {
    const edits = chosen.get(source.name)!.sorted();
    return edits.length === 0 ? source : { ...source, text: applyEdits(source.text, edits) };
  });
  return { sources: fixed, applied };
}

/** The first fix that may be applied. */
function applicableFix(diagnostic: Diagnostic, applicability: Applicability): Fix | undefined {
  if (applicability === "safe" && diagnostic.fixable !== "safe") {
    return undefined;
  }
  return diagnostic.fixes?.find(
    (fix) => applicability === "unsafe" || fix.applicability === "safe",
  );
}

/** Edits of one source that neither overlap nor touch. */
class ChosenEdits {
  private readonly edits: TextEdit[] = [];

  /** Answers whether all edits of the fix are apart from those so far; else none is added. */
  add({ edits }: Fix): boolean {
    const added = edits.map(({ range, text }) => ({
      start: range.start.offset,
      end: range.end.offset,
      text,
    }));
    const areApart = added.every((edit) => {
      const next = this.indexBehind(edit.start);
      const [before, behind] = [this.edits[next - 1], this.edits[next]];
      return (
        (before === undefined || before.end < edit.start) &&
        (behind === undefined || edit.end < behind.start)
      );
    });
    for (const edit of areApart ? added : []) {
      this.edits.splice(this.indexBehind(edit.start), 0, edit);
    }
    return areApart;
  }

  /** In the order of the text. */
  sorted(): readonly TextEdit[] {
    return this.edits;
  }

  /** The index of the first edit that starts behind an offset. */
  private indexBehind(offset: number): number {
    let [low, high] = [0, this.edits.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.edits[middle]!.start <= offset) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}

function textsOf(sources: readonly Source[]): string {
  return JSON.stringify(sources.map(({ text }) => text));
}
