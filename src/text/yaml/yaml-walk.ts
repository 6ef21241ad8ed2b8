import type { Finding, Report, SourceSpan } from "../../diagnostics/diagnostic.js";
import { limitExceeded } from "../../diagnostics/output-messages.js";
import {
  duplicateKey,
  invalidKey,
  invalidMerge,
  invalidString,
  syntaxError,
  unquotedText,
} from "../../diagnostics/text-messages.js";
import type { Data, DataMap } from "../../model/data.js";
import type { Content } from "../../model/document.js";
import type { Limits } from "../../model/options.js";
import { RepeatedText } from "../../model/repeated-text.js";
import type { Source } from "../../model/source.js";
import { isList, setEntry } from "../../model/value.js";
import { unholdable } from "../scalars.js";
import { Locator } from "./yaml-locator.js";
import {
  Alias,
  hasUnknownTag,
  isBare,
  isForm,
  isMergeKey,
  keySpanOf,
  keyText,
  type MapNode,
  type Node,
  Scalar,
  YAMLMap,
  YAMLSeq,
} from "./yaml-nodes.js";
import { ScalarWalk } from "./yaml-scalar-walk.js";
import { unknownAlias } from "./yaml-signs.js";

/** What a text says; `unknownTags` are those that made values unread. */
export type WalkReading = Content & { readonly unknownTags: number };

/** What an anchor refers to. */
interface Anchored {
  readonly node: Node;
  /** Absent until the value is read to its end. */
  readonly value?: Data;
  /** The values in it, itself included, and the levels of maps and lists. */
  readonly nodes: number;
  readonly height: number;
}

/** What a merge key adds, as an alias has it in its place. */
interface Merge {
  readonly node: Node | null;
  readonly data: Data;
}

/**
 * Turns nodes into data, and keeps where they are. `depth` is the number of maps and lists around a
 * value.
 */
export class Walk extends ScalarWalk {
  private unknownTags = 0;
  /** What the aliases refer to. */
  private readonly targets = new WeakMap<Alias, Node>();
  private readonly anchors = new Map<string, Anchored>();
  private readonly locator: Locator;
  private nodes = 0;
  /** The text that aliases repeat, as values. */
  private repeated = 0;
  private readonly repeatedText = new RepeatedText();
  /** The most levels in the anchored value in question so far. */
  private deepest = 0;

  constructor(
    source: Source,
    private readonly limits: Limits,
    onFinding: Report,
  ) {
    super(source, onFinding);
    this.locator = new Locator(this.text);
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

  /** Adds up values, each alias as what it refers to; reports, once, that a limit is exceeded. */
  private count(node: Node | null, nodes: number, depth: number): boolean {
    this.nodes += nodes;
    if (depth > this.deepest) {
      this.deepest = depth;
    }
    if (this.isExhausted) {
      return false;
    }
    const isTooMuch = this.nodes + this.repeated > this.limits.values;
    if (!isTooMuch && depth <= this.limits.depth) {
      return true;
    }
    this.isExhausted = true;
    const limit = isTooMuch ? "values" : "depth";
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
    if (isBare(node)) {
      this.addAmbiguous(`&${anchor}`, depth);
    }
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
      return this.fail(unknownAlias(this.place(alias), alias.source), depth);
    }
    if (anchored.value === undefined) {
      return this.fail(syntaxError(this.place(alias), "cyclicAlias", alias.source), depth);
    }
    this.targets.set(alias, anchored.node);
    this.repeated += this.repeatedText.weigh(anchored.value);
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
    let hasInvalidKey = false;
    for (const entry of items) {
      const key = this.convertKey(entry.key, depth);
      if (key === "<<" && isMergeKey(entry.key)) {
        this.mergesAround++;
        merges.push({ node: entry.value, data: this.convert(entry.value, depth) });
        this.mergesAround--;
        continue;
      }
      this.path[depth] = key ?? "";
      this.noteKey(entry.key, depth + 1);
      const value = this.convert(entry.value, depth + 1);
      if (key === undefined) {
        hasInvalidKey = true;
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
    // With nothing left of it, what it was meant to be is not known.
    return hasInvalidKey && Object.keys(data).length === 0 ? null : data;
  }

  /** `undefined` if the entry is not allowed in the map, which is at this depth. */
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

  /** `{{ name }}` of a template language, which to YAML is a map as the key of a map. */
  private findTemplate(key: Node): Finding | undefined {
    const { source, start, end } = this.place(key);
    const template = /\{\{[^{}\n]*\}\s?\}/y;
    template.lastIndex = Math.max(0, start - 1);
    const [found] = template.exec(this.text) ?? [];
    return found === undefined || start - 1 + found.length < end
      ? undefined
      : unquotedText({ source, start: start - 1, end: template.lastIndex }, found, "unsafe");
  }

  private findKeyProblem(key: Node | null): Finding | undefined {
    const node = key instanceof Alias ? this.targets.get(key) : key;
    if (node instanceof YAMLMap || node instanceof YAMLSeq) {
      return (
        this.findTemplate(key!) ??
        invalidKey(this.place(key), node instanceof YAMLMap ? "map" : "list")
      );
    }
    if (node instanceof Scalar && isForm(node)) {
      return invalidKey(this.place(key), "form");
    }
    const text = keyText(key, this.targets);
    const problem = this.hasEscapes && text !== undefined ? unholdable(text) : undefined;
    return problem && invalidString(this.place(key), problem);
  }

  /** A key may be referred to as a value, which it is not in its own place. */
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
}
