import { LineIndex } from "../diagnostics/line-index.js";
import type { Span } from "../model/source.js";
import { formTags } from "../model/special-forms.js";
import {
  type CollectionNode,
  type Key,
  type Name,
  type Node,
  type Quotes,
  type Slot,
  type Syntax,
  slotsByKey,
  usesOf,
} from "./syntax.js";
import { readTokens, type Token, type TokenItem, tokenText } from "./yaml/yaml-nodes.js";

/** Nesting beyond this is not read: reading and editing recurse. */
const maxDepth = 250;

/**
 * Where everything is in the only document of a text that `parse` can read; `undefined` where it is
 * not such a text, or a directive gives tags another meaning.
 */
export function tokenSyntax(text: string): Syntax | undefined {
  const read = readTokens(text);
  const documents = read?.tokens.filter(({ type }) => type === "document") ?? [];
  const isRead =
    documents.length <= 1 &&
    !read?.tokens.some(({ type }) => type === "directive" || type === "error");
  if (read === undefined || !isRead) {
    return undefined;
  }
  const reader = new SyntaxReader(text);
  const root = reader.readRoot(documents[0]);
  const { anchors, aliases, anchored, isBroken } = reader;
  if (isBroken) {
    return undefined;
  }
  const { comments } = read;
  const lines = new LineIndex(text);
  const names = { anchors, aliases, uses: usesOf(aliases), anchored };
  return { text, format: "yaml", lines, root, comments, ...names };
}

/** The tag and the anchor of a value. */
interface Properties extends Span {
  readonly tag?: Span;
  readonly anchor?: string;
}

class SyntaxReader {
  readonly anchors: Name[] = [];
  readonly aliases: Name[] = [];
  readonly anchored = new Map<string, Node>();
  isBroken = false;
  private depth = 0;
  /** The texts of scalars with anchors, for the keys that are aliases. */
  private readonly texts = new Map<string, string>();

  constructor(private readonly text: string) {}

  readRoot(document: Token | undefined): Slot {
    const { start = [], value } = document?.type === "document" ? document : {};
    const at = document?.offset ?? this.text.length;
    const { headEnd, properties } = this.readHead(start, at);
    const slot = { kind: "root", start: headEnd, headEnd, column: -1 } as const;
    const node = this.readNode(value, properties, slot);
    return {
      ...slot,
      start: node?.start ?? headEnd,
      end: node?.end ?? headEnd,
      ...withValue(node),
    };
  }

  private readNode(
    token: Token | null | undefined,
    properties: Properties | undefined,
    holder: Omit<Slot, "end">,
  ): Node | undefined {
    const { tag, anchor } = properties ?? {};
    const name = tag && `$${this.text.slice(tag.start + 1, tag.end)}`;
    if (tag === undefined || name === undefined || !formTags.includes(`!${name.slice(1)}`)) {
      const node = this.readContent(token, properties, tag !== undefined, holder.column);
      if (node === undefined || anchor === undefined) {
        return node;
      }
      if (node.kind === "scalar") {
        this.texts.set(anchor, node.text);
      }
      return this.anchor(anchor, node);
    }
    const headEnd = properties!.end;
    const node = this.readContent(token, undefined, false, holder.column);
    const { start } = properties!;
    const end = node?.end ?? headEnd;
    const slot: Slot = {
      kind: "form",
      start: holder.start,
      headEnd,
      end,
      column: holder.column,
      ...withValue(node),
    };
    const base = { kind: "form", name, tag, slot, start, end } as const;
    const form = { ...base, content: node?.start ?? end };
    return anchor === undefined ? form : this.anchor(anchor, form);
  }

  private anchor(name: string, node: Node): Node {
    const anchored = { ...node, anchor: name };
    this.anchored.set(name, anchored);
    return anchored;
  }

