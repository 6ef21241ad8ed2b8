import { createScanner, type Node as JsonNode, type ParseError, parseTree } from "jsonc-parser";
import { LineIndex } from "../diagnostics/line-index.js";
import type { Span } from "../model/source.js";
import { type CollectionNode, type Node, type Slot, type Syntax, slotsByKey } from "./syntax.js";

/** The kind of token of a comment, on one line or several; the package's enums are types only. */
const lineComment = 12;
const blockComment = 13;

/**
 * Where everything is in a JSON text, which may have comments and trailing commas; `undefined`
 * where it has other mistakes.
 */
export function readJsonSyntax(text: string): Syntax | undefined {
  const errors: ParseError[] = [];
  const bare = text.startsWith("\ufeff") ? ` ${text.slice(1)}` : text;
  const options = { allowTrailingComma: true, allowEmptyContent: true };
  const tree = parseTree(bare, errors, options);
  if (errors.length > 0) {
    return undefined;
  }
  const headEnd = tree?.offset ?? text.length;
  const slot = { kind: "root", start: headEnd, headEnd, column: undefined } as const;
  const node = tree && nodeOf(tree, text);
  const root: Slot = node ? { ...slot, end: node.end, value: node } : { ...slot, end: headEnd };
  const comments = commentsIn(bare);
  const names = { anchors: [], aliases: [], uses: new Map(), anchored: new Map() };
  return { text, format: "json", lines: new LineIndex(text), root, comments, ...names };
}

function nodeOf(node: JsonNode, text: string): Node {
  const { type, offset: start, length, children = [] } = node;
  const span = { start, content: start, end: start + length };
  if (type !== "object" && type !== "array") {
    return {
      kind: "scalar",
      quotes: type === "string" ? "double" : "plain",
      text: type === "string" ? (node.value as string) : text.slice(start, start + length),
      isTagged: false,
      keepsLines: false,
      ...span,
    };
  }
  const slots = children.map((child) =>
    type === "object" ? entryOf(child, text) : itemOf(child, text),
  );
  const collection: CollectionNode = {
    kind: type === "object" ? "map" : "list",
    style: "flow",
    slots,
    byKey: slotsByKey(slots),
    ...span,
  };
  return collection;
}

function entryOf({ offset: start, colonOffset = start, children }: JsonNode, text: string): Slot {
  const [name, valueNode] = children!;
  const key = {
    start,
    end: start + name!.length,
    text: name!.value as string,
    quotes: "double",
    isMerge: false,
  } as const;
  const value = nodeOf(valueNode!, text);
  const headEnd = colonOffset + 1;
  return { kind: "entry", start, key, headEnd, end: value.end, value, column: undefined };
}

function itemOf(node: JsonNode, text: string): Slot {
  const value = nodeOf(node, text);
  const { start, end } = value;
  return { kind: "item", start, headEnd: start, end, value, column: undefined };
}

function commentsIn(text: string): readonly Span[] {
  const comments: Span[] = [];
  if (!text.includes("/*") && !text.includes("//")) {
    return comments;
  }
  const scanner = createScanner(text);
  for (let kind: number = scanner.scan(); kind !== 17; kind = scanner.scan()) {
    if (kind === lineComment || kind === blockComment) {
      const start = scanner.getTokenOffset();
      comments.push({ start, end: start + scanner.getTokenLength() });
    }
  }
  return comments;
}
