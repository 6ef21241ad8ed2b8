import type { Finding } from "../../diagnostics/diagnostic.js";
import type { SyntaxProblem } from "../../diagnostics/syntax-problems.js";
import type { Source, Span } from "../../model/source.js";
import { isFirstOnLine, lineEnd } from "../lines.js";
import { firstLine } from "../spans.js";
import { Alias, type ComposedDocument, type Node, Scalar, YAMLMap, YAMLSeq } from "./yaml-nodes.js";
import { gluedColonAfter, isAnchorName, unknownTag, unquotedAt } from "./yaml-signs.js";

/** What is wrong with a stretch of a text; `unquoted` for text that needs quotes. */
export type ProblemKind = SyntaxProblem | "unquoted";

/** A mistake in the text; `at` is where the package found it. */
export interface Problem extends Span {
  readonly problem: ProblemKind;
  readonly at: number;
}

type Errors = ComposedDocument["errors"];

/** What is wrong with the text of documents, or of pieces of one. */
export class Problems {
  private readonly problems: Problem[] = [];
  private readonly tags: Span[] = [];

  constructor(private readonly text: string) {}

  /** Whether more is wrong than tags, so that nothing can be asked of what the text means. */
  get areOfSyntax(): boolean {
    return this.problems.length > 0;
  }

  get unknownTags(): number {
    return this.tags.length;
  }

  add({ contents, errors, warnings }: ComposedDocument): void {
    // Of which there may be too many for arguments.
    for (const problem of errors.length === 0
      ? []
      : problemsIn(contents as Node | null, errors, this.text)) {
      this.problems.push(problem);
    }
    for (const { code, pos } of warnings) {
      if (code === "TAG_RESOLVE_FAILED") this.tags.push({ start: pos[0], end: pos[1] });
    }
  }

  /** Those of syntax in the order of the text, without what another one on the line brings along. */
  inOrder(): readonly Problem[] {
    return firstOfLines(this.problems, this.text);
  }

  tagFindings(source: Source): readonly Finding[] {
    return this.tags.map((span) =>
      unknownTag({ source, ...span }, source.text.slice(span.start, span.end)),
    );
  }
}

function problemsIn(root: Node | null, errors: Errors, text: string): readonly Problem[] {
  const ends: NodesByEnd = { unclosed: new Map(), quoteMissing: new Map(), unquoted: [] };
  collectEnds(root, text, ends);
  const aliases = ends.unquoted.map(({ range }): Problem => {
    const [start, end] = range!;
    return { problem: "unquoted", at: start, start, end };
  });
  const others = fewOfEachLine(errors, text).map(({ code, message, pos }): Problem => {
    const start = firstTokenFrom(text, pos[0], code === "TAB_AS_INDENT");
    const alias = aliasBefore(text, start);
    if (alias !== undefined) {
      return { problem: "aliasColon", at: alias.start, ...alias };
    }
    const said = yamlProblem(code, message, text.slice(start, start + 3), text.charAt(start - 1));
    const isOnLine = said !== "textAfterValue" || !isFirstOnLine(text, start);
    const problem = isOnLine ? said : "unexpected";
    if (problem === "missingColon" || problem === "keyMultiline") {
      const colon = gluedColonAfter(text, start);
      if (colon !== undefined) {
        return { problem: "spaceAfterColon", at: start, start: colon, end: colon + 1 };
      }
    }
    const span = unquotedAt(text, start, signsBefore[problem] ?? "");
    if (span !== undefined) {
      return isAliasAsKey(text, span)
        ? { problem: "aliasColon", at: span.start, start: span.start, end: span.end + 1 }
        : { problem: "unquoted", at: span.start, ...span };
    }
    const opener =
      problem === "unclosed" || problem === "quoteMissing"
        ? ends[problem].get(pos[0])?.range?.[0]
        : undefined;
    if (opener !== undefined) {
      return { problem, at: start, start: opener, end: opener + 1 };
    }
    const end = Math.min(Math.max(pos[1], start + (problem === "badEscape" ? 2 : 1)), text.length);
    return { problem, at: start, ...firstLine(text, { start, end }) };
  });
  return [...others, ...aliases];
}

const maxOfLine = 200;

/** The first errors of each line: what is wrong with its structure hides most of the others. */
function fewOfEachLine(errors: Errors, text: string): Errors {
  let end = -1;
  let count = 0;
  return errors.filter(({ pos: [at] }) => {
    if (at > end) {
      end = lineEnd(text, at);
      count = 0;
    }
    return ++count <= maxOfLine;
  });
}

