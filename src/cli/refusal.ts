import type { Diagnostic, Finding } from "../diagnostics/diagnostic.js";
import type { Source } from "../model/source.js";
import { fail } from "./fail.js";
import type { Host } from "./host.js";
import type { Invocation } from "./parse-arguments.js";
import { report, reportFindings } from "./report.js";

/** Why a command cannot start: its flags, files that are no texts, or mistakes in a catalogue. */
export type Refusal =
  | { readonly problems: readonly string[] }
  | {
      readonly findings: readonly Finding[];
      /** Whether a file could not be read at all. */
      readonly isUnread: boolean;
    }
  | { readonly diagnostics: readonly Diagnostic[]; readonly source: Source };

export function isRefusal<T extends object>(
  result: T | Refusal | null | undefined,
): result is Refusal {
  return (
    result != null && ("problems" in result || "findings" in result || "diagnostics" in result)
  );
}

/** Says why, and gives the exit code. */
export function reportRefusal(refusal: Refusal, invocation: Invocation, host: Host): number {
  if ("problems" in refusal) {
    return fail(refusal.problems, host);
  }
  if ("diagnostics" in refusal) {
    return report(refusal.diagnostics, { sources: [refusal.source] }, invocation, host);
  }
  const exitCode = reportFindings(refusal.findings, invocation, host);
  return refusal.isUnread ? 2 : exitCode;
}
