import { maxErrors, maxWarnings } from "../../diagnostics/budget.js";
import type { Finding, SourceSpan } from "../../diagnostics/diagnostic.js";
import {
  duplicateKey,
  invalidMerge,
  invalidString,
  numberNotHeld,
  syntaxError,
  tagMismatch,
} from "../../diagnostics/text-messages.js";
import type { Data, DataMap } from "../../model/data.js";
import type { AmbiguousScalar, OtherReading } from "../../model/document.js";
import { oddKeySign } from "../../model/odd-text.js";
import type { Limits } from "../../model/options.js";
import type { Path } from "../../model/origin.js";
import { RepeatedText } from "../../model/repeated-text.js";
import type { Source } from "../../model/source.js";
import { formTags } from "../../model/special-forms.js";
import { isList, setEntry } from "../../model/value.js";
import { Kind, OffsetTable } from "../offset-table.js";
import { unholdable } from "../scalars.js";
import { Char, Unsure } from "./yaml-chars.js";
import type { Key, Merge, Tag } from "./yaml-parts.js";
import {
  blockHeader,
  gluedComment,
  isAmbiguous,
  isNumeric,
  itemsInPlain,
  readPlain,
  readTagged,
} from "./yaml-plain.js";
import { Scanner } from "./yaml-scanner.js";
import { unknownAlias, unknownTag } from "./yaml-signs.js";

/** What an anchor refers to; no value until it is read to its end. */
interface Anchored {
  readonly record: number;
  readonly value?: Data;
  /** The values inside, and the levels of maps and lists. */
  readonly nodes: number;
  readonly height: number;
}

/** The tags that say what a scalar is. */
const scalarTags = ["!!str", "!!int", "!!float", "!!bool", "!!null"];

/**
 * What a YAML text says, in whatever style: anchors, tags, merges, what scalars mean, and what is
 * wrong with them. `depth` is the number of maps and lists around a value.
 */
export class Values {
  readonly text: string;
  readonly scanner: Scanner;
  readonly offsets: OffsetTable;
  readonly ambiguous: AmbiguousScalar[] = [];
  readonly unread: Path[] = [];
  /** Whether too much is wrong to go on. */
  isUnclear = false;
  /** Of the value in question the first `depth` elements hold. */
  readonly path: (string | number)[] = [];
  private readonly tagFindings: Finding[] = [];
  private readonly valueFindings: Finding[] = [];
  private readonly anchors = new Map<string, Anchored>();
  /** How many anchors are on the value in question and those around it, and merges around it. */
  private anchorsAround = 0;
  private mergesAround = 0;
  private nodes = 0;
  /** How many texts look like lists; no more are noted than are reported. */
  private lists = 0;
  /** The text that aliases repeat, as values. */
  private repeated = 0;
  private readonly repeatedText = new RepeatedText();
  /** The most levels in the anchored value in question so far. */
  private deepest = 0;

  constructor(
    private readonly source: Source,
    private readonly limits: Limits,
  ) {
    this.text = source.text;
    this.scanner = new Scanner(this.text);
    this.offsets = new OffsetTable(this.text);
  }

  get findings(): readonly Finding[] {
    return [...this.tagFindings, ...this.valueFindings];
  }

  /** Counts values, each alias as what it refers to. */
  count(nodes: number, depth: number): void {
    this.nodes += nodes;
    if (depth > this.deepest) {
      this.deepest = depth;
    }
    const isTooMuch = this.nodes + this.repeated > this.limits.values;
    if (isTooMuch || depth > this.limits.depth) {
      throw new Unsure(isTooMuch ? "values" : "depth");
    }
  }

  /** Reads an anchor and a tag, then the value, whose depth `read` gets. */
  withProperties(depth: number, read: (depth: number, tag: Tag | undefined) => Data): Data {
    const { scanner } = this;
    let anchor: string | undefined;
    let tag: Tag | undefined;
    for (; ; scanner.skipBlanks()) {
      const { current, pos: start } = scanner;
      if (current === Char.Ampersand && anchor === undefined) {
        anchor = scanner.anchor();
      } else if (current === Char.Exclamation && tag === undefined) {
        const name = scanner.tag();
        tag = { name, start, end: scanner.pos };
      } else if (current === Char.Asterisk) {
        throw new Unsure();
      } else {
        break;
      }
    }
    const readTagged = (): Data =>
      tag === undefined ? read(depth, undefined) : this.inForm(tag, depth, read);
    return anchor === undefined ? readTagged() : this.anchored(anchor, tag, depth, readTagged);
  }

