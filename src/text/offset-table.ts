import { getOrInsertComputed } from "../model/maps.js";
import type { Path } from "../model/origin.js";
import type { Span } from "../model/source.js";
import { firstLine } from "./spans.js";
import { readQuoted } from "./yaml/yaml-quoted.js";

export const enum Kind {
  Scalar,
  Map,
  List,
  /** Leads to the record of what it refers to. */
  Alias,
  /** The tag of a special form; the record of its argument follows. */
  Form,
  /** The record of the value follows. */
  Key,
  /** The key `<<`; the record of what is merged follows. */
  Merge,
}

const kinds: readonly Kind[] = [
  Kind.Scalar,
  Kind.Map,
  Kind.List,
  Kind.Alias,
  Kind.Form,
  Kind.Key,
  Kind.Merge,
];

/** Numbers a record takes: where it starts and ends, and a link with the kind in its last bits. */
const width = 3;
const kindBits = 3;

/**
 * Where everything in a YAML text is: one record for each key, value and tag of a form, in the order
 * of the text. A map or list links to the record after all that is in it.
 */
export class OffsetTable {
  private records: Int32Array;
  private count = 0;
  /** Of maps that were asked for, the record of each key; of lists, those of the items. */
  private readonly keys = new Map<number, ReadonlyMap<string, number>>();
  private readonly items = new Map<number, readonly number[]>();
  /** Where the brackets end that follow an offset that was asked for. */
  private readonly closed = new Map<number, number>();

  constructor(private readonly text: string) {
    // Few texts need more, and what is not needed is never touched.
    this.records = new Int32Array(width * (8 + (text.length >> 2)));
  }

  /** Answers the record, which is complete but for a map or list. */
  add(kind: Kind, start: number, end: number, target = 0): number {
    const at = this.count * width;
    if (at === this.records.length) {
      const longer = new Int32Array(at * 2);
      longer.set(this.records);
      this.records = longer;
    }
    this.records[at] = start;
    this.records[at + 1] = end;
    this.records[at + 2] = (target << kindBits) | kind;
    return this.count++;
  }

  /** The record that is added next. */
  get next(): number {
    return this.count;
  }

  /** Where the last record starts. */
  get lastStart(): number {
    return this.count === 0 ? 0 : this.records[(this.count - 1) * width]!;
  }

  /** Ends a map or list: all records since are in it. */
  close(record: number, kind: Kind.Map | Kind.List, end: number): void {
    this.records[record * width + 1] = end;
    this.records[record * width + 2] = (this.count << kindBits) | kind;
  }

  /** The offset after a scalar or alias; after a map or list whatever may be said of it. */
  endOf(record: number): number {
    return this.records[record * width + 1]!;
  }

  kindOf(record: number): Kind {
    return kinds[this.records[record * width + 2]! & ((1 << kindBits) - 1)]!;
  }

  /** What an alias refers to; any other record is its own. */
  targetOf(record: number): number {
    return this.kindOf(record) === Kind.Alias ? this.linkOf(record) : record;
  }

  /** The records of the values in a list, or the key records of a map. */
  *children(record: number): Generator<number> {
    const end = this.linkOf(record);
    const isMap = this.kindOf(record) === Kind.Map;
    for (let child = record + 1; child < end; child = this.after(isMap ? child + 1 : child)) {
      yield child;
    }
  }

  /**
   * The offsets of the value at `path` from the root, or of its key; of the nearest enclosing value
   * where there is none.
   */
  locate(path: Path, isKey: boolean): Span {
    let record = 0;
    let found = record;
    for (const [index, name] of path.entries()) {
      record = this.targetOf(record);
      const kind = this.kindOf(record);
      if (kind === Kind.Form) {
        if (name !== this.formName(record)) {
          break;
        }
        record++;
        continue;
      }
      const child = this.childAt(record, kind, name);
      if (child === undefined) {
        break;
      }
      const isEntry = kind === Kind.Map;
      record = isEntry ? child + 1 : child;
      const isKeyAsked = isKey && index === path.length - 1;
      found = isEntry && (isKeyAsked || this.isEmpty(this.bare(record))) ? child : record;
    }
    return this.spanOf(found);
  }

