import { Char, isBlank, Unsure } from "./yaml-chars.js";

/**
 * Goes through a text character by character, past white space and comments. What it passes over must
 * be what the package `yaml` would pass over too; anything else makes it throw {@link Unsure}.
 */
export class Cursor {
  pos = 0;
  /** Where the line of `pos` starts. */
  lineStart = 0;
  /** Whether any string may have characters that the text has not. */
  readonly hasEscapes: boolean;
  protected readonly length: number;

  constructor(readonly text: string) {
    this.hasEscapes = /\\[0xuU]/.test(text);
    this.length = text.length;
  }

  /** The character at an offset, which may be the end. */
  at(offset: number): number {
    return offset < this.length ? this.text.charCodeAt(offset) : Char.End;
  }

  get current(): number {
    return this.at(this.pos);
  }

  /** How many characters are before `pos` on its line; -1 at the end of the text. */
  get column(): number {
    return this.pos < this.length ? this.pos - this.lineStart : -1;
  }

  /** Whether nothing but a comment is left of the line at `pos`. */
  get isLineOver(): boolean {
    const { current } = this;
    return (
      current === Char.Newline ||
      current === Char.Return ||
      current === Char.Hash ||
      current === Char.End
    );
  }

  /** Goes to the first word of the only document. */
  startDocument(): void {
    const hasMark = this.text.startsWith("\ufeff");
    if (hasMark) {
      this.pos = this.lineStart = 1;
    }
    this.skipToContent();
    if (this.pos === this.lineStart && this.text.startsWith("---", this.pos)) {
      if (isBlank(this.at(this.pos + 3))) {
        this.pos += 3;
        this.skipBlanks();
        if (!this.isLineOver) throw new Unsure();
        this.skipToContent();
      }
    }
    const marker = /^(?:---|\.\.\.)(?!\S)/gm;
    marker.lastIndex = this.pos;
    // The package takes the mark for indentation of a list.
    const isMarkedList = hasMark && this.current === Char.Minus;
    // The pattern sees no line start behind the mark, which the package counts as a column.
    const isMarkedEnd = hasMark && this.text.startsWith("...", this.pos);
    const isMarkedIndent = hasMark && this.lineStart === 1 && this.pos > 1;
    if (marker.test(this.text) || isMarkedList || isMarkedEnd || isMarkedIndent) {
      throw new Unsure();
    }
  }

  /** Passes over spaces and tabs. */
  skipBlanks(): void {
    let at = this.pos;
    let char = this.at(at);
    while (char === Char.Space || char === Char.Tab) {
      char = this.at(++at);
    }
    this.pos = at;
  }

  /** Goes to the next word if it is on the line of the one before; answers whether it is. */
  skipToWord(): boolean {
    let at = this.pos;
    let char = this.at(at);
    while (char === Char.Space) {
      char = this.at(++at);
    }
    if (char <= Char.Space || char === Char.Hash || this.pos === this.lineStart) {
      return false;
    }
    this.pos = at;
    return true;
  }

  /**
   * Goes to the next word, on this line or a later one; answers the lowest column of the comments
   * before it, if any. `mayHaveTabs`: whether lines of nothing else may start with tabs.
   */
  skipToContent(mayHaveTabs = false): number {
    let at = this.pos;
    let lowest = Infinity;
    let isIndentation = at === this.lineStart;
    let isSeparate = isIndentation || isBlank(this.text.charCodeAt(at - 1));
    for (; ; at++) {
      switch (this.at(at)) {
        case Char.Space:
          isSeparate = true;
          continue;
        case Char.Tab:
          if (isIndentation) {
            if (!mayHaveTabs || !this.isBare(at)) {
              throw new Unsure();
            }
            at = this.lineEnd(at) - 1;
          }
          isSeparate = true;
          continue;
        case Char.Return:
          continue;
        case Char.Newline:
          this.lineStart = at + 1;
          isIndentation = true;
          isSeparate = true;
          continue;
        case Char.Hash:
          if (!isSeparate) {
            throw new Unsure();
          }
          lowest = Math.min(lowest, at - this.lineStart);
          at = this.lineEnd(at) - 1;
          continue;
      }
      this.pos = at;
      return lowest;
    }
  }

  /** Whether nothing but a comment is left of a line that goes on. */
  private isBare(offset: number): boolean {
    const rest = /[ \t\r]*[#\n]/y;
    rest.lastIndex = offset;
    return rest.test(this.text);
  }

  /** The offset of the newline that ends the line, or of the end of the text. */
  lineEnd(offset: number): number {
    const end = this.text.indexOf("\n", offset);
    return end < 0 ? this.length : end;
  }
}
