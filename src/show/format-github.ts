import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { forWorkflow, forWorkflowProperty } from "../text/escape.js";

/** A workflow command of GitHub Actions, which annotates the lines of a pull request. */
export function workflowCommand({
  severity,
  code,
  message,
  range,
  related,
  help,
}: Diagnostic): string {
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
  }).map(([name, value]) => `${name}=${forWorkflowProperty(String(value))}`);
  const text = [
    message,
    ...related.map(
      ({ message, range: { source, start } }) =>
        `${source}:${start.line}:${start.column}: note: ${message}`,
    ),
    ...(help === undefined ? [] : [`help: ${help}`]),
  ].join("\n");
  return `::${commands[severity]} ${properties.join(",")}::${forWorkflow(text)}\n`;
}

const commands = { error: "error", warning: "warning", note: "notice" } as const;
