/** Literals and names of Nix: how each value is spelt, and which values have no literal. */

/**
 * Nix reads a minus sign apart from its digits, and the digits of -2^63 alone are beyond its range.
 */
export function intText(value: number | bigint): string {
  if (Number.isSafeInteger(value)) {
    return String(value);
  }
  const integer = BigInt(value);
  return integer === -(2n ** 63n) ? "-9223372036854775807 - 1" : String(integer);
}

/** Nix refuses subnormal literals, and reads `-0.0` as a difference, which is 0.0. */
export function hasFloatLiteral(value: number): boolean {
  return value === 0 ? !Object.is(value, -0) : Math.abs(value) >= 2 ** -1022;
}

/** The shortest digits that read back as `value`, with the point that makes a float in Nix. */
export function floatText(value: number): string {
  const text = String(value).replace("+", "");
  if (text.includes(".")) {
    return text;
  }
  return text.includes("e") ? text.replace("e", ".0e") : `${text}.0`;
}

export function isPathLiteral(path: string): boolean {
  return /^(\/|(\/[\w.+-]+)+|[\w.+-]+(\/[\w.+-]+)*)$/.test(path);
}

export function pathText(path: string): string {
  if (path === "/") {
    return "/.";
  }
  if (path === "..") {
    return "../.";
  }
  return /^\.{0,2}\//.test(path) ? path : `./${path}`;
}

export function attrPath(names: readonly string[]): string {
  // Every member has one: a list of the names in quotes would be most of the work.
  return names.reduce((path, name) => (path === "" ? "" : `${path}.`) + attrName(name), "");
}

export function attrName(name: string): string {
  return /^[a-zA-Z_][a-zA-Z0-9_'-]*$/.test(name) && !isKeyword(name) ? name : quote(name);
}

function isKeyword(name: string): boolean {
  switch (name) {
    case "assert":
    case "else":
    case "if":
    case "in":
    case "inherit":
    case "let":
    case "or":
    case "rec":
    case "then":
    case "with":
      return true;
    default:
      return false;
  }
}

export function quote(text: string): string {
  return `"${escapeText(text)}"`;
}

/** A string with code in it, given as it is written. A `$` before it would keep it a text. */
export function quoteParts(parts: readonly { readonly text: string; readonly isCode: boolean }[]) {
  const written = parts.map(({ text, isCode }, index) =>
    isCode
      ? `\${${text}}`
      : escapeText(text).replace(/\$$/, parts[index + 1]?.isCode ? "\\$" : "$"),
  );
  return `"${written.join("")}"`;
}

function escapeText(text: string): string {
  return /["\\\n\r\t]|\$\{/.test(text) ? text.replace(/["\\\n\r\t]|\$\{/g, escape) : text;
}

function escape(special: string): string {
  switch (special) {
    case "\n":
      return "\\n";
    case "\r":
      return "\\r";
    case "\t":
      return "\\t";
    default:
      return `\\${special}`;
  }
}