  private anchored(anchor: string, tag: Tag | undefined, depth: number, read: () => Data): Data {
    const { nodes, deepest } = this;
    const record = this.offsets.next;
    this.deepest = depth;
    this.anchors.set(anchor, { record, nodes: 0, height: 0 });
    this.anchorsAround++;
    const value = read();
    this.anchorsAround--;
    const height = this.deepest - depth;
    if (value === null && tag === undefined && this.isBlank(record)) {
      this.addAmbiguous(`&${anchor}`, depth);
    }
    this.anchors.set(anchor, { record, value, nodes: this.nodes - nodes, height });
    this.deepest = Math.max(this.deepest, deepest);
    return value;
  }

  /** Reads the argument of a special form, or what has another tag. */
  private inForm(
    tag: Tag,
    depth: number,
    read: (depth: number, tag: Tag | undefined) => Data,
  ): Data {
    if (!formTags.includes(tag.name)) {
      return read(depth, tag);
    }
    const key = `$${tag.name.slice(1)}`;
    this.offsets.add(Kind.Form, tag.start, tag.end);
    this.path[depth] = key;
    this.count(1, depth + 1);
    return { [key]: read(depth + 1, undefined) };
  }

  alias(depth: number): Data {
    const { scanner, offsets } = this;
    const start = scanner.pos;
    const name = scanner.alias();
    const anchored = this.anchors.get(name);
    if (anchored?.value === undefined) {
      const record = offsets.add(Kind.Alias, start, scanner.pos, offsets.next);
      const place = this.place(record);
      const finding =
        anchored === undefined
          ? unknownAlias(place, name)
          : syntaxError(place, "cyclicAlias", name);
      return this.fail(finding, depth);
    }
    offsets.add(Kind.Alias, start, scanner.pos, anchored.record);
    this.repeated += this.repeatedText.weigh(anchored.value);
    this.count(anchored.nodes, depth + anchored.height);
    return anchored.value;
  }

  /** The value of a scalar without quotes. */
  plain(record: number, text: string, depth: number, tag: Tag | undefined): Data {
    if (tag !== undefined) {
      return this.tagged(record, text, depth, tag);
    }
    const value = readPlain(text);
    if (value === undefined) {
      return this.fail(numberNotHeld(this.place(record), text), depth);
    }
    if (isAmbiguous(text)) {
      this.addAmbiguous(text, depth);
    }
    return value;
  }

  /** Notes a key that says something else than was meant, before its value is read. */
  noteKey({ text, isPlain }: Key, depth: number): void {
    if (isPlain && oddKeySign(text) !== undefined) {
      this.ambiguous.push({ path: this.path.slice(0, depth), text, isKey: true });
    }
  }

  /** Notes a comment behind plain text, which may be nothing, that may be a part of it. */
  noteComment(value: Data, end: number, depth: number): void {
    const comment = gluedComment(this.text, end);
    if (comment !== undefined && typeof value === "string") {
      this.addAmbiguous(value, depth, { comment });
    }
  }

  /** Notes that plain text over several lines, which ends here, looks like a list. */
  noteItems(text: string, start: number, depth: number): void {
    if (this.lists === maxWarnings) {
      return;
    }
    const items = itemsInPlain(this.text.slice(start, this.scanner.pos));
    if (items !== undefined) {
      this.lists++;
      this.addAmbiguous(text, depth, { items });
    }
  }

  /** Notes that a block string is empty: its sign may be meant as text. */
  noteEmptyBlock(start: number, depth: number): void {
    this.addAmbiguous(blockHeader(this.text, start), depth);
  }

  /** The value of any other scalar. */
  string(record: number, text: string, depth: number, tag: Tag | undefined): Data {
    return tag === undefined
      ? this.held(record, text, depth)
      : this.tagged(record, text, depth, tag);
  }

  private tagged(record: number, text: string, depth: number, tag: Tag): Data {
    const { name } = tag;
    if (!scalarTags.includes(name)) {
      this.reportTag(tag);
      return this.addUnread(depth);
    }
    if (name === "!!str") {
      return this.held(record, text, depth);
    }
    const value = readTagged(name, text);
    if (value !== undefined) {
      return value;
    }
    const place = this.place(record);
    return this.fail(
      isNumeric(name, text) ? numberNotHeld(place, text) : tagMismatch(place, name),
      depth,
    );
  }

