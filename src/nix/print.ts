/**
 * Nix as text, laid out as the official formatter (nixfmt, RFC 166) leaves it
 * alone. Its width of 100 columns does not count the indentation of a line.
 */
import { add, call, identifier, path, select, string } from "./ast.js";
import type { NixAdd, NixBinding, NixCall, NixExpr, NixFile, NixFormal, NixFunction, NixLet } from "./ast.js";

const WIDTH = 100;
const STEP = "  ";

/** The text of a file, with one final newline; in time linear in its length. */
export function print(file: NixFile | NixExpr): string {
  const { comments, body } = "kind" in file ? { comments: [], body: file } : file;
  const lines: string[] = [];
  for (const comment of comments) writeComment(lines, comment);
  write(lines, body, "", "", "");
  lines.push("");
  return lines.join("\n");
}

/** A `\r` ends a comment for Nix as a `\n` does. */
function writeComment(lines: string[], comment: string): void {
  for (const line of comment.split(/\r\n?|\n/)) lines.push(`# ${line}`.trimEnd());
}

/** Writes `before`, the expression and `after`; what follows its first line is indented by `indent`. */
function write(lines: string[], expr: NixExpr, indent: string, before: string, after: string): void {
  const text = inline(expr, WIDTH - width(before) - after.length);
  if (text !== undefined) lines.push(indent + before + text + after);
  else writeExpanded(lines, lower(expr), indent, before, after);
}

function writeExpanded(lines: string[], expr: NixExpr, indent: string, before: string, after: string): void {
  switch (expr.kind) {
    case "list":
      if (expr.items.length === 0) break;
      lines.push(`${indent}${before}[`);
      for (const item of expr.items) writeTerm(lines, item, indent + STEP, "", "");
      lines.push(`${indent}]${after}`);
      return;
    case "attrs":
      if (expr.bindings.length === 0) break;
      lines.push(`${indent}${before}{`);
      for (const binding of expr.bindings) writeBinding(lines, binding, indent + STEP);
      lines.push(`${indent}}${after}`);
      return;
    case "raw":
      lines.push(`${indent}${before}(`, expr.code, `${indent})${after}`);
      return;
    case "call":
      return writeCall(lines, expr, indent, before, after);
    case "add":
      return writeAdd(lines, expr, indent, before, after);
    case "let":
      return writeLet(lines, expr, indent, before, after);
    case "function":
      return writeFunction(lines, expr, indent, before, after);
  }
  lines.push(indent + before + inline(expr, Infinity)! + after);
}

function writeTerm(lines: string[], expr: NixExpr, indent: string, before: string, after: string): void {
  if (!needsParens(expr)) return write(lines, expr, indent, before, after);
  const text = inline(expr, WIDTH - width(before) - 2 - after.length);
  if (text !== undefined) {
    lines.push(`${indent}${before}(${text})${after}`);
    return;
  }
  lines.push(`${indent}${before}(`);
  write(lines, expr, indent + STEP, "", "");
  lines.push(`${indent})${after}`);
}

function writeBinding(lines: string[], { name, value }: NixBinding, indent: string): void {
  const plain = name.length <= 4 && name.every(isPlainName);
  writeValue(lines, value, indent, `${attrPath(name)} =`, ";", plain);
}

/** Writes what stands after a `=` or `?`. A `sticky` value starts on the same line if it is of a kind that may. */
function writeValue(lines: string[], expr: NixExpr, indent: string, head: string, after: string, sticky: boolean): void {
  if (sticky && expr.kind === "string") {
    lines.push(`${indent}${head} ${quote(expr.value)}${after}`);
    return;
  }
  const room = WIDTH - width(head) - 1;
  const text = inline(expr, room - after.length);
  if (text !== undefined) lines.push(`${indent}${head} ${text}${after}`);
  else if (startsOnLine(expr, room, sticky)) writeExpanded(lines, lower(expr), indent, `${head} `, after);
  else {
    lines.push(indent + head);
    write(lines, expr, indent + STEP, "", after);
  }
}

