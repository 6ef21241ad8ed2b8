import type { Document } from "../model/document.js";
import { getOrInsertComputed } from "../model/maps.js";
import { Origin } from "../model/origin.js";
import type { Range, Source, TextEdit } from "../model/source.js";
import type { Diagnostic, Finding, Fix, Place, ProposedFix } from "./diagnostic.js";
import { LineIndex } from "./line-index.js";

/** The sources of an inventory in their order, each with what its text says, if it says anything. */
export type Documents = ReadonlyMap<Source, Document | undefined>;

/**
 * Adds ranges to findings, and sorts them by source and place. The edits of fixes are made once they
 * are looked at.
 */
export function locate(findings: readonly Finding[], documents: Documents): readonly Diagnostic[] {
  const rangeOf = rangeFinder(documents);
  const ranks = new Map([...documents.keys()].map((source, rank) => [source, rank]));
  const located = findings.map(({ place, related, fixes = [], hides: _, ...finding }) => {
    const diagnostic = {
      ...finding,
      range: rangeOf(place),
      related: related.map(({ message, place }) => ({ message, range: rangeOf(place) })),
    };
    return {
      rank: ranks.get(place.source)!,
      diagnostic:
        fixes.length === 0 ? diagnostic : withFixes(diagnostic, fixes, documents, rangeOf),
    };
  });
  located.sort((a, b) => a.rank - b.rank || compareRanges(a.diagnostic.range, b.diagnostic.range));
  return located.map(({ diagnostic }) => diagnostic);
}

function withFixes(
  diagnostic: Diagnostic,
  proposed: readonly ProposedFix[],
  documents: Documents,
  rangeOf: (place: Place) => Range,
): Diagnostic {
  let fixes: readonly Fix[] | undefined;
  return {
    ...diagnostic,
    fixable: proposed.some(({ applicability }) => applicability === "safe") ? "safe" : "unsafe",
    get fixes() {
      fixes ??= proposed.flatMap((fix) => locateFix(fix, documents, rangeOf));
      return fixes;
    },
  };
}

/** Nothing where the source cannot be edited that way. */
function locateFix(
  { title, applicability, source, changes }: ProposedFix,
  documents: Documents,
  rangeOf: (place: Place) => Range,
): readonly Fix[] {
  const edits = isOfText(changes) ? changes : documents.get(source)?.edit(changes);
  const located = edits?.map(({ text, ...span }) => ({
    range: rangeOf({ ...span, source }),
    text,
  }));
  return located === undefined || located.length === 0
    ? []
    : [{ title, applicability, edits: located }];
}

function isOfText(changes: ProposedFix["changes"]): changes is readonly TextEdit[] {
  return changes.every((change) => !("kind" in change));
}

/** {@link locate} for findings that all point at offsets, as those about bytes do. */
export function locateOffsets(
  findings: readonly Finding[],
  sources: readonly Source[],
): readonly Diagnostic[] {
  return locate(findings, new Map(sources.map((source) => [source, undefined])));
}

/** Finds the range of a place in the sources. */
export function rangeFinder(documents: Documents): (place: Place) => Range {
  const lines = new Map<Source, LineIndex>();
  return (place) => {
    const { source } = place;
    const { start, end } =
      place instanceof Origin ? documents.get(source)!.locate(place.path, place.isKey) : place;
    const index = getOrInsertComputed(lines, source, () => new LineIndex(source.text));
    return { source: source.name, start: index.position(start), end: index.position(end) };
  };
}

function compareRanges(a: Range, b: Range): number {
  return a.start.offset - b.start.offset || a.end.offset - b.end.offset;
}
