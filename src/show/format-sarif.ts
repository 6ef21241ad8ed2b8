import { codes } from "../diagnostics/codes.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import type { Range } from "../model/source.js";
import { forJson } from "../text/escape.js";

/** A SARIF 2.1.0 log of one run, of results as {@link sarifResult} writes them. */
export function sarifLog(results: readonly string[]): string {
  const rules = Object.entries(codes).map(([id, text]) => ({ id, shortDescription: { text } }));
  const log = {
    $schema:
      "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "inventory2nix", rules } },
        columnKind: "utf16CodeUnits",
        results: [],
      },
    ],
  };
  const empty = JSON.stringify(log, undefined, 2);
  const filled = results.length === 0 ? "[]" : `[\n${results.join(",\n")}\n      ]`;
  return `${empty.replace(/\[\](?=[^[]*$)/, () => filled)}\n`;
}

/** One result, indented to where it is in the log. */
export function sarifResult({ code, severity, message, range, related, help }: Diagnostic): string {
  const result = {
    ruleId: code,
    ruleIndex: Object.keys(codes).indexOf(code),
    level: severity,
    message: { text: help === undefined ? message : `${message}\nhelp: ${help}` },
    locations: [location(range)],
    ...(related.length > 0 && {
      relatedLocations: related.map(({ message, range }) => ({
        ...location(range),
        message: { text: message },
      })),
    }),
  };
  return forJson(JSON.stringify(result, undefined, 2)).replace(/^/gm, "        ");
}

function location({ source, start, end }: Range): object {
  return {
    physicalLocation: {
      artifactLocation: { uri: uriReference(source) },
      region: {
        startLine: start.line,
        startColumn: start.column,
        endLine: end.line,
        endColumn: end.column,
      },
    },
  };
}

function uriReference(path: string): string {
  const encoded = path
    .replace(/[\ud800-\udfff]/gu, "\ufffd")
    .split("/")
    .map(encodeURIComponent)
    .join("/");
  return path.startsWith("/") ? `file://${encoded}` : encoded;
}
