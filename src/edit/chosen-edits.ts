import type { Fix } from "../diagnostics/diagnostic.js";
import type { Document } from "../model/document.js";
import { partitionPoint } from "../model/partition-point.js";
import type { TextEdit } from "../model/source.js";
import { mapOfKeyAt } from "../text/path-at.js";

/** Edits of one source that neither overlap nor touch, and write no key twice in one map. */
export class ChosenEdits {
  private readonly edits: TextEdit[] = [];
  private readonly keys = new Set<string>();

  /** `document` is what the source says; absent where it cannot be read, and so has no keys. */
  constructor(private readonly document: Document | undefined) {}

  /** Answers whether all edits of the fix are apart from those so far; else none is added. */
  add(fix: Fix): boolean {
    const edits = fix.edits.map(({ range, text }) => ({
      start: range.start.offset,
      end: range.end.offset,
      text,
    }));
    const keys = edits.flatMap((edit) => this.keyWrittenBy(edit) ?? []);
    if (keys.some((key) => this.keys.has(key)) || !edits.every((edit) => this.isApart(edit))) {
      return false;
    }
    for (const edit of edits) {
      this.edits.splice(this.indexBehind(edit.start), 0, edit);
    }
    for (const key of keys) {
      this.keys.add(key);
    }
    return true;
  }

  /** In the order of the text. */
  sorted(): readonly TextEdit[] {
    return this.edits;
  }

  private isApart({ start, end }: TextEdit): boolean {
    const next = this.indexBehind(start);
    const [before, behind] = [this.edits[next - 1], this.edits[next]];
    return (
      (before === undefined || before.end < start) && (behind === undefined || end < behind.start)
    );
  }

  /** The index of the first edit that starts behind an offset. */
  private indexBehind(offset: number): number {
    return partitionPoint(this.edits, ({ start }) => start <= offset);
  }

  /** The key that an edit writes in place of another, with where its map starts. */
  private keyWrittenBy({ start, text }: TextEdit): string | undefined {
    const tree = text === "" ? undefined : this.document?.tree();
    const map = tree && mapOfKeyAt(tree, start);
    const key = text.split(":", 1)[0]!.replace(/["'\s]/g, "");
    return map && `${map.start}:${key}`;
  }
}
