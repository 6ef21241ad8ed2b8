import type { SourceFormat } from "../../model/source.js";
import { lineEnd } from "../lines.js";
import { Char } from "../yaml/yaml-chars.js";
import { TolerantCursor } from "./tolerant-cursor.js";
import { type Mark, markIn } from "./tolerant-mark.js";
import type { Word } from "./tolerant-words.js";

/** Reads what is in brackets, which may be open, or lack commas. */
export class FlowReader extends TolerantCursor {
  /** Whether brackets do not match each other. */
  isUnbalanced = false;
  /** The word just read, which is a key if a colon follows. */
  private pending: (Word & { readonly column: number | undefined }) | undefined;
  /** A word that is the value behind a cursor, unless it is the next key. */
  private doubtful: Word | undefined;
  /** Where the last word or bracket ends. */
  private lastEnd = 0;

  constructor(
    text: string,
    format: SourceFormat,
    cursor: number,
    isForPlace: boolean,
    /** Whether the indentation of lines says more than brackets do. */
    private readonly trustsIndentation: boolean,
  ) {
    super(text, format, cursor, isForPlace);
  }

  /**
   * Reads the bracket that opens here and all in it. Where lines are indented less before it is
   * closed, it ends before them, and the answer is false.
   */
  protected readFlow(): boolean {
    const { depth, top } = this.frames;
    this.pending = undefined;
    this.openBracket();
    while (this.frames.depth > depth && !this.frames.isFull && !this.isDone) {
      const gap = this.pos;
      if (!this.skipSpace(top.column)) {
        return this.leave(gap, depth);
      }
      this.noteGap(gap, top.column);
      this.readToken(top.column);
    }
    return true;
  }

