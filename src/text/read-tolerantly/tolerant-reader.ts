import type { CursorPlace } from "../cursor-place.js";
import { lineEnd, nextLine } from "../lines.js";
import { Char } from "../yaml/yaml-chars.js";
import { BlockReader, isListOfKey } from "./tolerant-block.js";
import type { Frame } from "./tolerant-frames.js";
import { type Mark, markIn, placeOf } from "./tolerant-mark.js";
import type { Word } from "./tolerant-words.js";

/** Reads a text line by line, maps and lists by their indentation, and never gives up. */
export class TolerantReader extends BlockReader {
  /** Lines with more columns belong to the text that a `|` or `>` starts. */
  private scalarColumn: number | undefined;
  /** Whether the cursor is on a blank line that may be part of such a text. */
  private isInScalar = false;
  /** Whether the next line may go on with a plain scalar. */
  private isPlainOpen = false;
  /** Where a `?` has started a key. */
  private explicitColumn: number | undefined;

  read(): void {
    this.pos = this.text.startsWith("\ufeff") ? 1 : 0;
    for (;;) {
      this.lineStart = this.pos;
      if (this.readLine() || this.frames.isFull || this.isDone) {
        const end = lineEnd(this.text, this.pos);
        if (this.text.indexOf("\n", end) < 0 || this.frames.isFull || this.isDone) {
          return;
        }
        this.pos = nextLine(this.text, end);
      }
    }
  }

  place(): CursorPlace | undefined {
    return this.mark === undefined || this.frames.isFull
      ? undefined
      : placeOf(this.mark, this.text, this.cursor);
  }

  /** False where it has gone to the start of another line. */
  private readLine(): boolean {
    const start = this.pos;
    const at = this.skipBlanks(start);
    const column = at - start;
    if (this.isLineOver(at)) {
      this.noteBlank(start, at);
      return true;
    }
    if (this.scalarColumn !== undefined) {
      if (column > this.scalarColumn) {
        this.noteScalarLine(start);
        return true;
      }
      this.scalarColumn = undefined;
    }
    if (this.isComment(at)) {
      this.noteBlank(start, at);
      this.isHidden ||= this.isIn(at, lineEnd(this.text, at));
      return true;
    }
    if (column === 0 && this.passMarker(at)) {
      return true;
    }
    this.pos = at;
    if (this.isPlainOpen && column > this.frames.top.column && !this.isKeyAhead(at)) {
      this.isHidden ||= this.isIn(start, lineEnd(this.text, at));
      return true;
    }
    this.isPlainOpen = false;
    return this.readNode(column);
  }

  private noteBlank(start: number, end: number): void {
    if (!this.isIn(start, end)) {
      return;
    }
    const column = this.cursor - start;
    if (this.scalarColumn !== undefined && column > this.scalarColumn) {
      this.isHidden = true;
      return;
    }
    this.isInScalar = this.scalarColumn !== undefined;
    this.markBlank(column, start);
  }

  private noteScalarLine(start: number): void {
    if (this.isInScalar) {
      this.mark = undefined;
    }
    this.isHidden ||= this.isInScalar || this.isIn(start, lineEnd(this.text, start));
  }

  /** Starts anew behind `---`; passes over `...` and directives. */
  private passMarker(at: number): boolean {
    const isMarker = /(?:---|\.\.\.)(?!\S)/y;
    isMarker.lastIndex = at;
    const isDirective = this.at(at) === Char.Percent && this.frames.depth === 0;
    if (!isDirective && !isMarker.test(this.text)) {
      return false;
    }
    while (this.frames.depth > 0) {
      this.frames.pop();
    }
    this.frames.root.content = "none";
    this.isHidden ||= this.isIn(at, lineEnd(this.text, at));
    return true;
  }

