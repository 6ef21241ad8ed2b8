import type { Report } from "../diagnostics/diagnostic.js";
import { commentsLeftOut, keysLeftOut } from "../diagnostics/output-messages.js";
import { type Data, isDataMap } from "../model/data.js";
import { Origin } from "../model/origin.js";
import type { Source, Span } from "../model/source.js";

/** Reports what a source has that the same inventory, written anew in YAML, has not. */
export function checkLosses(
  source: Source,
  value: Data,
  comments: readonly Span[],
  report: Report,
): void {
  const [first] = comments;
  if (first !== undefined) {
    report(commentsLeftOut({ source, ...first }, comments.length));
  }
  const keys = isDataMap(value) ? Object.keys(value).filter(isIgnored) : [];
  if (keys[0] !== undefined) {
    report(keysLeftOut(Origin.root(source).keyAt(keys[0]), keys));
  }
}

/** Keys at the root that have no place in the output. */
function isIgnored(key: string): boolean {
  return key === "$schema" || key === "values" || key.startsWith("x-");
}
