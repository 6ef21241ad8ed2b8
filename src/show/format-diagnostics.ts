import type { Diagnostic } from "../diagnostics/diagnostic.js";
import type { Source } from "../model/source.js";
import { formatGithub } from "./format-github.js";
import { formatJson } from "./format-json.js";
import { formatSarif } from "./format-sarif.js";
import { formatText } from "./format-text.js";

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
 * `sarif`: a log without results. `sources` are what `text` quotes lines from.
 */
export function formatDiagnostics(
  diagnostics: readonly Diagnostic[],
  sources: readonly Source[],
  { format, color }: FormatOptions,
): string {
  switch (format) {
    case "text":
      return formatText(diagnostics, sources, color);
    case "json":
      return formatJson(diagnostics);
    case "github":
      return formatGithub(diagnostics);
    case "sarif":
      return formatSarif(diagnostics);
  }
}
