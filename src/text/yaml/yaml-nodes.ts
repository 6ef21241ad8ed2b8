/**
 * The nodes of YAML texts: how to get them from the package `yaml`, which is
 * imported here alone, and what can be said of one. Every scalar is the text
 * that it was written as.
 */
import {
  Alias,
  Composer,
  CST,
  Lexer,
  type Pair,
  Parser,
  Scalar,
  type Tags,
  YAMLMap,
  YAMLSeq,
} from "yaml";
import type { Span } from "../../model/source.js";
import { formTags } from "../../model/special-forms.js";
import { firstLine } from "../spans.js";

export { Alias, Scalar, YAMLMap, YAMLSeq };

export type Node = Alias | Scalar<string> | YAMLMap<Node | null, Node | null> | YAMLSeq<Node>;
export type MapNode = YAMLMap<Node | null, Node | null>;
export type Entry = Pair<Node | null, Node | null>;

/** What the parser makes of a text first: maps, lists, scalars, with every character in them. */
export type Token = CST.Token;
export type TokenItem = CST.CollectionItem;

/** Why the package read no document: the text nests too deep, from an offset on, or it gave up. */
export type Stop = { readonly tooDeepAt: number } | "package";

/** Documents and directives that are looked at: one is allowed, and each has a mistake or more. */
const maxDocuments = 1000;

/**
 * At least one document. The parser does not recurse, the composer does: it gets the tree only where
 * that is not too deep.
 */
export function readDocuments(text: string, depth: number) {
  return withoutTraces(() => documentsIn(text, depth));
}

/** Each mistake in a text is an `Error` of the package: to trace where takes longer than to find it. */
function withoutTraces<T>(work: () => T): T {
  const errors: object & { stackTraceLimit?: number } = Error;
  const limit = errors.stackTraceLimit;
  errors.stackTraceLimit = 0;
  try {
    return work();
  } finally {
    if (limit === undefined) {
      delete errors.stackTraceLimit;
    } else {
      errors.stackTraceLimit = limit;
    }
  }
}

function documentsIn(text: string, depth: number) {
  const parser = new Parser();
  const tokens: CST.Token[] = [];
  let documents = 0;
  try {
    for (const lexeme of new Lexer().lex(text)) {
      for (const token of parser.next(lexeme)) {
        tokens.push(token);
        documents += token.type === "document" || token.type === "directive" ? 1 : 0;
      }
      if (documents > maxDocuments) {
        return composeTokens(tokens, text.length);
      }
      const tooDeep =
        parser.stack.length > depth ? parser.stack.filter(isCollection)[depth] : undefined;
      if (tooDeep !== undefined) {
        return { tooDeepAt: tooDeep.offset };
      }
    }
    for (const token of parser.end()) {
      tokens.push(token);
    }
    return composeTokens(tokens, text.length);
  } catch {
    return "package";
  }
}

function isCollection({ type }: CST.Token): boolean {
  return type === "block-map" || type === "block-seq" || type === "flow-collection";
}

/** Lexemes of a text that make tokens; of a long text, one for every two characters. */
const maxLexemes = 2 ** 19;

/** Lexemes that say what follows, and are not in the text. */
const marks: readonly string[] = [CST.DOCUMENT, CST.FLOW_END, CST.SCALAR];

/**
 * The tokens of a text, and where its comments are; `undefined` where the package gives up, or would
 * take half a kilobyte for each of too many lexemes.
 */
export function readTokens(
  text: string,
): { readonly tokens: readonly Token[]; readonly comments: readonly Span[] } | undefined {
  const lexemes = readLexemes(text);
  if (lexemes === undefined) {
    return undefined;
  }
  const parser = new Parser();
  const tokens: Token[] = [];
  const comments: Span[] = [];
  let offset = 0;
  let isScalar = false;
  try {
    for (const lexeme of lexemes) {
      for (const token of parser.next(lexeme)) {
        tokens.push(token);
      }
      if (!isScalar && lexeme.startsWith("#")) {
        comments.push({ start: offset, end: offset + lexeme.length });
      }
      const isMark: boolean = !isScalar && marks.includes(lexeme);
      isScalar = isMark && lexeme === CST.SCALAR;
      offset += isMark ? 0 : lexeme.length;
    }
    for (const token of parser.end()) {
      tokens.push(token);
    }
    return { tokens, comments };
  } catch {
    return undefined;
  }
}

