import { mayBeCut } from "../diagnostics/budget.js";
import type { Diagnostic, Severity } from "../diagnostics/diagnostic.js";
import { isFixable } from "./format-text.js";
import { count } from "./layout.js";

/** `2 errors, 1 warning`, with what else there is to say about them: the last line of a run. */
export function countFindings(diagnostics: readonly Diagnostic[]): string {
  const counts = severities.flatMap((severity) => {
    const number = diagnostics.filter((diagnostic) => diagnostic.severity === severity).length;
    return number === 0 ? [] : [count(number, severity)];
  });
  const fixable = diagnostics.filter(isFixable).length;
  const remarks = [
    ...(fixable > 0 ? [`${fixable} fixable with --fix`] : []),
    ...(mayBeCut(diagnostics) ? ["the search stopped early, so there may be more"] : []),
  ];
  return [counts.join(", "), ...remarks].join("; ");
}

const severities: readonly Severity[] = ["error", "warning", "note"];