  /** Passes over white space and comments; false at the end, or where a block goes on. */
  private skipSpace(column: number): boolean {
    for (;;) {
      this.pos = this.skipBlanks(this.pos);
      if (this.at(this.pos) === Char.Return) {
        this.pos++;
      }
      if (this.at(this.pos) === Char.Newline) {
        this.lineStart = ++this.pos;
        const at = this.skipBlanks(this.pos);
        const isBelow = at - this.pos > column || this.isLineOver(at) || this.isComment(at);
        if (!isBelow && !/[\]}]/.test(this.text[at]!)) {
          return false;
        }
      } else if (this.isComment(this.pos)) {
        const end = lineEnd(this.text, this.pos);
        this.isHidden ||= this.isIn(this.pos + 1, end);
        this.pos = end;
      } else if (this.at(this.pos) !== Char.Return) {
        return this.pos < this.text.length;
      }
    }
  }

  /** Closes all brackets that are open. */
  private leave(gap: number, depth: number): boolean {
    const isAtEnd = this.pos >= this.text.length;
    const { column } = this.frames.top;
    this.isUnbalanced ||= isAtEnd;
    const line = this.text.lastIndexOf("\n", this.cursor - 1) + 1;
    const isBlockLine = line > gap && this.cursor - line <= column;
    if (this.isIn(gap, isAtEnd ? this.pos : this.pos - 1) && !isBlockLine) {
      this.markGap(gap);
    }
    while (this.frames.depth > depth) {
      this.frames.pop();
    }
    if (this.isIn(gap, isAtEnd ? this.pos : this.pos - 1)) {
      this.markBlank(this.cursor - line, line);
    }
    this.settle();
    return isAtEnd;
  }

  /** What a block says of a line with nothing on it. */
  protected markBlank(_column: number, _line: number): void {}

  private noteGap(gap: number, _column: number): void {
    const isWord = !/[[\]{},]/.test(this.text[this.pos]!) && !this.isColon(this.pos);
    if (this.isIn(gap, isWord ? this.pos - 1 : this.pos)) {
      this.markGap(gap);
    }
  }

  /** Between two words or brackets; `gap` is where the first of them ends. */
  private markGap(gap: number): void {
    const { top } = this.frames;
    const { cursor } = this;
    const isNewLine = this.text.slice(gap, cursor).includes("\n");
    const line = this.text.lastIndexOf("\n", cursor - 1) + 1;
    const isExpected = top.content === "none" || (top.kind === "map" && top.key === undefined);
    if (!isExpected && !isNewLine) {
      this.isHidden = true;
      return;
    }
    const wants = top.kind === "map" && (top.key === undefined || !isExpected) ? "key" : "value";
    const isAtColon = this.format === "yaml" && this.text[cursor - 1] === ":";
    this.mark = markIn(top, wants, {
      start: cursor,
      end: cursor,
      quote: "",
      line,
      ...(isAtColon && { lead: " " }),
      ...(!isExpected && { commaBefore: this.lastEnd }),
    });
  }

  private readToken(column: number): void {
    const char = this.text[this.pos]!;
    if (this.isColon(this.pos)) {
      this.readColon();
      return;
    }
    this.noteNext(char);
    this.pending = undefined;
    switch (char) {
      case "{":
      case "[":
        this.openBracket();
        break;
      case "}":
        this.closeBracket("map");
        break;
      case "]":
        this.closeBracket("list");
        break;
      case ",":
        this.endEntry();
        this.pos++;
        break;
      case "&":
      case "!":
        this.readProperty();
        break;
      default:
        this.readWord(column);
    }
  }

  private isColon(offset: number): boolean {
    return (
      this.at(offset) === Char.Colon &&
      (this.isIndicator(offset, true) || (this.pending !== undefined && this.pending.quote !== ""))
    );
  }

  /** What comes behind the cursor in the same brackets. */
  private noteNext(char: string): void {
    const { mark } = this;
    if (this.doubtful !== undefined) {
      this.mark = undefined;
      this.isHidden = true;
      this.doubtful = undefined;
    }
    if (mark === undefined || mark.isSettled) {
      return;
    }
    const isEnd = char === "," || char === "}" || char === "]";
    const isValue = mark.wants === "value" && mark.frame.kind === "map" && mark.start === mark.end;
    if (!isEnd && isValue && mark.frame.content === "none") {
      this.mark = /[[{]/.test(char) ? undefined : { ...mark, needsComma: true, isSettled: true };
      this.isHidden ||= this.mark === undefined;
      this.doubtful = this.mark && { start: this.pos, end: 0, text: "", quote: "", isClosed: true };
    } else {
      this.mark = { ...mark, needsComma: !isEnd, isSettled: true };
    }
  }

  protected settle(): void {
    if (this.mark !== undefined) {
      this.mark = { ...this.mark, isSettled: true };
    }
    this.doubtful = undefined;
    this.pending = undefined;
  }

  private openBracket(): void {
    const { top } = this.frames;
    if (top.kind === "list" && top.isFlow) {
      this.frames.startItem(top.content === "none" ? top.forms : []);
    }
    const kind = this.text[this.pos] === "{" ? "map" : "list";
    this.push(kind, this.skipBlanks(this.lineStart) - this.lineStart, "flow");
    this.pos++;
  }

  private closeBracket(kind: "map" | "list"): void {
    const { frames } = this;
    if (this.trustsIndentation && this.isFirst(this.pos)) {
      this.closeDeeper(this.pos - this.lineStart + 1);
    }
    if (frames.open[kind] === 0) {
      this.isUnbalanced = true;
    } else {
      while (frames.top.kind !== kind || frames.top.isPair) {
        this.isUnbalanced ||= !frames.top.isPair;
        frames.pop();
      }
      frames.pop();
    }
    this.lastEnd = ++this.pos;
  }

  /** Closes brackets that open on lines of at least so many columns, except the outermost one. */
  private closeDeeper(column: number): void {
    while (this.frames.top.column >= column && this.frames.top.parent.isFlow) {
      this.frames.pop();
    }
  }

  private endEntry(): void {
    if (this.frames.top.isPair) {
      this.frames.pop();
    }
    const { top } = this.frames;
    top.key = undefined;
    top.content = "none";
    top.forms = [];
    top.slot++;
  }

  private readWord(column: number): void {
    const { frames } = this;
    const { top } = frames;
    const word = this.word(this.pos, true, column);
    this.pos = Math.max(word.end, this.pos + 1);
    this.pending = {
      ...word,
      column: this.isFirst(word.start) ? word.start - this.lineStart : undefined,
    };
    if (this.doubtful !== undefined) {
      this.doubtful = word;
    }
    const isExpected = top.content === "none" || (top.kind === "map" && top.key === undefined);
    const continues = word.quote === "" && top.quote === "" && top.content === "word";
    const wants = top.kind === "map" && (top.key === undefined || !isExpected) ? "key" : "value";
    if (top.kind === "list" && (isExpected || !continues)) {
      frames.startItem(isExpected ? top.forms : []);
      frames.fill(word.text, "word");
      top.quote = word.quote;
    } else if (wants === "value" && isExpected) {
      frames.fill(word.text, "word");
    }
    if (this.isIn(word.start, word.isClosed ? word.end : Math.max(word.end, this.cursor))) {
      this.markWord(word, wants, isExpected);
    }
    this.lastEnd = word.end;
  }

  private markWord(word: Word, wants: Mark["wants"], isExpected: boolean): void {
    const { top } = this.frames;
    const isInLine = this.cursor <= lineEnd(this.text, word.start) || word.isClosed;
    if (!isInLine) {
      return;
    }
    this.mark = markIn(top, wants, {
      ...this.spot(word.start, word.isClosed ? word.end : this.cursor),
      quote: word.quote,
      ...(top.kind === "list" && { own: (top.value as readonly unknown[]).length - 1 }),
      ...(!isExpected && { commaBefore: this.lastEnd }),
    });
  }

  private readColon(): void {
    const { frames, pending } = this;
    const { mark } = this;
    this.pos++;
    if (pending === undefined) {
      this.startEmptyKey();
      return;
    }
    this.pending = undefined;
    this.closeBefore(pending);
    if (frames.top.kind === "list") {
      this.push("map", frames.top.column, "pair");
    } else if (frames.top.content === "word" && this.doubtful?.start === pending.start) {
      frames.fill(null, "word");
    }
    this.doubtful = undefined;
    frames.startEntry(pending.text);
    frames.top.quote = pending.quote;
    if (mark?.start === pending.start && mark.isSettled !== true) {
      const { child: _, ...own } = mark;
      this.mark = markIn(frames.top, "key", {
        ...own,
        own: pending.text,
        hasColon: true,
        isSettled: true,
      });
    }
  }

  /** Closes what a key cannot be in: a list, or a map whose lines have more indentation. */
  private closeBefore({ start, quote, column }: NonNullable<FlowReader["pending"]>): void {
    const { frames, mark } = this;
    const { top } = frames;
    const isRecovery = this.format === "json" || (quote !== "" && column !== undefined);
    if (isRecovery && top.kind === "list" && frames.open.map > 0) {
      this.isUnbalanced = true;
      (top.value as unknown[]).pop();
      while (frames.top.kind === "list") {
        frames.pop();
      }
    }
    if (this.trustsIndentation && column !== undefined) {
      this.closeDeeper(column);
    }
    if (frames.top !== top && mark?.frame === top && mark.start < start) {
      this.mark = { ...mark, needsComma: false };
    }
  }

  /** A colon with no key before it. */
  private startEmptyKey(): void {
    const { mark } = this;
    const { top } = this.frames;
    if (top.kind !== "map" || top.key !== undefined) {
      return;
    }
    this.frames.startEntry("");
    if (mark?.frame === top && mark.isSettled !== true) {
      this.mark = { ...mark, hasColon: true, own: "", isSettled: true };
    }
  }
}
