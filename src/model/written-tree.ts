import type { Path } from "./origin.js";
import type { Span } from "./source.js";

/** What is written in a text, from where it starts to where it ends. */
export interface WrittenNode extends Span {
  /** An alias is a scalar. A `form` is the tag of a special form, and the value behind it. */
  readonly kind: "map" | "list" | "form" | "scalar";
  /** In the order of the text; none in a scalar, one in a form. */
  entries(): readonly WrittenEntry[];
}

/** An entry of a map, an item of a list, or what the tag of a form is put on. */
export interface WrittenEntry {
  /** The key, or the tag; absent for an item. */
  readonly key?: Span;
  /** Absent or empty where nothing is written. */
  readonly value?: WrittenNode | undefined;
  /** The step of a path to it; `undefined` for a merge key, whose entries are those of the map. */
  step(): string | number | undefined;
}

/** What is at an offset of a text. */
export interface TextPlace {
  /** For an `entry` or a `comment` the path of the map or list that a new entry would be in. */
  readonly path: Path;
  /**
   * The key at the path, its value or where it would be, a place for a new entry or item, or a
   * comment. The tag of a special form is a key, as it is in the data.
   */
  readonly part: "key" | "value" | "entry" | "comment";
  /** The whole key or value, from its start to its end; empty where nothing is written. */
  readonly span: Span;
}
