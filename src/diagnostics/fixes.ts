/** Constructors of fixes. What cannot be edited that way has none in the end. */
import type { Data } from "../model/data.js";
import type { DataChange } from "../model/data-change.js";
import { Origin } from "../model/origin.js";
import type { Source } from "../model/source.js";
import type { Applicability, Place, ProposedFix, SourceSpan } from "./diagnostic.js";
import { didYouMean, nearest } from "./suggest.js";
import { clipped, maxName, quoted } from "./words.js";

/** Another name at a place, which is a key, a value or a stretch of text. */
export function replaceName(
  place: Place,
  name: string,
  applicability: Applicability = "unsafe",
): ProposedFix {
  const title = `replace with ${quoted(name)}`;
  const { source } = place;
  if (!(place instanceof Origin)) {
    const { start, end } = place;
    return { title, applicability, source, changes: [{ start, end, text: name }] };
  }
  const { path, isKey } = place;
  const change: DataChange = isKey
    ? { kind: "replaceKey", path, key: name }
    : { kind: "replaceValue", path, value: name };
  return { title, applicability, source, changes: [change] };
}

/** Another text in place of a stretch. */
export function replaceText(
  { source, start, end }: SourceSpan,
  text: string,
  title: string,
  applicability: Applicability,
): ProposedFix {
  return { title, applicability, source, changes: [{ start, end, text }] };
}

/** A fix that changes the data at a place; none where the place is not one of the data. */
export function changeData(
  place: Place,
  title: string,
  applicability: Applicability,
  changesAt: (path: Origin["path"]) => readonly DataChange[],
): readonly ProposedFix[] {
  return place instanceof Origin
    ? [{ title, applicability, source: place.source, changes: changesAt(place.path) }]
    : [];
}

/** The value `value`, shown as `shown`, at a place. */
export function replaceValue(
  place: Place,
  value: Data,
  shown: string,
  applicability: Applicability,
): readonly ProposedFix[] {
  return changeData(place, `write ${clipped(shown, maxName)}`, applicability, (path) => [
    { kind: "replaceValue", path, value },
  ]);
}

/** A list, shown as `shown`, at a place; where that is an item of a list, more items. */
export function replaceByItems(
  place: Place,
  items: readonly Data[],
  shown: string,
): readonly ProposedFix[] {
  return changeData(place, `write ${clipped(shown, maxName)}`, "unsafe", (path) => {
    const at = path.at(-1);
    const [first, ...others] = items as [Data];
    return typeof at === "number"
      ? [
          { kind: "replaceValue", path, value: first },
          ...others.map((value, index): DataChange => {
            const next = [...path.slice(0, -1), at + 1 + index];
            return { kind: "insertEntry", path: next, value };
          }),
        ]
      : [{ kind: "replaceValue", path, value: items }];
  });
}

/** A plain scalar as the string that it is written as. */
export function quote(place: Place, applicability: Applicability): readonly ProposedFix[] {
  return changeData(place, "put it in quotes", applicability, (path) => [
    { kind: "quoteValue", path },
  ]);
}

/** A plain scalar or nothing, with the comment behind it, as a string. */
export function quoteWithComment(
  place: Place,
  applicability: Applicability,
): readonly ProposedFix[] {
  return changeData(place, "put it in quotes, with the comment", applicability, (path) => [
    { kind: "quoteValue", path, withComment: true },
  ]);
}

/** Nobody means a key that would nest deeper. */
const maxNesting = 20;

/** `a.b: v` as `a: { b: v }`; none for a very long key. */
export function nestKey(
  place: Place,
  keys: readonly string[],
  applicability: Applicability,
): readonly ProposedFix[] {
  return keys.length > maxNesting
    ? []
    : changeData(place, "nest the key", applicability, (path) => [{ kind: "nestKey", path, keys }]);
}

/** Removes the entry at a place, and leaves its comments. */
export function removeEntry(place: Place, applicability: Applicability): readonly ProposedFix[] {
  return changeData(place, "remove it", applicability, (path) => [
    { kind: "removeEntry", path, keepsComments: true },
  ]);
}

/** The two lists of names that a role has. */
export type RoleList = "machines" | "tags";

/** What one of these lists holds already. */
export interface ListedNames {
  has(name: string): boolean;
  /** Where its last name in a source is. */
  lastIn(source: Source): Origin | undefined;
}

export function listedNames(names: ReadonlyMap<string, { readonly origin: Origin }>): ListedNames {
  const last = new Map(Array.from(names.values(), ({ origin }) => [origin.source, origin]));
  return { has: (name) => names.has(name), lastIn: (source) => last.get(source) };
}

/**
 * A name that is in one list of a role goes to the list `to`, which holds `others`; with all that is in
 * its list, if each of them does `belong` there.
 */
export function relist(
  { source, path }: Origin,
  name: string,
  to: RoleList,
  { belong, others }: { readonly belong: boolean; readonly others: ListedNames },
): readonly ProposedFix[] {
  const role = path.slice(0, -2);
  const last = others.lastIn(source)?.path.at(-1);
  const isItem = typeof path.at(-1) === "number";
  const key = typeof last === "number" ? last + 1 : last === undefined && isItem ? 0 : name;
  const target = [...role, to, key];
  const title = `list it under '${to}'`;
  const fixWith = (...changes: DataChange[]): readonly ProposedFix[] => [
    { title, applicability: "unsafe", source, changes },
  ];
  if (others.has(name)) {
    return [];
  }
  if (belong && last === undefined) {
    return fixWith({ kind: "replaceKey", path: path.slice(0, -1), key: to });
  }
  if (isItem) {
    const value = typeof key === "number" ? name : {};
    return fixWith({ kind: "removeEntry", path }, { kind: "insertEntry", path: target, value });
  }
  return typeof key === "number" ? [] : fixWith({ kind: "moveEntry", from: path, to: target });
}

/** A value in a list, or in a special form. */
export function wrapValue(
  place: Place,
  step: string | 0,
  applicability: Applicability,
): readonly ProposedFix[] {
  const title = step === 0 ? "put it in a list" : `write !${step.slice(1)}`;
  return changeData(place, title, applicability, (path) => [{ kind: "wrapValue", path, step }]);
}

/** What an unknown name may have been, as words for the message and as fixes. */
export interface Guess {
  /** `; did you mean 'a' or 'b'?`, or nothing if no known name is near. */
  readonly suggestion: string;
  readonly fixes: readonly ProposedFix[];
}

/** Guesses among the known names, as {@link nearest} orders them. */
export function guess(
  place: Place,
  name: string,
  known: Iterable<string>,
  weight?: (name: string) => number,
): Guess {
  const names = nearest(name, known, weight);
  return {
    suggestion: didYouMean(names),
    fixes: names.map((near) => replaceName(place, near)),
  };
}
