import type { Data, DataMap } from "../model/data.js";
import type { AmbiguousScalar } from "../model/document.js";
import type { Limits } from "../model/options.js";
import { isList, setEntry } from "../model/value.js";
import { formTags } from "./form-tags.js";
import { Kind, OffsetTable } from "./offset-table.js";
import { readBlockScalar } from "./yaml-block-scalar.js";
import { isAmbiguous, readPlain, readTagged } from "./yaml-plain.js";
import { Char, isBlank, isFlowIndicator, Scanner, Unsure } from "./yaml-scanner.js";

/** What a text says in which nothing is wrong, and where. */
export interface FastReading {
  readonly value: Data;
  readonly ambiguous: readonly AmbiguousScalar[];
  readonly offsets: OffsetTable;
}

/**
 * Reads a YAML text in one pass; `undefined` where there is any mistake in it, or something of
 * which it is not certain that the package `yaml` would read it the same. Characters that YAML does
 * not allow are for the caller to find.
 */
export function readYaml(text: string, limits: Limits): FastReading | undefined {
  if (isUnusual(text)) {
    return undefined;
  }
  try {
    return new Reader(text, limits).read();
  } catch (error) {
    if (!(error instanceof Unsure)) {
      throw error;
    }
    return undefined;
  }
}

/** A byte order mark inside, or a line break of old. */
function isUnusual(text: string): boolean {
  return text.includes("\ufeff", 1) || /\r(?!\n)/.test(text);
}

/** What an anchor stands for; no value until it is read to its end. */
interface Anchored {
  readonly record: number;
  readonly value?: Data;
  /** The values in it, but for itself, and the levels of maps and lists. */
  readonly nodes: number;
  readonly height: number;
}

interface Merge {
  readonly record: number;
  readonly value: Data;
}

/** The anchor and the tag before a value. */
interface Properties {
  readonly anchor: string | undefined;
  readonly tag: string | undefined;
  readonly tagStart: number;
}

/** `depth` is the number of maps and lists around a value, `indent` the column of the innermost. */
class Reader {
  private readonly scanner: Scanner;
  private readonly offsets: OffsetTable;
  private readonly ambiguous: AmbiguousScalar[] = [];
  private readonly anchors = new Map<string, Anchored>();
  private readonly path: (string | number)[] = [];
  private anchorsAround = 0;
  private nodes = 0;
  private deepest = 0;
  /** Where nothing is written for the last value; else -1. */
  private emptyAt = -1;

  constructor(
    private readonly text: string,
    private readonly limits: Limits,
  ) {
    this.scanner = new Scanner(text);
    this.offsets = new OffsetTable(text);
  }

  read(): FastReading {
    const { scanner, offsets, ambiguous } = this;
    scanner.startDocument();
    const value = this.readNode(-1, 0, true);
    scanner.skipToContent();
    if (scanner.column >= 0) {
      throw new Unsure();
    }
    return { value, ambiguous, offsets };
  }

  /** Adds up values, each alias as what it stands for. */
  private count(nodes: number, depth: number): void {
    this.nodes += nodes;
    if (depth > this.deepest) {
      this.deepest = depth;
    }
    if (this.nodes > this.limits.nodes || depth > this.limits.depth) {
      throw new Unsure();
    }
  }

  /** Reads what is behind a `-`, or a `:` where `isEntry`. */
  private readValue(indent: number, depth: number, isEntry: boolean): Data {
    const { scanner } = this;
    if (!scanner.isLineOver) {
      return this.readNode(indent, depth, !isEntry);
    }
    const emptyAt = scanner.pos;
    const comment = scanner.skipToContent();
    if (this.isNodeAhead(indent, isEntry)) {
      return this.readBelow(comment <= indent, () => this.readNode(indent, depth, true));
    }
    this.count(1, depth);
    this.addNothing(emptyAt, comment < Infinity);
    return null;
  }

  /**
   * The package takes the column of a comment before a value, where it is lower, for the
   * indentation that the lines of a scalar or in brackets need.
   */
  private readBelow(isLowComment: boolean, read: () => Data): Data {
    if (!isLowComment) {
      return read();
    }
    const record = this.offsets.next;
    const isFlow = isBracket(this.scanner.current);
    const value = read();
    if (isFlow || this.offsets.kindOf(record) === Kind.Scalar) {
      throw new Unsure();
    }
    return value;
  }

