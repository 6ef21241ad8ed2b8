/**
 * Nix as text, laid out so that the official formatter (nixfmt, RFC 166) leaves
 * it alone. What fits on a line stands on one line, but for sets, lists of
 * several items and texts of several lines; its indentation does not count.
 */
import { longestOutput } from "../model/options.js";
import { Lines } from "../text/line-buffer.js";
import type {
  NixAdd,
  NixAttrs,
  NixBinding,
  NixCall,
  NixCode,
  NixExpr,
  NixFile,
  NixFormal,
  NixFunction,
  NixIdentifier,
  NixLet,
  NixList,
  NixRaw,
  NixString,
} from "./ast.js";
import { add, call, identifier, path, select, string } from "./ast.js";

const WIDTH = 100;
const STEP = "  ";

/**
 * The text of a file, with one final newline, in time linear in its length; more than `most` UTF-16
 * units make it throw `TextTooLong`.
 */
export function print(file: NixFile | NixExpr, most: number = longestOutput): string {
  const { comments, body } = "kind" in file ? { comments: [], body: file } : file;
  const lines = new Lines(most);
  for (const comment of comments) {
    writeComment(lines, comment);
  }
  write(lines, body, "", "");
  return lines.text();
}

/** To Nix, a lone `\r` ends a comment as well. */
function writeComment(lines: Lines, comment: string): void {
  for (const line of comment.split(/\r\n?|\n/)) {
    lines.push(`# ${line}`.trimEnd());
  }
}

/** Writes an expression from the start of a line, and `after` behind it. */
function write(lines: Lines, expr: NixExpr, indent: string, after: string): void {
  const text = inline(expr, WIDTH - after.length);
  if (text !== undefined) {
    return lines.push(indent + text + after);
  }
  const long = lower(expr);
  switch (long.kind) {
    case "add":
      return writeAdd(lines, long, indent, after);
    case "call":
      return writeCall(lines, long, indent, after);
    case "let":
      return writeLet(lines, long, indent, after);
    case "function":
      return writeFunction(lines, long, indent, after);
    case "code":
      return writeCode(lines, long, indent, after);
    default:
      return writeTerm(lines, long, indent, "", after);
  }
}

function writeAdd(lines: Lines, { left, right }: NixAdd, indent: string, after: string): void {
  writeTerm(lines, left, indent, "", "");
  writeTerm(lines, right, indent, "+ ", after);
}

function writeCall(lines: Lines, expr: NixCall, indent: string, after: string): void {
  if (isSimple(expr) || argumentFits(expr, "")) {
    writeCallBeside(lines, expr, indent, "", after);
  } else {
    writeCallApart(lines, expr, indent, after);
  }
}

/** Writes a call whose argument starts beside the function. */
function writeCallBeside(
  lines: Lines,
  { callee, argument }: NixCall,
  indent: string,
  before: string,
  after: string,
): void {
  writeArgument(lines, argument, indent, `${before}${inline(callee, Infinity)!} `, after);
}

/** Writes a call whose argument starts below the function. */
function writeCallApart(
  lines: Lines,
  { callee, argument }: NixCall,
  indent: string,
  after: string,
): void {
  lines.push(indent + inline(callee, Infinity)!);
  writeArgument(lines, argument, indent + STEP, "", after);
}

/** Writes an argument; one such as `(f [ … ])` has its bracket on the first line. */
function writeArgument(
  lines: Lines,
  expr: NixExpr,
  indent: string,
  before: string,
  after: string,
): void {
  if (opensInCall(expr)) {
    writeTerm(lines, expr.argument, indent, `${before}(${expr.callee.name} `, `)${after}`);
  } else {
    writeTerm(lines, expr, indent, before, after);
  }
}

function writeLet(lines: Lines, { bindings, body }: NixLet, indent: string, after: string): void {
  lines.push(`${indent}let`);
  for (const binding of bindings) {
    writeBinding(lines, binding, indent + STEP);
  }
  lines.push(`${indent}in`);
  write(lines, body, indent, after);
}

function writeFunction(
  lines: Lines,
  { formals, body }: NixFunction,
  indent: string,
  after: string,
): void {
  const text = `{ ${[...formals.map(({ name }) => name), "..."].join(", ")} }:`;
  if (
    formals.length <= 2 &&
    formals.every(({ fallback }) => fallback === undefined) &&
    text.length <= WIDTH
  ) {
    lines.push(indent + text);
  } else {
    lines.push(`${indent}{`);
    for (const formal of formals) {
      writeFormal(lines, formal, indent + STEP);
    }
    lines.push(`${indent}${STEP}...`);
    lines.push(`${indent}}:`);
  }
  write(lines, body, indent, after);
}

