import type { Diagnostic } from "../diagnostics/diagnostic.js";

/** One JSON object per line. */
export function formatJson(diagnostics: readonly Diagnostic[]): string {
  return diagnostics.map((diagnostic) => `${JSON.stringify(diagnostic)}\n`).join("");
}