function startsOnLine(expr: NixExpr, room: number, sticky: boolean): boolean {
  switch (expr.kind) {
    case "string":
    case "path":
      return sticky && lower(expr) === expr;
    case "list":
      return expr.items.length > 0 && (sticky || room > 0);
    case "attrs":
      return expr.bindings.length > 0 && (sticky || room > 0);
    case "raw":
      return sticky || room > 0;
    case "call":
      return inline({ ...expr, arguments: expr.arguments.slice(0, -1) }, room - 2) !== undefined;
    default:
      return false;
  }
}

function writeCall(lines: string[], { callee, arguments: args }: NixCall, indent: string, before: string, after: string): void {
  let head = before + inlineTerm(callee, Infinity)!;
  for (const argument of args.slice(0, -1)) head += ` ${inlineTerm(argument, Infinity)!}`;
  writeTerm(lines, args.at(-1)!, indent, `${head} `, after);
}

function writeAdd(lines: string[], expr: NixAdd, indent: string, before: string, after: string): void {
  if (expr.left.kind === "add") writeAdd(lines, expr.left, indent, before, "");
  else writeTerm(lines, expr.left, indent, before, "");
  writeTerm(lines, expr.right, indent, "+ ", after);
}

function writeLet(lines: string[], { bindings, body }: NixLet, indent: string, before: string, after: string): void {
  lines.push(`${indent}${before}let`);
  for (const binding of bindings) writeBinding(lines, binding, indent + STEP);
  lines.push(`${indent}in`);
  write(lines, body, indent, "", after);
}

function writeFunction(lines: string[], { formals, body }: NixFunction, indent: string, before: string, after: string): void {
  if (formals.length <= 2 && formals.every(({ fallback }) => fallback === undefined)) {
    lines.push(`${indent}${before}{ ${[...formals.map(({ name }) => name), "..."].join(", ")} }:`);
  } else {
    lines.push(`${indent}${before}{`);
    for (const formal of formals) writeFormal(lines, formal, indent + STEP);
    lines.push(`${indent}${STEP}...`, `${indent}}:`);
  }
  write(lines, body, indent, "", after);
}

function writeFormal(lines: string[], { name, fallback }: NixFormal, indent: string): void {
  if (fallback === undefined) lines.push(`${indent}${name},`);
  else writeValue(lines, fallback, indent, `${name} ?`, ",", true);
}

/** The expression on one line of at most `room` columns, if it has such a form. */
function inline(expr: NixExpr, room: number): string | undefined {
  if (room <= 0) return undefined;
  switch (expr.kind) {
    case "null":
      return fit("null", room);
    case "bool":
      return fit(String(expr.value), room);
    case "int":
      return fit(intText(expr.value), room);
    case "float":
      return hasFloatLiteral(expr.value) ? fit(floatText(expr.value), room) : inline(lower(expr), room);
    case "string":
      return expr.value.length > 2 * room ? undefined : fit(quote(expr.value), room);
    case "path":
      return isPathLiteral(expr.path) ? fit(pathText(expr.path), room) : inline(lower(expr), room);
    case "identifier":
      return fit(expr.name, room);
    case "list":
      if (expr.items.length === 0) return fit("[ ]", room);
      return expr.items.length === 1 ? around("[ ", inlineTerm(expr.items[0]!, room - 4), " ]") : undefined;
    case "attrs":
      return expr.bindings.length === 0 ? fit("{ }", room) : undefined;
    case "select": {
      const names = `.${attrPath(expr.names)}`;
      return around("", inlineTerm(expr.base, room - width(names)), names);
    }
    case "call":
      return inlineWords([expr.callee, ...expr.arguments], " ", room);
    case "add":
      return inlineAdd(expr, room);
    case "raw":
    case "let":
    case "function":
      return undefined;
  }
}

