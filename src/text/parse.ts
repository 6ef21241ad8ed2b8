import type { Report } from "../diagnostics/diagnostic.js";
import { limitExceeded } from "../diagnostics/output-messages.js";
import type { Document } from "../model/document.js";
import type { Limits } from "../model/options.js";
import type { Source, SourceFormat } from "../model/source.js";
import { parseJson } from "./json.js";
import { parseYaml } from "./yaml.js";

/**
 * Reads one source, the one with index `document`; reports what is wrong with its text, and answers
 * `undefined` where nothing can be said of what it means.
 */
export function parse(
  source: Source,
  document: number,
  limits: Limits,
  report: Report,
): Document | undefined {
  const { text } = source;
  if (text.length > limits.size) {
    report(limitExceeded({ document, start: 0, end: 0 }, "size", limits.size));
    return undefined;
  }
  const start = text.startsWith("\ufeff") ? 1 : 0;
  const asYaml = (): Document | undefined => parseYaml(text, document, limits, report);
  switch (formatOf(source)) {
    case "json":
      return parseJson(text, start, document, limits, report);
    case "yaml":
      return asYaml();
    case undefined:
      return /^\s*\{/.test(text.slice(start, start + 1000))
        ? parseJson(text, start, document, limits, report, asYaml)
        : asYaml();
  }
}

/** The format that is certain without a look at the text. */
function formatOf({ format, name }: Source): SourceFormat | undefined {
  return format ?? (name.endsWith(".json") ? "json" : undefined);
}
