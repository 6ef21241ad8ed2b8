import type { Data } from "../model/data.js";
import type { Path } from "../model/origin.js";
import { Float } from "../model/value.js";

/** The types of JSON Schema, by name. */
export const kindNames: { readonly [type: string]: string } = {
  object: "a map",
  array: "a list",
  string: "a string",
  integer: "an integer",
  boolean: "true or false",
  number: "a number",
};

/** What a value is, as in "found a list". */
export function kind(value: Data): string {
  if (value === null) {
    return "null";
  }
  if (Array.isArray(value)) {
    return "a list";
  }
  if (value instanceof Float) {
    return "a float";
  }
  if (typeof value === "object") {
    return "a map";
  }
  return typeof value === "string" ? "a string" : `${value}`;
}

/** The boolean that YAML 1.1 reads this text as. */
export function yaml11Boolean(text: string): boolean | undefined {
  return /^(?:yes|on|y|true)$/i.test(text)
    ? true
    : /^(?:no|off|n|false)$/i.test(text)
      ? false
      : undefined;
}

/** A scalar or a short list of scalars as YAML; `…` for anything larger. */
export function inline(value: Data): string {
  if (
    Array.isArray(value) &&
    value.length <= 3 &&
    value.every((item) => typeof item !== "object")
  ) {
    return `[${value.map(inline).join(", ")}]`;
  }
  if (value instanceof Float || typeof value === "object") {
    return "…";
  }
  return typeof value === "string" ? JSON.stringify(clipped(value, maxName)) : `${value}`;
}

/** `'a', 'b' and 'c'` */
export function listed(names: readonly string[]): string {
  return joinNames(names.map(quoted));
}

/** `a`, `a and b`, `a, b and c` */
export function joinNames(names: readonly string[]): string {
  return names.length < 2 ? names.join() : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

/** The names that a message has room for, and how many others there are. */
export function firstNames(names: readonly string[]): readonly string[] {
  const others = names.length - maxNames;
  return others > 1 ? [...names.slice(0, maxNames), `${others} others`] : names;
}

const maxNames = 10;

/** A name from the input in single quotes, cut if it is very long. */
export function quoted(name: string): string {
  return `'${clipped(name, maxName)}'`;
}

/** UTF-16 units of a name that a message has room for. */
export const maxName = 100;

/** The text, cut to so many UTF-16 units, but not inside a character. */
export function clipped(text: string, limit = 40): string {
  return text.length > limit
    ? `${text.slice(0, limit - 3).replace(/[\ud800-\udbff]$/, "")}...`
    : text;
}

/** `U+00A0` */
export function codePoint(character: string): string {
  return `U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`;
}

/** `a.b[2].c`, cut if it is very long. */
export function dotted(path: Path): string {
  const keys = path.map((key, index) =>
    typeof key === "number" ? `[${key}]` : `${index === 0 ? "" : "."}${clipped(key, maxName)}`,
  );
  return keys.join("");
}

/** `one machine`, `2 machines` */
export function machines(count: number): string {
  return count === 1 ? "one machine" : `${count} machines`;
}