function writeFormal(lines: Lines, { name, fallback }: NixFormal, indent: string): void {
  if (fallback === undefined) {
    lines.push(`${indent}${name},`);
  } else {
    writeValue(lines, fallback, indent, `${name} ?`, ",", true);
  }
}

function writeCode(lines: Lines, { lines: code }: NixCode, indent: string, after: string): void {
  code.forEach((line, index) =>
    lines.push(indent + line + (index === code.length - 1 ? after : "")),
  );
}

function writeBinding(lines: Lines, { name, value }: NixBinding, indent: string): void {
  const isShort = typeof name === "string" || name.length <= 4;
  const text = typeof name === "string" ? attrName(name) : attrPath(name);
  writeValue(lines, value, indent, `${text} =`, ";", isShort && !text.includes('"'));
}

/**
 * Writes `head`, a value and `after`. A value too long for one line starts on
 * the line of its head if it is of a kind that may, and if it is `sticky` or
 * its opening fits there; else on the next line.
 */
function writeValue(
  lines: Lines,
  expr: NixExpr,
  indent: string,
  head: string,
  after: string,
  sticky: boolean,
): void {
  const text = isBlock(expr) ? undefined : inline(expr, WIDTH - width(head) - 1 - after.length);
  if (text !== undefined) {
    return lines.push(`${indent}${head} ${text}${after}`);
  }
  const value = lower(expr);
  if (startsBeside(value, head, sticky)) {
    return writeBeside(lines, value, indent, `${head} `, after);
  }
  lines.push(indent + head);
  if (isBlock(value)) {
    return writeBlock(lines, value, indent + STEP, "", after);
  }
  // To the formatter, a call that breaks off its head is broken everywhere, even if it would fit
  // now.
  const isBroken = value.kind === "call" && !isSimple(value) && (sticky || width(head) <= WIDTH);
  if (isBroken) {
    writeCallApart(lines, value, indent + STEP, after);
  } else {
    write(lines, value, indent + STEP, after);
  }
}

function startsBeside(value: NixExpr, head: string, sticky: boolean): boolean {
  switch (value.kind) {
    case "string":
      return sticky || (isBlock(value) && width(head) + 3 <= WIDTH);
    case "path":
      return sticky;
    case "call":
      return (sticky && isSimple(value)) || argumentFits(value, `${head} `);
    default:
      return opens(value) && (sticky || width(head) + 2 <= WIDTH);
  }
}

function writeBeside(
  lines: Lines,
  value: NixExpr,
  indent: string,
  before: string,
  after: string,
): void {
  if (isBlock(value)) {
    writeBlock(lines, value, indent, before, after);
  } else if (value.kind === "call") {
    writeCallBeside(lines, value, indent, before, after);
  } else {
    writeTerm(lines, value, indent, before, after);
  }
}

/** Writes a term, in parentheses with lines of their own where it needs them. */
function writeTerm(
  lines: Lines,
  expr: NixExpr,
  indent: string,
  before: string,
  after: string,
): void {
  const text = inlineTerm(expr, WIDTH - width(before) - after.length);
  if (text !== undefined) {
    return lines.push(indent + before + text + after);
  }
  if (needsParens(expr)) {
    lines.push(`${indent}${before}(`);
    write(lines, expr, indent + STEP, "");
    return lines.push(`${indent})${after}`);
  }
  if (expr.kind === "list" && expr.items.length > 0) {
    return writeList(lines, expr, indent, before, after);
  }
  if (expr.kind === "attrs" && expr.bindings.length > 0) {
    return writeAttrs(lines, expr, indent, before, after);
  }
  if (expr.kind === "raw") {
    return writeRaw(lines, expr, indent, before, after);
  }
  lines.push(indent + before + inline(expr, Infinity)! + after);
}

function writeList(
  lines: Lines,
  { items }: NixList,
  indent: string,
  before: string,
  after: string,
): void {
  lines.push(`${indent}${before}[`);
  for (const item of items) {
    writeItem(lines, item, indent + STEP);
  }
  lines.push(`${indent}]${after}`);
}

function writeItem(lines: Lines, expr: NixExpr, indent: string): void {
  const item = lower(expr);
  if (isBlock(item)) {
    writeBlock(lines, item, indent, "", "");
  } else if (item.kind === "call" && inlineTerm(item, WIDTH) === undefined) {
    writeCallItem(lines, item, indent);
  } else {
    writeTerm(lines, item, indent, "", "");
  }
}

