import { maxErrors } from "../../diagnostics/budget.js";
import type { Finding, Report, SourceSpan } from "../../diagnostics/diagnostic.js";
import { invalidString, numberNotHeld, tagMismatch } from "../../diagnostics/text-messages.js";
import type { Data } from "../../model/data.js";
import type { AmbiguousScalar, OtherReading } from "../../model/document.js";
import { oddKeySign } from "../../model/odd-text.js";
import type { Path } from "../../model/origin.js";
import type { Source } from "../../model/source.js";
import { booleans, integers, nulls, numbers } from "../core-schema.js";
import { readFloat, readInteger, unholdable } from "../scalars.js";
import { CoreTag, type Node, Scalar, spanOf } from "./yaml-nodes.js";
import { blockHeader, gluedComment, isAmbiguous, itemsInPlain } from "./yaml-plain.js";

/** Turns scalars into data, and keeps what is wrong or ambiguous on the way. */
export class ScalarWalk {
  /** Whether a limit is exceeded, which is reported, or too much is wrong: the walk ends then. */
  protected isExhausted = false;
  /** Whether something was dropped whose position is unknown. */
  protected isUnclear = false;
  protected readonly ambiguous: AmbiguousScalar[] = [];
  protected readonly unread: Path[] = [];
  /** The first `depth` elements are the path of the current value. */
  protected readonly path: (string | number)[] = [];
  protected readonly text: string;
  /** How many anchors the current value and those around it have, and how many merges it is in. */
  protected anchorsAround = 0;
  protected mergesAround = 0;
  protected readonly hasEscapes: boolean;
  private errors = 0;

  constructor(
    protected readonly source: Source,
    private readonly onFinding: Report,
  ) {
    this.text = source.text;
    this.hasEscapes = /\\[0xuU]/.test(this.text);
  }

  /** A scalar; that of a key is never ambiguous. */
  protected convertScalar(node: Scalar<string>, depth: number, isKey = false): Data {
    const { tag, value: text } = node;
    if (tag !== undefined && tag !== CoreTag.Str && tag.startsWith("tag:")) {
      return this.convertCore(node, tag, depth);
    }
    if (node.type === "PLAIN" && (tag === undefined || tag.length > 1) && tag !== CoreTag.Str) {
      const value = this.convertPlain(node, depth);
      if (!isKey) {
        this.noteAmbiguous(node, value, depth);
      }
      return value;
    }
    if (text === "" && !isKey && node.type?.startsWith("BLOCK")) {
      this.addAmbiguous(blockHeader(this.text, node.range![0]), depth);
    }
    const problem = this.hasEscapes ? unholdable(text) : undefined;
    return problem === undefined
      ? text
      : this.fail(invalidString(this.place(node), problem), depth);
  }

  private noteAmbiguous({ value: text, range }: Scalar<string>, value: Data, depth: number): void {
    if (value !== null && isAmbiguous(text)) {
      this.addAmbiguous(text, depth);
    }
    const items = itemsInPlain(this.text.slice(range![0], range![1]));
    if (items !== undefined) {
      this.addAmbiguous(text, depth, { items });
    }
    const comment = gluedComment(this.text, range![1]);
    if (comment !== undefined && (typeof value === "string" || text === "")) {
      this.addAmbiguous(text, depth, { comment });
    }
  }

  protected noteKey(key: Node | null, depth: number): void {
    if (key instanceof Scalar && key.type === "PLAIN" && oddKeySign(key.value) !== undefined) {
      this.ambiguous.push({ path: this.path.slice(0, depth), text: key.value, isKey: true });
    }
  }

  private convertPlain(node: Scalar<string>, depth: number): Data {
    const text = node.value;
    const first = text.charCodeAt(0);
    if (first <= 57) {
      if (!numbers.test(text)) {
        return text;
      }
      return this.convertNumber(node, depth);
    }
    if (text.length > 5) {
      return text;
    }
    if (nulls.test(text)) {
      return null;
    }
    return booleans.test(text) ? text.length === 4 : text;
  }

  protected addAmbiguous(text: string, depth: number, more: OtherReading = {}): void {
    this.ambiguous.push({
      path: this.path.slice(0, depth),
      text,
      ...more,
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

  protected place(node: Node | null): SourceSpan {
    return { source: this.source, ...spanOf(node, this.text) };
  }

  protected report(finding: Finding): void {
    this.onFinding(finding);
    if (++this.errors >= maxErrors) {
      this.isExhausted = true;
    }
  }

  /** Reports why something at this depth cannot be read, and stands in for it. */
  protected fail(finding: Finding, depth: number): null {
    this.report(finding);
    this.addUnread(depth);
    return null;
  }

  protected addUnread(depth: number): void {
    if (this.anchorsAround + this.mergesAround > 0) {
      this.isUnclear = true;
    }
    this.unread.push(this.path.slice(0, depth));
  }
}