  /** Whether the line after an indicator is what it is about. */
  private isNodeAhead(indent: number, isEntry: boolean): boolean {
    const { column } = this.scanner;
    return column > indent || (isEntry && column === indent && this.isAtDash());
  }

  private isAtDash(): boolean {
    const { scanner } = this;
    return scanner.current === Char.Minus && scanner.isIndicator(scanner.pos);
  }

  private addNothing(at: number, hasComment: boolean): void {
    this.emptyAt = hasComment ? -1 : at;
    this.offsets.add(Kind.Scalar, at, at);
  }

  /** `isBlock`: whether a map or list may start here, which is not on the line of a key. */
  private readNode(indent: number, depth: number, isBlock: boolean): Data {
    this.count(1, depth);
    this.emptyAt = -1;
    const { current } = this.scanner;
    if (current !== Char.Ampersand && current !== Char.Exclamation) {
      return this.readBare(indent, depth, isBlock, undefined);
    }
    const { anchor, tag, tagStart } = this.readProperties();
    return this.anchored(anchor, depth, () =>
      this.tagged(tag, tagStart, depth, (depth, tag) =>
        this.readAfterProperties(indent, depth, isBlock, tag),
      ),
    );
  }

  private readAfterProperties(
    indent: number,
    depth: number,
    isBlock: boolean,
    tag: string | undefined,
  ): Data {
    const { scanner } = this;
    if (!scanner.isLineOver) {
      return this.readBare(indent, depth, false, tag);
    }
    const emptyAt = scanner.pos;
    const comment = scanner.skipToContent();
    if (!this.isNodeAhead(indent, !isBlock)) {
      this.addNothing(emptyAt, comment < Infinity);
      return this.plainValue("", depth, tag);
    }
    if (scanner.current === Char.Asterisk) {
      throw new Unsure();
    }
    return this.readBelow(comment <= indent, () => this.readBare(indent, depth, true, tag));
  }

  private readProperties(): Properties {
    const { scanner } = this;
    let anchor: string | undefined;
    let tag: string | undefined;
    let tagStart = 0;
    for (;;) {
      const { current, pos } = scanner;
      if (current === Char.Ampersand && anchor === undefined) {
        anchor = scanner.anchor();
      } else if (current === Char.Exclamation && tag === undefined) {
        tag = scanner.tag();
        tagStart = pos;
      } else if (current === Char.Asterisk) {
        throw new Unsure();
      } else {
        return { anchor, tag, tagStart };
      }
      scanner.skipBlanks();
    }
  }

  private anchored(anchor: string | undefined, depth: number, read: () => Data): Data {
    if (anchor === undefined) {
      return read();
    }
    const { nodes, deepest } = this;
    const record = this.offsets.next;
    this.deepest = depth;
    this.anchors.set(anchor, { record, nodes: 0, height: 0 });
    this.anchorsAround++;
    const value = read();
    this.anchorsAround--;
    const height = this.deepest - depth;
    this.anchors.set(anchor, { record, value, nodes: this.nodes - nodes, height });
    this.deepest = Math.max(this.deepest, deepest);
    return value;
  }

  private tagged(
    tag: string | undefined,
    start: number,
    depth: number,
    read: (depth: number, tag: string | undefined) => Data,
  ): Data {
    if (tag === undefined || !formTags.includes(tag)) {
      return read(depth, tag);
    }
    const key = `$${tag.slice(1)}`;
    this.offsets.add(Kind.Form, start, start + tag.length);
    this.path[depth] = key;
    this.count(1, depth + 1);
    return { [key]: read(depth + 1, undefined) };
  }

  private readBare(indent: number, depth: number, isBlock: boolean, tag: string | undefined): Data {
    const { scanner } = this;
    switch (scanner.current) {
      case Char.Asterisk:
        return this.ended(this.readAlias(depth, tag));
      case Char.OpenBrace:
      case Char.OpenBracket:
        return this.ended(this.readFlow(indent, depth, true, tag));
      case Char.Bar:
      case Char.Greater:
        return this.readBlockText(indent, tag);
      case Char.DoubleQuote:
      case Char.SingleQuote:
        return this.readQuoted(indent, depth, isBlock, tag);
      case Char.Minus:
        if (isBlock && this.isAtDash()) {
          return this.readList(depth, tag);
        }
    }
    return this.readPlain(indent, depth, isBlock, tag);
  }