function writeCallItem(lines: Lines, expr: NixCall, indent: string): void {
  if (isSimple(expr) || argumentFits(expr, "(")) {
    return writeCallBeside(lines, expr, indent, "(", ")");
  }
  const callee = inline(expr.callee, Infinity)!;
  if (width(callee) < WIDTH) {
    lines.push(`${indent}(${callee}`);
  } else {
    lines.push(`${indent}(`);
    lines.push(indent + STEP + callee);
  }
  writeArgument(lines, expr.argument, indent + STEP, "", "");
  lines.push(`${indent})`);
}

function writeAttrs(
  lines: Lines,
  { bindings }: NixAttrs,
  indent: string,
  before: string,
  after: string,
): void {
  lines.push(`${indent}${before}{`);
  for (const binding of bindings) {
    writeBinding(lines, binding, indent + STEP);
  }
  lines.push(`${indent}}${after}`);
}

function writeRaw(
  lines: Lines,
  { code }: NixRaw,
  indent: string,
  before: string,
  after: string,
): void {
  lines.push(`${indent}${before}(`);
  lines.push(code);
  lines.push(`${indent})${after}`);
}

function writeBlock(
  lines: Lines,
  { value }: NixString,
  indent: string,
  before: string,
  after: string,
): void {
  const rows = value.replaceAll("${", "''${").split("\n");
  const last = rows.pop()!;
  lines.push(`${indent}${before}''`);
  for (const row of rows) {
    lines.push(row === "" ? "" : indent + STEP + row);
  }
  lines.push(last === "" ? `${indent}''${after}` : `${indent}${STEP}${last}''${after}`);
}

/**
 * Whether a string is a text of several lines that can stand between `''`
 * with nothing but `${` to escape. Its first line is not indented, so that Nix
 * strips the indentation that is added and no more.
 */
function isBlock(expr: NixExpr): expr is NixString {
  if (expr.kind !== "string" || !/\n.*\n/s.test(expr.value)) {
    return false;
  }
  const strayWhiteSpace = /^\s|\n[^\S \n]|[^\S\n](\n|$)/;
  const otherEscapes = /''|'\$\{|\$\$\{|[$']$/;
  const controlCharacter = /[^\n -~\u00a0-\uffff]/;
  return (
    !strayWhiteSpace.test(expr.value) &&
    !otherEscapes.test(expr.value) &&
    !controlCharacter.test(expr.value)
  );
}

/** Whether the printed expression ends its first line with a bracket. */
function opens(expr: NixExpr): boolean {
  switch (expr.kind) {
    case "list":
      return expr.items.length > 0;
    case "attrs":
      return expr.bindings.length > 0;
    default:
      return expr.kind === "raw";
  }
}

function opensInCall(expr: NixExpr): expr is NixCall & { callee: NixIdentifier } {
  return expr.kind === "call" && expr.callee.kind === "identifier" && opens(expr.argument);
}

/**
 * Whether the argument of a call can spread over lines, and the first of them fits behind `before`
 * and the function.
 */
function argumentFits({ callee, argument }: NixCall, before: string): boolean {
  if (!opens(argument) && !needsParens(argument)) {
    return false;
  }
  const opening = opensInCall(argument) ? `(${argument.callee.name} [` : "(";
  return width(`${before}${inline(callee, Infinity)!} ${opening}`) <= WIDTH;
}

/**
 * Terms that the formatter never breaks, and calls of such on such, which it breaks only inside of
 * parentheses.
 */
function isSimple(expr: NixExpr): boolean {
  switch (expr.kind) {
    case "null":
    case "bool":
    case "string":
    case "identifier":
      return true;
    case "int":
      return expr.value >= 0;
    case "float":
      return expr.value >= 0 || !hasFloatLiteral(expr.value);
    case "path":
      return isPathLiteral(expr.path);
    case "select":
      return !attrPath(expr.names).includes('"');
    case "call":
      return isSimple(expr.callee) && isSimple(expr.argument);
    default:
      return false;
  }
}

