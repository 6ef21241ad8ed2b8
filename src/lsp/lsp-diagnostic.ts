import type { Code } from "../diagnostics/codes.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import type { Places } from "./places.js";
import { DiagnosticSeverity, DiagnosticTag, type Diagnostic as LspDiagnostic } from "./protocol.js";

/** A diagnostic in the words of the protocol. */
export function toLspDiagnostic(diagnostic: Diagnostic, places: Places): LspDiagnostic {
  const { code, severity, message, range, related, help } = diagnostic;
  const tag = tags[code];
  return {
    range: places.range(range),
    severity: severities[severity],
    code,
    source: "inventory2nix",
    message: help === undefined ? message : `${message}\nhelp: ${help}`,
    ...(tag !== undefined && { tags: [tag] }),
    ...(related.length > 0 && {
      relatedInformation: related.map(({ message, range }) => ({
        message,
        location: places.location(range),
      })),
    }),
  };
}

const severities = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  note: DiagnosticSeverity.Information,
} as const;

const tags: { readonly [code in Code]?: DiagnosticTag } = {
  "deprecated-tld": DiagnosticTag.Deprecated,
  "removed-option": DiagnosticTag.Deprecated,
  "unused-ignore": DiagnosticTag.Unnecessary,
};