  /** Makes sure that nothing but a comment follows on the line. */
  private ended<T>(value: T): T {
    const { scanner } = this;
    scanner.skipBlanks();
    if (!scanner.isLineOver) {
      throw new Unsure();
    }
    return value;
  }

  private readAlias(depth: number, tag: string | undefined): Data {
    const { scanner } = this;
    const start = scanner.pos;
    const anchored = this.anchors.get(scanner.alias());
    if (anchored?.value === undefined || tag !== undefined) {
      throw new Unsure();
    }
    this.offsets.add(Kind.Alias, start, scanner.pos, anchored.record);
    this.count(anchored.nodes, depth + anchored.height);
    return anchored.value;
  }

  private readBlockText(indent: number, tag: string | undefined): Data {
    const start = this.scanner.pos;
    const { value, end } = readBlockScalar(this.scanner, indent);
    this.offsets.add(Kind.Scalar, start, end);
    return quotedValue(value, tag);
  }

  private readQuoted(
    indent: number,
    depth: number,
    isBlock: boolean,
    tag: string | undefined,
  ): Data {
    const { scanner } = this;
    const { pos: start, column, lineStart } = scanner;
    const text = scanner.quoted(indent);
    const end = scanner.pos;
    if (isBlock && scanner.lineStart === lineStart && scanner.isColonAhead(end)) {
      return this.readMap(depth, column, { text, start, end, isPlain: false }, tag);
    }
    this.offsets.add(Kind.Scalar, start, end);
    return this.ended(quotedValue(text, tag));
  }

  private readPlain(
    indent: number,
    depth: number,
    isBlock: boolean,
    tag: string | undefined,
  ): Data {
    const { scanner } = this;
    const { pos: start, column } = scanner;
    if (!scanner.isPlainStart(false)) {
      throw new Unsure();
    }
    const end = scanner.plainEnd(start, false);
    if (isBlock && scanner.isColonAhead(end)) {
      const text = this.text.slice(start, end);
      return this.readMap(depth, column, { text, start, end, isPlain: true }, tag);
    }
    const text = scanner.plain(end, indent, false);
    this.offsets.add(Kind.Scalar, start, scanner.pos);
    return this.ended(this.plainValue(text, depth, tag));
  }

  private plainValue(text: string, depth: number, tag: string | undefined): Data {
    if (tag !== undefined) {
      return quotedValue(text, tag);
    }
    const value = readPlain(text);
    if (value === undefined) {
      throw new Unsure();
    }
    if (isAmbiguous(text)) {
      this.ambiguous.push({
        path: this.path.slice(0, depth),
        text,
        ...(this.anchorsAround > 0 && { isAnchored: true }),
      });
    }
    return value;
  }

  private readMap(depth: number, column: number, first: Key, tag: string | undefined): DataMap {
    const { scanner, offsets } = this;
    this.count(0, depth + 1);
    checkTag(tag, "!!map");
    const record = offsets.add(Kind.Map, first.start, first.end);
    const data: { [key: string]: Data } = {};
    let merge: Merge | undefined;
    for (let key = first; ; key = this.readKey()) {
      scanner.pos = key.end;
      scanner.passColon(key.start);
      if (key.text === "<<" && key.isPlain) {
        if (merge !== undefined) throw new Unsure();
        offsets.add(Kind.Merge, key.start, key.end);
        merge = { record: offsets.next, value: this.readValue(column, depth, true) };
      } else {
        offsets.add(Kind.Key, key.start, key.end);
        this.path[depth] = key.text;
        addEntry(data, key.text, this.readValue(column, depth + 1, true));
      }
      scanner.skipToContent(true);
      if (scanner.column !== column) {
        break;
      }
    }
    if (scanner.column > column) {
      throw new Unsure();
    }
    offsets.close(record, Kind.Map, this.emptyAt < 0 ? scanner.pos : this.emptyAt);
    if (merge !== undefined) this.merge(data, merge);
    return data;
  }

