import type { Diagnostic } from "../diagnostics/diagnostic.js";
import type { Source } from "../model/source.js";
import { type DiagnosticFormat, formatDiagnostics } from "../show/format-diagnostics.js";
import type { Host } from "./host.js";
import { type Invocation, valueOf } from "./parse-arguments.js";
import { writeMessage } from "./write-text.js";

/** Prints diagnostics as the flags say, and gives the exit code for them. */
export function report(
  diagnostics: readonly Diagnostic[],
  sources: readonly Source[],
  invocation: Invocation,
  host: Host,
): 0 | 1 {
  const format = (valueOf(invocation, "format") ?? "text") as DiagnosticFormat;
  const options = { format, color: isColored(invocation, host) };
  writeMessage(formatDiagnostics(diagnostics, sources, options), host);
  return diagnostics.some(({ severity }) => severity === "error") ? 1 : 0;
}

function isColored(invocation: Invocation, { env, stderrIsTerminal }: Host): boolean {
  const color = valueOf(invocation, "color") ?? "auto";
  if (color !== "auto") {
    return color === "always";
  }
  return stderrIsTerminal && (env["NO_COLOR"] ?? "") === "" && env["TERM"] !== "dumb";
}
