import type { Data } from "../../model/data.js";
import { oddSign } from "../../model/odd-text.js";
import { formTags } from "../../model/special-forms.js";
import type { Float } from "../../model/value.js";
import { booleans, integers, nulls, numbers } from "../core-schema.js";
import { readFloat, readInteger } from "../scalars.js";

/** What plain text means in the core schema; `undefined` for a number that Nix does not hold. */
export function readPlain(
  text: string,
): string | number | bigint | boolean | null | Float | undefined {
  if (text.charCodeAt(0) <= 57) {
    return numbers.test(text) ? readNumber(text) : text;
  }
  if (text.length > 5) {
    return text;
  }
  if (nulls.test(text)) {
    return null;
  }
  return booleans.test(text) ? text.length === 4 : text;
}

/** Whether plain text means something else in YAML 1.1, or to people. */
export function isAmbiguous(text: string): boolean {
  if (oddSign(text) !== undefined) {
    return true;
  }
  return text.charCodeAt(0) <= 57
    ? /^(?:[-+]?0\d+|\+\d+|[-+]?\d*\.\d+0|\d{2,}[eE]\d+|\d[eE]\d{5,}|\d{1,3}(?:_\d{3}){1,4})$/.test(
        text,
      )
    : text.length <= 3 && /^(?:yes|no|on|off)$/i.test(text);
}

/**
 * The comment behind plain text that ends at `end`, if it may be a part of that text, as in `#1e1e2e`:
 * people put a space after the sign of a comment.
 */
export function gluedComment(text: string, end: number): string | undefined {
  const comment = /[ \t]*(#(?!(?:TODO|FIXME|XXX)\b)[^\s#!*=-][^\r\n]*)/y;
  comment.lastIndex = end;
  return comment.exec(text)?.[1]!.trimEnd();
}

/**
 * The lines of plain text as items of a list, where all but the first start with a dash. The dash of
 * the first is missing, or the space after it.
 */
export function itemsInPlain(written: string): readonly Data[] | undefined {
  const [first, ...others] = written.split(/\r?\n[ \t]*/);
  // A sign behind the colon of the key above the list has a finding of its own.
  const isKey = /:[^\w\s]?$/.test(first!);
  if (others.length === 0 || isKey || !others.every((line) => /^-[ \t]+\S/.test(line))) {
    return undefined;
  }
  const items = [first!.replace(/^-(?=[^-\d])/, ""), ...others.map((line) => line.slice(1))].map(
    itemIn,
  );
  return items.every((item) => item !== undefined) ? items : undefined;
}

/**
 * An item as it is written: a scalar, or a special form of one; undefined where that takes more to
 * read.
 */
function itemIn(written: string): Data | undefined {
  const text = written.trim();
  const [, tag, argument] = /^(!\w+)[ \t]+(\S.*)$/.exec(text) ?? [];
  if (tag === undefined || !formTags.includes(tag)) {
    return scalarIn(text);
  }
  const value = scalarIn(argument!);
  return value === undefined ? undefined : { [`$${tag.slice(1)}`]: value };
}

function scalarIn(text: string): Data | undefined {
  const [, , quoted] = /^(["'])([^"'\\]*)\1$/.exec(text) ?? [];
  if (quoted !== undefined || /^["'[{&*!|>]/.test(text)) {
    return quoted;
  }
  const value = readPlain(text);
  return value === undefined ? text : value;
}

/** What a block string starts with on its first line, as `>-2`. */
export function blockHeader(text: string, start: number): string {
  const header = /[|>][-+\d]*/y;
  header.lastIndex = start;
  return header.exec(text)![0];
}

function readNumber(text: string): number | bigint | Float | undefined {
  return integers.test(text) ? readInteger(text) : readFloat(text);
}

/** Whether text under one of YAML's own tags is a number, which Nix may not hold. */
export function isNumeric(tag: string, text: string): boolean {
  return tag === "!!int" ? integers.test(text) : tag === "!!float" && numbers.test(text);
}

/** What plain text means under one of YAML's own tags; `undefined` where it does not fit. */
export function readTagged(
  tag: string,
  text: string,
): number | bigint | boolean | null | Float | undefined {
  switch (tag) {
    case "!!null":
      return nulls.test(text) ? null : undefined;
    case "!!bool":
      return booleans.test(text) ? text.length === 4 : undefined;
    case "!!int":
      return integers.test(text) ? readInteger(text) : undefined;
    case "!!float":
      return numbers.test(text) ? readFloat(text) : undefined;
    default:
      return undefined;
  }
}
