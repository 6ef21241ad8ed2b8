import { maxErrors } from "../diagnostics/budget.js";
import type { Finding, Report, SourceSpan } from "../diagnostics/diagnostic.js";
import { limitExceeded } from "../diagnostics/output-messages.js";
import {
  duplicateKey,
  invalidKey,
  invalidMerge,
  invalidString,
  numberNotHeld,
  syntaxError,
  tagMismatch,
} from "../diagnostics/text-messages.js";
import type { Data, DataMap } from "../model/data.js";
import type { AmbiguousScalar, Document } from "../model/document.js";
import type { Limits } from "../model/options.js";
import type { Path } from "../model/origin.js";
import type { Source } from "../model/source.js";
import { isList, setEntry } from "../model/value.js";
import { readFloat, readInteger, unholdable } from "./scalars.js";
import { Locator } from "./yaml-locator.js";
import {
  Alias,
  CoreTag,
  hasUnknownTag,
  isForm,
  isMergeKey,
  keySpanOf,
  keyText,
  type MapNode,
  type Node,
  Scalar,
  spanOf,
  YAMLMap,
  YAMLSeq,
} from "./yaml-nodes.js";

/** What a text says; `unknownTags` are those that made values unread. */
export type WalkReading = Document & { readonly unknownTags: number };

/** What an anchor stands for. */
interface Anchored {
  readonly node: Node;
  /** Absent until the value is read to its end. */
  readonly value?: Data;
  /** The values in it, itself included, and the levels of maps and lists. */
  readonly nodes: number;
  readonly height: number;
}

/** What a merge key adds, as an alias has it where it stands. */
interface Merge {
  readonly node: Node | null;
  readonly data: Data;
}

/**
 * Turns nodes into data, and keeps where they are. `depth` is the number of maps and lists around a
 * value.
 */
export class Walk {
  /** Whether a limit is passed, which is reported, or too much is wrong: no more is read then. */
  private isExhausted = false;
  /** Whether something was not read of which it cannot be said where it would stand. */
  private isUnclear = false;
  private readonly ambiguous: AmbiguousScalar[] = [];
  private readonly unread: Path[] = [];
  private unknownTags = 0;
  /** What the aliases refer to. */
  private readonly targets = new WeakMap<Alias, Node>();
  private readonly anchors = new Map<string, Anchored>();
  /** Of the value in question the first `depth` elements hold. */
  private readonly path: (string | number)[] = [];
  private readonly text: string;
  private readonly hasEscapes: boolean;
  private readonly locator: Locator;
  private nodes = 0;
  private errors = 0;
  /**
   * How many anchors there are on the value in question and those around it, and how many merges it
   * is in.
   */
  private anchorsAround = 0;
  private mergesAround = 0;
  /** The most levels in the anchored value in question so far. */
  private deepest = 0;

  constructor(
    private readonly source: Source,
    private readonly limits: Limits,
    private readonly onFinding: Report,
  ) {
    this.text = source.text;
    this.locator = new Locator(this.text);
    this.hasEscapes = /\\[0xuU]/.test(this.text);
  }

  /** `undefined` where so much is wrong that nothing can be said of the rest. */
  read(root: Node): WalkReading | undefined {
    const value = this.convert(root, 0);
    const { ambiguous, unread, unknownTags, locator } = this;
    locator.addRoot(value, root);
    return this.isExhausted || this.isUnclear
      ? undefined
      : {
          value,
          ambiguous,
          unread,
          unknownTags,
          locate: (path, isKey) => locator.locate(path, isKey),
        };
  }

  private convert(node: Node | null, depth: number): Data {
    if (!this.count(node, 1, depth) || node === null) {
      return null;
    }
    if (node instanceof Alias) {
      return this.convertAlias(node, depth);
    }
    return node.anchor === undefined
      ? this.convertTagged(node, depth)
      : this.convertAnchored(node, node.anchor, depth);
  }

  /** Adds up values, each alias as what it stands for; reports, once, where a limit is passed. */
  private count(node: Node | null, nodes: number, depth: number): boolean {
    this.nodes += nodes;
    if (depth > this.deepest) {
      this.deepest = depth;
    }
    if (this.isExhausted) {
      return false;
    }
    if (this.nodes <= this.limits.values && depth <= this.limits.depth) {
      return true;
    }
    this.isExhausted = true;
    const limit = this.nodes > this.limits.values ? "values" : "depth";
    this.report(limitExceeded(this.place(node), limit, this.limits[limit]));
    return false;
  }

  private convertAnchored(node: Exclude<Node, Alias>, anchor: string, depth: number): Data {
    const nodes = this.nodes;
    const deepest = this.deepest;
    this.deepest = depth;
    this.anchors.set(anchor, { node, nodes: 0, height: 0 });
    this.anchorsAround++;
    const value = this.convertTagged(node, depth);
    this.anchorsAround--;
    this.anchors.set(anchor, {
      node,
      value,
      nodes: this.nodes - nodes,
      height: this.deepest - depth,
    });
    this.deepest = Math.max(this.deepest, deepest);
    return value;
  }

