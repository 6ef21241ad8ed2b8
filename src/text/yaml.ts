/**
 * Reads YAML 1.2 (core schema) with merge keys. The `yaml` package turns text
 * into nodes, in which every scalar is the text it was written as; what
 * scalars mean, aliases, merges, duplicate keys and limits are settled here,
 * in one walk over the nodes.
 */
import { Alias, Composer, Lexer, Parser, Scalar, YAMLMap, YAMLSeq, type CST, type Pair, type Tags, type YAMLError } from "yaml";
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
} from "../diagnostics.js";
import type { AmbiguousScalar, Data, DataMap, Document } from "../document.js";
import { isList, setEntry } from "../inventory.js";
import type { Limits } from "../options.js";
import type { Path, Span } from "../source.js";
import { formTags } from "./form-tags.js";
import { readFloat, readInteger, unholdable, visible } from "./scalars.js";
import { firstLine } from "./spans.js";
import { isStructural, yamlProblem } from "./yaml-problems.js";

/** Reads one YAML document and reports what is wrong with it; `undefined` after an error. */
export function parseYaml(text: string, document: number, limits: Limits, report: Report): Document | undefined {
  let hasErrors = false;
  const reportError: Report = (finding) => {
    hasErrors = true;
    report(finding);
  };
  const read = (): Reading | undefined => {
    const root = compose(text, document, limits, reportError);
    if (root === undefined) return undefined;
    const walk = new Walk(text, document, limits, reportError);
    const value = walk.convert(root, 0);
    return { value, ambiguous: walk.ambiguous, locator: new Locator(text, root, walk.targets) };
  };
  const reading = read();
  if (reading === undefined || hasErrors) return undefined;
  const { value, ambiguous } = reading;
  let locator = text.length > longText ? undefined : reading.locator;
  return { value, ambiguous, locate: (path, isKey) => (locator ??= read()!.locator).locate(path, isKey) };
}

/** The nodes of a text take some fifty times its memory. Those of a longer one are dropped, and read again if a position is asked for. */
const longText = 2 ** 19;

interface Reading {
  readonly value: Data;
  readonly ambiguous: readonly AmbiguousScalar[];
  readonly locator: Locator;
}

type Node = Alias | Scalar<string> | YAMLMap<Node | null, Node | null> | YAMLSeq<Node>;
type MapNode = YAMLMap<Node | null, Node | null>;
type Entry = Pair<Node | null, Node | null>;

/** Answers the root node of the only document, or reports why there is none. */
function compose(text: string, document: number, limits: Limits, report: Report): Node | undefined {
  const unprintable = unprintableIn(text, document);
  if (unprintable !== undefined) {
    report(unprintable);
    return undefined;
  }
  const parser = new Parser();
  const composer = new Composer({ schema: "failsafe", customTags: withKnownTags, resolveKnownTags: false, uniqueKeys: false });
  const documents = [];
  try {
    for (const lexeme of new Lexer().lex(text)) {
      for (const token of parser.next(lexeme)) documents.push(...composer.next(token));
      // The parser does not recurse, the composer does: it gets the tree only when the document ends.
      const tooDeep = parser.stack.length > limits.depth ? parser.stack.filter(isCollectionToken)[limits.depth] : undefined;
      if (tooDeep === undefined) continue;
      report(limitExceeded({ document, start: tooDeep.offset, end: tooDeep.offset + 1 }, "depth", limits.depth));
      return undefined;
    }
    for (const token of parser.end()) documents.push(...composer.next(token));
    documents.push(...composer.end(true, text.length));
  } catch {
    report(syntaxError({ document, start: 0, end: 0 }, "cannotRead"));
    return undefined;
  }

  const roots = documents.map(({ contents }) => contents as Node | null);
  const errors = documents.flatMap(({ errors }) => errors);
  const tagErrors = documents.flatMap(({ warnings }) => warnings.filter(({ code }) => code === "TAG_RESOLVE_FAILED"));
  const findings = [...syntaxFindings(errors, roots, text, document), ...tagErrors.map(({ pos }) => tagFinding(pos, text, document))];
  if (documents.length > 1) {
    const start = documents[1]!.range[0];
    findings.push(syntaxError({ document, start, end: Math.min(start + 3, text.length) }, "multipleDocuments"));
  }
  const root = roots[0]!;
  if (findings.length === 0 && (root === null || isBlank(root))) findings.push(emptyInput({ document, start: 0, end: 0 }));
  findings.forEach(report);
  return findings.length === 0 ? root! : undefined;
}

