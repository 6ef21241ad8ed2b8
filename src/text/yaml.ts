/**
 * Reads and writes YAML 1.2 (core schema) with merge keys. The `yaml` package
 * turns text into nodes, all scalars being strings to it; what they mean,
 * aliases, merges, duplicate keys and limits are settled here in one walk.
 */
import { Alias, Composer, Lexer, Parser, Scalar, YAMLMap, YAMLSeq, type Pair, type Tags, type YAMLError } from "yaml";
import {
  duplicateKey,
  emptyInput,
  invalidKey,
  invalidMerge,
  invalidString,
  limitExceeded,
  numberNotHeld,
  syntaxError,
  tagMismatch,
  unknownForm,
  type DocumentSpan,
  type Finding,
  type Report,
  type SyntaxProblem,
} from "../diagnostics.js";
import type { AmbiguousScalar, Data, DataMap, Document } from "../document.js";
import { Float, isList, isMap, setEntry } from "../inventory.js";
import type { Limits } from "../options.js";
import type { Path, Span } from "../source.js";
import { readFloat, readInteger, unholdable } from "./scalars.js";

/** Reads one YAML document and reports what is wrong with it; `undefined` after an error. */
export function parseYaml(text: string, document: number, limits: Limits, report: Report): Document | undefined {
  let hasErrors = false;
  const fail: Report = (finding) => {
    hasErrors = true;
    report(finding);
  };
  checkCharacters(text, document, fail);
  if (hasErrors) return undefined;
  const root = compose(text, document, limits, fail);
  if (root === undefined) return undefined;
  const walk = new Walk(text, document, limits, fail);
  const value = walk.convert(root, 0);
  if (hasErrors) return undefined;
  const locator = new Locator(text, root, walk.targets);
  return { value, ambiguous: walk.ambiguous, locate: (path, isKey) => locator.locate(path, isKey) };
}

/** Writes YAML that {@link parseYaml} and every YAML 1.1 reader read back as `value`; special forms become tags. */
export function writeYaml(value: Data): string {
  const lines: string[] = [];
  writeNode(value, "", "", false, lines);
  return `${lines.join("\n")}\n`;
}

type Node = Alias | Scalar<string> | YAMLMap<unknown, unknown> | YAMLSeq<unknown>;

const specialTags = ["!path", "!fileContents", "!ref", "!nix", "!mkForce", "!mkDefault", "!mkOverride", "!mkBefore", "!mkAfter", "!mkOrder"];

const enum CoreTag {
  Str = "tag:yaml.org,2002:str",
  Int = "tag:yaml.org,2002:int",
  Float = "tag:yaml.org,2002:float",
  Bool = "tag:yaml.org,2002:bool",
  Null = "tag:yaml.org,2002:null",
}

// Control characters, half surrogates and non-characters; the second part are escapes in double quotes that may bring in what Nix cannot hold.
const unprintable = /[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]/u;

function checkCharacters(text: string, document: number, report: Report): void {
  if (!unprintable.test(text)) return;
  for (const { index, 0: char } of text.matchAll(new RegExp(unprintable, "gu"))) {
    const place = { document, start: index, end: index + 1 };
    const problem = unholdable(char);
    if (problem !== undefined) report(invalidString(place, problem));
    else report(syntaxError(place, "controlCharacter", `U+${char.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`));
  }
}

/** The root node of the only document. */
function compose(text: string, document: number, limits: Limits, report: Report): Node | undefined {
  const parser = new Parser();
  // The tags keep scalars as the strings they are written as, and none of them is looked up by its pattern.
  const composer = new Composer({ schema: "failsafe", customTags: keepAllTags, uniqueKeys: false });
  const documents: ReturnType<typeof composer.compose> extends Generator<infer Doc> ? Doc[] : never = [];
  try {
    for (const lexeme of new Lexer().lex(text)) {
      for (const token of parser.next(lexeme)) documents.push(...composer.next(token));
      if (parser.stack.length <= limits.depth) continue;
      const collections = parser.stack.filter(({ type }) => type === "block-map" || type === "block-seq" || type === "flow-collection");
      if (collections.length <= limits.depth) continue;
      const start = collections.at(-1)!.offset;
      report(limitExceeded({ document, start, end: start + 1 }, "depth", limits.depth));
      return undefined;
    }
    for (const token of parser.end()) documents.push(...composer.next(token));
    documents.push(...composer.end(true, text.length));
  } catch {
    const start = Math.min(parser.offset, text.length);
    report(syntaxError({ document, start, end: start }, "cannotRead"));
    return undefined;
  }

  const findings = documents.flatMap(({ errors, warnings }) => [
    ...errors.map((error) => findingOf(error, text, document)),
    ...warnings.filter(({ code }) => code === "TAG_RESOLVE_FAILED").map(({ pos }) => tagFinding(pos, text, document)),
  ]);
  if (documents.length > 1) {
    const start = documents[1]!.range[0];
    findings.push(syntaxError({ document, start, end: Math.min(start + 3, text.length) }, "multipleDocuments"));
  }
  const root = documents[0]!.contents as Node | null;
  if (findings.length === 0 && (root === null || isEmpty(root))) findings.push(emptyInput({ document, start: 0, end: 0 }));
  findings.forEach(report);
  return findings.length === 0 ? root! : undefined;
}

