/**
 * Nix as text, laid out so that the official formatter (nixfmt, RFC 166) leaves
 * it alone. What fits on a line stands on one line, but for sets, lists of
 * several items and text of several lines. The width does not count indentation.
 */
import { add, call, identifier, path, select, string } from "./ast.js";
import type { NixAdd, NixBinding, NixCall, NixExpr, NixFile, NixFormal, NixFunction, NixLet } from "./ast.js";

const WIDTH = 100;
const STEP = "  ";

/** The text of a file, with one final newline, in time linear in its length. */
export function print(file: NixFile | NixExpr): string {
  const { comments, body } = "kind" in file ? { comments: [], body: file } : file;
  const lines: string[] = [];
  for (const comment of comments) writeComment(lines, comment);
  write(lines, body, "", "");
  lines.push("");
  return lines.join("\n");
}

/** To Nix, a lone `\r` ends a comment as well. */
function writeComment(lines: string[], comment: string): void {
  for (const line of comment.split(/\r\n?|\n/)) lines.push(`# ${line}`.trimEnd());
}

/** Writes an expression from the start of a line, and `after` behind it. */
function write(lines: string[], expr: NixExpr, indent: string, after: string): void {
  const text = inline(expr, WIDTH - after.length);
  if (text !== undefined) lines.push(indent + text + after);
  else writeLong(lines, lower(expr), indent, after);
}

function writeLong(lines: string[], expr: NixExpr, indent: string, after: string): void {
  switch (expr.kind) {
    case "add":
      return writeAdd(lines, expr, indent, after);
    case "call":
      if (!writeSpread(lines, expr, indent, "", after, true)) writeStaggered(lines, expr, indent, "", after);
      return;
    case "let":
      return writeLet(lines, expr, indent, after);
    case "function":
      return writeFunction(lines, expr, indent, after);
    case "code":
      expr.lines.forEach((line, index) => lines.push(indent + line + (index === expr.lines.length - 1 ? after : "")));
      return;
    default:
      return writeTerm(lines, expr, indent, "", after);
  }
}

function writeAdd(lines: string[], { left, right }: NixAdd, indent: string, after: string): void {
  if (left.kind === "add") writeAdd(lines, left, indent, "");
  else if (left.kind === "call") write(lines, left, indent, "");
  else writeTerm(lines, left, indent, "", "");
  if (right.kind === "call") writeValue(lines, right, indent, "+", after, true);
  else writeTerm(lines, right, indent, "+ ", after);
}

function writeLet(lines: string[], { bindings, body }: NixLet, indent: string, after: string): void {
  lines.push(`${indent}let`);
  for (const binding of bindings) writeBinding(lines, binding, indent + STEP);
  lines.push(`${indent}in`);
  write(lines, body, indent, after);
}

function writeFunction(lines: string[], { formals, body }: NixFunction, indent: string, after: string): void {
  const text = `{ ${[...formals.map(({ name }) => name), "..."].join(", ")} }:`;
  if (text.length <= WIDTH && formals.length <= 2 && formals.every(({ fallback }) => fallback === undefined)) {
    lines.push(indent + text);
  } else {
    lines.push(`${indent}{`);
    for (const formal of formals) writeFormal(lines, formal, indent + STEP);
    lines.push(`${indent}${STEP}...`, `${indent}}:`);
  }
  write(lines, body, indent, after);
}

function writeFormal(lines: string[], { name, fallback }: NixFormal, indent: string): void {
  if (fallback === undefined) lines.push(`${indent}${name},`);
  else writeValue(lines, fallback, indent, `${name} ?`, ",", true);
}

function writeBinding(lines: string[], { name, value }: NixBinding, indent: string): void {
  const text = attrPath(name);
  writeValue(lines, value, indent, `${text} =`, ";", name.length <= 4 && !text.includes('"'));
}

/**
 * Writes `head`, a value and `after`. A value that opens with a bracket or a
 * quote stays beside its head: always where `sticky`, else where that fits.
 */
