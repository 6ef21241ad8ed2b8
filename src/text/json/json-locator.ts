import { once } from "../../model/once.js";
import type { Path } from "../../model/origin.js";
import type { Span } from "../../model/source.js";
import type { WrittenEntry, WrittenNode } from "../../model/written-tree.js";
import { firstLine } from "../spans.js";
import { endOfString } from "./json-strings.js";

/** An entry of a map or an item of a list, which has no key. */
interface Entry {
  readonly key?: Span;
  readonly value: Span;
}

/**
 * Finds positions in strict JSON without a tree: a map or list is scanned once, when something
 * inside is asked for, and what is in its entries is passed over.
 */
export class JsonLocator {
  /** By where the map or list starts, its entries by key or index. */
  private readonly scanned = new Map<number, ReadonlyMap<string | number, Entry>>();
  private root: Span | undefined;

  /** The text must be well-formed JSON; it may start with a byte order mark. */
  constructor(private readonly text: string) {}

  /** The value at `path`, or its key; the nearest enclosing value where there is none. */
  locate(path: Path, isKey: boolean): Span {
    this.root ??= rootOf(this.text);
    let value = this.root;
    for (const [index, key] of path.entries()) {
      const isMap = this.text[value.start] === "{";
      const entry = this.entriesOf(value.start).get(isMap ? String(key) : key);
      if (entry === undefined) {
        break;
      }
      if (isKey && index === path.length - 1 && entry.key !== undefined) {
        return entry.key;
      }
      value = entry.value;
    }
    return firstLine(this.text, value);
  }

  /** What is written in the text, scanned as it is asked for. */
  tree(): WrittenNode {
    this.root ??= rootOf(this.text);
    return this.nodeOf(this.root);
  }

  private nodeOf(value: Span): WrittenNode {
    const open = this.text[value.start];
    const kind = open === "{" ? "map" : open === "[" ? "list" : "scalar";
    return { kind, ...value, entries: once(() => this.nodesIn(value.start)) };
  }

  private nodesIn(start: number): readonly WrittenEntry[] {
    return Array.from(this.entriesOf(start), ([step, { key, value }]) => ({
      ...(key !== undefined && { key }),
      value: this.nodeOf(value),
      step: () => step,
    }));
  }

  private entriesOf(start: number): ReadonlyMap<string | number, Entry> {
    let entries = this.scanned.get(start);
    if (entries === undefined) {
      entries = scanEntries(this.text, start);
      this.scanned.set(start, entries);
    }
    return entries;
  }
}

function rootOf(text: string): Span {
  const start = skipSpace(text, text.startsWith("\ufeff") ? 1 : 0);
  // Nothing but space comes after the value.
  return { start, end: text.trimEnd().length };
}

/** The entries of the map or list that starts at `open`; none for a scalar. */
function scanEntries(text: string, open: number): ReadonlyMap<string | number, Entry> {
  const entries = new Map<string | number, Entry>();
  const isMap = text[open] === "{";
  if (!isMap && text[open] !== "[") {
    return entries;
  }
  let at = skipSpace(text, open + 1);
  while (text[at] !== "}" && text[at] !== "]") {
    let key: Span | undefined;
    if (isMap) {
      key = { start: at, end: skipString(text, at) };
      at = skipSpace(text, skipSpace(text, key.end) + 1);
    }
    const value = { start: at, end: skipValue(text, at) };
    const name = key === undefined ? entries.size : JSON.parse(text.slice(key.start, key.end));
    entries.set(name as string | number, key === undefined ? { value } : { key, value });
    at = skipSpace(text, value.end);
    if (text[at] === ",") {
      at = skipSpace(text, at + 1);
    }
  }
  return entries;
}

function skipSpace(text: string, start: number): number {
  let at = start;
  while (text.charCodeAt(at) <= 32) {
    at++;
  }
  return at;
}

function skipValue(text: string, start: number): number {
  const char = text[start];
  if (char === '"') {
    return skipString(text, start);
  }
  if (char === "{" || char === "[") {
    return skipBrackets(text, start);
  }
  const end = /[-+.\w]*/y;
  end.lastIndex = start;
  end.exec(text);
  return end.lastIndex;
}

/** What is in brackets is well-formed, so that only their number counts. */
function skipBrackets(text: string, start: number): number {
  let depth = 0;
  for (let at = start; ; at++) {
    switch (text.charCodeAt(at)) {
      case Char.Quote:
        at = skipString(text, at) - 1;
        break;
      case Char.OpenBrace:
      case Char.OpenBracket:
        depth++;
        break;
      case Char.CloseBrace:
      case Char.CloseBracket:
        depth--;
        if (depth === 0) {
          return at + 1;
        }
    }
  }
}

const Char = {
  Quote: 0x22,
  OpenBracket: 0x5b,
  CloseBracket: 0x5d,
  OpenBrace: 0x7b,
  CloseBrace: 0x7d,
} as const;

function skipString(text: string, start: number): number {
  return endOfString(text, start) + 1;
}