/** The signs that text may start with which brings a problem, at its place or before it. */
const signsBefore: { readonly [problem in SyntaxProblem]?: string } = {
  blockHeader: "|>",
  emptyAnchor: "*&",
  keyMultiline: "*",
  missingColon: "*",
  missingComma: "*",
  plainStart: "@`%|>",
  textAfterValue: "*",
  unexpected: "*",
};

/** Whether `*name` with a colon behind it may be an alias. */
function isAliasAsKey(text: string, { start, end }: Span): boolean {
  return text[start] === "*" && text[end] === ":" && isAnchorName(text.slice(start + 1, end));
}

/** The alias with a colon as its last character that `offset` follows, as in `*key: value`. */
function aliasBefore(text: string, offset: number): Span | undefined {
  const [found] = /\*[^\s,[\]{}]*:\s*$/.exec(text.slice(Math.max(0, offset - 200), offset)) ?? [];
  const alias = found?.trimEnd();
  if (alias === undefined || !isAnchorName(alias.slice(1, -1))) {
    return undefined;
  }
  const start = offset - found!.length;
  return { start, end: start + alias.length };
}

/** What is wrong with the structure at one place makes the rest of the line look wrong too. */
function firstOfLines(problems: readonly Problem[], text: string): readonly Problem[] {
  const tellingLast = ["keyMultiline", "unclosed", "quoteMissing"];
  const sorted = [...problems].sort(
    (a, b) => a.at - b.at || tellingLast.indexOf(b.problem) - tellingLast.indexOf(a.problem),
  );
  let brokenUpTo = -1;
  let unquotedUpTo = -1;
  return sorted.filter(({ problem, at, start, end }) => {
    if (problem === "unquoted") {
      const isFirst = start >= unquotedUpTo;
      unquotedUpTo = end;
      brokenUpTo = Math.max(brokenUpTo, lineEnd(text, at));
      return isFirst;
    }
    if (!isStructural(problem)) {
      return true;
    }
    if (at <= brokenUpTo) {
      return false;
    }
    brokenUpTo = lineEnd(text, at);
    return true;
  });
}

/**
 * Maps and lists in brackets, and strings in quotes, by where they end; of several the innermost.
 */
interface NodesByEnd {
  readonly unclosed: Map<number, Node>;
  readonly quoteMissing: Map<number, Node>;
  /** Aliases that cannot be the name of an anchor. */
  readonly unquoted: Alias[];
}

