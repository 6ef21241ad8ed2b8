/** What a reader of YAML hands to what makes values of it. */
import type { Data } from "../../model/data.js";
import type { Span } from "../../model/source.js";

/** A tag that is not of a special form, and where it is. */
export type Tag = Span & { readonly name: string };

/** A key as it is read, and where it is. */
export interface Key extends Span {
  readonly text: string;
  readonly isPlain: boolean;
}

/** What a merge key brings in. */
export interface Merge {
  readonly record: number;
  readonly value: Data;
}

/** A list without the room for more that growing gives it: most of what a short one takes. */
export function trimmed(list: readonly Data[]): Data[] {
  return list.slice();
}