  private convertAlias(alias: Alias, depth: number): Data {
    const anchored = this.anchors.get(alias.source);
    if (anchored === undefined) {
      return this.fail(syntaxError(this.place(alias), "unknownAlias", alias.source), depth);
    }
    if (anchored.value === undefined) {
      return this.fail(syntaxError(this.place(alias), "cyclicAlias", alias.source), depth);
    }
    this.targets.set(alias, anchored.node);
    return this.count(alias, anchored.nodes, depth + anchored.height) ? anchored.value : null;
  }

  private convertTagged(node: Exclude<Node, Alias>, depth: number): Data {
    if (hasUnknownTag(node)) {
      return this.convertUnknown(node, depth);
    }
    if (!isForm(node)) {
      return this.convertUntagged(node, depth);
    }
    const key = `$${node.tag!.slice(1)}`;
    this.path[depth] = key;
    return this.count(node, 1, depth + 1) ? { [key]: this.convertUntagged(node, depth + 1) } : null;
  }

  /** What a tag means that is reported nobody knows, but there may be anchors inside. */
  private convertUnknown(node: Exclude<Node, Alias>, depth: number): null {
    if (!(node instanceof Scalar)) {
      this.convertUntagged(node, depth);
    }
    this.unknownTags++;
    this.addUnread(depth);
    return null;
  }

  private convertUntagged(node: Exclude<Node, Alias>, depth: number): Data {
    if (node instanceof Scalar) {
      return this.convertScalar(node, depth);
    }
    if (!this.count(node, 0, depth + 1)) {
      return null;
    }
    return node instanceof YAMLMap ? this.convertMap(node, depth) : this.convertList(node, depth);
  }

  private convertList({ items }: YAMLSeq<Node>, depth: number): Data[] {
    const list: Data[] = [];
    for (const item of items) {
      this.path[depth] = list.length;
      list.push(this.convert(item, depth + 1));
      this.locator.addItem(list, item);
    }
    return list;
  }

  /** Merges wait until the map is whole, because what they add gives way to all else. */
  private convertMap({ items }: MapNode, depth: number): Data {
    const data: { [key: string]: Data } = {};
    const merges: Merge[] = [];
    let hasDuplicates = false;
    for (const entry of items) {
      const key = this.convertKey(entry.key, depth);
      if (key === "<<" && isMergeKey(entry.key)) {
        this.mergesAround++;
        merges.push({ node: entry.value, data: this.convert(entry.value, depth) });
        this.mergesAround--;
        continue;
      }
      this.path[depth] = key ?? "";
      const value = this.convert(entry.value, depth + 1);
      if (key === undefined) {
        continue;
      }
      if (Object.hasOwn(data, key)) {
        hasDuplicates = true;
      } else {
        setEntry(data, key, value);
        this.locator.addEntry(data, key, entry);
      }
    }
    if (hasDuplicates || merges.length > 1) {
      this.reportDuplicates(items, depth);
    }
    for (const merge of merges) {
      this.merge(data, merge, depth);
    }
    return data;
  }

  /** `undefined` where the entry cannot stand in the map, which has so many others around it. */
  private convertKey(key: Node | null, depth: number): string | undefined {
    if (key instanceof Alias) {
      this.convertAlias(key, depth);
    } else if (key instanceof Scalar) {
      this.anchorKey(key, depth);
    } else if (key !== null) {
      this.convert(key, depth);
    }

    const problem = this.findKeyProblem(key);
    if (problem === undefined) {
      return keyText(key, this.targets);
    }
    this.fail(problem, depth);
    return undefined;
  }

  private findKeyProblem(key: Node | null): Finding | undefined {
    const node = key instanceof Alias ? this.targets.get(key) : key;
    if (node instanceof YAMLMap || node instanceof YAMLSeq) {
      return invalidKey(this.place(key), node instanceof YAMLMap ? "map" : "list");
    }
    if (node instanceof Scalar && isForm(node)) {
      return invalidKey(this.place(key), "form");
    }
    const text = keyText(key, this.targets);
    const problem = this.hasEscapes && text !== undefined ? unholdable(text) : undefined;
    return problem && invalidString(this.place(key), problem);
  }

  /** A key may be referred to as a value, which it is not where it stands. */
  private anchorKey(node: Scalar<string>, depth: number): void {
    if (node.anchor !== undefined) {
      this.anchors.set(node.anchor, {
        node,
        value: this.convertScalar(node, depth, true),
        nodes: 1,
        height: 0,
      });
    }
  }

  /** Reports each key that was there before. */
  private reportDuplicates(items: MapNode["items"], depth: number): void {
    const firsts = new Map<string, SourceSpan>();
    for (const { key } of items) {
      const name = keyText(key, this.targets);
      if (name === undefined || this.findKeyProblem(key) !== undefined) {
        continue;
      }
      const first = firsts.get(name);
      const place = { source: this.source, ...keySpanOf(key, this.text) };
      if (first === undefined) {
        firsts.set(name, place);
      } else {
        this.path[depth] = name;
        this.fail(duplicateKey(place, name, first), depth + 1);
      }
    }
  }

