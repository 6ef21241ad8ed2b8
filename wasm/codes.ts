import { type Example, partsOf } from "../src/diagnostics/codes/code-table.js";
import { codes } from "../src/diagnostics/codes.js";

export type WitCode = ReturnType<typeof codeList>[number];

/** What every code means, sorted by name. */
export function codeList() {
  return Object.entries(codes).map(
    ([name, { severity, staysError = false, summary, why, fix, example, instead }]) => ({
      name,
      severity,
      staysError,
      summary,
      why,
      fix,
      example: witExample(example),
      instead: witExample(instead),
    }),
  );
}

function witExample(example: Example | undefined) {
  if (example === undefined) {
    return null;
  }
  const { files, flags } = partsOf(example);
  return { files: files.map(({ name, text }) => ({ name, text })), flags };
}
