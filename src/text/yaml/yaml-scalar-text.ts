import type { Span } from "../../model/source.js";
import { readBlockScalar } from "./yaml-block-scalar.js";
import { readFolded } from "./yaml-quoted.js";
import { Scanner } from "./yaml-scanner.js";

/** What a scalar says that a reader has passed, in a map or list at a column. */
export function readScalar(text: string, { start, end }: Span, column: number): string {
  const sign = text[start];
  if (sign === "|" || sign === ">") {
    const scanner = new Scanner(text);
    scanner.pos = start;
    return readBlockScalar(scanner, column).value;
  }
  const written = text.slice(start, end);
  return sign === '"' || sign === "'" ? new Scanner(written).quoted(-1) : readFolded(written);
}
