import { readEscapes, readFolded } from "./yaml-quoted.js";

/** Thrown where the fast reader does not know for certain what a text means. */
export class Unsure extends Error {
  /** `limit`: the one that is passed. */
  constructor(readonly limit?: "depth" | "values") {
    super();
  }
}

export const enum Char {
  End = -1,
  Tab = 9,
  Newline = 10,
  Return = 13,
  Space = 32,
  Exclamation = 33,
  DoubleQuote = 34,
  Hash = 35,
  Percent = 37,
  Ampersand = 38,
  SingleQuote = 39,
  Asterisk = 42,
  Comma = 44,
  Minus = 45,
  Colon = 58,
  Greater = 62,
  Question = 63,
  At = 64,
  OpenBracket = 91,
  Backslash = 92,
  CloseBracket = 93,
  Backtick = 96,
  OpenBrace = 123,
  Bar = 124,
  CloseBrace = 125,
}

/**
 * Goes through a text character by character: white space, comments, and scalars in one line or
 * several. What it passes over must be what the package `yaml` would pass over too; anything else
 * makes it throw {@link Unsure}.
 */
export class Scanner {
  pos = 0;
  /** Where the line of `pos` starts. */
  lineStart = 0;
  /** Whether any string may have characters that the text has not. */
  readonly hasEscapes: boolean;
  private readonly length: number;

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
    if (
      this.column < 0 ||
      this.current === Char.Percent ||
      marker.test(this.text) ||
      isMarkedList
    ) {
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
            if (!mayHaveTabs) {
              throw new Unsure();
            }
            lowest = Math.min(lowest, this.tabbedComment(at));
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

  /** Of a line that a tab indents: the column of its comment as the package has it, if any. */
  private tabbedComment(tab: number): number {
    let at = tab;
    while (isBlank(this.at(at)) && this.at(at) !== Char.Newline && at < this.length) {
      at++;
    }
    switch (this.at(at)) {
      case Char.Hash:
        return tab - this.lineStart;
      case Char.Newline:
        return Infinity;
      default:
        throw new Unsure();
    }
  }

  /** Whether an item of a list starts here. */
  get isAtDash(): boolean {
    return this.current === Char.Minus && this.isIndicator(this.pos);
  }

  /** Goes from behind a key that starts at `start` to what its colon has on its line. */
  passColon(start: number): void {
    while (this.current === Char.Space) {
      this.pos++;
    }
    if (this.current !== Char.Colon || !this.isIndicator(this.pos) || this.pos - start > 1000) {
      throw new Unsure();
    }
    this.pos++;
    this.skipBlanks();
  }

  passDash(): void {
    this.pos++;
    while (this.current === Char.Space) {
      this.pos++;
    }
    if (this.current === Char.Tab) {
      throw new Unsure();
    }
  }

  /** Reads the name of an anchor. */
  anchor(): string {
    const name = this.alias();
    if (!isBlank(this.current)) {
      throw new Unsure();
    }
    return name;
  }

  /** Reads the name in an alias. */
  alias(): string {
    const start = this.pos + 1;
    let at = start;
    while (!isBlank(this.at(at)) && !isFlowIndicator(this.at(at))) {
      at++;
    }
    if (at === start || this.text.charCodeAt(at - 1) === Char.Colon) {
      throw new Unsure();
    }
    this.pos = at;
    return this.text.slice(start, at);
  }

  /** Reads a tag with a usual name. */
  tag(): string {
    const name = /!!?[\w-]+/y;
    name.lastIndex = this.pos;
    const match = name.exec(this.text);
    if (match === null || !isBlank(this.at(name.lastIndex))) {
      throw new Unsure();
    }
    this.pos = name.lastIndex;
    return match[0];
  }

  /** Whether the text that ends here is a key. */
  isColonAhead(end: number): boolean {
    let at = end;
    while (this.at(at) === Char.Space) {
      at++;
    }
    return this.at(at) === Char.Colon;
  }

  /** Whether an indicator (`-`, `?`, `:`) here is one: nothing or white space follows. */
  isIndicator(offset: number): boolean {
    return isBlank(this.at(offset + 1));
  }

  /**
   * Where plain text that starts or goes on here ends on this line, white space after it left out.
   */
  plainEnd(start: number, isInFlow: boolean): number {
    const { text, length } = this;
    let end = start;
    for (let at = start; at < length; at++) {
      const char = text.charCodeAt(at);
      if (char > Char.Colon) {
        if (isInFlow && isFlowIndicator(char)) {
          return end;
        }
        end = at + 1;
      } else if (char === Char.Space || char === Char.Tab) {
        if (this.at(at + 1) === Char.Hash) {
          return end;
        }
      } else if (char === Char.Newline || char === Char.Return) {
        return end;
      } else if (char === Char.Colon) {
        const next = this.at(at + 1);
        if (isBlank(next) || (isInFlow && isFlowIndicator(next))) {
          return end;
        }
        end = at + 1;
      } else if (char === Char.Comma && isInFlow) {
        return end;
      } else {
        end = at + 1;
      }
    }
    return end;
  }

  /** Whether a plain scalar can start here. */
  isPlainStart(isInFlow: boolean): boolean {
    switch (this.current) {
      case Char.End:
      case Char.Newline:
      case Char.Return:
      case Char.Exclamation:
      case Char.DoubleQuote:
      case Char.Hash:
      case Char.Percent:
      case Char.Ampersand:
      case Char.SingleQuote:
      case Char.Asterisk:
      case Char.Comma:
      case Char.Greater:
      case Char.At:
      case Char.OpenBracket:
      case Char.CloseBracket:
      case Char.Backtick:
      case Char.OpenBrace:
      case Char.Bar:
      case Char.CloseBrace:
        return false;
      case Char.Minus:
      case Char.Question:
      case Char.Colon: {
        const next = this.at(this.pos + 1);
        return !isBlank(next) && !(isInFlow && isFlowIndicator(next));
      }
    }
    return true;
  }

  /**
   * The text of a plain scalar whose first line is read up to `end`; it goes on where lines are
   * indented by more than `indent`.
   */
  plain(end: number, indent: number, isInFlow: boolean): string {
    const { text, pos: start } = this;
    this.pos = end;
    if (!this.isLineBreakAhead(end)) {
      return text.slice(start, end);
    }
    let value: string | undefined;
    for (;;) {
      const at = this.continuation(this.pos, indent);
      const char = this.at(at);
      if (at < 0 || char === Char.Hash || (isInFlow && isFlowIndicator(char))) {
        return value ?? text.slice(start, end);
      }
      const lineEnd = this.plainEnd(at, isInFlow);
      if (lineEnd === at) {
        throw new Unsure();
      }
      const newlines = countNewlines(text, this.pos, at);
      value = `${value ?? text.slice(start, end)}${newlines === 1 ? " " : "\n".repeat(newlines - 1)}${text.slice(at, lineEnd)}`;
      this.lineStart = text.lastIndexOf("\n", at) + 1;
      this.pos = lineEnd;
      if (!this.isLineBreakAhead(lineEnd)) {
        return value;
      }
    }
  }

  /** The text of a scalar in quotes that starts here. */
  quoted(indent: number): string {
    const { text, pos: start } = this;
    const quote = text.charCodeAt(start);
    let hasEscapes = false;
    let hasLines = false;
    for (let at = start + 1; at < this.length; at++) {
      const char = text.charCodeAt(at);
      if (char === quote) {
        if (quote === Char.SingleQuote && this.at(at + 1) === quote) {
          hasEscapes = true;
          at++;
          continue;
        }
        this.pos = at + 1;
        return this.unquoted(start, hasEscapes, hasLines);
      }
      if (char === Char.Backslash && quote === Char.DoubleQuote) {
        hasEscapes = true;
        at++;
        if (this.at(at) === Char.Return) {
          at++;
        }
      }
      if (this.at(at) === Char.Newline) {
        hasLines = true;
        this.lineStart = at + 1;
        this.checkQuotedLine(at + 1, indent);
      }
    }
    throw new Unsure();
  }

  /** What is in the quotes that end before `pos`. */
  private unquoted(start: number, hasEscapes: boolean, hasLines: boolean): string {
    const inside = this.text.slice(start + 1, this.pos - 1);
    if (!hasEscapes && !hasLines) {
      return inside;
    }
    if (this.text.charCodeAt(start) === Char.SingleQuote) {
      return (hasLines ? readFolded(inside) : inside).replaceAll("''", "'");
    }
    const value = readEscapes(inside);
    if (value === undefined) {
      throw new Unsure();
    }
    return value;
  }

  private checkQuotedLine(start: number, indent: number): void {
    let at = start;
    while (this.at(at) === Char.Space) {
      at++;
    }
    const char = this.at(at);
    if (char !== Char.Newline && char !== Char.Return && at - start <= indent) {
      throw new Unsure();
    }
  }

  /** Where the first line after this one that is not empty has its first word; -1 at the end. */
  private continuation(from: number, indent: number): number {
    let start = this.text.indexOf("\n", from) + 1;
    if (start === 0) {
      return -1;
    }
    for (let at = start; ; at++) {
      const char = this.at(at);
      if (char === Char.Newline) {
        start = at + 1;
      } else if (char === Char.Tab) {
        throw new Unsure();
      } else if (char !== Char.Space && char !== Char.Return) {
        return char === Char.End || at - start <= indent ? -1 : at;
      }
    }
  }

  /** Whether nothing but white space is left of the line, no comment either. */
  private isLineBreakAhead(offset: number): boolean {
    let at = offset;
    let char = this.at(at);
    while (char === Char.Space || char === Char.Tab || char === Char.Return) {
      char = this.at(++at);
    }
    return char === Char.Newline;
  }

  /** The offset of the newline that ends the line, or of the end of the text. */
  lineEnd(offset: number): number {
    const end = this.text.indexOf("\n", offset);
    return end < 0 ? this.length : end;
  }
}

/** White space or the end. */
export function isBlank(char: number): boolean {
  return (
    char === Char.Space ||
    char === Char.Newline ||
    char === Char.Tab ||
    char === Char.Return ||
    char === Char.End
  );
}

export function isFlowIndicator(char: number): boolean {
  return (
    char === Char.Comma ||
    char === Char.OpenBracket ||
    char === Char.CloseBracket ||
    char === Char.OpenBrace ||
    char === Char.CloseBrace
  );
}

function countNewlines(text: string, start: number, end: number): number {
  let count = 0;
  for (let at = text.indexOf("\n", start); at >= 0 && at < end; at = text.indexOf("\n", at + 1)) {
    count++;
  }
  return count;
}