/** Reports the first character that YAML does not allow; there may be as many as characters. */
function unprintableIn(text: string, document: number): Finding | undefined {
  const match = /[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]/u.exec(text);
  if (match === null) return undefined;
  const place = { document, start: match.index, end: match.index + 1 };
  const problem = unholdable(match[0]);
  if (problem !== undefined) return invalidString(place, problem);
  return syntaxError(place, "controlCharacter", visible(text, match.index));
}

function isCollectionToken({ type }: CST.Token): boolean {
  return type === "block-map" || type === "block-seq" || type === "flow-collection";
}

const enum CoreTag {
  Str = "tag:yaml.org,2002:str",
  Int = "tag:yaml.org,2002:int",
  Float = "tag:yaml.org,2002:float",
  Bool = "tag:yaml.org,2002:bool",
  Null = "tag:yaml.org,2002:null",
}

/** Makes known what tags may stand where, so that the package warns of all others; and spares it looking for tags by patterns. */
function withKnownTags(failsafe: Tags): Tags {
  const resolve = (value: string): string => value;
  const scalars = [...formTags, CoreTag.Int, CoreTag.Float, CoreTag.Bool, CoreTag.Null].map((tag) => ({ tag, resolve }));
  const maps = formTags.map((tag) => ({ tag, collection: "map" as const }));
  const lists = formTags.map((tag) => ({ tag, collection: "seq" as const }));
  return [{ tag: CoreTag.Str, default: true, test: /(?:)/, resolve }, ...scalars, ...maps, ...lists, ...failsafe];
}

function syntaxFindings(errors: readonly YAMLError[], roots: readonly (Node | null)[], text: string, document: number): Finding[] {
  if (errors.length === 0) return [];
  const ends: NodesByEnd = { unclosed: new Map(), quoteMissing: new Map() };
  for (const root of roots) collectEnds(root, text, ends);

  const problems = errors.map(({ code, message, pos }) => {
    const start = firstTokenFrom(text, pos[0], code === "TAB_AS_INDENT");
    const problem = yamlProblem(code, message, text.slice(start, start + 3), text.charAt(start - 1));
    const opener = problem === "unclosed" || problem === "quoteMissing" ? ends[problem].get(pos[0])?.range?.[0] : undefined;
    if (opener !== undefined) return { problem, at: start, start: opener, end: opener + 1 };
    const end = Math.min(Math.max(pos[1], start + (problem === "badEscape" ? 2 : 1)), text.length);
    return { problem, at: start, ...firstLine(text, { start, end }) };
  });
  const tellingLast = ["keyMultiline", "unclosed"];
  problems.sort((a, b) => a.at - b.at || tellingLast.indexOf(b.problem) - tellingLast.indexOf(a.problem));

  // What is wrong with the structure at one place makes the rest of the line look wrong too.
  let brokenUpTo = -1;
  const findings: Finding[] = [];
  for (const { problem, at, start, end } of problems) {
    if (isStructural(problem)) {
      if (at <= brokenUpTo) continue;
      const lineEnd = text.indexOf("\n", at);
      brokenUpTo = lineEnd < 0 ? text.length : lineEnd;
    }
    findings.push(syntaxError({ document, start, end }, problem, text.slice(start, end)));
  }
  return findings;
}

/** Maps and lists in brackets, and strings in quotes, by where they end; of several the innermost. */
interface NodesByEnd {
  readonly unclosed: Map<number, Node>;
  readonly quoteMissing: Map<number, Node>;
}

