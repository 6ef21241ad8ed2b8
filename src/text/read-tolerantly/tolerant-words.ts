import type { SourceFormat } from "../../model/source.js";
import { lineEnd } from "../lines.js";
import { Char, isBlank, isFlowIndicator } from "../yaml/yaml-chars.js";
import { readQuoted } from "../yaml/yaml-quoted.js";

/** A scalar, as far as it can be told apart. */
export interface Word {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly quote: "" | '"' | "'";
  readonly isClosed: boolean;
}

/** Finds the words of a text whose quotes may be open. */
export class WordScanner {
  /** How far may still be looked for the end of quotes on other lines. */
  private lookahead: number;

  constructor(
    readonly text: string,
    readonly format: SourceFormat,
  ) {
    this.lookahead = 4 * text.length;
  }

  at(offset: number): number {
    return offset < this.text.length ? this.text.charCodeAt(offset) : Char.End;
  }

  /** Behind the spaces and tabs at an offset. */
  skipBlanks(offset: number): number {
    let at = offset;
    while (this.at(at) === Char.Space || this.at(at) === Char.Tab) {
      at++;
    }
    return at;
  }

  isLineOver(offset: number): boolean {
    const char = this.at(offset);
    return char === Char.Newline || char === Char.Return || char === Char.End;
  }

  /** Whether a comment starts here, where a word might. */
  isComment(offset: number): boolean {
    if (this.at(offset) === Char.Hash) {
      return offset === 0 || isBlank(this.at(offset - 1));
    }
    return this.format === "json" && this.text.startsWith("//", offset);
  }

  /** Whether what is here stands for itself: white space or the end follows, in brackets others. */
  isIndicator(offset: number, isInFlow = false): boolean {
    const next = this.at(offset + 1);
    return isBlank(next) || (isInFlow && isFlowIndicator(next));
  }

  /** The scalar that starts here; lines that go on with it have more than `column` columns. */
  word(start: number, isInFlow: boolean, column: number): Word {
    const char = this.text[start];
    if (char === '"' || char === "'") {
      return this.quoted(start, char, isInFlow, column);
    }
    const end = this.plainEnd(start, isInFlow);
    return { start, end, text: this.text.slice(start, end), quote: "", isClosed: true };
  }

  private quoted(start: number, quote: '"' | "'", isInFlow: boolean, column: number): Word {
    const onLine = this.closing(start, quote);
    const end = onLine ?? this.closingBelow(start, quote, column);
    if (end !== undefined) {
      const written = this.text.slice(start, end);
      const isVerbatim = quote === '"' && onLine !== undefined && !written.includes("\\");
      const text = isVerbatim ? written.slice(1, -1) : (readQuoted(written) ?? written);
      return { start, end, text, quote, isClosed: true };
    }
    const line = this.text.slice(start, lineEnd(this.text, start));
    const length = isInFlow ? /^[^,\]}\n]*/.exec(line)![0].length : line.length;
    const text = line.slice(1, length).trimEnd();
    return { start, end: start + 1 + text.length, text, quote, isClosed: false };
  }

  /** Behind the quote that closes the one at `start`, if it is on the line that follows. */
  private closing(start: number, quote: '"' | "'"): number | undefined {
    const { text } = this;
    const code = quote.charCodeAt(0);
    for (let at = start + 1; at < text.length; at++) {
      const char = text.charCodeAt(at);
      const next = text.charCodeAt(at + 1);
      if (char === code) {
        if (code === Char.DoubleQuote || next !== code) {
          return at + 1;
        }
        at++;
      } else if (char === Char.Newline) {
        return undefined;
      } else if (char === Char.Backslash && code === Char.DoubleQuote && next !== Char.Newline) {
        at++;
      }
    }
    return undefined;
  }

  /**
   * The same on a later line, where nothing but what may follow a scalar is behind it: else it
   * rather opens another one.
   */
  private closingBelow(start: number, quote: '"' | "'", column: number): number | undefined {
    if (this.format === "json") {
      return undefined;
    }
    for (let end = lineEnd(this.text, start); this.lookahead > 0; ) {
      const line = this.text.indexOf("\n", end) + 1;
      const at = this.skipBlanks(line);
      if (line === 0 || (at - line <= column && !this.isLineOver(at))) {
        return undefined;
      }
      const limit = lineEnd(this.text, line);
      const close = this.closing(line - 1, quote);
      this.lookahead -= limit - end + 1;
      if (close !== undefined) {
        return this.mayEnd(close) ? close : undefined;
      }
      end = limit;
    }
    return undefined;
  }

  private mayEnd(offset: number): boolean {
    const at = this.skipBlanks(offset);
    return this.isLineOver(at) || /[,\]}:]/.test(this.text[at]!) || this.isComment(at);
  }

  /** Where plain text ends on its line, white space left out. */
  private plainEnd(start: number, isInFlow: boolean): number {
    const { text } = this;
    const { length } = text;
    let end = start;
    for (let at = start; at < length; at++) {
      const char = text.charCodeAt(at);
      if (char === Char.Space || char === Char.Tab) {
        if (text.charCodeAt(at + 1) === Char.Hash) {
          return end;
        }
        continue;
      }
      if (char === Char.Newline || char === Char.Return) {
        return end;
      }
      if (char === Char.Colon && (this.format === "json" || this.isIndicator(at, isInFlow))) {
        return end;
      }
      if (isInFlow && isFlowIndicator(char)) {
        return end;
      }
      end = at + 1;
    }
    return end;
  }
}