function readLexemes(text: string): readonly string[] | undefined {
  const limit = Math.max(maxLexemes, text.length / 2);
  const lexemes: string[] = [];
  for (const lexeme of new Lexer().lex(text)) {
    if (lexemes.push(lexeme) > limit) {
      return undefined;
    }
  }
  return lexemes;
}

/** The text of a scalar token. */
export function tokenText(token: Token): string {
  return CST.resolveAsScalar(token, true, () => {})?.value ?? "";
}

export type ComposedDocument = ReturnType<typeof composeTokens>[number];

function composeTokens(tokens: Iterable<CST.Token>, end: number) {
  const composer = new Composer({
    schema: "failsafe",
    customTags: withKnownTags,
    resolveKnownTags: false,
    uniqueKeys: false,
  });
  return [...composer.compose(tokens, true, end)];
}

export const enum CoreTag {
  Str = "tag:yaml.org,2002:str",
  Int = "tag:yaml.org,2002:int",
  Float = "tag:yaml.org,2002:float",
  Bool = "tag:yaml.org,2002:bool",
  Null = "tag:yaml.org,2002:null",
}

const scalarTags: readonly string[] = [
  CoreTag.Str,
  CoreTag.Int,
  CoreTag.Float,
  CoreTag.Bool,
  CoreTag.Null,
];

/**
 * Declares which tags may be where, so that the package warns of all others; and spares it
 * looking for tags by patterns.
 */
function withKnownTags(failsafe: Tags): Tags {
  const resolve = (value: string): string => value;
  const scalars = [...formTags, CoreTag.Int, CoreTag.Float, CoreTag.Bool, CoreTag.Null].map(
    (tag) => ({ tag, resolve }),
  );
  const maps = formTags.map((tag) => ({ tag, collection: "map" as const }));
  const lists = formTags.map((tag) => ({ tag, collection: "seq" as const }));
  return [
    { tag: CoreTag.Str, default: true, test: /(?:)/, resolve },
    ...scalars,
    ...maps,
    ...lists,
    ...failsafe,
  ];
}

/** Whether nothing is written where this node is. */
export function isBlank(node: Node): boolean {
  return isBare(node) && node.anchor === undefined;
}

/** Whether nothing is written where this node is, except for an anchor. */
export function isBare(node: Node): node is Scalar<string> {
  return isPlain(node) && node.value === "" && node.tag === undefined;
}

export function isPlain(node: Node | null | undefined): node is Scalar<string> {
  return node instanceof Scalar && node.type === "PLAIN";
}

export function isMergeKey(node: Node | null): boolean {
  return isPlain(node) && node.value === "<<" && node.tag === undefined;
}

export function isForm(node: Exclude<Node, Alias>): boolean {
  return node.tag !== undefined && node.tag.startsWith("!") && formTags.includes(node.tag);
}

/** Whether a node has a tag that is not allowed there, as the package warns. */
export function hasUnknownTag(node: Exclude<Node, Alias>): boolean {
  const { tag } = node;
  if (tag === undefined || tag.length === 1 || formTags.includes(tag)) {
    return false;
  }
  return node instanceof Scalar
    ? !scalarTags.includes(tag)
    : tag !== (node instanceof YAMLMap ? YAMLMap : YAMLSeq).tagName;
}

/** The text of a scalar as it is written, or of the one that an alias refers to. */
export function keyText(
  key: Node | null,
  targets: Pick<ReadonlyMap<Alias, Node>, "get">,
): string | undefined {
  const node = key instanceof Alias ? targets.get(key) : key;
  if (node === null) {
    return "";
  }
  return node instanceof Scalar ? node.value : undefined;
}

/** A scalar or alias as it is; of a map or list its first line. */
export function spanOf(node: Node | null, text: string): Span {
  const [start, end] = node?.range ?? [0, 0];
  if (node instanceof Scalar) {
    return { start, end: end > start && text[end - 1] === "\n" ? end - 1 : end };
  }
  return firstLine(text, { start, end });
}

/** The same; for an empty key, where its `:` is. */
export function keySpanOf(key: Node | null, text: string): Span {
  const span = spanOf(key, text);
  if (span.end > span.start) {
    return span;
  }
  const space = /(?:\s|#[^\n]*)*/y;
  space.lastIndex = span.start;
  space.exec(text);
  return { start: space.lastIndex, end: space.lastIndex };
}
