import type { Diagnostic, Finding } from "../diagnostics/diagnostic.js";
import { locateOffsets } from "../diagnostics/locate.js";
import { applySeverities } from "../diagnostics/severities.js";
import type { Source } from "../model/source.js";
import { countFindings } from "../show/count-findings.js";
import { type DiagnosticFormat, formatDiagnostics } from "../show/format-diagnostics.js";
import type { MachineFolders } from "./find-machines.js";
import type { Host } from "./host.js";
import { withMachineFolders } from "./machine-help.js";
import { type Invocation, valueOf } from "./parse-arguments.js";
import { readSeverities } from "./read-severities.js";
import { relateNames } from "./relate-names.js";
import { writeMessage } from "./write-text.js";

/** Prints diagnostics as the flags say, and gives the exit code for them. */
export function report(
  found: readonly Diagnostic[],
  { sources, machines, notes = [] }: Reported,
  invocation: Invocation,
  host: Host,
): 0 | 1 {
  const all = withSourcesOf(notes, sources);
  const diagnostics = [...locateOffsets(notes, all), ...found];
  const format = formatOf(invocation);
  const isForMachines = format === "github" || format === "sarif";
  const helped = withMachineFolders(diagnostics, machines);
  const shown = isForMachines ? relateNames(helped, all, host) : helped;
  const text = formatDiagnostics(shown, all, { format, color: isColored(invocation, host) });
  const hasCounts = format === "text" && text !== "" && !invocation.flags.has("quiet");
  writeMessage(hasCounts ? `${text}\n${countFindings(diagnostics)}\n` : text, host);
  return diagnostics.some(({ severity }) => severity === "error") ? 1 : 0;
}

/** The sources, and those that the notes are about beside them. */
export function withSourcesOf(
  notes: readonly Finding[],
  sources: readonly Source[],
): readonly Source[] {
  return [...new Set([...sources, ...notes.map(({ place }) => place.source)])];
}

/** What diagnostics are about. */
interface Reported {
  readonly sources: readonly Source[];
  readonly machines?: MachineFolders;
  readonly notes?: readonly Finding[];
}

/** {@link report} for findings about texts or whole files, in this order. */
export function reportFindings(
  findings: readonly Finding[],
  invocation: Invocation,
  host: Host,
): 0 | 1 {
  const sources = findings.map(({ place }) => place.source);
  return report(locateOwn(findings, invocation), { sources }, invocation, host);
}

/** Findings of the command's own as diagnostics, with the severities that the flags give them. */
export function locateOwn(
  findings: readonly Finding[],
  invocation: Invocation,
): readonly Diagnostic[] {
  const { severities } = readSeverities(invocation);
  const settled = applySeverities(findings, severities).map(
    (finding): Finding =>
      finding.severity === "warning" && invocation.flags.has("deny-warnings")
        ? { ...finding, severity: "error" }
        : finding,
  );
  return locateOffsets(
    settled,
    settled.map(({ place }) => place.source),
  );
}

/** The format of diagnostics: beside an answer in Markdown, text. */
export function formatOf(invocation: Invocation): DiagnosticFormat {
  const format = valueOf(invocation, "format") ?? "text";
  return format === "markdown" ? "text" : (format as DiagnosticFormat);
}

function isColored(invocation: Invocation, { env, stderrIsTerminal }: Host): boolean {
  const color = valueOf(invocation, "color") ?? "auto";
  if (color !== "auto") {
    return color === "always";
  }
  const forced = env["FORCE_COLOR"] ?? "";
  if (forced !== "") {
    return forced !== "0" && forced !== "false";
  }
  return stderrIsTerminal && (env["NO_COLOR"] ?? "") === "" && env["TERM"] !== "dumb";
}