function keepAllTags(failsafe: Tags): Tags {
  const resolve = (value: string): string => value;
  const scalars = [...specialTags, CoreTag.Int, CoreTag.Float, CoreTag.Bool, CoreTag.Null].map((tag) => ({ tag, resolve }));
  const collections = specialTags.flatMap((tag) => [
    { tag, collection: "map" as const },
    { tag, collection: "seq" as const },
  ]);
  return [{ tag: CoreTag.Str, default: true, test: /(?:)/, resolve }, ...scalars, ...collections, ...failsafe];
}

/** Whether nothing is written where this node is. */
function isEmpty(node: Node): boolean {
  return node instanceof Scalar && node.type === "PLAIN" && node.value === "" && node.tag === undefined && node.anchor === undefined;
}

function tagFinding([start, end]: [number, number], text: string, document: number): Finding {
  const tag = text.slice(start, end);
  return tag.startsWith("!!") && /^!!(str|int|float|bool|null|map|seq)$/.test(tag)
    ? tagMismatch({ document, start, end }, tag)
    : unknownForm({ document, start, end }, tag, specialTags);
}

function findingOf({ code, message, pos }: YAMLError, text: string, document: number): Finding {
  const start = Math.min(pos[0], text.length);
  const end = Math.min(Math.max(pos[1], start), text.length);
  const found = text.slice(start, end).split("\n", 1)[0]!.trim();
  const place = { document, start, end };
  switch (code) {
    case "TAG_RESOLVE_FAILED":
      return syntaxError(place, "tagSyntax", found);
    case "BAD_DQ_ESCAPE":
      return syntaxError(place, "badEscape", text.slice(start, start + 2));
    default:
      return syntaxError(place, problemOf(code, message), found);
  }
}

function problemOf(code: YAMLError["code"], message: string): SyntaxProblem {
  switch (code) {
    case "ALIAS_PROPS":
      return "aliasProperties";
    case "BAD_ALIAS":
      return "emptyAnchor";
    case "BAD_DIRECTIVE":
      return "badDirective";
    case "BAD_PROP_ORDER":
      return "propertiesBeforeIndicator";
    case "BAD_SCALAR_START":
      return "plainStart";
    case "BLOCK_IN_FLOW":
      return "blockInFlow";
    case "KEY_OVER_1024_CHARS":
      return "keyTooLong";
    case "MULTILINE_IMPLICIT_KEY":
      return "keyMultiline";
    case "MULTIPLE_ANCHORS":
      return "multipleAnchors";
    case "MULTIPLE_TAGS":
      return "multipleTags";
    case "TAB_AS_INDENT":
      return "tabIndentation";
    case "RESOURCE_EXHAUSTION":
      return "cannotRead";
    default:
      return problemOfMessage.find(([start]) => message.startsWith(start))?.[1] ?? "unexpected";
  }
}

/** For the codes of `yaml` that stand for several problems: how its message starts, and what the problem is. */
const problemOfMessage: readonly (readonly [start: string, problem: SyntaxProblem])[] = [
  ["A block sequence may not be used as an implicit map key", "listAsKey"],
  ["All mapping items must start", "mapAlignment"],
  ["All sequence items must start", "sequenceAlignment"],
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
  ["Unexpected block-seq-ind on same line", "listAfterKey"],
  ["Unexpected empty item", "emptyFlowItem"],
];

/** What an anchor stands for; `value` is set once it is read to its end. */
interface Anchored {
  readonly node: Node;
  value: Data | undefined;
  /** The values inside, and the levels of maps and lists. */
  nodes: number;
  height: number;
}

