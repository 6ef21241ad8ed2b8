import type { Data } from "../model/data.js";
import type { Document } from "../model/document.js";
import { formatOf, type Source } from "../model/source.js";
import type { TextPlace } from "../model/written-tree.js";
import { pathAt } from "../text/path-at.js";
import { readTolerantly } from "../text/read-tolerantly.js";
import { sharedLines } from "../text/shared-lines.js";
import type { At, View } from "./view.js";

/** What is at a place of a source. */
export interface SourcePlace extends TextPlace {
  readonly source: Source;
  /** What the path leads through, if the text was never read as it is at the place. */
  readonly guess?: Data;
}

/**
 * What is under the cursor; `undefined` where there is no such source, or no word at the place of a
 * text that has mistakes there.
 */
export function placeAt({ documents, lastRead }: View, at: At): SourcePlace | undefined {
  const index = [...documents.keys()].findIndex(({ name }) => name === at.source);
  const [source, document] = [...documents][index] ?? [];
  if (source === undefined || at.offset < 0 || at.offset > source.text.length) {
    return undefined;
  }
  if (document !== undefined) {
    const place = placeIn(source, document, at.offset);
    return place && { source, ...place };
  }
  return unchangedPlace(source, [...lastRead][index]!, at.offset) ?? guessPlace(source, at.offset);
}

/** The same where the cursor touches something that is written, and no comment. */
export function wordAt(view: View, at: At): SourcePlace | undefined {
  const place = placeAt(view, at);
  const { start, end } = place?.span ?? { start: 0, end: 0 };
  return start < end && start <= at.offset && at.offset <= end ? place : undefined;
}

/** Where the line is as it was when the text was last read. */
function unchangedPlace(
  source: Source,
  [earlier, document]: readonly [Source, Document | undefined],
  offset: number,
): SourcePlace | undefined {
  const shared = sharedLines(earlier.text, source.text);
  const then = shared.toFirst({ start: offset, end: offset });
  const place = then && placeIn(earlier, document, then.start);
  const span = place && shared.toSecond(place.span);
  return span && { source, ...place, span };
}

/** From what can be read of a text with mistakes. */
function guessPlace(source: Source, offset: number): SourcePlace | undefined {
  const format = formatOf(source) ?? "yaml";
  const { place, value: guess } = readTolerantly(source.text, format, offset);
  if (place === undefined) {
    return undefined;
  }
  const { path, wants, span } = place;
  const word = source.text.slice(span.start, span.end);
  const trimmed = word.trimStart();
  const at = { source, guess, span: { start: span.end - trimmed.length, end: span.end } };
  return wants === "key"
    ? { ...at, part: "key", path: [...path, trimmed.replace(/^(["'])(.*)\1$/, "$2")] }
    : { ...at, part: "value", path };
}

function placeIn(source: Source, document: Document | undefined, offset: number) {
  const tree = document?.tree();
  return tree && pathAt(source.text, tree, offset);
}