function collectEnds(node: Node | null, text: string, ends: NodesByEnd): void {
  if (node instanceof Scalar && node.type !== "PLAIN") setFirst(ends.quoteMissing, node.range![1], node);
  if (node instanceof YAMLSeq) for (const item of node.items) collectEnds(item, text, ends);
  if (node instanceof YAMLMap) {
    for (const { key, value } of node.items) {
      collectEnds(key, text, ends);
      collectEnds(value, text, ends);
    }
  }
  if ((node instanceof YAMLSeq || node instanceof YAMLMap) && /[[{]/.test(text.charAt(node.range![0]))) setFirst(ends.unclosed, node.range![1], node);
}

function setFirst<K, V>(map: Map<K, V>, key: K, value: V): void {
  if (!map.has(key)) map.set(key, value);
}

/** The package reports many an error where the previous token ends. */
function firstTokenFrom(text: string, offset: number, isSpaceMeant: boolean): number {
  if (isSpaceMeant) return offset;
  const space = /(?:\s+(?:#[^\n]*)?)*/y;
  space.lastIndex = offset;
  space.exec(text);
  return space.lastIndex < text.length ? space.lastIndex : Math.min(offset, text.length);
}

function tagFinding([start, end]: [number, number], text: string, document: number): Finding {
  const tag = text.slice(start, end);
  const place = { document, start, end };
  return /^!!(?:str|int|float|bool|null|map|seq)$/.test(tag) ? tagMismatch(place, tag) : unknownForm(place, tag, formTags);
}

/** Whether nothing is written where this node is. */
function isBlank(node: Node): boolean {
  return isPlain(node) && node.value === "" && node.tag === undefined && node.anchor === undefined;
}

function isPlain(node: Node | null): node is Scalar<string> {
  return node instanceof Scalar && node.type === "PLAIN";
}

function isMergeKey(node: Node | null): boolean {
  return isPlain(node) && node.value === "<<" && node.tag === undefined;
}

function isForm(node: Exclude<Node, Alias>): boolean {
  return node.tag !== undefined && node.tag.startsWith("!") && formTags.includes(node.tag);
}

/** The text of a scalar as it is written, or of the one that an alias stands for. */
function keyText(key: Node | null, targets: ReadonlyMap<Alias, Node>): string | undefined {
  const node = key instanceof Alias ? targets.get(key) : key;
  if (node === null) return "";
  return node instanceof Scalar ? node.value : undefined;
}

/** A scalar or alias as it is; of a map or list its first line. */
function spanOf(node: Node | null, text: string): Span {
  const [start, end] = node?.range ?? [0, 0];
  if (node instanceof Scalar) return { start, end: end > start && text[end - 1] === "\n" ? end - 1 : end };
  return firstLine(text, { start, end });
}

/** What an anchor stands for. */
interface Anchored {
  readonly node: Node;
  /** Absent until the value is read to its end. */
  readonly value?: Data;
  /** The values in it, itself included, and the levels of maps and lists. */
  readonly nodes: number;
  readonly height: number;
}

/** Turns nodes into data. `depth` is the number of maps and lists around a value. */
class Walk {
  readonly ambiguous: AmbiguousScalar[] = [];
  /** What the aliases refer to. */
  readonly targets = new Map<Alias, Node>();
  private readonly anchors = new Map<string, Anchored>();
  /** Of the value in question the first `depth` elements hold. */
  private readonly path: (string | number)[] = [];
  private readonly hasEscapes: boolean;
  private nodes = 0;
  /** The most levels in the anchored value in question so far. */
  private deepest = 0;
  private isExhausted = false;

  constructor(
    private readonly text: string,
    private readonly document: number,
    private readonly limits: Limits,
    private readonly report: Report,
  ) {
    this.hasEscapes = /\\[0xuU]/.test(text);
  }

  convert(node: Node | null, depth: number): Data {
    if (!this.count(node, 1, depth) || node === null) return null;
    if (node instanceof Alias) return this.convertAlias(node, depth);
    return node.anchor === undefined ? this.convertTagged(node, depth) : this.convertAnchored(node, node.anchor, depth);
  }

  /** Adds up values, each alias as what it stands for; reports, once, where a limit is passed. */
  private count(node: Node | null, nodes: number, depth: number): boolean {
    this.nodes += nodes;
    if (depth > this.deepest) this.deepest = depth;
    if (this.isExhausted) return false;
    if (this.nodes <= this.limits.nodes && depth <= this.limits.depth) return true;
    this.isExhausted = true;
    const limit = this.nodes > this.limits.nodes ? "nodes" : "depth";
    this.report(limitExceeded(this.place(node), limit, this.limits[limit]));
    return false;
  }

  private convertAnchored(node: Exclude<Node, Alias>, anchor: string, depth: number): Data {
    const nodes = this.nodes;
    const deepest = this.deepest;
    this.deepest = depth;
    this.anchors.set(anchor, { node, nodes: 0, height: 0 });
    const value = this.convertTagged(node, depth);
    this.anchors.set(anchor, { node, value, nodes: this.nodes - nodes, height: this.deepest - depth });
    this.deepest = Math.max(this.deepest, deepest);
    return value;
  }

  private convertAlias(alias: Alias, depth: number): Data {
    const anchored = this.anchors.get(alias.source);
    if (anchored === undefined) return this.fail(syntaxError(this.place(alias), "unknownAlias", alias.source));
    if (anchored.value === undefined) return this.fail(syntaxError(this.place(alias), "cyclicAlias", alias.source));
    this.targets.set(alias, anchored.node);
    return this.count(alias, anchored.nodes, depth + anchored.height) ? anchored.value : null;
  }

  private convertTagged(node: Exclude<Node, Alias>, depth: number): Data {
    if (!isForm(node)) return this.convertUntagged(node, depth);
    const key = `$${node.tag!.slice(1)}`;
    this.path[depth] = key;
    return this.count(node, 1, depth + 1) ? { [key]: this.convertUntagged(node, depth + 1) } : null;
  }

  private convertUntagged(node: Exclude<Node, Alias>, depth: number): Data {
    if (node instanceof Scalar) return this.convertScalar(node, depth);
    if (!this.count(node, 0, depth + 1)) return null;
    return node instanceof YAMLMap ? this.convertMap(node, depth) : this.convertList(node, depth);
  }

  private convertList({ items }: YAMLSeq<Node>, depth: number): Data {
    return items.map((item, index) => {
      this.path[depth] = index;
      return this.convert(item, depth + 1);
    });
  }

  private convertMap(node: MapNode, depth: number): Data {
    const map: { [key: string]: Data } = {};
    const merges: Entry[] = [];
    let hasDuplicates = false;
    for (const entry of node.items) {
      const key = this.convertKey(entry.key);
      if (key === "<<" && isMergeKey(entry.key)) {
        merges.push(entry);
        continue;
      }
      this.path[depth] = key ?? "";
      const value = this.convert(entry.value, depth + 1);
      if (key === undefined) continue;
      if (Object.hasOwn(map, key)) hasDuplicates = true;
      else setEntry(map, key, value);
    }
    if (hasDuplicates || merges.length > 1) this.reportDuplicates(node);
    for (const merge of merges) this.merge(map, merge.value, depth);
    return map;
  }

  private convertKey(key: Node | null): string | undefined {
    if (key instanceof Alias) this.convertAlias(key, 0);
    else if (key instanceof Scalar) this.anchorKey(key);
    else if (key !== null) this.convert(key, 0);

    const node = key instanceof Alias ? this.targets.get(key) : key;
    if (node instanceof YAMLMap || node instanceof YAMLSeq) return this.failKey(invalidKey(this.place(key), node instanceof YAMLMap ? "map" : "list"));
    if (node instanceof Scalar && isForm(node)) return this.failKey(invalidKey(this.place(key), "form"));
    const text = keyText(key, this.targets);
    const problem = this.hasEscapes && text !== undefined ? unholdable(text) : undefined;
    return problem === undefined ? text : this.failKey(invalidString(this.place(key), problem));
  }

  /** A key may be referred to as a value, which it is not where it stands. */
  private anchorKey(node: Scalar<string>): void {
    if (node.anchor !== undefined) this.anchors.set(node.anchor, { node, value: this.convertScalar(node, undefined), nodes: 1, height: 0 });
  }

  private reportDuplicates({ items }: MapNode): void {
    const firsts = new Map<string, Node | null>();
    for (const { key } of items) {
      const name = keyText(key, this.targets);
      if (name === undefined) continue;
      const first = firsts.get(name);
      if (first === undefined) firsts.set(name, key);
      else this.report(duplicateKey(this.place(key), name, this.place(first)));
    }
  }

  /** Adds the entries that `map` lacks; of several sources the first wins. */
  private merge(map: { [key: string]: Data }, node: Node | null, depth: number): void {
    const data = this.convert(node, depth);
    const source = node instanceof Alias ? this.targets.get(node) : node;
    if (source === undefined || this.isExhausted) return;
    const isListOfMaps = source instanceof YAMLSeq && !isForm(source) && source.items.every((item) => this.isPlainMap(item));
    if (!isListOfMaps && !this.isPlainMap(source)) {
      this.report(invalidMerge(this.place(node)));
      return;
    }
    for (const entries of (isList(data) ? data : [data]) as readonly DataMap[]) {
      for (const key of Object.keys(entries)) if (!Object.hasOwn(map, key)) setEntry(map, key, entries[key]!);
    }
  }

  private isPlainMap(node: Node | null): boolean {
    const target = node instanceof Alias ? this.targets.get(node) : node;
    return target instanceof YAMLMap && !isForm(target);
  }

  /** Without a depth, the scalar is a key, which can be written in any way. */
  private convertScalar(node: Scalar<string>, depth: number | undefined): Data {
    const { tag, value: text } = node;
    if (tag !== undefined && tag !== CoreTag.Str && tag.startsWith("tag:")) return this.convertCore(node, tag);
    if (node.type === "PLAIN" && (tag === undefined || tag.length > 1) && tag !== CoreTag.Str) return this.convertPlain(node, depth);
    const problem = this.hasEscapes ? unholdable(text) : undefined;
    return problem === undefined ? text : this.fail(invalidString(this.place(node), problem));
  }

  private convertPlain(node: Scalar<string>, depth: number | undefined): Data {
    const text = node.value;
    const first = text.charCodeAt(0);
    if (first <= 57) {
      if (!numbers.test(text)) return text;
      if (depth !== undefined && /^[-+]?0\d+$/.test(text)) this.ambiguous.push({ path: this.path.slice(0, depth), text });
      return this.convertNumber(node);
    }
    if (text.length > 5) return text;
    if (nulls.test(text)) return null;
    if (booleans.test(text)) return text.length === 4;
    if (depth !== undefined && /^(?:yes|no|on|off)$/i.test(text)) this.ambiguous.push({ path: this.path.slice(0, depth), text });
    return text;
  }

  private convertNumber(node: Scalar<string>): Data {
    const value = integers.test(node.value) ? readInteger(node.value) : readFloat(node.value);
    return value ?? this.fail(numberNotHeld(this.place(node), node.value));
  }

  /** The value of a scalar with one of YAML's own tags. */
  private convertCore(node: Scalar<string>, tag: string): Data {
    const text = node.value;
    if (tag === CoreTag.Null && nulls.test(text)) return null;
    if (tag === CoreTag.Bool && booleans.test(text)) return text.length === 4;
    if (tag === CoreTag.Int && integers.test(text)) return this.convertNumber(node);
    if (tag === CoreTag.Float && numbers.test(text)) return readFloat(text) ?? this.fail(numberNotHeld(this.place(node), text));
    return this.fail(tagMismatch(this.place(node), tag.replace("tag:yaml.org,2002:", "!!")));
  }

  private place(node: Node | null): DocumentSpan {
    return { document: this.document, ...spanOf(node, this.text) };
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
const integers = /^(?:[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+)$/;
const numbers = /^(?:[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|0o[0-7]+|0x[0-9a-fA-F]+|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;

/** Finds what stands at a path. */
class Locator {
  private readonly indices = new Map<MapNode, ReadonlyMap<string, Entry>>();

  constructor(
    private readonly text: string,
    private readonly root: Node,
    private readonly targets: ReadonlyMap<Alias, Node>,
  ) {}

  locate(path: Path, isKey: boolean): Span {
    let node: Node | null = this.root;
    let span = spanOf(node, this.text);
    let isInsideForm = false;
    for (const [index, key] of path.entries()) {
      const target = this.resolve(node);
      if (!isInsideForm && target !== null && isForm(target) && `$${target.tag!.slice(1)}` === key) {
        isInsideForm = true;
        continue;
      }
      isInsideForm = false;
      const entry = target instanceof YAMLMap ? this.find(target, String(key)) : undefined;
      const item: Node | undefined = target instanceof YAMLSeq && typeof key === "number" ? target.items[key] : undefined;
      if (entry === undefined && item === undefined) break;
      node = entry === undefined ? item! : entry.value;
      const isKeyMeant = entry !== undefined && ((isKey && index === path.length - 1) || node === null || isEmptyScalar(node));
      span = spanOf(isKeyMeant ? entry.key : node, this.text);
    }
    return span;
  }

  private find(map: MapNode, key: string): Entry | undefined {
    const index = this.indexOf(map);
    const entry = index.get(key);
    const merge = index.get("<<");
    if ((entry !== undefined && entry !== merge) || merge === undefined || !isMergeKey(merge.key)) return entry;
    const source = this.resolve(merge.value);
    for (const node of source instanceof YAMLSeq ? source.items : [source]) {
      const target = this.resolve(node);
      const found = target instanceof YAMLMap ? this.find(target, key) : undefined;
      if (found !== undefined) return found;
    }
    return undefined;
  }

  private indexOf(map: MapNode): ReadonlyMap<string, Entry> {
    const known = this.indices.get(map);
    if (known !== undefined) return known;
    const index = new Map(map.items.map((entry) => [keyText(entry.key, this.targets)!, entry]));
    this.indices.set(map, index);
    return index;
  }

  private resolve(node: Node | null): Exclude<Node, Alias> | null {
    return (node instanceof Alias ? this.targets.get(node)! : node) as Exclude<Node, Alias> | null;
  }
}

function isEmptyScalar(node: Node): boolean {
  return isPlain(node) && node.value === "";
}
