import type { Diagnostic, Severity } from "../diagnostics/diagnostic.js";
import type { Range, Source } from "../model/source.js";
import { sourceFrame } from "./source-frame.js";
import { visible } from "./terminal.js";

/**
 * For people: each diagnostic with its place, its line and carets below it, then the related places
 * and the help, with an empty line between two diagnostics.
 */
export function formatText(
  diagnostics: readonly Diagnostic[],
  sources: readonly Source[],
  color: boolean,
): string {
  const texts = new Map(sources.map(({ name, text }) => [name, text]));
  const paint: Paint = (style, text) =>
    color && text !== "" ? `\x1b[${styles[style]}m${text}\x1b[0m` : text;
  return diagnostics
    .map((diagnostic) => formatBlock(diagnostic, texts, paint))
    .map((lines) => lines.map((line) => `${line}\n`).join(""))
    .join("\n");
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

function formatBlock(
  diagnostic: Diagnostic,
  texts: ReadonlyMap<string, string>,
  paint: Paint,
): readonly string[] {
  const { severity, code, range, related, help } = diagnostic;
  const numberWidth = Math.max(
    ...[range, ...related.map(({ range }) => range)].map(({ start }) => String(start.line).length),
  );
  const showPlace = (severity: Severity, message: string, range: Range, code: string) => [
    `${paint("bold", `${visible(label(range))}:`)} ${paint(severity, `${severity}:`)} ${visible(message)}${paint("dim", code)}`,
    ...showFrame(range, texts.get(range.source) ?? "").map(({ number, line, carets }) =>
      [
        `  ${paint("dim", `${number.padStart(numberWidth)} |`)} `,
        line,
        paint(severity, carets),
      ].join(""),
    ),
  ];
  return [
    ...showPlace(
      severity,
      diagnostic.message,
      range,
      ` [${code}]${isFixable(diagnostic) ? " [fixable]" : ""}`,
    ),
    ...related.flatMap(({ message, range }) => showPlace("note", message, range, "")),
    ...(help === undefined ? [] : [`  ${paint("help", "help:")} ${visible(help)}`]),
  ];
}

function label({ source, start }: Range): string {
  return `${source}:${start.line}:${start.column}`;
}

interface FrameRow {
  readonly number: string;
  readonly line: string;
  readonly carets: string;
}

/** The line of the range, and the carets below it. */
function showFrame(range: Range, text: string): readonly FrameRow[] {
  const frame = sourceFrame(range, text);
  return frame === undefined
    ? []
    : [
        { number: String(range.start.line), line: frame.line, carets: "" },
        { number: "", line: frame.indent, carets: frame.carets },
      ];
}

/** Whether `--fix` corrects it. */
export function isFixable(diagnostic: Diagnostic): boolean {
  return (
    diagnostic.fixable === "safe" &&
    diagnostic.fixes!.some(({ applicability }) => applicability === "safe")
  );
}
