import { type Analysis, analyze } from "../compile.js";
import type { Applicability, Diagnostic, Fix } from "../diagnostics/diagnostic.js";
import type { CompileOptions } from "../model/options.js";
import type { Source } from "../model/source.js";
import { applyEdits } from "../text/text-edit.js";
import { ChosenEdits } from "./chosen-edits.js";

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
/**
 * How many characters are read again for that: of a long text, fewer rounds. A text that cannot be
 * read takes twice as much for each of its mistakes, to try what mends it.
 */
const maxRead = 2 ** 19;
/** How many findings the rounds may have together before the last: names are compared for each. */
const maxFindings = 2500;

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
  let read = 0;
  let findings = 0;
  for (let round = 0; round < maxRounds && read < maxRead && findings < maxFindings; round++) {
    const next = fixOnce(current, analysis, applicability);
    if (next.applied === 0) {
      break;
    }
    findings += analysis.diagnostics.length;
    read += charactersRead(current, analysis);
    current = next.sources;
    applied += next.applied;
    analysis = analyze(current, options, analysis);
  }
  return { sources: current, applied, diagnostics: analysis.diagnostics };
}

function charactersRead(sources: readonly Source[], { documents, diagnostics }: Analysis): number {
  const sizes = sources.map((source) => {
    const isRead = documents.get(source) !== undefined;
    const mistakes = isRead ? [] : diagnostics.filter(({ range }) => range.source === source.name);
    return source.text.length * (isRead ? 1 : 2 * mistakes.length);
  });
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** Applies those fixes that are apart from each other, and write no key twice in one map. */
function fixOnce(
  sources: readonly Source[],
  analysis: Analysis,
  applicability: Applicability,
): { readonly sources: readonly Source[]; readonly applied: number } {
  const chosen = new Map(
    sources.map((source) => [source.name, new ChosenEdits(analysis.documents.get(source))]),
  );
  let applied = 0;
  for (const diagnostic of analysis.diagnostics) {
    const fix = applicableFix(diagnostic, applicability);
    if (fix !== undefined && chosen.get(fix.edits[0]!.range.source)!.add(fix)) {
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
