import type { Path } from "../model/origin.js";
import type { Span } from "../model/source.js";

/** What is wanted where a cursor is, and how a text has to look there. */
export interface CursorPlace {
  /** Of the map where a key is wanted, else of the value. */
  readonly path: Path;
  /** `either`: there is nothing but the word, which may become a key, or be the value. */
  readonly wants: "key" | "value" | "either";
  /** What is typed before the cursor, with its quote. */
  readonly typed: string;
  /** What an offer replaces: the word, and its indentation where that is wrong. */
  readonly span: Span;
  /** What an offer starts with: the right indentation, a dash, or a space after a colon. */
  readonly lead: string;
  /** The other keys of the map, or texts of the list. */
  readonly siblings: readonly string[];
  /** Whether a colon follows the key. */
  readonly hasColon: boolean;
  /** Where a comma is missing before the word. */
  readonly commaBefore?: number;
  /** Whether a comma is missing behind it. */
  readonly needsComma: boolean;
  readonly isFlow: boolean;
  /** The quote of the word; or else that of the keys around it, if the whole text is in brackets. */
  readonly quote: "" | '"' | "'";
  /** Whether the word has a quote of its own. */
  readonly isQuoted: boolean;
  /** In a block the column of the keys or dashes; of those around, where a value is wanted. */
  readonly column: number;
}
