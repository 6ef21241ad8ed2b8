import type { Range } from "../model/source.js";
import { anchorRanges } from "./anchor-ranges.js";
import { type NamePlace, nameIn, namesIn, rangeOfName } from "./name-at.js";
import { wordAt } from "./place-at.js";
import type { At, View } from "./view.js";

/** A place that names a machine, a tag or an instance. */
export interface Reference {
  readonly range: Range;
  /** Whether it is declared there; a machine's own tag declares none. */
  readonly isDeclaration: boolean;
}

/**
 * Every place with the name under the cursor, in all sources and in order, or an anchor with its
 * aliases; none where it is neither.
 */
export function references(view: View, at: At): readonly Reference[] {
  const anchored = anchorRanges(view, at);
  if (anchored !== undefined) {
    const aliases = anchored.aliases.map((range) => ({ range, isDeclaration: false }));
    return [{ range: anchored.anchor, isDeclaration: true }, ...aliases];
  }
  const place = wordAt(view, at);
  const name = place && nameIn(view, place);
  if (place === undefined || name === undefined) {
    return [];
  }
  const known = referencesOf(view, name);
  // A word in a line that was never read is not among them.
  const range = place.guess === undefined ? undefined : view.rangeOf({ ...place, ...place.span });
  return range === undefined
    ? known
    : inOrder(view, [...known, { range, isDeclaration: name.isDeclaration }]);
}

export function referencesOf(
  view: View,
  { kind, name }: Pick<NamePlace, "kind" | "name">,
): readonly Reference[] {
  const found: Reference[] = [];
  for (const place of namesIn(view)) {
    const range = place.kind === kind && place.name === name ? rangeOfName(view, place) : undefined;
    if (range !== undefined) {
      found.push({ range, isDeclaration: place.isDeclaration });
    }
  }
  return inOrder(view, found);
}

function inOrder(view: View, found: readonly Reference[]): readonly Reference[] {
  const ranks = new Map([...view.documents.keys()].map(({ name }, rank) => [name, rank]));
  const rankOf = ({ range }: Reference) => ranks.get(range.source)!;
  return [...found].sort(
    (a, b) => rankOf(a) - rankOf(b) || a.range.start.offset - b.range.start.offset,
  );
}
