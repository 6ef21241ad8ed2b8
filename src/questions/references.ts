import type { Range } from "../model/source.js";
import { type NamePlace, nameAt, namesIn, rangeOfName } from "./name-at.js";
import type { At, View } from "./view.js";

/** A place that names a machine, a tag or an instance. */
export interface Reference {
  readonly range: Range;
  /** Whether it is declared there; a machine's own tag declares none. */
  readonly isDeclaration: boolean;
}

/** Every place with the name under the cursor, in all sources and in order; none where it is no name. */
export function references(view: View, at: At): readonly Reference[] {
  const name = nameAt(view, at);
  return name === undefined ? [] : referencesOf(view, name);
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
  const ranks = new Map([...view.documents.keys()].map(({ name }, rank) => [name, rank]));
  const rankOf = ({ range }: Reference) => ranks.get(range.source)!;
  return found.sort((a, b) => rankOf(a) - rankOf(b) || a.range.start.offset - b.range.start.offset);
}