/** Turns nodes into data. `depth` counts the maps and lists around a value. */
class Walk {
  readonly ambiguous: AmbiguousScalar[] = [];
  /** What each alias refers to. */
  readonly targets = new Map<Alias, Node>();
  private readonly anchors = new Map<string, Anchored>();
  private readonly path: (string | number)[] = [];
  private nodes = 0;
  /** The most levels that any value had since the start of the anchored value in question. */
  private deepest = 0;
  private isExhausted = false;
  private readonly hasEscapes: boolean;

  constructor(
    private readonly text: string,
    private readonly document: number,
    private readonly limits: Limits,
    private readonly report: Report,
  ) {
    this.hasEscapes = /\\[0xuU]/.test(text);
  }

  convert(node: Node | null, depth: number): Data {
    if (!this.count(1, depth, node)) return null;
    if (node === null) return null;
    if (node instanceof Alias) return this.dereference(node, depth);
    if (node.anchor === undefined) return this.convertTagged(node, depth);

    const anchored: Anchored = { node, value: undefined, nodes: this.nodes, height: 0 };
    const deepest = this.deepest;
    this.deepest = depth;
    this.anchors.set(node.anchor, anchored);
    const value = this.convertTagged(node, depth);
    anchored.value = value;
    anchored.nodes = this.nodes - anchored.nodes;
    anchored.height = this.deepest - depth;
    this.deepest = Math.max(deepest, this.deepest);
    return value;
  }

  /** Counts values; reports the first time that a limit is passed. */
  private count(nodes: number, depth: number, node: Node | null): boolean {
    this.nodes += nodes;
    if (depth > this.deepest) this.deepest = depth;
    if (this.isExhausted) return false;
    if (this.nodes <= this.limits.nodes && depth <= this.limits.depth) return true;
    this.isExhausted = true;
    const limit = this.nodes > this.limits.nodes ? "nodes" : "depth";
    this.report(limitExceeded(this.place(node), limit, this.limits[limit]));
    return false;
  }

  private dereference(alias: Alias, depth: number): Data {
    const anchored = this.anchors.get(alias.source);
    if (anchored === undefined) return this.fail(syntaxError(this.place(alias), "unknownAlias", alias.source));
    if (anchored.value === undefined) return this.fail(syntaxError(this.place(alias), "cyclicAlias", alias.source));
    this.targets.set(alias, anchored.node);
    return this.count(anchored.nodes, depth + anchored.height, alias) ? anchored.value : null;
  }

  private convertTagged(node: Exclude<Node, Alias>, depth: number): Data {
    if (node.tag === undefined || node.tag[0] !== "!" || !specialTags.includes(node.tag)) return this.convertUntagged(node, depth);
    const key = `$${node.tag.slice(1)}`;
    this.path[depth] = key;
    return this.count(1, depth + 1, node) ? { [key]: this.convertUntagged(node, depth + 1) } : null;
  }

  private convertUntagged(node: Exclude<Node, Alias>, depth: number): Data {
    if (node instanceof Scalar) return this.convertScalar(node, depth);
    if (!this.count(0, depth + 1, node)) return null;
    return node instanceof YAMLMap ? this.convertMap(node, depth) : this.convertList(node, depth);
  }

  private convertList(list: YAMLSeq<unknown>, depth: number): Data {
    const { items } = list;
    const values: Data[] = [];
    for (let index = 0; index < items.length; index++) {
      this.path[depth] = index;
      values.push(this.convert(items[index] as Node, depth + 1));
    }
    return values;
  }

  private convertMap(node: YAMLMap<unknown, unknown>, depth: number): Data {
    const map: { [key: string]: Data } = {};
    let merge: Node | null | undefined;
    const duplicates: [key: string, node: Node | null][] = [];
    for (const pair of node.items as Pair<Node | null, Node | null>[]) {
      const key = this.convertKey(pair.key);
      const isMerge = key === "<<" && isMergeKey(pair.key);
      if (key === undefined) this.path[depth] = "";
      else if (isMerge ? merge !== undefined : Object.hasOwn(map, key)) duplicates.push([key, pair.key]);
      else if (isMerge) {
        merge = pair.value;
        continue;
      } else this.path[depth] = key;
      const value = this.convert(pair.value, depth + 1);
      if (key !== undefined && !Object.hasOwn(map, key)) setEntry(map, key, value);
    }
    if (merge !== undefined) this.mergeInto(map, merge, depth);
    if (duplicates.length > 0) this.reportDuplicates(node, duplicates);
    return map;
  }