  /** A value as it is without its properties, which it starts with. */
  private readContent(
    token: Token | null | undefined,
    properties: Span | undefined,
    isTagged: boolean,
    column: number | undefined,
  ): Node | undefined {
    if (token?.type === "scalar" && token.source === "") {
      return this.readContent(undefined, properties, isTagged, column);
    }
    switch (token?.type) {
      case undefined:
        return properties && this.readScalar(undefined, properties.end, isTagged, properties);
      case "alias": {
        const end = token.offset + token.source.length;
        const name = token.source.slice(1);
        this.aliases.push({ name, start: token.offset, end });
        return { kind: "alias", name, start: token.offset, content: token.offset, end };
      }
      case "scalar":
      case "single-quoted-scalar":
      case "double-quoted-scalar":
      case "block-scalar":
        return this.readScalar(token, token.offset, isTagged, properties);
      case "block-map":
      case "block-seq":
      case "flow-collection":
        return this.readCollection(token, properties, column);
      default:
        this.isBroken = true;
        return undefined;
    }
  }

  private readScalar(
    token: Token | undefined,
    content: number,
    isTagged: boolean,
    properties: Span | undefined,
  ): Node {
    return {
      kind: "scalar",
      start: properties?.start ?? content,
      content,
      end: token === undefined ? content : this.endOf(token),
      quotes: token === undefined ? "plain" : quotesOf(token),
      isTagged,
      keepsLines:
        token?.type === "block-scalar" && /^[|>]\d?\+/.test(this.text.slice(content, content + 4)),
      get text() {
        return token === undefined ? "" : tokenText(token);
      },
    };
  }

  private readCollection(
    token: Extract<Token, { readonly items: unknown }>,
    properties: Span | undefined,
    column: number | undefined,
  ): Node | undefined {
    if (++this.depth > maxDepth) {
      this.isBroken = true;
      return undefined;
    }
    const isFlow = token.type === "flow-collection";
    const isMap = isFlow ? token.start.source === "{" : token.type === "block-map";
    const items = (token.items as TokenItem[]).filter(hasContent);
    const first = items[0] && this.firstOf(items[0], token.offset);
    const inside = isFlow ? undefined : this.columnOf(first ?? token.offset, column);
    const slots = items.map((item) =>
      isMap ? this.readEntry(item, inside) : this.readItem(item, inside),
    );
    this.depth--;
    const content = isFlow ? token.offset : (first ?? token.offset);
    const close = isFlow ? token.end.find(({ type }) => type.startsWith("flow-")) : undefined;
    if (isFlow && close?.source.length !== 1) {
      this.isBroken = true;
    }
    return {
      kind: isMap ? "map" : "list",
      style: isFlow ? "flow" : "block",
      start: properties?.start ?? content,
      content,
      end: close === undefined ? (slots.at(-1)?.end ?? content) : close.offset + 1,
      slots,
      byKey: isMap ? slotsByKey(slots) : noKeys,
    };
  }

  private readEntry(item: TokenItem, column: number | undefined): Slot {
    const start = this.firstOf(item, 0);
    const sep = item.sep ?? [];
    const colon = sep.find(({ type }) => type === "map-value-ind");
    const { properties: keyProperties } = this.readHead(item.start, start);
    const key = this.readKey(item.key, keyProperties, colon?.offset ?? start);
    const { headEnd, properties } =
      colon === undefined
        ? { headEnd: key.end, properties: undefined }
        : this.readHead(sep.slice(sep.indexOf(colon)), colon.offset);
    const slot = { kind: "entry", start, key, headEnd, column } as const;
    const node = this.readNode(item.value, properties, slot);
    return { ...slot, end: node?.end ?? headEnd, ...withValue(node) };
  }

  private readItem(item: TokenItem, column: number | undefined): Slot {
    const start = this.firstOf(item, 0);
    if (item.key !== undefined || item.sep !== undefined) {
      return this.readPair(item, start);
    }
    const { headEnd, properties } = this.readHead(item.start, start);
    const value = this.readNode(item.value, properties, { kind: "item", start, headEnd, column });
    const end = value?.end ?? headEnd;
    return { kind: "item", start, headEnd, end, column, ...withValue(value) };
  }

