/**
 * Nix as text, laid out so that the official formatter (nixfmt, RFC 166) leaves
 * it alone. What fits on a line is on one line, except sets, lists of
 * several items and texts of several lines; its indentation does not count.
 */
import { longestOutput } from "../model/options.js";
import { Lines } from "../text/line-buffer.js";
import type {
  NixAdd,
  NixAttrs,
  NixBinding,
  NixCall,
  NixConcat,
  NixExpr,
  NixFile,
  NixFormal,
  NixFunction,
  NixLet,
  NixList,
} from "./ast.js";
import {
  argumentFits,
  inline,
  inlineOperand,
  inlineTerm,
  isBlock,
  isItems,
  isSimple,
  lower,
  needsParens,
  opensInCall,
  startsBeside,
  WIDTH,
  width,
} from "./inline.js";
import { attrName, attrPath } from "./literals.js";
import { STEP, writeBlock, writeCode, writeComment, writeRaw } from "./verbatim.js";

/**
 * The text of a file, with one final newline, in time linear in its length; more than `maxLength`
 * units make it throw `TextTooLong`.
 */
export function print(file: NixFile | NixExpr, maxLength: number = longestOutput): string {
  const { comments, body } = "kind" in file ? { comments: [], body: file } : file;
  const lines = new Lines(maxLength);
  for (const comment of comments) {
    writeComment(lines, comment);
  }
  write(lines, body, "", "");
  return lines.text();
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
    case "concat":
      return writeConcat(lines, long, indent, after);
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

function writeCallBeside(
  lines: Lines,
  { callee, argument }: NixCall,
  indent: string,
  before: string,
  after: string,
): void {
  writeArgument(lines, argument, indent, `${before}${inline(callee, Infinity)!} `, after);
}

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

/** Writes each operand of `++` on lines of its own; the first ones may be written already. */
function writeConcat(
  lines: Lines,
  { operands }: NixConcat,
  indent: string,
  after: string,
  start = 0,
): void {
  for (let index = start; index < operands.length; index++) {
    const operand = operands[index]!;
    const before = index === 0 ? "" : "++ ";
    const behind = index === operands.length - 1 ? after : "";
    if (operand.kind === "call") {
      writeCallBeside(lines, operand, indent, before, behind);
    } else {
      writeTerm(lines, operand, indent, before, behind);
    }
  }
}

/** A first list starts beside the head of a binding, with the others below; so does the last of two. */
function writeConcatBeside(
  lines: Lines,
  expr: NixConcat,
  indent: string,
  head: string,
  after: string,
): boolean {
  const [first, second] = expr.operands;
  if (isItems(first!)) {
    writeList(lines, first, indent, `${head} `, "");
    writeConcat(lines, expr, indent, after, 1);
    return true;
  }
  const text = inlineOperand(first!, WIDTH);
  const fits = text !== undefined && width(`${head} ${text} ++ [`) <= WIDTH;
  if (expr.operands.length > 2 || !isItems(second!) || !fits) {
    return false;
  }
  writeList(lines, second, indent, `${head} ${text} ++ `, after);
  return true;
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
  const text = isBlock(expr) ? undefined : inlineBehind(head, expr, after);
  if (text !== undefined) {
    return lines.push(`${indent}${head} ${text}${after}`);
  }
  const value = lower(expr);
  if (value.kind === "concat" && writeConcatBeside(lines, value, indent, head, after)) {
    return;
  }
  if (startsBeside(value, head, sticky)) {
    return writeBeside(lines, value, indent, `${head} `, after);
  }
  lines.push(indent + head);
  if (isBlock(value)) {
    return writeBlock(lines, value, indent + STEP, "", after);
  }
  // A call that breaks off its head is broken everywhere, even if it would fit now.
  const isBroken = value.kind === "call" && !isSimple(value) && (sticky || width(head) <= WIDTH);
  if (isBroken) {
    writeCallApart(lines, value, indent + STEP, after);
  } else {
    write(lines, value, indent + STEP, after);
  }
}

/** The expression on the line of its head, if it fits there. */
function inlineBehind(head: string, expr: NixExpr, after: string): string | undefined {
  const room = WIDTH - 1 - after.length;
  const text = inline(expr, room - head.length);
  // Few heads have fewer columns than units, and to count them takes a while.
  return text ?? inline(expr, room - width(head));
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
  bindings.forEach((binding) => writeBinding(lines, binding, indent + STEP));
  lines.push(`${indent}}${after}`);
}
