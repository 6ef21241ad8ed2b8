import type { Data } from "../model/data.js";
import type { Path } from "../model/origin.js";
import type { SourceFormat, Span } from "../model/source.js";
import { TolerantReader } from "./tolerant-reader.js";

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

/** A text as far as it can be read, whatever its mistakes. */
export interface TolerantReading {
  /** Its data: scalars as texts, aliases and merge keys not followed. */
  readonly value: Data;
  /** Absent where nothing can be completed: in a comment, or in a text of several lines. */
  readonly place?: CursorPlace;
  /** By how much block maps and lists are indented below their keys. */
  readonly mapStep: number;
  readonly listStep: number;
  readonly eol: string;
}

/** Reads a text of any state around a cursor, in one pass, or two where brackets are not closed. */
export function readTolerantly(
  text: string,
  format: SourceFormat,
  offset: number,
): TolerantReading {
  const first = new TolerantReader(text, format, offset, false);
  first.read();
  const reader = first.isUnbalanced ? new TolerantReader(text, format, offset, true) : first;
  if (reader !== first) {
    reader.read();
  }
  const { frames } = reader;
  const place = reader.place();
  const mapStep = frames.mapStep ?? (frames.listStep || 2);
  return {
    value: (frames.root.value as readonly Data[])[0]!,
    ...(place !== undefined && { place }),
    mapStep,
    listStep: frames.listStep ?? mapStep,
    eol: text.includes("\r\n") ? "\r\n" : "\n",
  };
}