  /** Adds the entries that `map` lacks; of several sources the first wins. */
  private merge(map: { [key: string]: Data }, { node, data }: Merge, depth: number): void {
    const source = node instanceof Alias ? this.targets.get(node) : node;
    if (source === undefined || this.isExhausted) {
      return;
    }
    const isListOfMaps =
      source instanceof YAMLSeq &&
      !isForm(source) &&
      source.items.every((item) => this.isPlainMap(item));
    if (!isListOfMaps && !this.isPlainMap(source)) {
      this.fail(invalidMerge(this.place(node)), depth);
      return;
    }
    // A map that a tag made unread is null.
    const sources = (isList(data) ? data : [data]).filter((entries) => entries !== null);
    for (const entries of sources as readonly DataMap[]) {
      this.locator.addMerged(map, entries);
      for (const key of Object.keys(entries)) {
        if (!Object.hasOwn(map, key)) setEntry(map, key, entries[key]!);
      }
    }
  }

  private isPlainMap(node: Node | null): boolean {
    const target = node instanceof Alias ? this.targets.get(node) : node;
    return target instanceof YAMLMap && !isForm(target);
  }

  /** A key can be written in any way. */
  private convertScalar(node: Scalar<string>, depth: number, isKey = false): Data {
    const { tag, value: text } = node;
    if (tag !== undefined && tag !== CoreTag.Str && tag.startsWith("tag:")) {
      return this.convertCore(node, tag, depth);
    }
    if (node.type === "PLAIN" && (tag === undefined || tag.length > 1) && tag !== CoreTag.Str) {
      return this.convertPlain(node, depth, isKey);
    }
    const problem = this.hasEscapes ? unholdable(text) : undefined;
    return problem === undefined
      ? text
      : this.fail(invalidString(this.place(node), problem), depth);
  }

  private convertPlain(node: Scalar<string>, depth: number, isKey: boolean): Data {
    const text = node.value;
    const first = text.charCodeAt(0);
    if (first <= 57) {
      if (!numbers.test(text)) {
        return text;
      }
      if (!isKey && /^[-+]?0\d+$/.test(text)) {
        this.addAmbiguous(text, depth);
      }
      return this.convertNumber(node, depth);
    }
    if (text.length > 5) {
      return text;
    }
    if (nulls.test(text)) {
      return null;
    }
    if (booleans.test(text)) {
      return text.length === 4;
    }
    if (!isKey && /^(?:yes|no|on|off)$/i.test(text)) {
      this.addAmbiguous(text, depth);
    }
    return text;
  }

  private addAmbiguous(text: string, depth: number): void {
    this.ambiguous.push({
      path: this.path.slice(0, depth),
      text,
      ...(this.anchorsAround > 0 && { isAnchored: true }),
    });
  }

  private convertNumber(node: Scalar<string>, depth: number): Data {
    const value = integers.test(node.value) ? readInteger(node.value) : readFloat(node.value);
    return value ?? this.fail(numberNotHeld(this.place(node), node.value), depth);
  }

  /** The value of a scalar with one of YAML's own tags. */
  private convertCore(node: Scalar<string>, tag: string, depth: number): Data {
    const text = node.value;
    if (tag === CoreTag.Null && nulls.test(text)) {
      return null;
    }
    if (tag === CoreTag.Bool && booleans.test(text)) {
      return text.length === 4;
    }
    if (tag === CoreTag.Int && integers.test(text)) {
      return this.convertNumber(node, depth);
    }
    if (tag === CoreTag.Float && numbers.test(text)) {
      return readFloat(text) ?? this.fail(numberNotHeld(this.place(node), text), depth);
    }
    return this.fail(tagMismatch(this.place(node), tag.replace("tag:yaml.org,2002:", "!!")), depth);
  }

  private place(node: Node | null): SourceSpan {
    return { source: this.source, ...spanOf(node, this.text) };
  }

  private report(finding: Finding): void {
    this.onFinding(finding);
    if (++this.errors >= maxErrors) {
      this.isExhausted = true;
    }
  }

  /** Of a value with `depth` maps and lists around it something cannot be read. */
  private fail(finding: Finding, depth: number): null {
    this.report(finding);
    this.addUnread(depth);
    return null;
  }

  private addUnread(depth: number): void {
    if (this.anchorsAround + this.mergesAround > 0) {
      this.isUnclear = true;
    }
    this.unread.push(this.path.slice(0, depth));
  }
}

const nulls = /^(?:~|null|Null|NULL)?$/;
const booleans = /^(?:true|True|TRUE|false|False|FALSE)$/;
const integers = /^(?:[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+)$/;
const numbers =
  /^(?:[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|0o[0-7]+|0x[0-9a-fA-F]+|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;
