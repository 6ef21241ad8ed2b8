import type { Diagnostic } from "../diagnostics/diagnostic.js";

/**
 * What `write` makes of each diagnostic, as far as all fit into {@link maxBytes} with the text
 * `around` them: errors before others. If some do not, a last note says how many.
 */
export function writeFitting(
  diagnostics: readonly Diagnostic[],
  write: (diagnostic: Diagnostic) => string,
  around = "",
): readonly string[] {
  const written: (string | undefined)[] = diagnostics.map(() => undefined);
  const isError = (index: number) => diagnostics[index]!.severity === "error";
  const indices = [...diagnostics.keys()];
  let left = maxBytes - bytesOf(around);
  for (const index of [...indices.filter(isError), ...indices.filter((index) => !isError(index))]) {
    const text = write(diagnostics[index]!);
    left -= bytesOf(text);
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

/** How many bytes the text has in UTF-8, or a few more. */
function bytesOf(text: string): number {
  const others = text.match(/[^\0-\x7f]/g)?.length ?? 0;
  return text.length + 2 * others;
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
