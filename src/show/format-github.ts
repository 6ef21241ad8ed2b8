import type { Diagnostic } from "../diagnostics/diagnostic.js";

/** Workflow commands of GitHub Actions, which annotate the lines of a pull request. */
export function formatGithub(diagnostics: readonly Diagnostic[]): string {
  return diagnostics.map((diagnostic) => `${workflowCommand(diagnostic)}\n`).join("");
}

function workflowCommand({ severity, code, message, range, related, help }: Diagnostic): string {
  const { source, start, end } = range;
  const columns =
    start.line === end.line
      ? { col: start.column, endColumn: Math.max(start.column, end.column - 1) }
      : {};
  const properties = Object.entries({
    file: source,
    line: start.line,
    endLine: end.line,
    ...columns,
    title: code,
  }).map(([name, value]) => `${name}=${escapeProperty(String(value))}`);
  const text = [
    message,
    ...related.map(
      ({ message, range: { source, start } }) =>
        `${source}:${start.line}:${start.column}: note: ${message}`,
    ),
    ...(help === undefined ? [] : [`help: ${help}`]),
  ].join("\n");
  return `::${commands[severity]} ${properties.join(",")}::${escapeData(text)}`;
}

const commands = { error: "error", warning: "warning", note: "notice" } as const;

function escapeData(text: string): string {
  return text.replace(/%/g, "%25").replace(/\r/g, "%0D").replace(/\n/g, "%0A");
}

function escapeProperty(text: string): string {
  return escapeData(text).replace(/:/g, "%3A").replace(/,/g, "%2C");
}
