import { mayBeCut } from "../diagnostics/budget.js";
import type { Diagnostic, Severity } from "../diagnostics/diagnostic.js";
import { count } from "./layout.js";

/** `2 errors, 1 warning`, with what else there is to say about them: the last line of a run. */
export function countFindings(diagnostics: readonly Diagnostic[]): string {
  const counts = severities.flatMap((severity) => {
    const number = diagnostics.filter((diagnostic) => diagnostic.severity === severity).length;
    return number === 0 ? [] : [count(number, severity)];
  });
  const remarks = [
    ...(mayBeCut(diagnostics) ? ["there may be more, which were not looked for"] : []),
  ];
  return [counts.join(", "), ...remarks].join("; ");
}

const severities: readonly Severity[] = ["error", "warning", "note"];
