import { type Code, codes } from "../diagnostics/codes.js";
import type { Diagnostic, Fix } from "../diagnostics/diagnostic.js";
import type { Range } from "../model/source.js";
import { codeMarkdown } from "./codes-markdown.js";

/** A SARIF 2.1.0 log of one run. */
export function formatSarif(diagnostics: readonly Diagnostic[]): string {
  const rules = (Object.keys(codes) as Code[]).map(rule);
  const indices = new Map(Object.keys(codes).map((code, index) => [code, index]));
  const log = {
    $schema:
      "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "inventory2nix", rules } },
        columnKind: "utf16CodeUnits",
        results: diagnostics.map((diagnostic) => ({
          ruleId: diagnostic.code,
          ruleIndex: indices.get(diagnostic.code)!,
          ...result(diagnostic),
        })),
      },
    ],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

function rule(code: Code): object {
  const { severity, summary, why, fix } = codes[code];
  return {
    id: code,
    shortDescription: { text: summary },
    fullDescription: { text: why },
    help: { text: fix, markdown: codeMarkdown(code) },
    defaultConfiguration: { level: severity },
  };
}

function result({ severity, message, range, related, help, fixes = [] }: Diagnostic): object {
  return {
    level: severity,
    message: { text: help === undefined ? message : `${message}\nhelp: ${help}` },
    locations: [location(range)],
    ...(related.length > 0 && {
      relatedLocations: related.map(({ message, range }) => ({
        ...location(range),
        message: { text: message },
      })),
    }),
    ...(fixes.length > 0 && { fixes: fixes.map(sarifFix) }),
  };
}

function sarifFix({ title, applicability, edits }: Fix): object {
  return {
    description: { text: applicability === "safe" ? title : `${title} (a guess)` },
    artifactChanges: [
      {
        artifactLocation: { uri: uriReference(edits[0]!.range.source) },
        replacements: edits.map(({ range, text }) => ({
          deletedRegion: region(range),
          ...(text !== "" && { insertedContent: { text } }),
        })),
      },
    ],
  };
}

function location(range: Range): object {
  return {
    physicalLocation: {
      artifactLocation: { uri: uriReference(range.source) },
      region: region(range),
    },
  };
}

function region({ start, end }: Range): object {
  return {
    startLine: start.line,
    startColumn: start.column,
    endLine: end.line,
    endColumn: end.column,
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
