import { maxErrors, maxFindings } from "../diagnostics/budget.js";
import type { Diagnostic, Severity } from "../diagnostics/diagnostic.js";
import { count } from "./layout.js";

/** `2 errors, 1 warning`, and whether there may be more: the last line of a run that finds any. */
export function countFindings(diagnostics: readonly Diagnostic[]): string {
  const numbers = severities.map((severity) => ({
    severity,
    number: diagnostics.filter((diagnostic) => diagnostic.severity === severity).length,
  }));
  const counts = numbers
    .filter(({ number }) => number > 0)
    .map(({ severity, number }) => count(number, severity));
  return [counts.join(", "), ...remarks(diagnostics)].join("; ");
}

const severities: readonly Severity[] = ["error", "warning", "note"];

/** What else there is to say about them all. */
function remarks(diagnostics: readonly Diagnostic[]): readonly string[] {
  const errors = diagnostics.filter(({ severity }) => severity === "error").length;
  const isCut = errors >= maxErrors || diagnostics.length >= maxFindings;
  return isCut ? ["there may be more, which were not looked for"] : [];
}
