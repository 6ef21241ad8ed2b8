import type { Data } from "../../model/data.js";
import type { Content } from "../../model/document.js";
import type { Limits } from "../../model/options.js";
import type { Source } from "../../model/source.js";
import { setEntry } from "../../model/value.js";
import { Kind } from "../offset-table.js";
import { tableSyntax } from "../table-syntax.js";
import { TableNode } from "../written-trees.js";
import { readBlockScalar } from "./yaml-block-scalar.js";
import { Char, Unsure } from "./yaml-chars.js";
import { readFlow } from "./yaml-flow.js";
import { isSet, readKey } from "./yaml-keys.js";
import { type Key, type Merge, type Tag, trimmed } from "./yaml-parts.js";
import type { YamlReading } from "./yaml-reading.js";
import { Values } from "./yaml-values.js";

/** Where a text was given up, and which limit it passed there, if any. */
export interface GivenUp {
  readonly offset: number;
  /** What ends before is well-formed. */
  readonly readUpTo: number;
  readonly limit: "depth" | "values" | undefined;
}

/**
 * Reads a YAML text in one pass, and gives up where it is broken, passes a limit, or has something
 * that the package `yaml` might read otherwise. Characters that YAML does not allow are for the
 * caller to find.
 */
export function readYaml(source: Source, limits: Limits): YamlReading | GivenUp {
  const values = new Values(source, limits);
  const { scanner, ambiguous, unread, offsets } = values;
  try {
    if (isUnusual(source.text)) {
      throw new Unsure();
    }
    const value = new Reader(values).read();
    const { findings } = values;
    if (values.isUnclear) {
      return { findings };
    }
    const locate: Content["locate"] = (path, isKey) => offsets.locate(path, isKey);
    const tree = () => new TableNode(offsets);
    const syntax = () => tableSyntax(source.text, offsets);
    return { findings, said: { value, ambiguous, unread, locate, tree, syntax } };
  } catch (error) {
    if (!(error instanceof Unsure)) {
      throw error;
    }
    return { offset: scanner.pos, readUpTo: offsets.lastStart, limit: error.limit };
  }
}

/** A byte order mark inside, or a line break of old. */
function isUnusual(text: string): boolean {
  return text.includes("\ufeff", 1) || /\r(?!\n)/.test(text);
}

/** `depth` is the number of maps and lists around a value, `indent` the column of the innermost. */
class Reader {
  /** Where nothing is written for the last value; else -1. */
  private emptyAt = -1;

  constructor(private readonly values: Values) {}

  read(): Data {
    const { scanner } = this.values;
    scanner.startDocument();
    const value = this.readNode(-1, 0, true);
    scanner.skipToContent(true);
    if (scanner.column >= 0) {
      throw new Unsure();
    }
    return value;
  }

  private readMap(depth: number, column: number, first: Key, tag: Tag | undefined): Data {
    const { values } = this;
    const { scanner, offsets } = values;
    const isRead = values.open("!!map", depth, tag);
    const record = offsets.add(Kind.Map, first.start, first.end);
    const data: { [key: string]: Data } = {};
    const merges: Merge[] = [];
    let hasDuplicates = false;
    for (let key = first; ; key = readKey(values, false)) {
      scanner.pos = key.end;
      scanner.passColon(key.start);
      if (key.text === "<<" && key.isPlain) {
        merges.push(values.mergeValue(key, () => this.readValue(column, depth, true)));
      } else {
        offsets.add(Kind.Key, key.start, key.end);
        values.path[depth] = key.text;
        values.noteKey(key, depth + 1);
        const value = this.readValue(column, depth + 1, true);
        if (isSet(data, key.text)) {
          hasDuplicates = true;
        } else {
          setEntry(data, key.text, value);
        }
      }
      scanner.skipToContent(true);
      if (scanner.column !== column) {
        break;
      }
    }
    this.close(record, Kind.Map);
    values.finishMap(data, record, depth, { merges, hasDuplicates });
    return isRead ? data : values.addUnread(depth);
  }

  private readList(depth: number, tag: Tag | undefined): Data {
    const { values } = this;
    const { scanner, offsets } = values;
    const { column, pos } = scanner;
    const isRead = values.open("!!seq", depth, tag);
    const record = offsets.add(Kind.List, pos, pos);
    const list: Data[] = [];
    do {
      scanner.passDash();
      values.path[depth] = list.length;
      list.push(this.readValue(column, depth + 1, false));
      scanner.skipToContent(true);
    } while (scanner.column === column && scanner.isAtDash);
    this.close(record, Kind.List);
    return isRead ? trimmed(list) : values.addUnread(depth);
  }

  /** Ends a map or list in lines; a line that is indented more is left to those around. */
  private close(record: number, kind: Kind.Map | Kind.List): void {
    const { scanner, offsets } = this.values;
    offsets.close(record, kind, this.emptyAt < 0 ? scanner.pos : this.emptyAt);
  }

