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
  return typeof value === "string" ? JSON.stringify(value) : `${value}`;
}

/** `'a', 'b' and 'c'` */
export function listed(names: readonly string[]): string {
  const quoted = names.map((name) => `'${name}'`);
  const last = quoted.pop()!;
  return quoted.length > 0 ? `${quoted.join(", ")} and ${last}` : last;
}

/** `a`, `a and b`, `a, b and c` */
export function joinNames(names: readonly string[]): string {
  return names.length < 2 ? names.join() : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

/** The text, cut to 40 UTF-16 units. */
export function clipped(text: string): string {
  return text.length > 40 ? `${text.slice(0, 37)}...` : text;
}

/** `a.b[2].c` */
export function dotted(path: Path): string {
  return path
    .map((key, index) => (typeof key === "number" ? `[${key}]` : index === 0 ? key : `.${key}`))
    .join("");
}

/** `one machine`, `2 machines` */
export function machines(count: number): string {
  return count === 1 ? "one machine" : `${count} machines`;
}

/** `a: { b: … }`, for at most eight keys. */
export function nestedKeys(keys: readonly string[]): string {
  const shown = keys.length > 8 ? [...keys.slice(0, 7), "…"] : keys;
  return `${shown.join(": { ")}: …${" }".repeat(shown.length - 1)}`;
}
