import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { forJson } from "../text/escape.js";

/** One JSON object on a line. */
export function jsonLine(diagnostic: Diagnostic): string {
  return `${forJson(JSON.stringify(diagnostic))}\n`;
}
