import type { Report } from "../../diagnostics/diagnostic.js";
import { limitExceeded } from "../../diagnostics/output-messages.js";
import { duplicateKey, emptyInput, invalidString } from "../../diagnostics/text-messages.js";
import type { Limits } from "../../model/options.js";
import type { Path } from "../../model/origin.js";
import type { Source, Span } from "../../model/source.js";
import { unholdable, visible } from "../scalars.js";
import { JsonScanner } from "./json-scanner.js";
import {
  type Entries,
  entriesOfMaps,
  itemsOfLists,
  strayEntry,
  strayItem,
  strayQuote,
  withoutOpeningQuote,
} from "./json-strays.js";
import type { ListNode, MapNode, Member, Node } from "./json-tree.js";

/**
 * Reads JSON by recursive descent, and what people write for JSON as well: comments, single quotes,
 * bare keys, too many or too few commas are reported, and the reading goes on. A method that cannot
 * go on after its report returns `undefined`.
 */
export class JsonReader extends JsonScanner {
  readonly unread: Path[] = [];
  private nodes = 0;
  /** Of the value in question the first `depth` elements hold. */
  private readonly path: (string | number)[] = [];

  constructor(
    source: Source,
    private readonly limits: Limits,
    report: Report,
  ) {
    super(source, report);
  }

  read(): Node | undefined {
    this.skipSpace();
    if (this.at === this.text.length && this.errors === 0) {
      return this.fail(emptyInput(this.span(this.start)));
    }
    const start = this.at;
    if (this.match(/---|-(?= )|[\w$-]+ *:(?=\s)/y) !== undefined) {
      return this.fault("yaml", start, this.at);
    }
    const root = this.readValue(0);
    if (root === undefined) {
      return undefined;
    }
    this.skipSpace();
    if (root.kind === "scalar" && typeof root.value === "string" && this.text[this.at] === ":") {
      return this.fault("missingBrace", root.start, root.end);
    }
    if (this.at < this.text.length) {
      this.fault("textAfterEnd", this.at, this.at + 1);
      this.addUnread(0);
    }
    return root;
  }

  private readValue(depth: number): Node | undefined {
    const start = this.at;
    if (++this.nodes > this.limits.values) {
      return this.fail(limitExceeded(this.span(start, start + 1), "values", this.limits.values));
    }
    const char = this.text[start];
    switch (char) {
      case "{":
      case "[":
        if (depth === this.limits.depth) {
          return this.fail(limitExceeded(this.span(start, start + 1), "depth", this.limits.depth));
        }
        return char === "{" ? this.readMap(depth + 1) : this.readList(depth + 1);
      case '"':
      case "'": {
        const { length } = this.unread;
        const value = this.readString(depth);
        return value === undefined
          ? undefined
          : {
              kind: "scalar",
              value: this.unread.length > length ? null : value,
              start,
              end: this.at,
            };
      }
      case ",":
      case "}":
      case "]":
        this.fault("missingValue", start, start + 1);
        this.addUnread(depth);
        return { kind: "scalar", value: null, start, end: start };
      case undefined:
        return this.fault("unexpectedEnd", start, start);
    }
    if (this.match(withoutOpeningQuote) !== undefined) {
      this.fault("missingQuote", start, this.at);
      this.addUnread(depth);
      return { kind: "scalar", value: null, start, end: this.at };
    }
    const word = this.match(/[-+.\w$]+?(?=\.[ \t]*\r?\n)|[-+.\w$]+/y);
    if (word === undefined) {
      return this.fault("unexpected", start, start + 1, visible(this.text, start));
    }
    const value = this.readWord(word, start);
    if (value === undefined) {
      this.addUnread(depth);
    }
    return { kind: "scalar", value: value ?? null, start, end: this.at };
  }

  private readList(depth: number): ListNode | undefined {
    const start = this.at++;
    const items: Node[] = [];
    this.skipSpace();
    this.skipStray(strayItem);
    this.skipExtraCommas();
    if (this.text[this.at] === "]") {
      return { kind: "list", items, start, end: ++this.at };
    }
    for (;;) {
      this.path[depth - 1] = items.length;
      if (this.text[this.at] === "}") {
        return this.fault("mismatchedClose", this.at, this.at + 1, "}");
      }
      const item = this.readValue(depth);
      if (item === undefined) {
        return undefined;
      }
      items.push(item);
      const goOn = this.readSeparator("]", start, itemsOfLists);
      if (goOn === undefined) {
        return undefined;
      }
      if (!goOn) {
        return { kind: "list", items, start, end: this.at };
      }
    }
  }