  /** A key on one line that ends before a colon. */
  private readKey(): Key {
    const { scanner } = this;
    const { pos: start, lineStart, current } = scanner;
    const isPlain = current !== Char.DoubleQuote && current !== Char.SingleQuote;
    if (isPlain && !scanner.isPlainStart(false)) {
      throw new Unsure();
    }
    const quoted = isPlain ? "" : scanner.quoted(-1);
    const end = isPlain ? scanner.plainEnd(start, false) : scanner.pos;
    if (scanner.lineStart !== lineStart || !scanner.isColonAhead(end)) {
      throw new Unsure();
    }
    return { text: isPlain ? this.text.slice(start, end) : quoted, start, end, isPlain };
  }

  private readList(depth: number, tag: string | undefined): Data {
    const { scanner, offsets } = this;
    const { column, pos } = scanner;
    this.count(0, depth + 1);
    checkTag(tag, "!!seq");
    const record = offsets.add(Kind.List, pos, pos);
    const list: Data[] = [];
    do {
      scanner.passDash();
      this.path[depth] = list.length;
      list.push(this.readValue(column, depth + 1, false));
      scanner.skipToContent(true);
    } while (scanner.column === column && this.isAtDash());
    if (scanner.column > column) {
      throw new Unsure();
    }
    offsets.close(record, Kind.List, this.emptyAt < 0 ? scanner.pos : this.emptyAt);
    return list;
  }

  /** Adds the entries that `map` lacks; of several sources the first wins. */
  private merge(map: { [key: string]: Data }, { record, value }: Merge): void {
    const { offsets } = this;
    const source = offsets.targetOf(record);
    const sources =
      offsets.kindOf(source) === Kind.List
        ? [...offsets.children(source)].map((child) => offsets.targetOf(child))
        : [source];
    if (!sources.every((source) => offsets.kindOf(source) === Kind.Map)) {
      throw new Unsure();
    }
    for (const entries of (isList(value) ? value : [value]) as readonly DataMap[]) {
      for (const key of Object.keys(entries)) {
        if (!Object.hasOwn(map, key)) setEntry(map, key, entries[key]!);
      }
    }
  }

  /** Reads a map or list in brackets; `isOutermost` where it is not in another such. */
  private readFlow(
    indent: number,
    depth: number,
    isOutermost: boolean,
    tag: string | undefined,
  ): Data {
    this.count(0, depth + 1);
    const { scanner } = this;
    const isMap = scanner.current === Char.OpenBrace;
    checkTag(tag, isMap ? "!!map" : "!!seq");
    const record = this.offsets.add(isMap ? Kind.Map : Kind.List, scanner.pos, 0);
    scanner.pos++;
    const value = isMap
      ? this.readFlowMap(indent, depth, isOutermost)
      : this.readFlowList(indent, depth, isOutermost);
    this.offsets.close(record, isMap ? Kind.Map : Kind.List, scanner.pos);
    return value;
  }

  private readFlowList(indent: number, depth: number, isOutermost: boolean): Data[] {
    const { scanner } = this;
    const list: Data[] = [];
    scanner.skipInFlow(indent, isOutermost);
    while (scanner.current !== Char.CloseBracket) {
      this.path[depth] = list.length;
      list.push(this.readFlowNode(indent, depth + 1));
      scanner.passComma(indent, isOutermost, Char.CloseBracket);
    }
    scanner.pos++;
    return list;
  }

  private readFlowMap(indent: number, depth: number, isOutermost: boolean): DataMap {
    const { scanner, offsets } = this;
    const data: { [key: string]: Data } = {};
    let merge: Merge | undefined;
    scanner.skipInFlow(indent, isOutermost);
    while (scanner.current !== Char.CloseBrace) {
      const { text, start, end, isPlain } = this.readFlowKey();
      if (text === "<<" && isPlain) {
        if (merge !== undefined) throw new Unsure();
        offsets.add(Kind.Merge, start, end);
        merge = { record: offsets.next, value: this.readFlowValue(indent, depth) };
      } else {
        offsets.add(Kind.Key, start, end);
        this.path[depth] = text;
        addEntry(data, text, this.readFlowValue(indent, depth + 1));
      }
      scanner.passComma(indent, isOutermost, Char.CloseBrace);
    }
    scanner.pos++;
    if (merge !== undefined) this.merge(data, merge);
    return data;
  }

