import type { Data } from "../model/data.js";
import type { SourceFormat } from "../model/source.js";
import type { CursorPlace } from "./cursor-place.js";
import { TolerantReader } from "./read-tolerantly/tolerant-reader.js";

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

/**
 * Reads a text of any state around a cursor, in one pass, or two where brackets are not closed. If
 * only the place is wanted, the data ends where its map or list does.
 */
export function readTolerantly(
  text: string,
  format: SourceFormat,
  offset: number,
  wants: "place" | "all" = "all",
): TolerantReading {
  const isForPlace = wants === "place";
  const first = new TolerantReader(text, format, offset, isForPlace, false);
  first.read();
  const reader = first.isUnbalanced
    ? new TolerantReader(text, format, offset, isForPlace, true)
    : first;
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
