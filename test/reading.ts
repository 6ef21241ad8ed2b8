import * as assert from "uvu/assert";
import type { Finding } from "../src/diagnostics/diagnostic.js";
import type { Document } from "../src/model/document.js";
import { completeOptions, type Limits } from "../src/model/options.js";
import type { Path } from "../src/model/origin.js";
import type { SourceFormat, Span } from "../src/model/source.js";
import { parse } from "../src/text/parse.js";

export interface Reading {
  readonly text: string;
  readonly document: Document | undefined;
  readonly findings: readonly Finding[];
}

export interface ReadingOptions {
  readonly name?: string;
  readonly format?: SourceFormat;
  readonly limits?: Partial<Limits>;
}

/** Parses one text as source 0. */
export function reading(
  text: string,
  { name = "inventory.yaml", format, limits }: ReadingOptions = {},
): Reading {
  const findings: Finding[] = [];
  const document = parse({ name, text, format }, 0, completeOptions({ limits }).limits, (finding) =>
    findings.push(finding),
  );
  return { text, document, findings };
}

/** The document of a text with which nothing is wrong. */
export function documentOf({ document, findings }: Reading): Document {
  assert.equal(findings, []);
  return document!;
}

/** Each finding as `code: message «the text that it points at»`, and so what it is related to. */
export function shown({ text, findings }: Reading): string[] {
  const at = (place: Finding["place"]): string =>
    `«${text.slice((place as Span).start, (place as Span).end)}»`;
  return findings.map(({ code, message, place, related }) =>
    [
      `${code}: ${message} ${at(place)}`,
      ...related.map((other) => `${other.message} ${at(other.place)}`),
    ].join("; "),
  );
}

/** The text that a path leads to. */
export function located({ text, document }: Reading, path: Path, isKey = false): string {
  const { start, end } = document!.locate(path, isKey);
  return text.slice(start, end);
}