  private readMap(depth: number): MapNode | undefined {
    const start = this.at++;
    const members = new Map<string, Member>();
    this.skipSpace();
    this.skipExtraCommas();
    this.skipStray(strayEntry);
    if (this.text[this.at] === "}") {
      return { kind: "map", members, start, end: ++this.at };
    }
    for (;;) {
      const keyStart = this.at;
      const { length } = this.unread;
      const name = this.readKey(start, depth - 1);
      if (name === undefined) {
        return undefined;
      }
      const isUnread = this.unread.length > length;
      const key = { start: keyStart, end: this.at };
      this.skipSpace();
      if (!this.readColon(key)) {
        return undefined;
      }
      this.path[depth - 1] = name;
      const value = this.readValue(depth);
      if (value === undefined) {
        return undefined;
      }
      const first = members.get(name);
      if (first !== undefined) {
        this.fail(
          duplicateKey(
            this.span(key.start, key.end),
            name,
            this.span(first.key.start, first.key.end),
          ),
        );
        this.addUnread(depth);
      } else if (!isUnread) {
        members.set(name, { key, value });
      }
      const goOn = this.readSeparator("}", start, {
        ...entriesOfMaps,
        isRepeated: (name) => name !== undefined && members.has(name),
      });
      if (goOn === undefined) {
        return undefined;
      }
      if (!goOn) {
        return { kind: "map", members, start, end: this.at };
      }
    }
  }

  private readKey(mapStart: number, depth: number): string | undefined {
    const start = this.at;
    const char = this.text[start];
    if (char === '"' || char === "'") {
      return this.readString(depth);
    }
    if (char === undefined) {
      return this.faultAtEnd(mapStart);
    }
    const word = this.match(/[\w$][-\w$.]*/y);
    if (word === undefined) {
      return this.fault("notAKey", start, start + 1);
    }
    if (this.match(/"(?=\s*:)/y) !== undefined) {
      this.fault("missingQuote", start, this.at);
      return word;
    }
    this.fault("unquotedKey", start, this.at, word);
    return word;
  }

  private readColon(key: Span): boolean {
    this.skipStray(/["'](?=\s*:)/y);
    const char = this.text[this.at];
    if (char !== ":") {
      this.fault("missingColon", key.start, key.end);
      if (char !== "=") {
        return false;
      }
    }
    this.at++;
    this.skipSpace();
    return true;
  }

  /**
   * Reads what follows an entry; tells whether another entry comes.
   */
  private readSeparator(
    close: "}" | "]",
    start: number,
    { entryStart, stray, strayAfterComma, isRepeated }: Entries,
  ): boolean | undefined {
    this.skipStray(strayQuote);
    this.skipSpace();
    const sign = this.at;
    if (this.match(/[.;](?=\s+["'{[\w])/y) !== undefined) {
      this.fault("wrongSeparator", sign, this.at, this.text[sign]);
      this.skipSpace();
      return true;
    }
    this.skipStray(stray);
    if (this.text[this.at] === ",") {
      const comma = this.at++;
      this.skipSpace();
      const hasCommentedEntry = /^,\s*(?:\/\/|#)\s*["{[]/.test(this.text.slice(comma, this.at));
      if (this.text[this.at] === close && !hasCommentedEntry) {
        this.fault("trailingComma", comma, comma + 1);
      }
      this.skipExtraCommas();
      this.skipStray(strayAfterComma);
      if (this.text[this.at] !== close) {
        return true;
      }
    }
    const char = this.text[this.at];
    if (char === close) {
      this.at++;
      return false;
    }
    if (char === undefined) {
      return this.faultAtEnd(start);
    }
    if (entryStart.test(char)) {
      if (!isRepeated(this.nameAhead())) {
        this.fault("missingComma", this.at, this.at + 1);
      }
      return true;
    }
    return this.fault(
      /[}\]]/.test(char) ? "mismatchedClose" : "unexpected",
      this.at,
      this.at + 1,
      visible(this.text, this.at),
    );
  }

  private skipExtraCommas(): void {
    while (this.text[this.at] === ",") {
      this.fault("extraComma", this.at, ++this.at);
      this.skipSpace();
    }
  }

  /**
   * A string that cannot be what was meant leaves something unread with so many maps and lists
   * around it.
   */
  private readString(depth: number): string | undefined {
    this.skipStray(/"(?="[^\s"',:}\]])/y);
    const start = this.at;
    const errors = this.errors;
    const quote = this.text[start]!;
    let value = "";
    let pieceStart = ++this.at;
    for (;;) {
      const char = this.text[this.at];
      if (char === quote) {
        break;
      }
      if (char === undefined) {
        return this.fault("quoteMissing", start, start + 1, quote);
      }
      if (char === "\n") {
        return this.fault("lineBreakInString", start, this.at);
      }
      if (char === "\\") {
        value += this.text.slice(pieceStart, this.at) + this.readEscape(quote);
        pieceStart = this.at;
        continue;
      }
      if (char < " ") {
        this.fault("controlCharacter", this.at, this.at + 1, visible(this.text, this.at));
      }
      this.at++;
    }
    value += this.text.slice(pieceStart, this.at++);
    const problem = unholdable(value);
    if (problem !== undefined) {
      this.fail(invalidString(this.span(start), problem));
    }
    if (this.errors > errors) {
      this.addUnread(depth);
    }
    if (quote === "'") {
      this.fault("singleQuotes", start, this.at);
    }
    return value;
  }

  /** An entry in a comment is missing somewhere. */
  protected override onComment(start: number): void {
    if (/^(?:\/\/|#)\s*"/.test(this.text.slice(start, this.at))) {
      this.unread.push([]);
    }
  }

  private addUnread(depth: number): void {
    this.unread.push(this.path.slice(0, depth));
  }
}
