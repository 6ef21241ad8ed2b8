import { codes } from "../diagnostics/codes.js";
import type { Diagnostic, Severity } from "../diagnostics/diagnostic.js";
import type { Range, Source } from "../model/source.js";
import { columns, visible } from "./terminal.js";

export interface FormatOptions {
  readonly format: DiagnosticFormat;
  /** Whether `text` is coloured for a terminal. */
  readonly color: boolean;
}

/**
 * `text` for people, `json` one object a line, `github` workflow commands, `sarif` one SARIF 2.1.0
 * log.
 */
export type DiagnosticFormat = "text" | "json" | "github" | "sarif";

/**
 * Diagnostics as text that ends with a newline, or nothing for none (`sarif`: a log without
 * results).
 */
export function formatDiagnostics(
  diagnostics: readonly Diagnostic[],
  sources: readonly Source[],
  options: FormatOptions,
): string {
  switch (options.format) {
    case "text":
      return formatText(diagnostics, sources, options.color);
    case "json":
      return lines(diagnostics.map((diagnostic) => JSON.stringify(diagnostic)));
    case "github":
      return lines(diagnostics.map(workflowCommand));
    case "sarif":
      return lines([JSON.stringify(sarifLog(diagnostics), undefined, 2)]);
  }
}

function lines(texts: readonly string[]): string {
  return texts.map((text) => `${text}\n`).join("");
}

function formatText(
  diagnostics: readonly Diagnostic[],
  sources: readonly Source[],
  color: boolean,
): string {
  const texts = new Map(sources.map(({ name, text }) => [name, text]));
  const paint: Paint = (style, text) =>
    color && text !== "" ? `\x1b[${styles[style]}m${text}\x1b[0m` : text;
  return diagnostics.map((diagnostic) => lines(block(diagnostic, texts, paint))).join("\n");
}

const styles = {
  bold: "1",
  dim: "2",
  error: "1;31",
  warning: "1;33",
  note: "1;36",
  help: "1;32",
} as const;

type Paint = (style: keyof typeof styles, text: string) => string;

function block(diagnostic: Diagnostic, texts: ReadonlyMap<string, string>, paint: Paint): string[] {
  const { severity, code, range, related, help } = diagnostic;
  const gutter = Math.max(
    ...[range, ...related.map(({ range }) => range)].map(({ start }) => String(start.line).length),
  );
  const place = (severity: Severity, message: string, range: Range, code: string) => [
    `${paint("bold", `${visible(label(range))}:`)} ${paint(severity, `${severity}:`)} ${visible(message)}${paint("dim", code)}`,
    ...frame(range, texts.get(range.source) ?? "", gutter, severity, paint),
  ];
  return [
    ...place(severity, diagnostic.message, range, ` [${code}]`),
    ...related.flatMap(({ message, range }) => place("note", message, range, "")),
    ...(help === undefined ? [] : [`  ${paint("help", "help:")} ${visible(help)}`]),
  ];
}

function label({ source, start }: Range): string {
  return `${source}:${start.line}:${start.column}`;
}

/** The first line of a range with carets below it; nothing where that line is blank. */
function frame(
  range: Range,
  text: string,
  gutter: number,
  severity: Severity,
  paint: Paint,
): string[] {
  const { left, before, inside, after, right } = excerpt(text, range);
  const row = `${left}${visible(before + inside + after)}${right}`;
  if (row.trim() === "") {
    return [];
  }
  const carets = mark(visible(inside), "^");
  const number = String(range.start.line).padStart(gutter);
  return [
    `  ${paint("dim", `${number} |`)} ${row.trimEnd()}`,
    `  ${paint("dim", `${" ".repeat(gutter)} |`)} ${mark(left + visible(before), " ")}${paint(severity, carets.includes("^") ? carets : "^")}`,
  ];
}

/** Longer lines (JSON on one line) are cut to this many UTF-16 units around the range. */
const frameWidth = 120;
const cutContext = 40;