  private held(record: number, text: string, depth: number): Data {
    const problem = this.scanner.hasEscapes ? unholdable(text) : undefined;
    return problem === undefined
      ? text
      : this.fail(invalidString(this.place(record), problem), depth);
  }

  private addAmbiguous(text: string, depth: number, more: OtherReading = {}): void {
    this.ambiguous.push({
      path: this.path.slice(0, depth),
      text,
      ...more,
      ...(this.anchorsAround > 0 && { isAnchored: true }),
    });
  }

  /** Counts a map or list; answers whether it is read, which it is not where it has another tag. */
  open(expected: "!!map" | "!!seq", depth: number, tag: Tag | undefined): boolean {
    this.count(0, depth + 1);
    // What is merged is as deep as all else in the text, and read by the same recursion.
    if (depth + this.mergesAround >= this.limits.depth) {
      throw new Unsure("depth");
    }
    if (tag === undefined || tag.name === expected) {
      return true;
    }
    this.reportTag(tag);
    return false;
  }

  /** What a tag means that nobody knows is not read, though there may be anchors inside. */
  addUnread(depth: number): null {
    if (this.anchorsAround + this.mergesAround > 0) {
      this.isUnclear = true;
    }
    this.unread.push(this.path.slice(0, depth));
    return null;
  }

  private reportTag({ name, start, end }: Tag): void {
    const place = { source: this.source, start, end };
    this.tagFindings.push(unknownTag(place, name));
  }

  /** Reads the value of `<<`. */
  mergeValue(key: Key, read: () => Data): Merge {
    this.offsets.add(Kind.Merge, key.start, key.end);
    const record = this.offsets.next;
    this.mergesAround++;
    const value = read();
    this.mergesAround--;
    return { record, value };
  }

  /** Does what waits until all entries of a map are read. */
  finishMap(
    map: { [key: string]: Data },
    record: number,
    depth: number,
    { merges, hasDuplicates }: { merges: readonly Merge[]; hasDuplicates: boolean },
  ): void {
    if (hasDuplicates || merges.length > 1) {
      this.reportDuplicates(record, depth);
    }
    for (const merge of merges) {
      this.merge(map, merge, depth);
    }
  }

  /** Adds the entries that `map` lacks; of several sources the first wins. */
  private merge(map: { [key: string]: Data }, { record, value }: Merge, depth: number): void {
    const { offsets } = this;
    const source = offsets.targetOf(record);
    const sources =
      offsets.kindOf(source) === Kind.List
        ? [...offsets.children(source)].map((child) => offsets.targetOf(child))
        : [source];
    if (offsets.kindOf(source) === Kind.Alias) {
      return;
    }
    if (!sources.every((source) => offsets.kindOf(source) === Kind.Map)) {
      this.fail(invalidMerge(this.place(record)), depth);
      return;
    }
    for (const entries of (isList(value) ? value : [value]) as readonly (DataMap | null)[]) {
      for (const key of Object.keys(entries ?? {})) {
        if (!Object.hasOwn(map, key)) setEntry(map, key, entries![key]!);
      }
    }
  }

  /** Reports each key of a map that was there before. */
  private reportDuplicates(map: number, depth: number): void {
    const firsts = new Map<string, SourceSpan>();
    for (const key of this.offsets.children(map)) {
      const name = this.offsets.keyText(key);
      const place = this.place(key);
      const first = firsts.get(name);
      if (first === undefined) {
        firsts.set(name, place);
      } else {
        this.path[depth] = name;
        this.fail(duplicateKey(place, name, first), depth + 1);
      }
    }
  }

  private isBlank(record: number): boolean {
    const { start, end } = this.offsets.spanOf(record);
    return start === end;
  }

  private place(record: number): SourceSpan {
    return { source: this.source, ...this.offsets.spanOf(record) };
  }

  /** Of a value with `depth` maps and lists around it something cannot be read. */
  private fail(finding: Finding, depth: number): null {
    if (this.valueFindings.length < maxErrors) {
      this.valueFindings.push(finding);
    }
    this.isUnclear ||= this.valueFindings.length >= maxErrors;
    return this.addUnread(depth);
  }
}
