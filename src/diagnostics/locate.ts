import type { Document } from "../model/document.js";
import { getOrInsertComputed } from "../model/maps.js";
import { Origin } from "../model/origin.js";
import type { Range, Source } from "../model/source.js";
import type { Diagnostic, Finding, Place } from "./diagnostic.js";
import { LineIndex } from "./line-index.js";

/**
 * Adds ranges to findings, and sorts them by source and place. `documents` are those of `sources`
 * that could be parsed.
 */
export function locate(
  findings: readonly Finding[],
  sources: readonly Source[],
  documents: readonly (Document | undefined)[],
): Diagnostic[] {
  const rangeOf = rangeFinder(sources, documents);
  const located = findings.map(({ place, related, ...finding }) => ({
    document: place.document,
    diagnostic: {
      ...finding,
      range: rangeOf(place),
      related: related.map(({ message, place }) => ({ message, range: rangeOf(place) })),
    },
  }));
  located.sort(
    (a, b) => a.document - b.document || comparePlaces(a.diagnostic.range, b.diagnostic.range),
  );
  return located.map(({ diagnostic }) => diagnostic);
}

/** Finds the range of a place in the sources. */
export function rangeFinder(
  sources: readonly Source[],
  documents: readonly (Document | undefined)[],
): (place: Place) => Range {
  const lines = new Map<number, LineIndex>();
  return (place) => {
    const { document } = place;
    const span =
      place instanceof Origin ? documents[document]!.locate(place.path, place.isKey) : place;
    const { name, text } = sources[document]!;
    const index = getOrInsertComputed(lines, document, () => new LineIndex(text));
    return { source: name, start: index.position(span.start), end: index.position(span.end) };
  };
}

function comparePlaces(a: Range, b: Range): number {
  return a.start.offset - b.start.offset || a.end.offset - b.end.offset;
}