function writeValue(lines: string[], expr: NixExpr, indent: string, head: string, after: string, sticky: boolean): void {
  if (isBlock(expr)) {
    if (sticky || width(head) + 3 <= WIDTH) return writeBlock(lines, expr.value, indent, `${head} `, after);
  } else {
    const text = inline(expr, WIDTH - width(head) - 1 - after.length);
    if (text !== undefined) {
      lines.push(`${indent}${head} ${text}${after}`);
      return;
    }
  }
  const value = lower(expr);
  if (sticky ? staysBeside(value) : opens(value) && width(head) + 2 <= WIDTH) {
    return writeTerm(lines, value, indent, `${head} `, after);
  }
  if (value.kind === "call" && writeSpread(lines, value, indent, `${head} `, after, sticky)) return;
  lines.push(indent + head);
  if (value.kind === "call" && !isSimple(value) && (sticky || width(head) <= WIDTH)) writeStaggered(lines, value, indent + STEP, "", after);
  else writeItem(lines, value, indent + STEP, after);
}

/** Writes a value that has lines to itself: an item of a list, or what follows a head on the next line. */
function writeItem(lines: string[], expr: NixExpr, indent: string, after: string): void {
  if (isBlock(expr)) writeBlock(lines, expr.value, indent, "", after);
  else write(lines, expr, indent, after);
}

/** Writes a term; anything else gets parentheses, inside which a call opens on the first line. */
function writeTerm(lines: string[], expr: NixExpr, indent: string, before: string, after: string): void {
  const text = inlineTerm(expr, WIDTH - width(before) - after.length);
  if (text !== undefined) lines.push(indent + before + text + after);
  else if (needsParens(expr)) writeParens(lines, lower(expr), indent, before, after);
  else writeOpen(lines, expr, indent, before, after);
}

function writeOpen(lines: string[], expr: NixExpr, indent: string, before: string, after: string): void {
  if (expr.kind === "list" && expr.items.length > 0) {
    lines.push(`${indent}${before}[`);
    for (const item of expr.items) {
      if (isBlock(item)) writeBlock(lines, item.value, indent + STEP, "", "");
      else writeTerm(lines, item, indent + STEP, "", "");
    }
    lines.push(`${indent}]${after}`);
  } else if (expr.kind === "attrs" && expr.bindings.length > 0) {
    lines.push(`${indent}${before}{`);
    for (const binding of expr.bindings) writeBinding(lines, binding, indent + STEP);
    lines.push(`${indent}}${after}`);
  } else if (expr.kind === "raw") {
    lines.push(`${indent}${before}(`, expr.code, `${indent})${after}`);
  } else {
    lines.push(indent + before + inline(expr, Infinity)! + after);
  }
}

function writeParens(lines: string[], expr: NixExpr, indent: string, before: string, after: string): void {
  if (expr.kind === "call") {
    if (writeSpread(lines, expr, indent, `${before}(`, `)${after}`, true)) return;
    writeStaggered(lines, expr, indent, `${before}(`, "");
  } else {
    lines.push(`${indent}${before}(`);
    write(lines, expr, indent + STEP, "");
  }
  lines.push(`${indent})${after}`);
}

/** Writes the last argument of a call, inside whose parentheses lines start anew. */
function writeLastArgument(lines: string[], expr: NixExpr, indent: string, before: string, after: string): void {
  const absorbed = absorbedCall(expr);
  if (absorbed !== undefined) {
    writeTerm(lines, absorbed.argument, indent, `${before}(${absorbed.name} `, `)${after}`);
    return;
  }
  const text = inlineTerm(expr, WIDTH - width(before) - after.length);
  if (text !== undefined || !needsParens(expr)) return writeTerm(lines, expr, indent, before, after);
  lines.push(`${indent}${before}(`);
  write(lines, expr, indent + STEP, "");
  lines.push(`${indent})${after}`);
}

/**
 * Writes a call on one line but for one argument that spreads over lines of its
 * own: the last that leaves room for the others. Says whether there is one.
 */
