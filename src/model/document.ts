import type { Data } from "./data.js";
import type { DataChange } from "./data-change.js";
import type { Path } from "./origin.js";
import type { Span, TextEdit } from "./source.js";
import type { WrittenNode } from "./written-tree.js";

/**
 * What a text says. `value` is the data in it, as JSON says it: YAML tags of
 * special forms have become one-key maps (`!path ./a` is `{"$path": "./a"}`),
 * aliases and merge keys are resolved (shared parts are shared objects, never
 * to be changed), numbers are as in {@link Value}.
 */
export interface Content {
  readonly value: Data;
  /** Scalars that YAML 1.1 or habit reads otherwise, in the order of the text. */
  readonly ambiguous: readonly AmbiguousScalar[];
  /**
   * Where something in the text is not in `value`, because of a mistake that was
   * reported. A null at such a path says nothing; else some part, or a second value, is missing.
   */
  readonly unread: readonly Path[];
  /**
   * The offsets of the value at `path`, or of its key; of the nearest enclosing value where there
   * is none.
   */
  locate(path: Path, isKey: boolean): Span;
  /** {@link Document.tree}; absent where too little was kept of the text to make it. */
  readonly tree?: () => WrittenNode | undefined;
}

/** A source that was read, and can be edited. */
export interface Document extends Content {
  /** What is written where; `undefined` where mistakes in the text keep that from being said. */
  readonly tree: () => WrittenNode | undefined;
  /**
   * The edits of the text that make these changes one after the other, sorted and apart; all else
   * keeps its bytes. `undefined` where a change does not fit, or the text has mistakes.
   */
  edit(changes: readonly DataChange[]): readonly TextEdit[] | undefined;
}

/** What a scalar may have been meant as. */
export interface OtherReading {
  /** What follows as a comment, and may be a part of the text: `#1e1e2e`. */
  readonly comment?: string;
  /** What its lines are as items of a list: those behind the first start with a dash. */
  readonly items?: readonly Data[];
}

export interface AmbiguousScalar extends OtherReading {
  readonly path: Path;
  /** As it is written: `yes`, `0644`; of what is empty the sign before it: `>2`, `&x`. */
  readonly text: string;
  /** It is the key at the path. */
  readonly isKey?: true;
  /** It is in a value with an anchor, and so may be in other places, too. */
  readonly isAnchored?: true;
}
