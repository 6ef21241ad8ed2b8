import * as assert from "uvu/assert";
import type { Finding } from "../src/diagnostics/diagnostic.js";
import type { Document } from "../src/model/document.js";
import { completeOptions, type Limits } from "../src/model/options.js";
import type { Path } from "../src/model/origin.js";
import type { SourceFormat, Span } from "../src/model/source.js";
import { parse, type Reading } from "../src/text/parse.js";

export interface TextReading extends Reading {
  readonly text: string;
}

export interface ReadingOptions {
  readonly name?: string;
  readonly format?: SourceFormat;
  readonly limits?: Partial<Limits>;
}

/** Parses one text. */
export function reading(
  text: string,
  { name = "inventory.yaml", format, limits }: ReadingOptions = {},
): TextReading {
  return { text, ...parse({ name, text, format }, completeOptions({ limits }).limits) };
}

/** The document of a text, which must have no findings. */
export function documentOf({ document, findings }: TextReading): Document {
  assert.equal(findings, []);
  return document!;
}

/** Each finding as `code: message «the text at its place»`, followed by its related places. */
export function shown({ text, findings }: TextReading): string[] {
  const at = (place: Finding["place"]): string =>
    `«${text.slice((place as Span).start, (place as Span).end)}»`;
  return findings.map(({ code, message, place, related }) =>
    [
      `${code}: ${message} ${at(place)}`,
      ...related.map((other) => `${other.message} ${at(other.place)}`),
    ].join("; "),
  );
}

/** What {@link shown} gives, for tests of messages alone. */
export function withoutCode(finding: string): string {
  return finding.replace(/^[a-z\d-]+: /, "");
}

/** The text at a path. */
export function located({ text, document }: TextReading, path: Path, isKey = false): string {
  const { start, end } = document!.locate(path, isKey);
  return text.slice(start, end);
}
