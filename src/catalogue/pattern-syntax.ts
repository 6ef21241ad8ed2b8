/** A regular expression as a tree. */
export type Expression =
  | { readonly kind: "char"; readonly accepts: (char: string) => boolean }
  | { readonly kind: "start" | "end" }
  | { readonly kind: "sequence" | "choice"; readonly parts: readonly Expression[] }
  | {
      readonly kind: "repeat";
      readonly part: Expression;
      readonly least: number;
      readonly most: number;
    };

/** Thrown for a pattern that is not heeded. */
export class Unsupported extends Error {}

const maxLength = 1000;
const maxDepth = 50;

/**
 * Reads what regular expressions of all kinds share: characters, classes, groups, alternatives,
 * repetitions, `^` and `$`. Throws {@link Unsupported} for all else, such as `\b` or `(?=`.
 */
export function parsePattern(pattern: string): Expression {
  if (pattern.length > maxLength) {
    throw new Unsupported();
  }
  return new Parser(pattern).parse();
}

class Parser {
  private readonly chars: readonly string[];
  private at = 0;
  private depth = 0;

  constructor(pattern: string) {
    this.chars = [...pattern];
  }

  parse(): Expression {
    const expression = this.choice();
    if (this.at < this.chars.length) {
      throw new Unsupported();
    }
    return expression;
  }

  private choice(): Expression {
    if (++this.depth > maxDepth) {
      throw new Unsupported();
    }
    const parts = [this.sequence()];
    while (this.take("|")) {
      parts.push(this.sequence());
    }
    this.depth--;
    return parts.length === 1 ? parts[0]! : { kind: "choice", parts };
  }

  private sequence(): Expression {
    const parts: Expression[] = [];
    while (this.at < this.chars.length && !this.isAhead("|") && !this.isAhead(")")) {
      parts.push(this.repeated(this.atom()));
    }
    return { kind: "sequence", parts };
  }

  private atom(): Expression {
    const char = this.next();
    switch (char) {
      case "^":
        return { kind: "start" };
      case "$":
        return { kind: "end" };
      case ".":
        return charOf((char) => !/[\n\r\u2028\u2029]/.test(char));
      case "(":
        return this.group();
      case "[":
        return this.charClass();
      case "\\":
        return charOf(this.escaped());
      case "*":
      case "+":
      case "?":
      case "{":
        throw new Unsupported();
      default:
        return charOf((other) => other === char);
    }
  }

  private group(): Expression {
    if (this.take("?") && !this.take(":")) {
      throw new Unsupported();
    }
    const inside = this.choice();
    this.expect(")");
    return inside;
  }

  private charClass(): Expression {
    const isNegated = this.take("^");
    const members: ((char: string) => boolean)[] = [];
    while (!this.take("]")) {
      members.push(this.member());
    }
    if (members.length === 0) {
      throw new Unsupported();
    }
    return charOf((char) => members.some((accepts) => accepts(char)) !== isNegated);
  }

  private member(): (char: string) => boolean {
    const first = this.next();
    if (first === "[") {
      throw new Unsupported();
    }
    if (first === "\\") {
      return this.escaped();
    }
    if (!this.isAhead("-") || this.chars[this.at + 1] === "]") {
      return (char) => char === first;
    }
    this.expect("-");
    const last = this.next();
    if (last === "\\" || last === "[") {
      throw new Unsupported();
    }
    const [from, to] = [first.codePointAt(0)!, last.codePointAt(0)!];
    return (char) => char.codePointAt(0)! >= from && char.codePointAt(0)! <= to;
  }

  private escaped(): (char: string) => boolean {
    const sign = this.next();
    const known = Object.hasOwn(escapes, sign) ? escapes[sign] : undefined;
    if (known !== undefined) {
      return (char) => known.test(char);
    }
    if (/[\p{L}\p{N}]/u.test(sign)) {
      throw new Unsupported();
    }
    return (char) => char === sign;
  }

  private repeated(part: Expression): Expression {
    const count = this.count();
    if (count === undefined) {
      return part;
    }
    // How much is taken first does not matter.
    this.take("?");
    if (this.count() !== undefined) {
      throw new Unsupported();
    }
    return { kind: "repeat", part, ...count };
  }

  private count(): { readonly least: number; readonly most: number } | undefined {
    if (this.take("*")) {
      return { least: 0, most: Infinity };
    }
    if (this.take("+")) {
      return { least: 1, most: Infinity };
    }
    if (this.take("?")) {
      return { least: 0, most: 1 };
    }
    if (!this.take("{")) {
      return undefined;
    }
    const end = this.chars.indexOf("}", this.at);
    const written = this.chars.slice(this.at, end).join("");
    const [, least, comma, most] = /^(\d{1,4})(,?)(\d{0,4})$/.exec(written) ?? [];
    if (end < 0 || least === undefined) {
      throw new Unsupported();
    }
    this.at = end + 1;
    const upper = comma === "" ? Number(least) : most === "" ? Infinity : Number(most);
    return { least: Number(least), most: upper };
  }

  private next(): string {
    const char = this.chars[this.at++];
    if (char === undefined) {
      throw new Unsupported();
    }
    return char;
  }

  private isAhead(char: string): boolean {
    return this.chars[this.at] === char;
  }

  private take(char: string): boolean {
    const isThere = this.isAhead(char);
    this.at += isThere ? 1 : 0;
    return isThere;
  }

  private expect(char: string): void {
    if (!this.take(char)) {
      throw new Unsupported();
    }
  }
}

function charOf(accepts: (char: string) => boolean): Expression {
  return { kind: "char", accepts };
}

const escapes: { readonly [sign: string]: RegExp } = {
  d: /\d/,
  D: /\D/,
  f: /\f/,
  n: /\n/,
  r: /\r/,
  s: /\s/,
  S: /\S/,
  t: /\t/,
  v: /\v/,
  w: /\w/,
  W: /\W/,
};