/** The line of a range in parts; the work does not grow with the line. */
function excerpt(
  text: string,
  { start, end }: Range,
): Record<"left" | "before" | "inside" | "after" | "right", string> {
  const lineStart = start.offset - (start.column - 1);
  const fits = lineEnd(text, lineStart) !== undefined;
  const cut = Math.max(lineStart, start.offset - cutContext);
  const from = fits
    ? lineStart
    : Math.max(lineStart, Math.min(cut, (lineEnd(text, cut) ?? Infinity) - frameWidth));
  const found = lineEnd(text, from);
  const to = found ?? from + frameWidth;
  const inside = end.line === start.line ? Math.min(end.offset, to) : to;
  return {
    left: from > lineStart ? "…" : "",
    before: text.slice(from, Math.min(start.offset, to)).replace(/^[\udc00-\udfff]/, ""),
    inside: text.slice(start.offset, inside),
    after: text.slice(Math.max(inside, start.offset), to).replace(/[\ud800-\udbff]$/, ""),
    right: found === undefined ? "…" : "",
  };
}

/** Where the line that holds `from` ends, unless that is more than `frameWidth` away. */
function lineEnd(text: string, from: number): number | undefined {
  const part = text.slice(from, from + frameWidth + 2);
  const length = part.search(/\r?\n/);
  if (length >= 0) {
    return from + length;
  }
  return part.length <= frameWidth ? from + part.length : undefined;
}

/**
 * As wide as `text` on a terminal; tabs stay, because how wide they are depends on where they
 * begin.
 */
function mark(text: string, sign: string): string {
  return Array.from(text, (char) => (char === "\t" ? char : sign.repeat(columns(char)))).join("");
}

const workflowCommands = { error: "error", warning: "warning", note: "notice" } as const;

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
  });
  const text = [
    message,
    ...related.map(({ message, range }) => `${label(range)}: note: ${message}`),
    ...(help === undefined ? [] : [`help: ${help}`]),
  ].join("\n");
  return `::${workflowCommands[severity]} ${properties.map(([name, value]) => `${name}=${escapeProperty(String(value))}`).join(",")}::${escapeData(text)}`;
}

function escapeData(text: string): string {
  return text.replace(/%/g, "%25").replace(/\r/g, "%0D").replace(/\n/g, "%0A");
}

function escapeProperty(text: string): string {
  return escapeData(text).replace(/:/g, "%3A").replace(/,/g, "%2C");
}

function sarifLog(diagnostics: readonly Diagnostic[]): object {
  const rules = Object.entries(codes).map(([id, text]) => ({ id, shortDescription: { text } }));
  const indices = new Map(rules.map(({ id }, index) => [id, index]));
  return {
    $schema:
      "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "inventory2nix", rules } },
        columnKind: "utf16CodeUnits",
        results: diagnostics.map(({ severity, code, message, range, related, help }) => ({
          ruleId: code,
          ruleIndex: indices.get(code)!,
          level: severity,
          message: { text: help === undefined ? message : `${message}\nhelp: ${help}` },
          locations: [sarifLocation(range)],
          ...(related.length > 0 && {
            relatedLocations: related.map(({ message, range }) => ({
              ...sarifLocation(range),
              message: { text: message },
            })),
          }),
        })),
      },
    ],
  };
}

function sarifLocation({ source, start, end }: Range): object {
  return {
    physicalLocation: {
      artifactLocation: { uri: uriReference(source) },
      region: {
        startLine: start.line,
        startColumn: start.column,
        endLine: end.line,
        endColumn: end.column,
      },
    },
  };
}

function uriReference(path: string): string {
  const encoded = path
    .replace(/[\ud800-\udfff]/gu, "\ufffd")
    .split("/")
    .map(encodeURIComponent)
    .join("/");
  return path.startsWith("/") ? `file://${encoded}` : encoded;
}