  private convertKey(node: Node | null): string | undefined {
    if (node === null) return "";
    const { anchor } = node as { anchor?: string };
    const target = node instanceof Alias ? this.anchors.get(node.source)?.node : node;
    if (node instanceof Alias) this.dereference(node, 0);
    if (target === undefined) return undefined;
    if (!(target instanceof Scalar)) return this.failKey(invalidKey(this.place(node), target instanceof YAMLMap ? "map" : "list"));
    if (target.tag !== undefined && specialTags.includes(target.tag)) return this.failKey(invalidKey(this.place(node), "form"));
    if (anchor !== undefined) this.convert(target, 0);
    const problem = this.hasEscapes ? unholdable(target.value) : undefined;
    return problem === undefined ? target.value : this.failKey(invalidString(this.place(node), problem));
  }

  private reportDuplicates(map: YAMLMap<unknown, unknown>, duplicates: readonly [key: string, node: Node | null][]): void {
    const firsts = new Map<string, Node | null>();
    for (const { key } of map.items as Pair<Node | null>[]) {
      const name = this.convertKey(key);
      if (name !== undefined && !firsts.has(name)) firsts.set(name, key);
    }
    for (const [name, node] of duplicates) this.report(duplicateKey(this.place(node), name, this.place(firsts.get(name)!)));
  }

  /** Adds the entries that `map` lacks; of several sources the first wins. */
  private mergeInto(map: { [key: string]: Data }, merge: Node | null, depth: number): void {
    const target = merge instanceof Alias ? (this.anchors.get(merge.source)?.node ?? merge) : merge;
    if (target instanceof YAMLSeq && target.tag === undefined) {
      for (const item of target.items) this.mergeSource(map, item as Node, depth);
    } else this.mergeSource(map, merge, depth);
  }

  private mergeSource(map: { [key: string]: Data }, source: Node | null, depth: number): void {
    const data = this.convert(source, depth);
    const target = source instanceof Alias ? this.targets.get(source) : source;
    if (source instanceof Alias && target === undefined) return;
    if (!(target instanceof YAMLMap) || specialTags.includes(target.tag ?? "")) {
      this.report(invalidMerge(this.place(source)));
      return;
    }
    for (const key of Object.keys(data as DataMap)) if (!Object.hasOwn(map, key)) setEntry(map, key, (data as DataMap)[key]!);
  }

  private convertScalar(node: Scalar<string>, depth: number): Data {
    const text = node.value;
    if (node.type === "PLAIN" && (node.tag === undefined || node.tag[0] === "!") && node.tag !== "!") return this.convertPlain(node, depth);
    if (node.tag !== undefined && node.tag.startsWith("tag:") && node.tag !== CoreTag.Str) return this.convertCore(node);
    const problem = this.hasEscapes ? unholdable(text) : undefined;
    return problem === undefined ? text : this.fail(invalidString(this.place(node), problem));
  }

  private convertPlain(node: Scalar<string>, depth: number): Data {
    const text = node.value;
    switch (text.charAt(0)) {
      case "":
      case "~":
      case "n":
      case "N":
        if (nulls.test(text)) return null;
        break;
      case "t":
      case "T":
      case "f":
      case "F":
        if (booleans.test(text)) return text.length === 4;
        return text;
    }
    const first = text.charCodeAt(0);
    if (first <= 57 && numbers.test(text)) return this.convertNumber(node, depth);
    if (text.length <= 3 && habitualBooleans.test(text)) this.ambiguous.push({ path: this.path.slice(0, depth), text });
    return text;
  }

  private convertNumber(node: Scalar<string>, depth: number): Data {
    const text = node.value;
    if (/^[-+]?0\d/.test(text) && integers.test(text)) this.ambiguous.push({ path: this.path.slice(0, depth), text });
    const value = integers.test(text) ? readInteger(text) : readFloat(text);
    return value ?? this.fail(numberNotHeld(this.place(node), text));
  }

  /** The value of a scalar with one of YAML's own tags. */
  private convertCore(node: Scalar<string>): Data {
    const text = node.value;
    switch (node.tag) {
      case CoreTag.Null:
        if (nulls.test(text)) return null;
        break;
      case CoreTag.Bool:
        if (booleans.test(text)) return text.length === 4;
        break;
      case CoreTag.Int:
        if (integers.test(text)) return readInteger(text) ?? this.fail(numberNotHeld(this.place(node), text));
        break;
      case CoreTag.Float: {
        if (!numbers.test(text)) break;
        const value = readFloat(text);
        return value ?? this.fail(numberNotHeld(this.place(node), text));
      }
    }
    return this.fail(tagMismatch(this.place(node), node.tag!.replace("tag:yaml.org,2002:", "!!")));
  }

