import { type Code, codes, type Example, partsOf } from "../diagnostics/codes.js";
import type { Data } from "../model/data.js";
import { forTerminal } from "../text/escape.js";
import { fold, joinBlocks, joinLines, lineWidth, table } from "./layout.js";

/** All codes by their severity, each with what is found. */
export function showCodes(): string {
  const all = Object.entries(codes);
  const blocks = (["error", "warning", "note"] as const).map((severity) => [
    `${severity}s`,
    ...table(
      all
        .filter(([, description]) => description.severity === severity)
        .map(([code, { summary }]) => ({ left: code, right: summary })),
    ),
  ]);
  return joinBlocks([...blocks, ["'inventory2nix codes CODE' shows one with an example."]]);
}

/** What a code means, why it matters, and what to do about it. */
export function showCode(code: Code): string {
  const { severity, staysError, summary, why, fix, example, instead } = codes[code];
  return joinLines([
    `${code} (${severity})`,
    "",
    ...fold(`${summary} ${why}`, lineWidth),
    ...(example === undefined ? [] : ["", "Example:", ...showExample(example)]),
    "",
    ...fold(`Fix: ${fix}`, lineWidth),
    ...(instead === undefined ? [] : ["", "Instead:", ...showExample(instead)]),
    "",
    ...fold(staysError ? firm : changing(code), lineWidth),
  ]);
}

export const firm = "It stays an error: there is nothing to compile in its place.";

function changing(code: Code): string {
  return `Change it with --error, --warn or --ignore ${code}, or in YAML with a comment at the line: # inventory2nix: ignore[${code}]`;
}

/** One code, or all, for programs. */
export function codesData(code?: Code): Data {
  return code === undefined ? (Object.keys(codes) as Code[]).map(codeData) : codeData(code);
}

function codeData(code: Code): Data {
  const { severity, staysError = false, summary, why, fix, example, instead } = codes[code];
  return {
    code,
    severity,
    staysError,
    summary,
    why,
    fix,
    ...(example !== undefined && { example: exampleData(example) }),
    ...(instead !== undefined && { instead: exampleData(instead) }),
  };
}

function exampleData(example: Example): Data {
  const { files, flags } = partsOf(example);
  return {
    files: Object.fromEntries(files.map(({ name, text }) => [name, text])),
    flags: [...flags],
  };
}

function showExample(example: Example): readonly string[] {
  const { files, flags } = partsOf(example);
  return [
    ...files.flatMap(({ name, lines }) => [
      `  ${name}`,
      ...lines.map((line) => `    ${forTerminal(line)}`),
    ]),
    ...(flags.length === 0 ? [] : [`  with ${flags.join(" ")}`]),
  ];
}
