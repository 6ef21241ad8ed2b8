import { LineIndex } from "../diagnostics/line-index.js";
import type { Span } from "../model/source.js";
import { lineEnd, lineStart } from "./lines.js";
import { Kind, type OffsetTable } from "./offset-table.js";
import {
  type CollectionNode,
  type Node,
  type Quotes,
  type ScalarNode,
  type Slot,
  type Syntax,
  slotsByKey,
} from "./syntax.js";
import { readScalar } from "./yaml/yaml-scalar-text.js";

/**
 * The syntax of a YAML text from the table that its reader kept: the same as that from the package's
 * tokens. `undefined` where the table does not say where everything is: with anchors, aliases, tags,
 * merge keys, or signs of a document.
 */
export function tableSyntax(text: string, table: OffsetTable): Syntax | undefined {
  if (mayHaveOtherSigns(text)) {
    return undefined;
  }
  const walk = new TableWalk(text, table);
  const root = walk.root();
  const { comments } = walk;
  const lines = new LineIndex(text);
  const names = { anchors: [], aliases: [], uses: new Map(), anchored: new Map() };
  return { text, format: "yaml", lines, root, comments, ...names };
}

/** Whether a text has signs that are not in the table; also where they are only in a comment. */
export function mayHaveOtherSigns(text: string): boolean {
  return otherSigns.test(text);
}

const otherSigns = /[&*!?](?<=(?:^|[\s[{,:-]).)|<<|^%|^---|^\.\.\.|^\ufeff/m;

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

/** Walks through the records and the text together, from sign to sign. */
class TableWalk {
  readonly comments: Span[] = [];
  private at = 0;

  constructor(
    private readonly text: string,
    private readonly table: OffsetTable,
  ) {}

  root(): Slot {
    this.skip();
    const headEnd = lineStart(this.text, this.at);
    const value = this.node(0, -1);
    this.skip();
    const { start, end } = value ?? { start: headEnd, end: headEnd };
    return { kind: "root", start, headEnd, end, column: -1, ...(value && { value }) };
  }

  /** The value of a record, in a map or list at a column; `undefined` where nothing is written. */
  private node(record: number, column: number | undefined): Node | undefined {
    const { table } = this;
    const start = table.startOf(record);
    const kind = table.kindOf(record);
    if (kind === Kind.Map || kind === Kind.List) {
      this.skip();
      return this.collection(record, kind === Kind.Map ? "map" : "list", column);
    }
    if (start === table.endOf(record)) {
      return undefined;
    }
    this.skip();
    return this.scalar(record, column ?? -1);
  }

  private scalar(record: number, column: number): Node {
    const { text, table } = this;
    const start = table.startOf(record);
    const end = table.writtenEnd(record);
    const quotes = quotesAt(text, start);
    if (quotes === "block") {
      const header = text.slice(start, lineEnd(text, start));
      const comment = header.indexOf("#");
      if (comment >= 0) {
        this.comments.push({ start: start + comment, end: start + header.length });
      }
    }
    this.at = end;
    return new TableScalar(text, start, end, quotes, column);
  }

  private collection(
    record: number,
    kind: "map" | "list",
    column: number | undefined,
  ): CollectionNode {
    const { text, table } = this;
    const start = table.startOf(record);
    const isFlow = text[start] === (kind === "map" ? "{" : "[");
    const inside = isFlow || column === undefined ? undefined : start - lineStart(text, start);
    const slots: Slot[] = [];
    if (isFlow) {
      this.at = start + 1;
    }
    for (const child of table.children(record)) {
      const comma = this.skip();
      slots.push(
        kind === "map"
          ? this.entry(child, inside)
          : isFlow
            ? this.flowItem(child, comma)
            : this.item(child, inside),
      );
    }
    let end = slots.at(-1)?.end ?? start;
    if (isFlow) {
      this.skip();
      end = table.endOf(record);
      this.at = end;
    }
    const byKey = kind === "map" ? slotsByKey(slots) : noKeys;
    return { kind, style: isFlow ? "flow" : "block", start, content: start, end, slots, byKey };
  }

  private entry(record: number, column: number | undefined): Slot {
    const { text, table } = this;
    const start = table.startOf(record);
    const end = table.endOf(record);
    const key = {
      start,
      end,
      text: table.keyText(record),
      quotes: quotesAt(text, start),
      isMerge: false,
    };
    this.at = end;
    this.skip();
    const headEnd = text[this.at] === ":" ? ++this.at : end;
    const slot = { kind: "entry", start, key, headEnd, end: headEnd, column } as const;
    return this.filled(slot, record + 1);
  }

  private item(record: number, column: number | undefined): Slot {
    const start = this.at++;
    const headEnd = this.at;
    return this.filled({ kind: "item", start, headEnd, end: headEnd, column }, record);
  }

  private flowItem(record: number, comma: number | undefined): Slot {
    const start = this.at;
    const headEnd = comma ?? start;
    return this.filled({ kind: "item", start, headEnd, end: headEnd, column: undefined }, record);
  }

  /** Reads the value that a slot has behind its head. */
  private filled(slot: Mutable<Slot>, record: number): Slot {
    const value = this.node(record, slot.column);
    if (value !== undefined) {
      slot.end = value.end;
      slot.value = value;
    }
    return slot;
  }

  /** Goes past white space, comments and a comma to the next sign; answers where the comma ends. */
  private skip(): number | undefined {
    const { text } = this;
    let comma: number | undefined;
    for (; ; this.at++) {
      switch (text[this.at]) {
        case " ":
        case "\t":
        case "\n":
        case "\r":
          continue;
        case ",":
          comma = this.at + 1;
          continue;
        case "#": {
          const end = lineEnd(text, this.at);
          this.comments.push({ start: this.at, end });
          this.at = end - 1;
          continue;
        }
        default:
          return comma;
      }
    }
  }
}

/** A scalar that is read once its text is asked for. */
class TableScalar implements ScalarNode {
  readonly kind = "scalar";
  readonly content: number;
  readonly isTagged = false;

  constructor(
    private readonly source: string,
    readonly start: number,
    readonly end: number,
    readonly quotes: Quotes,
    private readonly column: number,
  ) {
    this.content = start;
  }

  get keepsLines(): boolean {
    const { source, start, quotes } = this;
    return quotes === "block" && /^[|>]\d?\+/.test(source.slice(start, start + 4));
  }

  get text(): string {
    return readScalar(this.source, this, this.column);
  }
}

const noKeys: ReadonlyMap<string, Slot> = new Map();

function quotesAt(text: string, start: number): Quotes {
  switch (text[start]) {
    case "'":
      return "single";
    case '"':
      return "double";
    case "|":
    case ">":
      return "block";
    default:
      return "plain";
  }
}