function writeSpread(lines: string[], expr: NixCall, indent: string, before: string, after: string, sticky: boolean): boolean {
  const { callee, arguments: args } = expr;
  const last = args.length - 1;
  const simple = isSimple(expr);
  if (simple && sticky) {
    writeLastArgument(lines, args[last]!, indent, `${before}${inlineWords([callee, ...args.slice(0, last)], Infinity)!} `, after);
    return true;
  }
  for (let at = last; at >= (simple ? last : 0); at--) {
    const argument = args[at]!;
    if (at === last ? !opens(argument) && !needsParens(argument) : !breaks(argument)) continue;
    const absorbed = at === last ? absorbedCall(argument) : undefined;
    const opening = absorbed === undefined ? 1 : absorbed.name.length + 3;
    const head = inlineWords([callee, ...args.slice(0, at)], WIDTH - width(before) - 1 - opening);
    if (head === undefined) continue;
    if (at === last) {
      writeLastArgument(lines, argument, indent, `${before}${head} `, after);
      return true;
    }
    const tail = inlineWords(args.slice(at + 1), WIDTH - 2 - after.length);
    if (tail === undefined) continue;
    writeTerm(lines, argument, indent, `${before}${head} `, ` ${tail}${after}`);
    return true;
  }
  return false;
}

/** Writes as many arguments of a call as fit beside the function, and each of the others on lines of its own. */
function writeStaggered(lines: string[], { callee, arguments: args }: NixCall, indent: string, before: string, after: string): void {
  const last = args.length - 1;
  let text = before + inline(callee, Infinity)!;
  let lead = indent;
  if (before !== "" && width(text) > WIDTH) {
    lines.push(indent + before);
    text = text.slice(before.length);
    lead += STEP;
  }
  let at = 0;
  for (; at < last; at++) {
    const word = inlineTerm(args[at]!, WIDTH - width(text) - 1);
    if (word === undefined) break;
    text += ` ${word}`;
  }
  lines.push(lead + text);
  for (; at < last; at++) writeTerm(lines, args[at]!, indent + STEP, "", "");
  writeLastArgument(lines, args[last]!, indent + STEP, "", after);
}

/** Whether an argument before the last can spread over lines. */
function breaks(expr: NixExpr): boolean {
  const call = lower(expr);
  if (call.kind === "call" && isSimple(call)) return breaksLast(call);
  return opens(expr) || needsParens(expr);
}

function breaksLast(call: NixCall): boolean {
  return needsParens(call.arguments.at(-1)!);
}

/** `f [ … ]` or `f { … }`, whose bracket stays beside the name even as an argument. */
function absorbedCall(expr: NixExpr): { name: string; argument: NixExpr } | undefined {
  if (expr.kind !== "call" || expr.callee.kind !== "identifier" || expr.arguments.length !== 1) return undefined;
  const argument = expr.arguments[0]!;
  return (argument.kind === "list" || argument.kind === "attrs") && opens(argument) ? { name: expr.callee.name, argument } : undefined;
}

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

function staysBeside(expr: NixExpr): boolean {
  return opens(expr) || expr.kind === "string" || expr.kind === "path";
}

/** Calls of one or two plain words, which the formatter never breaks but inside their last parentheses. */
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
      return expr.arguments.length <= 2 && isSimple(expr.callee) && expr.arguments.every(isSimple);
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
      return hasFloatLiteral(expr.value) ? fit(floatText(expr.value), room) : inline(lower(expr), room);
    case "string":
      return expr.value.length > 2 * room ? undefined : fit(quote(expr.value), room);
    case "path":
      return isPathLiteral(expr.path) ? fit(pathText(expr.path), room) : inline(lower(expr), room);
    case "list":
      if (expr.items.length === 0) return fit("[ ]", room);
      if (expr.items.length > 1 || isBlock(expr.items[0]!)) return undefined;
      return around("[ ", inlineTerm(expr.items[0]!, room - 4), " ]");
    case "attrs":
      return expr.bindings.length === 0 ? fit("{ }", room) : undefined;
    case "identifier":
      return fit(expr.name, room);
    case "select":
      return fit(`${expr.base.name}.${attrPath(expr.names)}`, room);
    case "call":
      return inlineWords([expr.callee, ...expr.arguments], room);
    case "add":
      return inlineAdd(expr, room);
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

