import type { Diagnostic } from "../diagnostics/diagnostic.js";

/**
 * What `write` makes of each diagnostic, as far as all fit into {@link maxBytes}: errors before
 * others. If some do not, a last note says how many.
 */
export function writeFitting(
  diagnostics: readonly Diagnostic[],
  write: (diagnostic: Diagnostic) => string,
): readonly string[] {
  const written: (string | undefined)[] = diagnostics.map(() => undefined);
  const isError = (index: number) => diagnostics[index]!.severity === "error";
  const indices = [...diagnostics.keys()];
  let left = maxBytes;
  for (const index of [...indices.filter(isError), ...indices.filter((index) => !isError(index))]) {
    const text = write(diagnostics[index]!);
    left -= maxBytesOf(text);
    if (left < 0) {
      break;
    }
    written[index] = text;
  }
  const firstLeft = written.indexOf(undefined);
  const shown = written.filter((text) => text !== undefined);
  return firstLeft < 0
    ? shown
    : [...shown, write(leftOut(diagnostics[firstLeft]!, diagnostics.length - shown.length))];
}

/** More than anyone reads. */
const maxBytes = 900_000;

/** At most so many bytes has the text in UTF-8. */
function maxBytesOf(text: string): number {
  return /[^\0-\x7f]/.test(text) ? 3 * text.length : text.length;
}

function leftOut({ range }: Diagnostic, count: number): Diagnostic {
  return {
    code: "limit-exceeded",
    severity: "note",
    message: `${count} more ${count === 1 ? "finding is" : "findings are"} not shown; the first is here`,
    range,
    related: [],
  };
}
