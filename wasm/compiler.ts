import type { Applicability } from "../src/diagnostics/diagnostic.js";
import { fix } from "../src/edit/fix.js";
import { inventorySchema, version } from "../src/generated/package.js";
import { isSameSource } from "../src/model/source.js";
import { WitAnalysis, type WitQuestion } from "./analysis.js";
import { answer } from "./answer.js";
import { codeList } from "./codes.js";
import { toWit, type WitDiagnostic } from "./diagnostics.js";
import type { WitChange } from "./edits.js";
import { readServices, toOptions, toSource, type WitOptions, type WitSource } from "./input.js";
import { editorSchema, listServices } from "./services.js";

function analysisOf(sources: readonly WitSource[], options: WitOptions): WitAnalysis {
  return WitAnalysis.analyze(sources, options);
}

/** The interface `compiler` of the WIT package. */
export const compiler = {
  Analysis: WitAnalysis,
  compile: (sources: readonly WitSource[], options: WitOptions) =>
    analysisOf(sources, options).emit(),
  check: (sources: readonly WitSource[], options: WitOptions) =>
    analysisOf(sources, options).diagnostics(),
  applyFixes: (
    sources: readonly WitSource[],
    options: WitOptions,
    applicability: Applicability,
  ): WitFixing => answer(() => applyFixes(sources, options, applicability)),
  plan: (sources: readonly WitSource[], options: WitOptions) => analysisOf(sources, options).plan(),
  explain: (sources: readonly WitSource[], question: WitQuestion, options: WitOptions) =>
    analysisOf(sources, options).explain(question),
  diff: (before: readonly WitSource[], after: readonly WitSource[], options: WitOptions) => {
    const old = analysisOf(before, options);
    const isSame =
      before.length === after.length && before.every((it, at) => isSameText(it, after[at]!));
    return isSame ? old.since(old) : WitAnalysis.analyze(after, options, old).since(old);
  },
  graph: (sources: readonly WitSource[], options: WitOptions) =>
    analysisOf(sources, options).graph(),
  editInventory: (sources: readonly WitSource[], change: WitChange, options: WitOptions) =>
    analysisOf(sources, options).edit(change),
  codes: () => answer(codeList),
  services: (services: readonly WitSource[] | null) => answer(() => listServices(services)),
  editorSchema: (services: readonly WitSource[] | null) => answer(() => editorSchema(services)),
  schema: (): string => inventorySchema,
  version: (): string => version,
};

function isSameText(a: WitSource, b: WitSource): boolean {
  return isSameSource(toSource(a), toSource(b));
}

interface WitFixing {
  readonly texts: readonly string[];
  readonly applied: number;
  readonly diagnostics: readonly WitDiagnostic[];
}

function applyFixes(
  sources: readonly WitSource[],
  options: WitOptions,
  applicability: Applicability,
): WitFixing {
  const { catalogue, diagnostics } = readServices(options.services);
  const texts = sources.map(toSource);
  const fixed =
    diagnostics.length > 0
      ? { sources: texts, applied: 0, diagnostics }
      : fix(texts, toOptions(options, catalogue), applicability);
  return {
    texts: fixed.sources.map(({ text }) => text),
    applied: fixed.applied,
    diagnostics: fixed.diagnostics.map(toWit),
  };
}
