import type { Data, DataMap } from "../../model/data.js";
import { setEntry } from "../../model/value.js";
import { Kind } from "../offset-table.js";
import { Char, Unsure } from "./yaml-chars.js";
import { isSet, readKey } from "./yaml-keys.js";
import { type Key, type Merge, type Tag, trimmed } from "./yaml-parts.js";
import type { Values } from "./yaml-values.js";

/** Where something in brackets is. */
interface Around {
  /** The column of the map or list in lines around it. */
  readonly indent: number;
  readonly isOutermost: boolean;
}

/** Reads a map or list in brackets that starts where the scanner is, in lines at column `indent`. */
export function readFlow(
  values: Values,
  indent: number,
  depth: number,
  tag: Tag | undefined,
): Data {
  return readCollection(values, { indent, isOutermost: true }, depth, tag);
}

function readCollection(values: Values, around: Around, depth: number, tag: Tag | undefined): Data {
  const { scanner, offsets } = values;
  const isMap = scanner.current === Char.OpenBrace;
  const kind = isMap ? Kind.Map : Kind.List;
  const isRead = values.open(isMap ? "!!map" : "!!seq", depth, tag);
  const record = offsets.add(kind, scanner.pos, 0);
  scanner.pos++;
  const data = isMap ? readMap(values, around, depth, record) : readList(values, around, depth);
  offsets.close(record, kind, scanner.pos);
  return isRead ? data : values.addUnread(depth);
}

function readList(values: Values, around: Around, depth: number): Data[] {
  const { scanner } = values;
  const list: Data[] = [];
  skipSpace(values, around);
  while (scanner.current !== Char.CloseBracket) {
    values.path[depth] = list.length;
    list.push(readNode(values, around.indent, depth + 1));
    passComma(values, around, Char.CloseBracket);
  }
  scanner.pos++;
  return trimmed(list);
}

function readMap(values: Values, around: Around, depth: number, record: number): DataMap {
  const { scanner, offsets } = values;
  const data: { [key: string]: Data } = {};
  const merges: Merge[] = [];
  let hasDuplicates = false;
  skipSpace(values, around);
  while (scanner.current !== Char.CloseBrace) {
    const key = readKey(values, true);
    scanner.pos = key.end;
    if (key.text === "<<" && key.isPlain) {
      merges.push(values.mergeValue(key, () => readValue(values, around.indent, depth, key)));
    } else {
      offsets.add(Kind.Key, key.start, key.end);
      values.path[depth] = key.text;
      values.noteKey(key, depth + 1);
      const value = readValue(values, around.indent, depth + 1, key);
      if (isSet(data, key.text)) {
        hasDuplicates = true;
      } else {
        setEntry(data, key.text, value);
      }
    }
    passComma(values, around, Char.CloseBrace);
  }
  offsets.close(record, Kind.Map, ++scanner.pos);
  values.finishMap(data, record, depth, { merges, hasDuplicates });
  return data;
}

/** Reads what follows a key, with its colon; nothing is null. */
function readValue(values: Values, indent: number, depth: number, key: Key): Data {
  const { scanner } = values;
  let emptyAt = key.end;
  scanner.skipBlanks();
  if (scanner.current === Char.Colon) {
    scanner.pos++;
    scanner.skipBlanks();
    emptyAt = scanner.pos;
    skipSpace(values, { indent, isOutermost: false });
    if (!isItemEnd(scanner.current)) {
      return readNode(values, indent, depth);
    }
  }
  if (emptyAt === key.end && key.text === "<<") {
    throw new Unsure();
  }
  values.count(1, depth);
  values.offsets.add(Kind.Scalar, emptyAt, emptyAt);
  const hasColon = emptyAt > key.end;
  if (hasColon) {
    values.noteComment("", emptyAt, depth);
  }
  return null;
}

function isItemEnd(char: number): boolean {
  return char === Char.Comma || char === Char.CloseBrace;
}

function readNode(values: Values, indent: number, depth: number): Data {
  values.count(1, depth);
  const { current } = values.scanner;
  if (current !== Char.Ampersand && current !== Char.Exclamation) {
    return readBare(values, indent, depth, undefined);
  }
  return values.withProperties(depth, (depth, tag) => readBare(values, indent, depth, tag));
}

function readBare(values: Values, indent: number, depth: number, tag: Tag | undefined): Data {
  const { scanner, offsets } = values;
  const { pos: start } = scanner;
  switch (scanner.current) {
    case Char.Asterisk:
      return values.alias(depth);
    case Char.OpenBrace:
    case Char.OpenBracket:
      return readCollection(values, { indent, isOutermost: false }, depth, tag);
    case Char.DoubleQuote:
    case Char.SingleQuote: {
      const text = scanner.quoted(indent);
      const record = offsets.add(Kind.Scalar, start, scanner.pos);
      return values.string(record, text, depth, tag);
    }
  }
  if (!scanner.isPlainStart(true)) {
    throw new Unsure();
  }
  const text = scanner.plain(scanner.plainEnd(start, true), indent, true);
  const value = values.plain(offsets.add(Kind.Scalar, start, scanner.pos), text, depth, tag);
  scanner.skipBlanks();
  if (scanner.current === Char.Hash && tag === undefined) {
    values.noteComment(value, scanner.pos, depth);
  }
  return value;
}

/**
 * Goes to the next word; on a later line it is indented by more than the lines around, but for the
 * last bracket.
 */
function skipSpace({ scanner }: Values, { indent, isOutermost }: Around): void {
  // What is on the line of a word is indented as that is.
  if (scanner.skipToWord()) {
    return;
  }
  // The package loses the line break before such a comment.
  if (scanner.skipToContent() === 0) {
    throw new Unsure();
  }
  const { column, current } = scanner;
  const isLast = isOutermost && (current === Char.CloseBrace || current === Char.CloseBracket);
  if (column <= indent && !(column === indent && isLast)) {
    throw new Unsure();
  }
}

/** Goes past the comma after an item, or to the bracket that ends them all. */
function passComma(values: Values, around: Around, close: Char): void {
  const { scanner } = values;
  skipSpace(values, around);
  if (scanner.current === Char.Comma) {
    scanner.pos++;
    skipSpace(values, around);
  } else if (scanner.current !== close) {
    throw new Unsure();
  }
}