  private childAt(record: number, kind: Kind, name: string | number): number | undefined {
    switch (kind) {
      case Kind.Map:
        return getOrInsertComputed(this.keys, record, () => this.keysOf(record)).get(String(name));
      case Kind.List:
        return typeof name === "number"
          ? getOrInsertComputed(this.items, record, () => [...this.children(record)])[name]
          : undefined;
      default:
        return undefined;
    }
  }

  /** Its own keys first, then those that are merged, which give way to them. */
  private keysOf(map: number): ReadonlyMap<string, number> {
    const keys = new Map<string, number>();
    const waiting = [map];
    for (let record = waiting.pop(); record !== undefined; record = waiting.pop()) {
      const inside: number[] = [];
      for (const child of this.children(record)) {
        if (this.kindOf(record) === Kind.List) {
          inside.push(this.targetOf(child));
        } else if (this.kindOf(child) === Kind.Merge) {
          inside.push(this.targetOf(child + 1));
        } else {
          const name = this.keyText(child);
          if (!keys.has(name)) keys.set(name, child);
        }
      }
      for (const target of inside.reverse()) waiting.push(target);
    }
    return keys;
  }

  /** What the key of a record says. */
  keyText(record: number): string {
    const written = this.text.slice(this.records[record * width], this.endOf(record));
    return readQuoted(written) ?? written;
  }

  private formName(record: number): string {
    return `$${this.text.slice(this.records[record * width]! + 1, this.endOf(record))}`;
  }

  /** The record of what is in a form that was a tag. */
  private bare(record: number): number {
    return this.kindOf(record) === Kind.Form ? record + 1 : record;
  }

  startOf(record: number): number {
    return this.records[record * width]!;
  }

  /** The key of a record as a path has it, `$mkForce` of a tag; `undefined` for a merge key. */
  stepOf(record: number): string | undefined {
    switch (this.kindOf(record)) {
      case Kind.Form:
        return this.formName(record);
      case Kind.Merge:
        return undefined;
      default:
        return this.keyText(record);
    }
  }

  /** Where the last word of a value ends, or the bracket that closes it. */
  writtenEnd(of: number): number {
    const { text } = this;
    const record = this.bare(of);
    const start = this.startOf(record);
    const end = this.endOf(record);
    if (record !== of && start === end) {
      return this.startOf(of) + text.slice(this.startOf(of), end).trimEnd().length;
    }
    if (!this.isCollection(record)) {
      const isBroken = end > start && text[end - 1] === "\n";
      return isBroken ? end - (text[end - 2] === "\r" ? 2 : 1) : end;
    }
    if (/[[{]/.test(text[start]!)) {
      return end;
    }
    // Its last record is a scalar, or `[]`; the brackets around that one close behind it.
    const last = this.linkOf(record) - 1;
    const lastWord = text.slice(start, this.writtenEnd(last));
    const wordEnd = start + (this.isEmpty(last) ? lastWord.trimEnd() : lastWord).length;
    return getOrInsertComputed(this.closed, wordEnd, () => closersEnd(text, wordEnd));
  }

  /** The offsets of what a record is of: of a map or list the first line. */
  spanOf(of: number): Span {
    const record = this.bare(of);
    const start = this.records[record * width]!;
    const end = this.endOf(record);
    switch (this.kindOf(record)) {
      case Kind.Map:
      case Kind.List:
        return firstLine(this.text, { start, end });
      case Kind.Scalar:
        return { start, end: end > start && this.text[end - 1] === "\n" ? end - 1 : end };
      default:
        return { start, end };
    }
  }

  /** The record after one and all that is in it. */
  private after(record: number): number {
    const bare = this.bare(record);
    return this.isCollection(bare) ? this.linkOf(bare) : bare + 1;
  }

  private isCollection(record: number): boolean {
    const kind = this.kindOf(record);
    return kind === Kind.Map || kind === Kind.List;
  }

  private isEmpty(record: number): boolean {
    return this.startOf(record) === this.endOf(record);
  }

  private linkOf(record: number): number {
    return this.records[record * width + 2]! >>> kindBits;
  }
}

/** Where the last of the brackets and commas ends that follow an offset; the offset without any. */
function closersEnd(text: string, offset: number): number {
  const next = /\s+|#[^\n]*\n|[\],}]/y;
  let end = offset;
  for (next.lastIndex = offset; next.test(text); ) {
    if (/[\],}]/.test(text[next.lastIndex - 1]!)) {
      end = next.lastIndex;
    }
  }
  return end;
}
