import type { Diagnostic } from "../diagnostics/diagnostic.js";
import type { Source } from "../model/source.js";
import { workflowCommand } from "./format-github.js";
import { jsonLine } from "./format-json.js";
import { sarifLog, sarifResult } from "./format-sarif.js";
import { textWriter } from "./format-text.js";
import { writeFitting } from "./write-fitting.js";

export interface FormatOptions {
  readonly format: DiagnosticFormat;
  /** Whether to color `text` for a terminal. */
  readonly color: boolean;
}

/**
 * `text` for people, `json` with one object per line, `github` workflow commands, `sarif` a SARIF
 * 2.1.0 log.
 */
export type DiagnosticFormat = "text" | "json" | "github" | "sarif";

/**
 * Formats diagnostics as text that ends with a newline. Without diagnostics it is empty, except for
 * `sarif`: a log without results. `sources` are what `text` quotes lines from. It takes at most one
 * megabyte: a note at the end says how many diagnostics are left out, warnings first.
 */
export function formatDiagnostics(
  diagnostics: readonly Diagnostic[],
  sources: readonly Source[],
  { format, color }: FormatOptions,
): string {
  switch (format) {
    case "text":
      return writeFitting(diagnostics, textWriter(sources, color)).join("\n");
    case "json":
      return writeFitting(diagnostics, jsonLine).join("");
    case "github":
      return writeFitting(diagnostics, workflowCommand).join("");
    case "sarif":
      return sarifLog(writeFitting(diagnostics, sarifResult, sarifLog([])));
  }
}
