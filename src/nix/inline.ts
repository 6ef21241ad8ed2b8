import {
  add,
  call,
  identifier,
  type NixCall,
  type NixConcat,
  type NixExpr,
  type NixIdentifier,
  type NixInterpolation,
  type NixList,
  type NixString,
  path,
  select,
  string,
} from "./ast.js";
import {
  attrPath,
  floatText,
  hasFloatLiteral,
  intText,
  isPathLiteral,
  pathText,
  quote,
  quoteParts,
} from "./literals.js";

/** The columns of a line. */
export const WIDTH = 100;

/** The expression on one line of at most `room` columns, if it has that form. */
export function inline(expr: NixExpr, room: number): string | undefined {
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
    case "concat":
      return inlineConcat(expr, room);
    case "interpolation":
      return fit(interpolationText(expr), room);
    case "add":
      return inlinePair(expr.left, " + ", expr.right, room);
    case "let":
    case "function":
    case "raw":
    case "code":
      return undefined;
  }
}

export function inlineTerm(expr: NixExpr, room: number): string | undefined {
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

function inlineConcat({ operands }: NixConcat, room: number): string | undefined {
  let text = "";
  for (const operand of operands) {
    const before = text === "" ? "" : `${text} ++ `;
    const term = inlineOperand(operand, room - width(before));
    if (term === undefined) {
      return undefined;
    }
    text = before + term;
  }
  return fit(text, room);
}

/** An operand of `++`, which needs no parentheses around a call. */
export function inlineOperand(expr: NixExpr, room: number): string | undefined {
  return expr.kind === "call" ? inline(expr, room) : inlineTerm(expr, room);
}

export function interpolationText({ parts }: NixInterpolation): string {
  return quoteParts(
    parts.map((part) =>
      typeof part === "string"
        ? { text: part, isCode: false }
        : { text: inline(part, Infinity)!, isCode: true },
    ),
  );
}

function around(before: string, text: string | undefined, after: string): string | undefined {
  return text === undefined ? undefined : before + text + after;
}

function fit(text: string, room: number): string | undefined {
  return text.length <= room || width(text) <= room ? text : undefined;
}

/** Code points, as the formatter counts. */
export function width(text: string): number {
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
export function needsParens(expr: NixExpr): boolean {
  switch (expr.kind) {
    case "int":
      return expr.value < 0;
    case "float":
      return expr.value < 0 || !hasFloatLiteral(expr.value);
    case "path":
      return !isPathLiteral(expr.path);
    case "call":
    case "add":
    case "concat":
    case "let":
    case "function":
    case "code":
      return true;
    default:
      return false;
  }
}

/** Whether it is a list with something in it. */
export function isItems(expr: NixExpr): expr is NixList {
  return expr.kind === "list" && expr.items.length > 0;
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

export function opensInCall(expr: NixExpr): expr is NixCall & { callee: NixIdentifier } {
  return expr.kind === "call" && expr.callee.kind === "identifier" && opens(expr.argument);
}

/**
 * Whether the argument of a call can spread over lines, and the first of them fits behind `before`
 * and the function.
 */
export function argumentFits({ callee, argument }: NixCall, before: string): boolean {
  if (!opens(argument) && !needsParens(argument)) {
    return false;
  }
  const opening = opensInCall(argument) ? `(${argument.callee.name} [` : "(";
  return width(`${before}${inline(callee, Infinity)!} ${opening}`) <= WIDTH;
}

/** Whether a value that is too long for the line of `head` starts there all the same. */
export function startsBeside(value: NixExpr, head: string, sticky: boolean): boolean {
  switch (value.kind) {
    case "interpolation":
      return sticky;
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

/**
 * Terms that the formatter never breaks, and calls of such on such, which it breaks only inside of
 * parentheses.
 */
export function isSimple(expr: NixExpr): boolean {
  switch (expr.kind) {
    case "null":
    case "bool":
    case "string":
    case "interpolation":
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

/**
 * Whether a string is a text of several lines that can be between `''`
 * with nothing but `${` to escape. Its first line is not indented, so that Nix
 * strips the indentation that is added and no more.
 */
export function isBlock(expr: NixExpr): expr is NixString {
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

/** What Nix has no literal for, as an expression of the same value; anything else as it is. */
export function lower(expr: NixExpr): NixExpr {
  if (expr.kind === "float" && !hasFloatLiteral(expr.value)) {
    return call(
      select(identifier("builtins"), ["fromJSON"]),
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