/** The expression on one line of at most `room` columns, if it has that form. */
function inline(expr: NixExpr, room: number): string | undefined {
  switch (expr.kind) {
    case "null":
      return fit("null", room);
    case "bool":
      return fit(expr.value ? "true" : "false", room);
    case "int":
      return fit(intText(expr.value), room);
    case "float":
      return hasFloatLiteral(expr.value)
        ? fit(floatText(expr.value), room)
        : inline(lower(expr), room);
    case "string":
      return expr.value.length > 2 * room ? undefined : fit(quote(expr.value), room);
    case "path":
      return isPathLiteral(expr.path) ? fit(pathText(expr.path), room) : inline(lower(expr), room);
    case "list":
      if (expr.items.length === 0) {
        return fit("[ ]", room);
      }
      if (expr.items.length > 1 || isBlock(expr.items[0]!)) {
        return undefined;
      }
      return around("[ ", inlineTerm(expr.items[0]!, room - 4), " ]");
    case "attrs":
      return expr.bindings.length === 0 ? fit("{ }", room) : undefined;
    case "identifier":
      return fit(expr.name, room);
    case "select":
      return fit(`${expr.base.name}.${attrPath(expr.names)}`, room);
    case "call":
      return inlinePair(expr.callee, " ", expr.argument, room);
    case "add":
      return inlinePair(expr.left, " + ", expr.right, room);
    case "let":
    case "function":
    case "raw":
    case "code":
      return undefined;
  }
}

function inlineTerm(expr: NixExpr, room: number): string | undefined {
  return needsParens(expr) ? around("(", inline(expr, room - 2), ")") : inline(expr, room);
}

function inlinePair(
  left: NixExpr,
  separator: string,
  right: NixExpr,
  room: number,
): string | undefined {
  const first = inlineTerm(left, room);
  return first === undefined
    ? undefined
    : around(first + separator, inlineTerm(right, room - width(first + separator)), "");
}

function around(before: string, text: string | undefined, after: string): string | undefined {
  return text === undefined ? undefined : before + text + after;
}

function fit(text: string, room: number): string | undefined {
  return text.length <= room || width(text) <= room ? text : undefined;
}

/** Code points, as the formatter counts. */
function width(text: string): number {
  let surrogates = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit >= 0xdc00 && unit <= 0xdfff) {
      surrogates++;
    }
  }
  return text.length - surrogates;
}

/**
 * Whether an expression is more than one term, so that it needs parentheses in a list and as an
 * argument.
 */
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
    case "code":
      return true;
    default:
      return false;
  }
}

/** What Nix has no literal for, as an expression of the same value; anything else as it is. */
function lower(expr: NixExpr): NixExpr {
  if (expr.kind === "float" && !hasFloatLiteral(expr.value)) {
    return call(
      select(identifier("builtins"), "fromJSON"),
      string(Object.is(expr.value, -0) ? "-0.0" : String(expr.value)),
    );
  }
  if (expr.kind === "path" && !isPathLiteral(expr.path)) {
    return expr.path.startsWith("/")
      ? add(path("/"), string(expr.path))
      : add(path("."), string(`/${expr.path}`));
  }
  return expr;
}

/**
 * Nix reads a minus sign apart from its digits, and the digits of -2^63 alone are beyond its range.
 */
function intText(value: number | bigint): string {
  if (Number.isSafeInteger(value)) {
    return String(value);
  }
  const integer = BigInt(value);
  return integer === -(2n ** 63n) ? "-9223372036854775807 - 1" : String(integer);
}

/** Nix refuses subnormal literals, and reads `-0.0` as a difference, which is 0.0. */
function hasFloatLiteral(value: number): boolean {
  return value === 0 ? !Object.is(value, -0) : Math.abs(value) >= 2 ** -1022;
}

/** The shortest digits that read back as `value`, with the point that makes a float in Nix. */
function floatText(value: number): string {
  const text = String(value).replace("+", "");
  if (text.includes(".")) {
    return text;
  }
  return text.includes("e") ? text.replace("e", ".0e") : `${text}.0`;
}

function isPathLiteral(path: string): boolean {
  return /^(\/|(\/[\w.+-]+)+|[\w.+-]+(\/[\w.+-]+)*)$/.test(path);
}

function pathText(path: string): string {
  if (path === "/") {
    return "/.";
  }
  if (path === "..") {
    return "../.";
  }
  return /^\.{0,2}\//.test(path) ? path : `./${path}`;
}

function attrPath(names: readonly string[]): string {
  return names.map(attrName).join(".");
}

function attrName(name: string): string {
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

function quote(text: string): string {
  return /["\\\n\r\t]|\$\{/.test(text)
    ? `"${text.replace(/["\\\n\r\t]|\$\{/g, escape)}"`
    : `"${text}"`;
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
