import type { Data } from "../model/data.js";
import type { DataChange, MoveEntry, NestKey, WrapValue } from "../model/data-change.js";
import { isWithin, type Path } from "../model/origin.js";
import type { SourceFormat, Span, TextEdit } from "../model/source.js";
import { formKeys } from "../model/special-forms.js";
import type { WrittenNode } from "../model/written-tree.js";
import { Batch, changesTogether, planTogether } from "./edit/edit-batch.js";
import { keepsLines } from "./edit/edit-block.js";
import { type Content, dataContent, maxKey, nestedContent } from "./edit/edit-content.js";
import {
  type Entry,
  extentOf,
  findEntry,
  hasSecond,
  hull,
  type Insertable,
  insertEntry,
  isReplaceable,
  type Plan,
  planOf,
  removeEntry,
  styleIn,
} from "./edit/edit-entries.js";
import { fits, nested, tagged, takesTag, writtenContent } from "./edit/edit-moves.js";
import { type Style, styleOf } from "./edit/edit-style.js";
import {
  quoteScalar,
  quoteToLineEnd,
  replaceContent,
  replaceKeyText,
  replaceString,
} from "./edit/edit-values.js";
import { readJsonSyntax } from "./json-syntax.js";
import { lineEnd } from "./lines.js";
import {
  findSlot,
  hasComment,
  isBlock,
  mergesKey,
  movesNames,
  type Node,
  type Slot,
  type Syntax,
} from "./syntax.js";
import { applyEdits, composed, ordered } from "./text-edit.js";
import { syntaxTree } from "./written-trees.js";
import { readYamlSyntax } from "./yaml-syntax.js";

/** For fifty fixes of two changes each in an inventory of 20 kB; a next round of fixes starts anew. */
const maxReread = 2 ** 20;

/** A text that `parse` reads, whatever its data means; read once for all that is asked of it. */
export class EditableText {
  private constructor(
    private readonly syntax: Syntax,
    private readonly style: Style,
    /** How many characters may still be read again for one change after another. */
    private readonly rereads: { left: number } = { left: maxReread },
  ) {}

  /**
   * `undefined` where the text has mistakes, several documents or YAML directives. Its syntax may be
   * `known`.
   */
  static read(text: string, format: SourceFormat, known?: Syntax): EditableText | undefined {
    const syntax = known ?? readSyntax(text, format);
    return syntax && new EditableText(syntax, styleOf(syntax));
  }

  /**
   * The edits, sorted and apart, that make these changes one after the other, each of the data that
   * the ones before it leave. All that they do not touch keeps its bytes. `undefined` where a
   * change does not fit the data, or would change another place, as in a value with an alias; and where
   * very much was asked before.
   */
  edit(changes: readonly DataChange[]): readonly TextEdit[] | undefined {
    if (this.rereads.left < 0) {
      return undefined;
    }
    let current = this.after([]);
    let edits: readonly TextEdit[] = [];
    let batch = new Batch();
    const make = (group: readonly DataChange[]): boolean => {
      let plan = current?.planAll(group);
      if (plan === undefined || !batch.add(plan)) {
        current = current?.after(batch.edits);
        edits = composed(edits, batch.edits);
        batch = new Batch();
        plan = current?.planAll(group);
        return plan !== undefined && batch.add(plan);
      }
      return true;
    };
    for (const group of changesTogether(changes)) {
      // The first may make the list that the others go to.
      const [first, ...others] = group;
      const isMade =
        make(group) ||
        (others.length > 0 && make([first!]) && (make(others) || others.every((it) => make([it]))));
      if (!isMade) {
        return undefined;
      }
    }
    return composed(edits, batch.edits);
  }

  /**
   * The stretch of an entry or item with what goes along when it is removed: the comment lines above
   * it that are about it alone, and comments beside and below it.
   */
  extentOf(path: Path): Span | undefined {
    const entry = findEntry(this.syntax, path);
    return entry && extentOf(this.syntax, entry);
  }

  /** What is written where. */
  tree(): WrittenNode {
    return syntaxTree(this.syntax);
  }

  /** The text after edits, in the style of this one. */
  private after(edits: readonly TextEdit[]): EditableText | undefined {
    const { text, format } = this.syntax;
    this.rereads.left -= edits.length === 0 ? 0 : text.length;
    const syntax = edits.length === 0 ? this.syntax : readSyntax(applyEdits(text, edits), format);
    return syntax && new EditableText(syntax, this.style, this.rereads);
  }

  private planAll(group: readonly DataChange[]): Plan | undefined {
    return planTogether(this.syntax, group, (change) => this.plan(change));
  }