function collectEnds(node: Node | null, text: string, ends: NodesByEnd): void {
  if (node instanceof Scalar && node.type !== "PLAIN") {
    setFirst(ends.quoteMissing, node.range![1], node);
  }
  if (node instanceof Alias && !isAnchorName(node.source) && !node.source.endsWith(":")) {
    ends.unquoted.push(node);
  }
  if (node instanceof YAMLSeq) {
    for (const item of node.items) collectEnds(item, text, ends);
  }
  if (node instanceof YAMLMap) {
    for (const { key, value } of node.items) {
      collectEnds(key, text, ends);
      collectEnds(value, text, ends);
    }
  }
  if (
    (node instanceof YAMLSeq || node instanceof YAMLMap) &&
    /[[{]/.test(text.charAt(node.range![0]))
  ) {
    setFirst(ends.unclosed, node.range![1], node);
  }
}

function setFirst<K, V>(map: Map<K, V>, key: K, value: V): void {
  if (!map.has(key)) {
    map.set(key, value);
  }
}

/** The package reports many an error where the previous token ends. */
function firstTokenFrom(text: string, offset: number, isSpaceMeant: boolean): number {
  if (isSpaceMeant) {
    return offset;
  }
  const space = /(?:\s+|(?<!\S)#[^\n]*)*/y;
  space.lastIndex = offset;
  space.exec(text);
  return space.lastIndex < text.length ? space.lastIndex : Math.min(offset, text.length);
}

/**
 * What an error of the `yaml` package means to the user. `code` and `message`
 * are the package's; `at` is the text from the place of the error on, `before`
 * the character before it.
 */
function yamlProblem(code: string, message: string, at: string, before: string): SyntaxProblem {
  if (listEntryCodes.has(code) && /^-\s/.test(at)) {
    return "entryInMap";
  }
  if ((code === "MISSING_CHAR" || code === "BAD_INDENT") && /^-\w/.test(at)) {
    return "spaceAfterDash";
  }
  if (message === "Unexpected scalar at node end" && /["']/.test(before)) {
    return "textAfterQuote";
  }
  if (/^Unexpected .* at node end$/.test(message)) {
    return "textAfterValue";
  }
  const byMessage = problemsByMessage.find(([start]) => message.startsWith(start));
  return byMessage?.[1] ?? problemsByCode[code] ?? "unexpected";
}

/** Whether the rest of the line may look wrong because of a problem. */
export function isStructural(problem: ProblemKind): boolean {
  return structural.has(problem);
}

/** Whether lines that follow may look wrong because of a problem. */
export function spreads(problem: ProblemKind): boolean {
  return spreading.has(problem);
}

/**
 * Problems with the structure, after which the parser takes what follows for something else than
 * the user did.
 */
const structural: ReadonlySet<ProblemKind> = new Set([
  "aliasColon",
  "blockInFlow",
  "entryInMap",
  "extraComma",
  "keyMultiline",
  "listAfterKey",
  "listAlignment",
  "listAsKey",
  "mapAfterMap",
  "mapAlignment",
  "missingColon",
  "missingComma",
  "missingDash",
  "quoteMissing",
  "spaceAfterColon",
  "spaceAfterDash",
  "tabIndentation",
  "textAfterQuote",
  "textAfterValue",
  "unclosed",
  "unexpected",
  "unquoted",
]);

/** Those after which lines that follow are taken for something else, too. */
const spreading: ReadonlySet<ProblemKind> = new Set([
  "entryInMap",
  "keyMultiline",
  "listAlignment",
  "mapAlignment",
  "missingColon",
  "missingDash",
  "spaceAfterColon",
  "tabIndentation",
  "unclosed",
  "unexpected",
]);

/** The codes under which `- x` among the keys of a map is reported. */
const listEntryCodes: ReadonlySet<string> = new Set([
  "BLOCK_AS_IMPLICIT_KEY",
  "MISSING_CHAR",
  "MULTILINE_IMPLICIT_KEY",
]);

const problemsByCode: { readonly [code: string]: SyntaxProblem } = {
  ALIAS_PROPS: "aliasProperties",
  BAD_ALIAS: "emptyAnchor",
  BAD_DIRECTIVE: "badDirective",
  BAD_DQ_ESCAPE: "badEscape",
  BAD_PROP_ORDER: "propertiesBeforeIndicator",
  BAD_SCALAR_START: "plainStart",
  BLOCK_IN_FLOW: "blockInFlow",
  KEY_OVER_1024_CHARS: "keyTooLong",
  MULTILINE_IMPLICIT_KEY: "keyMultiline",
  MULTIPLE_ANCHORS: "multipleAnchors",
  MULTIPLE_TAGS: "multipleTags",
  RESOURCE_EXHAUSTION: "cannotRead",
  TAB_AS_INDENT: "tabIndentation",
  TAG_RESOLVE_FAILED: "tagSyntax",
};

/** For codes that cover several problems: how the message starts. */
const problemsByMessage: readonly (readonly [start: string, problem: SyntaxProblem])[] = [
  ["A block sequence may not be used as an implicit map key", "listAsKey"],
  ["All mapping items must start", "mapAlignment"],
  ["All sequence items must start", "listAlignment"],
  ["Block collection cannot start on same line", "documentStartLine"],
  ["Block scalar header includes extra", "blockHeader"],
  ["Block scalar lines must not be less indented", "blockLessIndented"],
  ["Block scalar values in collections must be indented", "blockLessIndented"],
  ["Block scalars with more-indented leading", "blockMoreIndentedStart"],
  ["Comments must be separated", "commentSpace"],
  ["Flow map", "unclosed"],
  ["Flow sequence", "unclosed"],
  ["Implicit map keys need", "missingColon"],
  ["Missing , ", "missingComma"],
  ["Missing closing", "quoteMissing"],
  ["Missing directives-end", "directiveEnd"],
  ["Missing newline after block sequence props", "listAfterProperties"],
  ["Missing space after :", "spaceAfterColon"],
  ["Nested mappings are not allowed", "mapAfterMap"],
  ["Sequence item without -", "missingDash"],
  ["Tags and anchors must be separated", "propertySpace"],
  ["Unexpected , in", "extraComma"],
  ["Unexpected block-seq-ind on same line", "listAfterKey"],
  ["Unexpected empty item", "emptyFlowItem"],
];
