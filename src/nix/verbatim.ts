/** What is printed line by line as it is. */
import type { Lines } from "../text/line-buffer.js";
import type { NixCode, NixRaw, NixString } from "./ast.js";

/** The indentation of what is inside something. */
export const STEP = "  ";

/** To Nix, a lone `\r` ends a comment as well. */
export function writeComment(lines: Lines, comment: string): void {
  for (const line of comment.split(/\r\n?|\n/)) {
    lines.push(`# ${line}`.trimEnd());
  }
}

export function writeCode(
  lines: Lines,
  { lines: code }: NixCode,
  indent: string,
  after: string,
): void {
  code.forEach((line, index) =>
    lines.push(indent + line + (index === code.length - 1 ? after : "")),
  );
}

export function writeRaw(
  lines: Lines,
  { code }: NixRaw,
  indent: string,
  before: string,
  after: string,
): void {
  lines.push(`${indent}${before}(`);
  lines.push(code);
  lines.push(`${indent})${after}`);
}

export function writeBlock(
  lines: Lines,
  { value }: NixString,
  indent: string,
  before: string,
  after: string,
): void {
  const rows = value.replaceAll("${", "''${").split("\n");
  const last = rows.pop()!;
  lines.push(`${indent}${before}''`);
  for (const row of rows) {
    lines.push(row === "" ? "" : indent + STEP + row);
  }
  lines.push(last === "" ? `${indent}''${after}` : `${indent}${STEP}${last}''${after}`);
}