  private place(node: Node | null): DocumentSpan {
    return { document: this.document, ...spanOf(this.text, node) };
  }

  private fail(finding: Finding): null {
    this.report(finding);
    return null;
  }

  private failKey(finding: Finding): undefined {
    this.report(finding);
  }
}

const nulls = /^(?:~|null|Null|NULL)?$/;
const booleans = /^(?:true|True|TRUE|false|False|FALSE)$/;
const habitualBooleans = /^(?:yes|no|on|off)$/i;
const integers = /^(?:[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+)$/;
const numbers = /^(?:[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|0o[0-7]+|0x[0-9a-fA-F]+|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;

function isMergeKey(node: Node | null): boolean {
  return node instanceof Scalar && node.type === "PLAIN" && node.tag === undefined;
}

/** A scalar as it is; of a map or list its first line. */
function spanOf(text: string, node: Node | null): Span {
  const range = node?.range;
  if (range === undefined || range === null) return { start: 0, end: 0 };
  const [start, end] = range;
  if (node instanceof Scalar) return { start, end: text[end - 1] === "\n" && end > start ? end - 1 : end };
  const lineEnd = text.slice(start, end).search(/\s*\n/);
  return { start, end: lineEnd > 0 ? start + lineEnd : end };
}

/** Finds the nodes that paths lead to. */
class Locator {
  private readonly indices = new Map<YAMLMap<unknown, unknown>, ReadonlyMap<string, Pair<Node | null, Node | null>>>();

  constructor(
    private readonly text: string,
    private readonly root: Node,
    private readonly targets: ReadonlyMap<Alias, Node>,
  ) {}

  locate(path: Path, isKey: boolean): Span {
    let node: Node | null = this.root;
    let span = spanOf(this.text, node);
    let insideForm = false;
    for (const [index, key] of path.entries()) {
      const target: Node | null = this.target(node);
      if (!insideForm && target !== null && !(target instanceof Alias) && target.tag === `!${String(key).slice(1)}` && specialTags.includes(target.tag)) {
        insideForm = true;
        continue;
      }
      insideForm = false;
      if (target instanceof YAMLSeq && typeof key === "number") {
        if (key >= target.items.length) break;
        node = target.items[key] as Node;
        span = spanOf(this.text, node);
        continue;
      }
      const pair: Pair<Node | null, Node | null> | undefined = target instanceof YAMLMap ? this.find(target, String(key)) : undefined;
      if (pair === undefined) break;
      node = pair.value;
      span = spanOf(this.text, (isKey && index === path.length - 1) || node === null || isUnwritten(node) ? pair.key : node);
    }
    return span;
  }

  private target(node: Node | null): Node | null {
    return node instanceof Alias ? this.targets.get(node)! : node;
  }

  private find(map: YAMLMap<unknown, unknown>, key: string): Pair<Node | null, Node | null> | undefined {
    let index = this.indices.get(map);
    if (index === undefined) {
      index = new Map((map.items as Pair<Node | null, Node | null>[]).map((pair) => [this.keyText(pair.key), pair]));
      this.indices.set(map, index);
    }
    const pair = index.get(key);
    const merge = index.get("<<");
    if (pair !== undefined || merge === undefined || !isMergeKey(merge.key)) return pair;
    const source = this.target(merge.value);
    const sources = source instanceof YAMLSeq ? (source.items as Node[]) : [source];
    for (const source of sources) {
      const target = this.target(source);
      const found = target instanceof YAMLMap ? this.find(target, key) : undefined;
      if (found !== undefined) return found;
    }
    return undefined;
  }

  private keyText(node: Node | null): string {
    const target = this.target(node);
    return target instanceof Scalar ? target.value : "";
  }
}

function isUnwritten(node: Node): boolean {
  return node instanceof Scalar && node.type === "PLAIN" && node.value === "";
}

/**
 * Appends the lines of a value: `lead` is what stands before it on its line,
 * `indent` the indentation of what is inside. Where `isCompact`, a map or list
 * may start on the line of `lead`.
 */
function writeNode(value: Data, lead: string, indent: string, isCompact: boolean, lines: string[]): void {
  const gap = lead === "" || lead.endsWith(" ") ? "" : " ";
  const tag = tagOf(value);
  if (tag !== undefined) {
    writeUntagged((value as DataMap)[`$${tag.slice(1)}`]!, `${lead}${gap}${tag}`, indent, false, lines);
    return;
  }
  writeUntagged(value, lead, indent, isCompact, lines);
}

function writeUntagged(value: Data, lead: string, indent: string, isCompact: boolean, lines: string[]): void {
  const gap = lead === "" ? "" : " ";
  if (typeof value === "string" && isLiteral(value)) return writeLiteral(value, `${lead}${gap}`, indent === "" ? "  " : indent, lines);
  const isCollection = isList(value) ? value.length > 0 : isMap(value) && Object.keys(value).length > 0;
  if (!isCollection) {
    lines.push(`${lead}${gap}${scalarText(value)}`);
    return;
  }
  if (!isCompact && lead !== "") lines.push(lead);
  let start = isCompact ? `${lead}${gap}` : indent;
  if (isList(value)) {
    for (const item of value) {
      writeNode(item, `${start}-`, `${indent}  `, true, lines);
      start = indent;
    }
    return;
  }
  for (const [key, entry] of Object.entries(value as DataMap)) {
    writeNode(entry, keyText(key, start, indent, lines), `${indent}  `, false, lines);
    start = indent;
  }
}

/** The tag of a special form; a form directly inside another has none, because a node has one tag only. */
function tagOf(value: Data): string | undefined {
  if (!isMap(value)) return undefined;
  const keys = Object.keys(value);
  const tag = keys.length === 1 ? `!${keys[0]!.slice(1)}` : "";
  return keys[0]?.startsWith("$") && specialTags.includes(tag) ? tag : undefined;
}

/** The key with its colon; a key that is too long for one line with its value gets a line of its own. */
function keyText(key: string, start: string, indent: string, lines: string[]): string {
  const text = stringText(key);
  if (text.length <= 1000) return `${start}${text}:`;
  lines.push(`${start}? ${text}`);
  return `${indent}:`;
}

function scalarText(value: Data): string {
  if (value instanceof Float) return floatText(value.value);
  switch (typeof value) {
    case "string":
      return stringText(value);
    case "number":
      return Number.isInteger(value) ? String(value) : floatText(value);
    case "object":
      return isList(value!) ? "[]" : value === null ? "null" : "{}";
    default:
      return String(value);
  }
}

/** YAML 1.1 takes a number for a float only where it has a dot. */
function floatText(value: number): string {
  const text = Object.is(value, -0) ? "-0" : String(value);
  return text.includes(".") ? text : text.replace(/^-?\d+/, "$&.0");
}

const printable = "\\u00a1-\\u1fff\\u2010-\\u2027\\u2030-\\ud7ff\\ue000-\\ufefe\\uff00-\\ufffd\\u{10000}-\\u{10ffff}";
const plain = new RegExp(`^(?:[A-Za-z_$/${printable}]|\\.{1,2}/)(?:[\\w ./@+,;=()~$%&*!?<>|^'"\\\\${printable}-]|:(?=[^ ])|[^ ]#)*$`, "u");
const literal = new RegExp(`^[\\t\\n -~${printable}]*$`, "u");

function stringText(value: string): string {
  const isPlain = plain.test(value) && !value.endsWith(" ") && !/^(?:y|n|yes|no|on|off|true|false|null)$/i.test(value);
  return isPlain ? value : quoted(value);
}

/** JSON's quoting, which is YAML's, with escapes for what YAML 1.1 takes for line breaks or refuses. */
function quoted(value: string): string {
  return JSON.stringify(value).replace(/[\x7f-\xa0\u2028\u2029\ufeff\ufffe\uffff]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** Whether a block text holds a string exactly, for every reader. */
function isLiteral(value: string): boolean {
  return value.includes("\n") && literal.test(value) && !/^\s/.test(value) && !/^[ \t]+$/m.test(value);
}

function writeLiteral(value: string, lead: string, indent: string, lines: string[]): void {
  const chomping = !value.endsWith("\n") ? "-" : value.endsWith("\n\n") ? "+" : "";
  lines.push(`${lead}|${chomping}`);
  const content = chomping === "-" ? value : value.slice(0, -1);
  for (const line of content.split("\n")) lines.push(line === "" ? "" : indent + line);
}
