/**
 * What JSON and YAML have in common below maps and lists: numbers as Nix holds them, strings that
 * it can hold, characters.
 */
import { Float } from "../model/value.js";

/** The digits of 2^63 in octal, the longest form it has. */
const maxDigits = 22;

/** Reads an integer in decimal, or with `0x` or `0o`; `undefined` beyond signed 64 bits. */
export function readInteger(text: string): number | bigint | undefined {
  const number = Number(text);
  if (Number.isSafeInteger(number)) {
    return number === 0 ? 0 : number;
  }
  if (text.replace(/^[-+]?0*(?:[xo]0*)?/, "").length > maxDigits) {
    return undefined;
  }
  const integer = BigInt(text.replace(/^\+/, ""));
  return BigInt.asIntN(64, integer) === integer ? integer : undefined;
}

/** Reads a decimal float; `undefined` beyond the largest double. */
export function readFloat(text: string): number | Float | undefined {
  const number = Number(text);
  if (!Number.isFinite(number)) {
    return undefined;
  }
  return Number.isInteger(number) ? new Float(number) : number;
}

/** What Nix cannot hold in this string, if anything: a NUL, or half of a surrogate pair. */
export function unholdable(text: string): "nul" | "surrogate" | undefined {
  if (text.includes("\0")) {
    return "nul";
  }
  return /[\ud800-\udfff]/u.test(text) ? "surrogate" : undefined;
}

/** The character at an offset, or the number of one that cannot be seen. */
export function visible(text: string, offset: number): string {
  const code = text.codePointAt(offset)!;
  const character = String.fromCodePoint(code);
  if (/[^\s\0-\x20\x7f-\xa0\xad\u200b-\u200f\u2060\ufeff\ufffe\uffff]/.test(character)) {
    return character;
  }
  return `U+${code.toString(16).toUpperCase().padStart(4, "0")}`;
}
