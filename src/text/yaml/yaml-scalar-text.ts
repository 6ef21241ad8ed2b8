import type { Span } from "../../model/source.js";
import { readBlockScalar } from "./yaml-block-scalar.js";
import { readEscapes, readFolded } from "./yaml-quoted.js";
import { Scanner } from "./yaml-scanner.js";

/** What a scalar in a text says that was read before, in a map or list at a column. */
export function readScalar(text: string, { start, end }: Span, column: number): string {
  const sign = text[start];
  if (sign === "|" || sign === ">") {
    const scanner = new Scanner(text);
    scanner.pos = start;
    return readBlockScalar(scanner, column).value;
  }
  const written = text.slice(start, end);
  const inside = written.slice(1, -1);
  if (sign === '"') {
    return readEscapes(inside) ?? "";
  }
  return sign === "'" ? readFolded(inside).replaceAll("''", "'") : readFolded(written);
}