  /** `a: 1` in `[a: 1]` */
  private readPair(item: TokenItem, start: number): Slot {
    const entry = this.readEntry(item, undefined);
    const slots = [entry];
    const span = { start, content: start, end: entry.end };
    const value: CollectionNode = {
      kind: "map",
      style: "pair",
      slots,
      byKey: slotsByKey(slots),
      ...span,
    };
    return { kind: "item", start, headEnd: start, end: entry.end, value, column: undefined };
  }

  private readKey(
    token: Token | null | undefined,
    properties: Properties | undefined,
    at: number,
  ): Key {
    const slot = { kind: "root", start: at, headEnd: at, column: undefined } as const;
    const node = this.readNode(token, properties, slot);
    const start = token ? token.offset : at;
    const end = node?.end ?? at;
    const quotes = token?.type === "alias" ? "alias" : token ? quotesOf(token) : "plain";
    const written = this.text.slice(start, end);
    const text =
      node?.kind === "scalar" ? node.text : (this.texts.get(written.slice(1)) ?? written);
    const isMerge = quotes === "plain" && text === "<<" && properties?.tag === undefined;
    const { anchor } = properties ?? {};
    return { start, end, text, quotes, isMerge, ...(anchor !== undefined && { anchor }) };
  }

  /** What comes before a value: where it ends without properties, and these. */
  private readHead(
    tokens: TokenItem["start"],
    at: number,
  ): { readonly headEnd: number; readonly properties: Properties | undefined } {
    let headEnd = at;
    let found: Properties | undefined;
    for (const { type, offset: start, source } of tokens) {
      const end = start + source.length;
      if (indicators.has(type)) {
        headEnd = end;
      } else if (type === "tag") {
        found = { start, ...found, tag: { start, end }, end };
      } else if (type === "anchor") {
        this.anchors.push({ name: source.slice(1), start, end });
        found = { start, ...found, anchor: source.slice(1), end };
      }
    }
    return { headEnd, properties: found };
  }

  /** Where an item starts: its dash, question mark, property or key. */
  private firstOf({ start, key, sep, value }: TokenItem, otherwise: number): number {
    const token = start.find(({ type }) => !trivia.has(type)) ?? key ?? sep?.[0] ?? value;
    return token?.offset ?? otherwise;
  }

  private endOf(token: Token): number {
    if (token.type !== "block-scalar") {
      return token.offset + ("source" in token ? token.source.length : 0);
    }
    const header = token.props.reduce(
      (sum, part) => sum + ("source" in part ? part.source.length : 0),
      0,
    );
    const end = token.offset + header + token.source.length;
    const { text } = this;
    return text[end - 1] !== "\n" ? end : text[end - 2] === "\r" ? end - 2 : end - 1;
  }

  private columnOf(offset: number, around: number | undefined): number | undefined {
    const lineStart = this.text.lastIndexOf("\n", offset - 1) + 1;
    const hasMark = lineStart === 0 && this.text.startsWith("\ufeff");
    return around === undefined ? undefined : offset - lineStart - (hasMark ? 1 : 0);
  }
}

const noKeys: ReadonlyMap<string, Slot> = new Map();

const indicators: ReadonlySet<string> = new Set([
  "seq-item-ind",
  "explicit-key-ind",
  "map-value-ind",
  "doc-start",
  "comma",
]);
const trivia: ReadonlySet<string> = new Set(["space", "newline", "comment", "comma"]);

function hasContent({ start, key, sep, value }: TokenItem): boolean {
  return (
    (key ?? value) != null || (sep?.length ?? 0) > 0 || start.some(({ type }) => !trivia.has(type))
  );
}

function quotesOf({ type }: Token): Quotes {
  switch (type) {
    case "single-quoted-scalar":
      return "single";
    case "double-quoted-scalar":
      return "double";
    case "block-scalar":
      return "block";
    default:
      return "plain";
  }
}

function withValue(value: Node | undefined): Pick<Slot, "value"> {
  return value === undefined ? {} : { value };
}