  private plan(change: DataChange): Plan | undefined {
    switch (change.kind) {
      case "replaceValue":
        return this.replaceValue(change.path, change.value);
      case "replaceKey":
        return this.replaceKey(change.path, change.key);
      case "removeEntry": {
        const entry = findEntry(this.syntax, change.path);
        return entry && removeEntry(this.syntax, entry, change.keepsComments);
      }
      case "insertEntry":
        return this.insertEntry(change.path, change.value, change.index);
      case "moveEntry":
        return this.moveEntry(change);
      case "wrapValue":
        return this.wrapValue(change);
      case "quoteValue": {
        const located = findSlot(this.syntax, change.path);
        const edit =
          located && isReplaceable(this.syntax, located)
            ? (change.withComment ? quoteToLineEnd : quoteScalar)(this.syntax, located.slot)
            : undefined;
        return edit && { edits: [edit], scope: located!.slot };
      }
      case "nestKey":
        return this.nestKey(change);
    }
  }

  private replaceValue(path: Path, value: Data): Plan | undefined {
    const { syntax } = this;
    const located = findSlot(syntax, path);
    if (located === undefined || !isReplaceable(syntax, located)) {
      return undefined;
    }
    const { slot } = located;
    if (slot.value !== undefined && losesComment(syntax, slot, slot.value)) {
      return undefined;
    }
    const style = styleIn(syntax, slot, this.style);
    const edit = typeof value === "string" ? replaceString(syntax, slot, value) : undefined;
    const content = dataContent(value, style, slot.value, syntax.text);
    const edits = edit ? [edit] : replaceContent(syntax, slot, content, style);
    return planOf(edits, slot);
  }

  private replaceKey(path: Path, name: string): Plan | undefined {
    const { syntax } = this;
    const located = findSlot(syntax, path);
    const form = located?.around.at(-1)?.value;
    if (form?.kind === "form") {
      const text = `!${name.slice(1)}`;
      return formKeys.includes(name) &&
        isReplaceable(syntax, { slot: located!.slot, around: located!.around })
        ? { edits: [{ ...form.tag, text }], scope: located!.around.at(-1)! }
        : undefined;
    }
    const entry = findEntry(syntax, path);
    if (entry?.slot.key === undefined || !this.canLose(entry) || !this.canGet(entry, name)) {
      return undefined;
    }
    const edit = replaceKeyText(syntax, entry.slot, name);
    const { start, end } = entry.slot.key;
    const isLong = edit.text.length > maxKey || syntax.text.slice(start, end).includes("\n");
    if (isLong && syntax.format === "yaml") {
      return undefined;
    }
    const { holder: scope, node } = entry;
    const isMerged = node.slots.some(({ key }) => key?.isMerge);
    return { edits: [edit], scope, ...(!isMerged && { keyOf: node }) };
  }

  /** Whether nothing else shows when the key of an entry is gone. */
  private canLose({ slot: { key }, node }: Entry): boolean {
    const isUsed = key?.anchor !== undefined && this.syntax.uses.has(key.anchor);
    return !isUsed && !mergesKey(this.syntax, node, key!.text) && !hasSecond(node, key!.text);
  }

  private canGet({ slot: { key }, node }: Entry, name: string): boolean {
    return key!.text === name || !(node.byKey.has(name) || mergesKey(this.syntax, node, name));
  }

  private insertEntry(path: Path, value: Data, index: number | undefined): Plan | undefined {
    const { syntax, style } = this;
    if (path.length === 0) {
      return undefined;
    }
    const contentFor: Insertable["contentFor"] = (written, like) =>
      dataContent(value, written, like, syntax.text);
    return insertEntry(syntax, path, index, { contentFor, style });
  }

  private moveEntry({ from, to }: MoveEntry): Plan | undefined {
    const { syntax } = this;
    const entry = findEntry(syntax, from);
    if (entry === undefined || keepsLines(entry.slot)) {
      return undefined;
    }
    const parent = from.slice(0, -1);
    const isInParent = isWithin(to, parent);
    if (isInParent && to.length === from.length) {
      if (entry.node.kind === "map") {
        return this.replaceKey(from, String(to.at(-1)));
      }
      if (from.at(-1) === to.at(-1)) {
        return { edits: [], scope: entry.slot };
      }
    }
    const extent = extentOf(syntax, entry);
    const removal = removeEntry(syntax, entry);
    if (removal === undefined) {
      return undefined;
    }
    const isLeft = entry.node.kind === "map" && entry.node.slots.length > 1;
    const isDirect = !isInParent || (isLeft && !isWithin(to, from));
    const direct = isDirect ? this.insertMoved(entry, extent, to) : undefined;
    const edits = direct && ordered([...removal.edits, ...direct.edits]);
    const target = edits === undefined ? this.after(removal.edits) : this;
    const insertion = edits === undefined ? target?.insertMoved(entry, extent, to, this) : direct;
    const at = insertion?.edits[0]?.start;
    if (at === undefined || !movesNames(syntax, extent, target!.syntax, at)) {
      return undefined;
    }
    return edits === undefined
      ? planOf(composed(removal.edits, insertion!.edits), syntax.root)
      : planOf(edits, hull([removal.scope, insertion!.scope]));
  }