function inlineTerm(expr: NixExpr, room: number): string | undefined {
  return needsParens(expr) ? around("(", inline(expr, room - 2), ")") : inline(expr, room);
}

function inlineAdd({ left, right }: NixAdd, room: number): string | undefined {
  const first = left.kind === "add" ? inlineAdd(left, room - 3) : inlineTerm(left, room - 3);
  return first === undefined ? undefined : around(`${first} + `, inlineTerm(right, room - width(first) - 3), "");
}

function inlineWords(terms: readonly NixExpr[], separator: string, room: number): string | undefined {
  let text = "";
  for (const term of terms) {
    const word = inlineTerm(term, room);
    if (word === undefined) return undefined;
    text += text === "" ? word : separator + word;
    room -= width(word) + separator.length;
  }
  return text;
}

function around(before: string, text: string | undefined, after: string): string | undefined {
  return text === undefined ? undefined : before + text + after;
}

function fit(text: string, room: number): string | undefined {
  return width(text) <= room ? text : undefined;
}

/** Characters, as nixfmt counts: code points. */
function width(text: string): number {
  let count = text.length;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit >= 0xd800 && unit < 0xdc00) count--;
  }
  return count;
}

/** What Nix has no literal for as an expression that has the same value. */
function lower(expr: NixExpr): NixExpr {
  if (expr.kind === "float" && !hasFloatLiteral(expr.value)) {
    return call(select(identifier("builtins"), "fromJSON"), string(jsonText(expr.value)));
  }
  if (expr.kind === "path" && !isPathLiteral(expr.path)) {
    return expr.path.startsWith("/") ? add(path("/."), string(expr.path)) : add(path("."), string(`/${expr.path}`));
  }
  return expr;
}

/** Whether an expression is more than one term, so that it needs parentheses in lists and as an argument. */
function needsParens(expr: NixExpr): boolean {
  switch (expr.kind) {
    case "int":
      return expr.value < 0;
    case "float":
      return expr.value < 0 || !hasFloatLiteral(expr.value);
    case "path":
      return !isPathLiteral(expr.path);
    case "call":
    case "add":
    case "let":
    case "function":
      return true;
    default:
      return false;
  }
}

/** -2^63 is written as a difference, because its digits alone are beyond the range. */
function intText(value: number | bigint): string {
  return value === -(2n ** 63n) ? `${value + 1n} - 1` : String(value);
}

function hasFloatLiteral(value: number): boolean {
  return value === 0 ? !Object.is(value, -0) : Math.abs(value) >= 2.2250738585072014e-308;
}

function jsonText(value: number): string {
  return Object.is(value, -0) ? "-0.0" : String(value);
}

/** The shortest digits that read back as `value`; Nix wants a point before the exponent. */
function floatText(value: number): string {
  const text = String(value).replace("+", "");
  if (text.includes(".")) return text;
  return text.includes("e") ? text.replace("e", ".0e") : `${text}.0`;
}

function isPathLiteral(path: string): boolean {
  return /^(\/\.?|(\/[\w.+-]+)+|\.|\.\.?(\/[\w.+-]+)*|[\w.+-]+(\/[\w.+-]+)*)$/.test(path);
}

function pathText(path: string): string {
  if (path === "/") return "/.";
  if (path === "." || path === "..") return `${path === "." ? "." : ".."}/.`;
  return /^\.{0,2}\//.test(path) ? path : `./${path}`;
}

function attrPath(names: readonly string[]): string {
  return names.length === 1 ? attrName(names[0]!) : names.map(attrName).join(".");
}

function attrName(name: string): string {
  return isPlainName(name) ? name : quote(name);
}

function isPlainName(name: string): boolean {
  return /^[a-zA-Z_][a-zA-Z0-9_'-]*$/.test(name) && !isKeyword(name);
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

function quote(text: string): string {
  return /["\\\n\r\t]|\$\{/.test(text) ? `"${text.replace(/["\\\n\r\t]|\$\{/g, escape)}"` : `"${text}"`;
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