  /** Reads what is behind a `-`, or a `:` where `isEntry`. */
  private readValue(indent: number, depth: number, isEntry: boolean): Data {
    const { scanner } = this.values;
    if (!scanner.isLineOver) {
      return this.readNode(indent, depth, !isEntry);
    }
    const emptyAt = scanner.pos;
    const comment = scanner.skipToContent();
    if (this.isNodeAhead(indent, isEntry)) {
      return this.readBelow(comment <= indent, () => this.readNode(indent, depth, true));
    }
    this.values.count(1, depth);
    return this.readNothing(emptyAt, comment < Infinity, depth, undefined);
  }

  /** Whether the line after an indicator is what it is about. */
  private isNodeAhead(indent: number, isEntry: boolean): boolean {
    const { scanner } = this.values;
    const { column } = scanner;
    return column > indent || (isEntry && column === indent && scanner.isAtDash);
  }

  /**
   * The package takes the column of a comment before a value, where it is lower, for the
   * indentation that the lines of a scalar or in brackets need.
   */
  private readBelow(isLowComment: boolean, read: () => Data): Data {
    if (!isLowComment) {
      return read();
    }
    const { offsets } = this.values;
    const record = offsets.next;
    const value = read();
    if (offsets.kindOf(record) === Kind.Scalar) {
      throw new Unsure();
    }
    return value;
  }

  private readNothing(at: number, hasComment: boolean, depth: number, tag: Tag | undefined): Data {
    const { values } = this;
    this.emptyAt = hasComment ? -1 : at;
    if (hasComment && tag === undefined) {
      values.noteComment("", at, depth);
    }
    return values.plain(values.offsets.add(Kind.Scalar, at, at), "", depth, tag);
  }

  /** `isBlock`: whether a map or list may start here, which is not on the line of a key. */
  private readNode(indent: number, depth: number, isBlock: boolean): Data {
    const { values } = this;
    values.count(1, depth);
    this.emptyAt = -1;
    const { current } = values.scanner;
    if (current !== Char.Ampersand && current !== Char.Exclamation) {
      return this.readBare(indent, depth, isBlock, undefined);
    }
    return values.withProperties(depth, (depth, tag) =>
      this.readAfterProperties(indent, depth, isBlock, tag),
    );
  }

  private readAfterProperties(
    indent: number,
    depth: number,
    isBlock: boolean,
    tag: Tag | undefined,
  ): Data {
    const { scanner } = this.values;
    if (!scanner.isLineOver) {
      return this.readBare(indent, depth, false, tag);
    }
    const emptyAt = scanner.pos;
    const comment = scanner.skipToContent();
    if (!this.isNodeAhead(indent, !isBlock)) {
      return this.readNothing(emptyAt, comment < Infinity, depth, tag);
    }
    if (scanner.current === Char.Asterisk) {
      throw new Unsure();
    }
    return this.readBelow(comment <= indent, () => this.readBare(indent, depth, true, tag));
  }

  private readBare(indent: number, depth: number, isBlock: boolean, tag: Tag | undefined): Data {
    const { values } = this;
    const { scanner } = values;
    switch (scanner.current) {
      case Char.Asterisk:
        return values.alias(depth);
      case Char.OpenBrace:
      case Char.OpenBracket:
        return readFlow(values, indent, depth, tag);
      case Char.Bar:
      case Char.Greater: {
        const start = scanner.pos;
        const { value, end } = readBlockScalar(scanner, indent);
        if (value === "" && (tag === undefined || tag.name === "!!str")) {
          values.noteEmptyBlock(start, depth);
        }
        return values.string(values.offsets.add(Kind.Scalar, start, end), value, depth, tag);
      }
      case Char.DoubleQuote:
      case Char.SingleQuote:
        return this.readQuoted(indent, depth, isBlock, tag);
      case Char.Minus:
        if (isBlock && scanner.isAtDash) {
          return this.readList(depth, tag);
        }
    }
    return this.readPlain(indent, depth, isBlock, tag);
  }

  private readQuoted(indent: number, depth: number, isBlock: boolean, tag: Tag | undefined): Data {
    const { values } = this;
    const { scanner } = values;
    const { pos: start, column, lineStart } = scanner;
    const text = scanner.quoted(indent);
    const end = scanner.pos;
    if (isBlock && scanner.lineStart === lineStart && scanner.isColonAhead(end)) {
      scanner.pos = start;
      return this.readMap(depth, column, readKey(values, false), tag);
    }
    const record = values.offsets.add(Kind.Scalar, start, end);
    return values.string(record, text, depth, tag);
  }

  private readPlain(indent: number, depth: number, isBlock: boolean, tag: Tag | undefined): Data {
    const { values } = this;
    const { scanner } = values;
    const { pos: start, column } = scanner;
    if (!scanner.isPlainStart(false)) {
      throw new Unsure();
    }
    const end = scanner.plainEnd(start, false);
    if (isBlock && scanner.isColonAhead(end)) {
      const text = values.text.slice(start, end);
      return this.readMap(depth, column, { text, start, end, isPlain: true }, tag);
    }
    const text = scanner.plain(end, indent, false);
    const record = values.offsets.add(Kind.Scalar, start, scanner.pos);
    const value = values.plain(record, text, depth, tag);
    if (scanner.lineStart > start) {
      values.noteItems(text, start, depth);
    }
    scanner.skipBlanks();
    if (scanner.current === Char.Hash && tag === undefined) {
      values.noteComment(value, scanner.pos, depth);
    }
    return value;
  }
}
