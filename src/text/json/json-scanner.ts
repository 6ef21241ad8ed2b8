import type { Finding, Report, SourceSpan } from "../../diagnostics/diagnostic.js";
import type { SyntaxProblem } from "../../diagnostics/syntax-problems.js";
import { numberNotHeld, syntaxError } from "../../diagnostics/text-messages.js";
import type { Source } from "../../model/source.js";
import { readFloat, readInteger } from "../scalars.js";
import { jsonRepairs } from "./json-repairs.js";
import type { ScalarNode } from "./json-tree.js";

/** What is wrong with a stretch of JSON, with its fixes. */
export function jsonFault(place: SourceSpan, problem: SyntaxProblem, found = ""): Finding {
  const fixes = jsonRepairs(place, problem, found);
  return { ...syntaxError(place, problem, found), ...(fixes.length > 0 && { fixes }) };
}

/** Moves through a text of JSON, past spaces and comments, and reports what is wrong there. */
export class JsonScanner {
  protected errors = 0;
  protected readonly text: string;
  protected readonly start: number;
  protected at: number;

  constructor(
    private readonly source: Source,
    private readonly report: Report,
  ) {
    this.text = source.text;
    this.start = this.text.startsWith("\ufeff") ? 1 : 0;
    this.at = this.start;
  }

  protected skipSpace(): void {
    for (;;) {
      this.match(/[ \t\r\n]+/y);
      const start = this.at;
      if (this.match(/\/\/[^\n]*|\/\*[^]*?(?:\*\/|$)|#[^\n]*/y) === undefined) {
        return;
      }
      this.fault("comment", start, start + (this.text[start] === "#" ? 1 : 2));
      this.onComment(start);
    }
  }

  /** Is told where each comment starts; it ends here. */
  protected onComment(_start: number): void {}

  protected readEscape(quote: string): string {
    const start = this.at;
    const escape = this.match(/\\(?:u[\da-fA-F]{4}|["\\/bfnrt])/y);
    if (escape !== undefined) {
      return JSON.parse(`"${escape}"`) as string;
    }
    this.at++;
    const character = this.match(/[^\n]/uy);
    if (character === undefined) {
      return "";
    }
    if (quote === '"' || character !== "'") {
      this.fault("badEscape", start, this.at, `\\${character}`);
    }
    return character;
  }

  protected readWord(word: string, start: number): ScalarNode["value"] | undefined {
    switch (word) {
      case "true":
        return true;
      case "false":
        return false;
      case "null":
        return null;
    }
    if (!/^[-+]?[.\d]/.test(word)) {
      return this.fault("unknownWord", start, this.at, word);
    }
    if (!/^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?$/.test(word)) {
      return this.fault("badNumber", start, this.at, word);
    }
    const number = /[.eE]/.test(word) ? readFloat(word) : readInteger(word);
    return number ?? this.fail(numberNotHeld(this.span(start), word));
  }

  /** The key that comes next, if it is written as it should be. */
  protected nameAhead(): string | undefined {
    const key = /"([^"\\\n]*)"\s*:/y;
    key.lastIndex = this.at;
    return key.exec(this.text)?.[1];
  }

  /** Reports what `pattern` matches here, and goes on behind it. */
  protected skipStray(pattern: RegExp): void {
    const start = this.at;
    const found = this.match(pattern);
    if (found !== undefined) {
      this.fault("strayText", start, this.at, found);
      this.skipSpace();
    }
  }

  /** Moves on behind what the sticky `pattern` matches here. */
  protected match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0];
    if (found !== undefined) {
      this.at += found.length;
    }
    return found;
  }

  protected span(start: number, end = this.at): SourceSpan {
    return { source: this.source, start, end };
  }

  protected faultAtEnd(opened: number): undefined {
    const related = [{ message: "it starts here", place: this.span(opened, opened + 1) }];
    return this.fail(syntaxError(this.span(this.at, this.at), "unexpectedEnd", "", related));
  }

  protected fault(problem: SyntaxProblem, start: number, end: number, found = ""): undefined {
    return this.fail(jsonFault(this.span(start, end), problem, found));
  }

  protected fail(finding: Finding): undefined {
    this.errors++;
    this.report(finding);
  }
}
