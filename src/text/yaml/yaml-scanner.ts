import { Char, isBlank, isFlowIndicator, Unsure } from "./yaml-chars.js";
import { Cursor } from "./yaml-cursor.js";
import { readEscapes, readFolded } from "./yaml-quoted.js";

/** Passes over the words of a text: keys, properties, and scalars in one line or several. */
export class Scanner extends Cursor {
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
    if (at === start) {
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
    const { current } = this;
    if (current >= Char.LowerA && current <= Char.LowerZ) {
      return true;
    }
    switch (current) {
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
}

function countNewlines(text: string, start: number, end: number): number {
  let count = 0;
  for (let at = text.indexOf("\n", start); at >= 0 && at < end; at = text.indexOf("\n", at + 1)) {
    count++;
  }
  return count;
}