  /** Whether a key with its colon is here. */
  private isKeyAhead(at: number): boolean {
    if (/[[{]/.test(this.text[at]!)) {
      return false;
    }
    const { end } = this.word(at, false, this.frames.top.column);
    const colon = this.skipBlanks(end);
    return end > at && this.at(colon) === Char.Colon && this.isIndicator(colon);
  }

  /** Reads what starts on a line: dashes, a key and its value, or a value. */
  private readNode(column: number): boolean {
    let at = column;
    const isAtDash = () => this.at(this.pos) === Char.Minus && this.isIndicator(this.pos);
    while (isAtDash() && !this.frames.isFull) {
      this.enterList(at);
      const dash = this.pos;
      this.pos = this.skipBlanks(dash + 1);
      if (this.noteEmpty(dash + 1, "either")) {
        return true;
      }
      at = this.pos - this.lineStart;
    }
    if (this.at(this.pos) === Char.Question && this.isIndicator(this.pos)) {
      return this.readExplicitKey(at);
    }
    if (this.at(this.pos) === Char.Colon && this.isIndicator(this.pos)) {
      return this.readColonFirst(at);
    }
    if (this.isKeyAhead(this.pos)) {
      return this.readEntry(at);
    }
    const isNested = this.frames.top.column < at || this.frames.top.kind === "root";
    if (/[[{]/.test(this.text[this.pos]!) && isNested) {
      return this.readFlow();
    }
    if (/[!&]/.test(this.text[this.pos]!)) {
      return this.readProperties(at);
    }
    return this.readLoneWord(at);
  }

  /** Tags and anchors, and what they are on. */
  private readProperties(column: number): boolean {
    this.closeTo(column);
    while (/[!&]/.test(this.text[this.pos] ?? "")) {
      this.readProperty();
      this.pos = this.skipBlanks(this.pos);
    }
    if (this.isLineOver(this.pos) || this.isComment(this.pos)) {
      return true;
    }
    return this.isKeyAhead(this.pos) ? this.readEntry(column) : this.readInline();
  }

  /** Notes a cursor where nothing but spaces and a comment is left of a line; whether it is so. */
  private noteEmpty(from: number, wants: "value" | "either"): boolean {
    const isOver = this.isLineOver(this.pos) || this.isComment(this.pos);
    if (isOver && this.isIn(from, this.pos)) {
      const lead = /[-:]/.test(this.text[this.cursor - 1]!) ? " " : "";
      const spot = { ...this.spot(this.cursor, this.cursor), isSettled: true, isOnLine: true };
      this.mark = markIn(this.frames.top, wants, { ...spot, ...(lead !== "" && { lead }) });
    }
    if (this.isComment(this.pos)) {
      this.isHidden ||= this.isIn(this.pos, lineEnd(this.text, this.pos));
    }
    return isOver;
  }

  private readEntry(column: number): boolean {
    this.enterMap(column);
    const key = this.word(this.pos, false, this.frames.top.column);
    this.frames.startEntry(key.text);
    this.frames.top.quote = key.quote;
    if (this.isIn(key.start, key.end)) {
      this.mark = markIn(this.frames.top, "key", {
        ...this.spot(key.start, key.end),
        quote: key.quote,
        own: key.text,
        hasColon: true,
        isSettled: true,
      });
    }
    this.pos = this.skipBlanks(key.end) + 1;
    return this.readValue();
  }

  /** A value on the line of its key. */
  private readValue(): boolean {
    const colon = this.pos;
    this.pos = this.skipBlanks(colon);
    return this.noteEmpty(colon, "value") || this.readInline();
  }

  private readInline(): boolean {
    while (/[!&]/.test(this.text[this.pos]!)) {
      this.readProperty();
      const end = this.pos;
      this.pos = this.skipBlanks(end);
      if (this.noteEmpty(end + 1, "value")) {
        return true;
      }
    }
    const char = this.text[this.pos]!;
    if (char === "[" || char === "{") {
      return this.readFlow();
    }
    if (/[|>]/.test(char) && this.format === "yaml") {
      this.scalarColumn = this.frames.top.column;
      this.frames.fill("", "word");
      this.isHidden ||= this.isIn(this.pos, lineEnd(this.text, this.pos));
      return true;
    }
    const { top } = this.frames;
    const word = this.word(this.pos, false, top.column);
    this.fill(word);
    this.markWordAs("value", word, top);
    return true;
  }

  private fill(word: Word): void {
    const isNull = word.quote === "" && /^(?:~|null|)$/.test(word.text);
    this.frames.fill(isNull ? null : word.text, "word");
    this.pos = word.end;
    this.isPlainOpen = word.quote === "" && this.isLineOver(this.skipBlanks(word.end));
  }

  private markWordAs(wants: Mark["wants"], word: Word, frame: Frame, place = {}): void {
    const isClosed = word.isClosed && this.isIn(word.start, word.end);
    const isOpened = !word.isClosed && this.isIn(word.start, lineEnd(this.text, word.start));
    if (isClosed || isOpened) {
      this.mark = markIn(frame, wants, {
        ...this.spot(word.start, word.isClosed ? word.end : this.cursor),
        quote: word.quote,
        isSettled: true,
        isOnLine: wants === "value",
        ...(frame.kind === "list" && { own: (frame.value as readonly unknown[]).length - 1 }),
        ...place,
      });
    }
  }

  /** The first word of a line, without a colon: a value, or a key that is being typed. */
  private readLoneWord(column: number): boolean {
    this.closeTo(column);
    if (isListOfKey(this.frames.top) && this.frames.top.column === column) {
      this.frames.pop();
    }
    const { top } = this.frames;
    const isValue = top.column < column && top.content === "none";
    if (isValue && /[|>]/.test(this.text[this.pos]!)) {
      return this.readInline();
    }
    const word = this.word(this.pos, false, top.column);
    this.pos = Math.max(word.end, this.pos);
    if (isValue) {
      this.fill(word);
      this.markWordAs("either", word, top);
    } else if (top.kind === "map") {
      this.markWordAs("key", word, top, { column: top.column });
    } else if (top.kind === "list" && this.isIn(word.start, word.end)) {
      const spot = { ...this.spot(word.start, word.end), quote: word.quote, isSettled: true };
      this.mark = this.newItem(top, spot);
    }
    return true;
  }

  private readExplicitKey(column: number): boolean {
    this.enterMap(column);
    this.explicitColumn = column;
    const at = this.skipBlanks(this.pos + 1);
    const word = this.word(at, false, column);
    this.frames.startEntry(word.text);
    this.pos = Math.max(word.end, at);
    return true;
  }

  /** The value of a key that started with `?`, or an entry whose key is empty. */
  private readColonFirst(column: number): boolean {
    if (this.explicitColumn === column && this.around(this.frames.top, column).kind === "map") {
      this.explicitColumn = undefined;
      this.closeTo(column);
    } else {
      this.enterMap(column);
      this.frames.startEntry("");
      if (this.isIn(this.pos, this.pos)) {
        const spot = { ...this.spot(this.pos, this.pos), own: "", hasColon: true };
        this.mark = markIn(this.frames.top, "key", { ...spot, isSettled: true });
      }
    }
    this.pos++;
    return this.readValue();
  }
}