  private readFlowKey(): Key {
    const { scanner } = this;
    const { pos: start, lineStart, current } = scanner;
    const isPlain = current !== Char.DoubleQuote && current !== Char.SingleQuote;
    if (isPlain && !scanner.isPlainStart(true)) {
      throw new Unsure();
    }
    const quoted = isPlain ? "" : scanner.quoted(-1);
    const end = isPlain ? scanner.plainEnd(start, true) : scanner.pos;
    if (scanner.lineStart !== lineStart) {
      throw new Unsure();
    }
    scanner.pos = end;
    return { text: isPlain ? this.text.slice(start, end) : quoted, start, end, isPlain };
  }

  private readFlowValue(indent: number, depth: number): Data {
    const { scanner } = this;
    const keyEnd = scanner.pos;
    scanner.skipBlanks();
    if (scanner.current === Char.Colon) {
      const isAdjacent = isQuote(scanner.at(keyEnd - 1)) && scanner.pos === keyEnd;
      const next = scanner.at(scanner.pos + 1);
      if (!isAdjacent && !isBlank(next) && !isFlowIndicator(next)) {
        throw new Unsure();
      }
      scanner.pos++;
      scanner.skipInFlow(indent, false);
      if (!isItemEnd(scanner.current)) {
        return this.readFlowNode(indent, depth);
      }
    }
    this.count(1, depth);
    this.offsets.add(Kind.Scalar, keyEnd, keyEnd);
    return null;
  }

  private readFlowNode(indent: number, depth: number): Data {
    this.count(1, depth);
    const { current } = this.scanner;
    if (current !== Char.Ampersand && current !== Char.Exclamation) {
      return this.readFlowBare(indent, depth, undefined);
    }
    const { anchor, tag, tagStart } = this.readProperties();
    return this.anchored(anchor, depth, () =>
      this.tagged(tag, tagStart, depth, (depth, tag) => this.readFlowBare(indent, depth, tag)),
    );
  }

  private readFlowBare(indent: number, depth: number, tag: string | undefined): Data {
    const { scanner, offsets } = this;
    const { pos: start } = scanner;
    switch (scanner.current) {
      case Char.Asterisk:
        return this.readAlias(depth, tag);
      case Char.OpenBrace:
      case Char.OpenBracket:
        return this.readFlow(indent, depth, false, tag);
      case Char.DoubleQuote:
      case Char.SingleQuote: {
        const text = scanner.quoted(indent);
        offsets.add(Kind.Scalar, start, scanner.pos);
        return quotedValue(text, tag);
      }
    }
    if (!scanner.isPlainStart(true)) {
      throw new Unsure();
    }
    const text = scanner.plain(scanner.plainEnd(start, true), indent, true);
    offsets.add(Kind.Scalar, start, scanner.pos);
    return this.plainValue(text, depth, tag);
  }
}

/** A key as it is read, and where it is. */
interface Key {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly isPlain: boolean;
}

function addEntry(map: { [key: string]: Data }, key: string, value: Data): void {
  if (map[key] !== undefined && Object.hasOwn(map, key)) {
    throw new Unsure();
  }
  setEntry(map, key, value);
}

/** The value of a scalar that is no plain one, or has one of YAML's own tags. */
function quotedValue(text: string, tag: string | undefined): Data {
  if (tag === undefined || tag === "!!str") {
    return text;
  }
  const value = readTagged(tag, text);
  if (value === undefined) {
    throw new Unsure();
  }
  return value;
}

function checkTag(tag: string | undefined, expected: string): void {
  if (tag !== undefined && tag !== expected) {
    throw new Unsure();
  }
}

function isItemEnd(char: number): boolean {
  return char === Char.Comma || char === Char.CloseBrace;
}

function isBracket(char: number): boolean {
  return char === Char.OpenBrace || char === Char.OpenBracket;
}

function isQuote(char: number): boolean {
  return char === Char.DoubleQuote || char === Char.SingleQuote;
}
