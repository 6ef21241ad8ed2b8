import type { Data } from "./data.js";
import type { Path } from "./origin.js";

/**
 * One change of the data that a text holds. A step of a path is a key, an index, or the `$` key of
 * a special form, as in the data.
 */
export type DataChange =
  | ReplaceValue
  | ReplaceKey
  | RemoveEntry
  | InsertEntry
  | MoveEntry
  | WrapValue
  | QuoteValue
  | NestKey;

/** Another value at a path. */
export interface ReplaceValue {
  readonly kind: "replaceValue";
  readonly path: Path;
  readonly value: Data;
}

/** Another name for a key, which its map must not have; or another special form. */
export interface ReplaceKey {
  readonly kind: "replaceKey";
  readonly path: Path;
  readonly key: string;
}

/**
 * An entry or item less, with the comments that belong to it, unless `keepsComments`; the last one
 * leaves `{}` or `[]`.
 */
export interface RemoveEntry {
  readonly kind: "removeEntry";
  readonly path: Path;
  readonly keepsComments?: true;
}

/**
 * A new value at a path where there is none, or what a merge key brings: a key, or an index of a
 * list, whose items from there on move up. Maps and lists that are missing on the way are made. `index` is where a key goes
 * among the others of its map, by default behind them.
 */
export interface InsertEntry {
  readonly kind: "insertEntry";
  readonly path: Path;
  readonly value: Data;
  readonly index?: number;
}

/**
 * The entry at `from`, with its comments and in its style, moves to `to`, as {@link InsertEntry}
 * puts it once it is gone from its place.
 */
export interface MoveEntry {
  readonly kind: "moveEntry";
  readonly from: Path;
  readonly to: Path;
}

/** A list with the value alone in it, if `step` is 0; else a map, or special form, of that key. */
export interface WrapValue {
  readonly kind: "wrapValue";
  readonly path: Path;
  readonly step: string | 0;
}

/**
 * A plain scalar becomes the string that it is written as: `yes`, `0644`; with what follows on its line
 * as a comment, if `withComment`.
 */
export interface QuoteValue {
  readonly kind: "quoteValue";
  readonly path: Path;
  readonly withComment?: true;
}

/**
 * The value of the entry at a path goes to `keys` below the entry's map, whose maps are made where
 * they are missing: `a.b: v` becomes `a: { b: v }`.
 */
export interface NestKey {
  readonly kind: "nestKey";
  readonly path: Path;
  readonly keys: readonly string[];
}
