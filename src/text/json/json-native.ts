import type { Data, DataMap } from "../../model/data.js";
import type { Limits } from "../../model/options.js";
import { unholdable } from "../scalars.js";
import { endOfString } from "./json-strings.js";

/**
 * `exact` with all that a text says; `lossy` where it is JSON that says more than the native parser
 * tells; `refused` where it is none, or nests too deep to try.
 */
export type NativeReading =
  | { readonly kind: "exact"; readonly value: Data }
  | { readonly kind: "lossy" | "refused" };

/**
 * Reads JSON from `start` on with the native parser, which is fast, but rounds
 * integers, makes `1` of `1.0` and keeps the last of duplicate keys: a survey
 * of the text, much cheaper than a parser, shows whether it could.
 */
export function readNatively(text: string, start: number, limits: Limits): NativeReading {
  const { depth, members, nodes, isLossy } = surveyJson(text, start);
  const value = depth > limits.depth ? undefined : parseNatively(text.slice(start));
  if (value === undefined) {
    return { kind: "refused" };
  }
  const isExact = !isLossy && nodes <= limits.values && countMembers(value) === members;
  return isExact ? { kind: "exact", value } : { kind: "lossy" };
}

function parseNatively(text: string): Data | undefined {
  try {
    return JSON.parse(text) as Data;
  } catch {
    return undefined;
  }
}

function countMembers(value: Data): number {
  if (typeof value !== "object" || value === null) {
    return 0;
  }
  let count = 0;
  if (Array.isArray(value)) {
    for (const item of value) {
      count += countMembers(item);
    }
    return count;
  }
  const map = value as DataMap;
  for (const key of Object.keys(map)) {
    count += 1 + countMembers(map[key]!);
  }
  return count;
}

const enum Char {
  Space = 32,
  Quote = 34,
  Minus = 45,
  Zero = 48,
  Nine = 57,
  Colon = 58,
  OpenBracket = 91,
  CloseBracket = 93,
  LowerF = 102,
  LowerN = 110,
  LowerT = 116,
  OpenBrace = 123,
  CloseBrace = 125,
}

interface Survey {
  readonly depth: number;
  /**
   * The colons outside strings: one for each member of an object, duplicate keys included.
   */
  readonly members: number;
  readonly nodes: number;
  /** Whether a number or a string needs a closer look than the native parser takes. */
  readonly isLossy: boolean;
}

/**
 * Counts what a valid JSON text holds; of an invalid one it says something, which the native
 * parser's refusal makes void.
 */
function surveyJson(text: string, start: number): Survey {
  let depth = 0;
  let deepest = 0;
  let members = 0;
  let nodes = 0;
  // Two escaped halves may make a pair: that is for the tree to see.
  let isLossy =
    unholdable(text) !== undefined ||
    (text.includes("\\u") && /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f])/i.test(text));
  const number = /[-+.\deE]+/y;
  for (let at = start; at < text.length; at++) {
    const char = text.charCodeAt(at);
    if (char <= Char.Space) {
      continue;
    }
    switch (char) {
      case Char.Quote:
        nodes++;
        at = endOfString(text, at);
        break;
      case Char.Colon:
        members++;
        break;
      case Char.OpenBrace:
      case Char.OpenBracket:
        nodes++;
        if (++depth > deepest) {
          deepest = depth;
        }
        break;
      case Char.CloseBrace:
      case Char.CloseBracket:
        depth--;
        break;
      case Char.LowerF:
      case Char.LowerN:
      case Char.LowerT:
        nodes++;
        break;
      default:
        if (char !== Char.Minus && (char < Char.Zero || char > Char.Nine)) {
          break;
        }
        nodes++;
        number.lastIndex = at;
        number.test(text);
        if (isLossyNumber(text.slice(at, number.lastIndex))) {
          isLossy = true;
        }
        at = number.lastIndex - 1;
    }
  }
  return { depth: deepest, members, nodes: nodes - members, isLossy };
}

/** Whether the native parser's number would not tell what kind of number this is, or which. */
function isLossyNumber(text: string): boolean {
  const number = Number(text);
  if (!Number.isInteger(number)) {
    return !Number.isFinite(number);
  }
  return !Number.isSafeInteger(number) || String(number) !== text;
}
