import type { TextEdit } from "../model/source.js";

/** The text after edits that are sorted and do not overlap. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const parts: string[] = [];
  let at = 0;
  for (const { start, end, text: inserted } of edits) {
    parts.push(text.slice(at, start), inserted);
    at = end;
  }
  parts.push(text.slice(at));
  return parts.join("");
}

/** Edits of a text in order; undefined where two of them overlap or touch. */
export function ordered(edits: readonly TextEdit[]): readonly TextEdit[] | undefined {
  const sorted = [...edits].sort((a, b) => a.start - b.start);
  const isApart = sorted.every(({ start }, index) => index === 0 || sorted[index - 1]!.end < start);
  return isApart ? sorted : undefined;
}

/** The edits that do to a text what `first` does, and then `second` to its result. */
export function composed(
  first: readonly TextEdit[],
  second: readonly TextEdit[],
): readonly TextEdit[] {
  const made = new Composition(first);
  for (const { start, end, text } of second) {
    made.keepTo(start);
    made.drop(end);
    made.insert(text);
  }
  return made.finish();
}

/**
 * Walks through the result of edits, keeping and dropping its characters. `at` is an offset of the
 * result, `origin` the one of the first text where the next edit, or what was dropped, starts.
 */
class Composition {
  private readonly edits: { start: number; end: number; text: string }[] = [];
  private at = 0;
  private origin = 0;
  private next = 0;
  /** What is left of the text of the edit before `next`. */
  private rest = "";

  constructor(private readonly first: readonly TextEdit[]) {}

  keepTo(end: number): void {
    this.advance(end, (text) => this.add(this.origin, this.origin, text));
  }

  drop(end: number): void {
    this.advance(
      end,
      () => {},
      (length) => this.add(this.origin, this.origin + length, ""),
    );
  }

  insert(text: string): void {
    this.add(this.origin, this.origin, text);
  }

  finish(): readonly TextEdit[] {
    this.keepTo(Number.POSITIVE_INFINITY);
    return this.edits.filter(({ start, end, text }) => end > start || text !== "");
  }

  private advance(
    end: number,
    onInserted: (text: string) => void,
    onOriginal: (length: number) => void = () => {},
  ): void {
    for (;;) {
      if (this.rest !== "") {
        const length = Math.min(this.rest.length, end - this.at);
        if (length === 0) return;
        onInserted(this.rest.slice(0, length));
        this.rest = this.rest.slice(length);
        this.at += length;
        continue;
      }
      const edit = this.first[this.next];
      const upToEdit = edit === undefined ? Number.POSITIVE_INFINITY : edit.start - this.origin;
      const length = Math.min(upToEdit, end - this.at);
      if (length > 0) {
        onOriginal(length);
        this.origin += length;
        this.at += length;
        continue;
      }
      // An insertion at the end of what is asked for stays with what follows.
      if (edit === undefined || this.at >= end) return;
      this.add(edit.start, edit.end, "");
      this.origin = edit.end;
      this.rest = edit.text;
      this.next++;
    }
  }

  private add(start: number, end: number, text: string): void {
    const last = this.edits.at(-1);
    if (last !== undefined && last.end === start) {
      last.end = end;
      last.text += text;
    } else {
      this.edits.push({ start, end, text });
    }
  }
}
