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
  LowerA = 97,
  LowerZ = 122,
  OpenBrace = 123,
  Bar = 124,
  CloseBrace = 125,
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