  /** Inserts an entry of this text, or of the one `of` that it was taken from. */
  private insertMoved(
    { slot }: Entry,
    extent: Span,
    to: Path,
    of: EditableText = this,
  ): Plan | undefined {
    const { syntax } = of;
    const { text } = syntax;
    let isInBrackets = false;
    const raw = { start: slot.headEnd, end: slot.column === undefined ? slot.end : extent.end };
    const content = writtenContent(syntax, slot, raw, this.style);
    const comments = text.slice(extent.start, slot.start).trim();
    const contentFor = () => ({
      ...content,
      isShort: content.isShort && !hasComment(syntax, extent),
      ...(comments !== "" && { comments: comments.split(/\r?\n[ \t]*/) }),
      flow(indentation: string) {
        isInBrackets = true;
        return content.flow(indentation);
      },
    });
    const plan = insertEntry(this.syntax, to, undefined, { contentFor, style: this.style });
    return plan && fits(syntax, slot, extent, isInBrackets) ? plan : undefined;
  }

  private wrapValue({ path, step }: WrapValue): Plan | undefined {
    const { syntax, style } = this;
    const { text } = syntax;
    const located = findSlot(syntax, path);
    if (located === undefined || !isReplaceable(syntax, located)) {
      return undefined;
    }
    const { slot } = located;
    const { value, headEnd } = slot;
    if (value === undefined) {
      const content = nestedContent(step, dataContent(null, style), style);
      return planOf(replaceContent(syntax, slot, content, style), slot);
    }
    const isForm = typeof step === "string" && formKeys.includes(step);
    if (isForm && syntax.format === "yaml" && takesTag(slot)) {
      return planOf([tagged(syntax, slot, `!${step.slice(1)}`, style)], slot);
    }
    const isOnHeadLine = slot.kind === "root" || !text.slice(headEnd, value.start).includes("\n");
    const raw = isOnHeadLine
      ? { start: value.start, end: isBlock(value) ? lineEnd(text, value.end) : value.end }
      : { start: lineEnd(text, headEnd), end: lineEnd(text, value.end) };
    const written = writtenContent(syntax, slot, raw, style);
    const nested = nestedContent(step, written, style);
    const content = written.isShort ? { ...nested, block: () => ` ${nested.flow("")}` } : nested;
    const whole: Content = isBlock(value) ? { ...content, hasCommentBeside: true } : content;
    return planOf(replaceContent(syntax, slot, whole, style), slot);
  }

  private nestKey({ path, keys }: NestKey): Plan | undefined {
    const { syntax, style } = this;
    const entry = findEntry(syntax, path);
    const [first, ...rest] = keys;
    if (entry?.slot.key === undefined || first === undefined || !this.canLose(entry)) {
      return undefined;
    }
    const { slot, node } = entry;
    if (rest.length === 0) {
      return this.replaceKey(path, first);
    }
    if (slot.key!.text !== first && node.byKey.has(first)) {
      return this.moveEntry({ kind: "moveEntry", from: path, to: [...path.slice(0, -1), ...keys] });
    }
    const isBare = slot.start === slot.key!.start && slot.key!.quotes !== "alias";
    const isShort = syntax.format === "json" || keys.every((key) => key.length < maxKey / 6);
    const isFree = this.canGet(entry, first) && isBare;
    return isFree && isShort ? planOf(nested(syntax, slot, keys, style), entry.holder) : undefined;
  }
}

/** Whether another value would have no place for a comment in the value, or beside its last line. */
function losesComment(syntax: Syntax, { kind, headEnd }: Slot, value: Node): boolean {
  const { text } = syntax;
  const { start, end } = value;
  const isOnHeadLine = kind !== "root" && !text.slice(headEnd, end).includes("\n");
  return hasComment(syntax, {
    start,
    end: isBlock(value) && !isOnHeadLine ? lineEnd(text, end) : end,
  });
}

function readSyntax(text: string, format: SourceFormat): Syntax | undefined {
  return format === "json" ? readJsonSyntax(text) : readYamlSyntax(text);
}