function inlineWords(terms: readonly NixExpr[], room: number): string | undefined {
  let words = "";
  for (const term of terms) {
    const word = inlineTerm(term, room);
    if (word === undefined) return undefined;
    words += words === "" ? word : ` ${word}`;
    room -= width(word) + 1;
  }
  return words;
}

function inlineAdd({ left, right }: NixAdd, room: number): string | undefined {
  const first = left.kind === "add" || left.kind === "call" ? inline(left, room - 3) : inlineTerm(left, room - 3);
  if (first === undefined) return undefined;
  const rest = room - width(first) - 3;
  return around(`${first} + `, right.kind === "call" ? inline(right, rest) : inlineTerm(right, rest), "");
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
    if (unit >= 0xdc00 && unit <= 0xdfff) surrogates++;
  }
  return text.length - surrogates;
}

/** Whether an expression is more than one term, so that it needs parentheses in a list and as an argument. */
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
    return call(select(identifier("builtins"), "fromJSON"), string(Object.is(expr.value, -0) ? "-0.0" : String(expr.value)));
  }
  if (expr.kind === "path" && !isPathLiteral(expr.path)) {
    return expr.path.startsWith("/") ? add(path("/"), string(expr.path)) : add(path("."), string(`/${expr.path}`));
  }
  return expr;
}

/** Nix reads a minus sign apart from its digits, and the digits of -2^63 alone are beyond its range. */
function intText(value: number | bigint): string {
  return BigInt(value) === -(2n ** 63n) ? "-9223372036854775807 - 1" : String(value);
}

/** Nix refuses subnormal literals, and reads `-0.0` as a difference, which is 0.0. */
function hasFloatLiteral(value: number): boolean {
  return value === 0 ? !Object.is(value, -0) : Math.abs(value) >= 2 ** -1022;
}

/** The shortest digits that read back as `value`, with the point that makes a float in Nix. */
function floatText(value: number): string {
  const text = String(value).replace("+", "");
  if (text.includes(".")) return text;
  return text.includes("e") ? text.replace("e", ".0e") : `${text}.0`;
}

function isPathLiteral(path: string): boolean {
  return /^(\/|(\/[\w.+-]+)+|[\w.+-]+(\/[\w.+-]+)*)$/.test(path);
}

function pathText(path: string): string {
  if (path === "/" || path === "." || path === "..") return path === "." ? "./." : path === "/" ? "/." : "../.";
  return /^(\.\.?)?\//.test(path) ? path : `./${path}`;
}

function attrPath(names: readonly string[]): string {
  return names.length === 1 ? attrName(names[0]!) : names.map(attrName).join(".");
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

/**
 * Whether a string is a text of at least three lines, or two that both end,
 * that can stand between `''` with nothing but `${` to escape: no indentation
 * common to all lines, which Nix would strip, no space that is easily lost, no
 * other characters than visible ones.
 */
function isBlock(expr: NixExpr): expr is NixExpr & { kind: "string" } {
  if (expr.kind !== "string") return false;
  const text = expr.value;
  if (text.indexOf("\n", text.indexOf("\n") + 1) <= 0) return false;
  return !/^\s|[^\S\n](\n|$)|\n[^\S \n]|''|'\$\{|\$\$\{|[$']$|[^\n -~\u00a0-\uffff]/.test(text);
}

function writeBlock(lines: string[], text: string, indent: string, before: string, after: string): void {
  lines.push(`${indent}${before}''`);
  const rows = text.replaceAll("${", "''${").split("\n");
  const last = rows.pop()!;
  for (const row of rows) lines.push(row === "" ? "" : indent + STEP + row);
  lines.push(last === "" ? `${indent}''${after}` : `${indent}${STEP}${last}''${after}`);
}
