/** A Nix expression, as much of the language as generated code needs. */
export type NixExpr =
  | NixNull
  | NixBool
  | NixInt
  | NixFloat
  | NixString
  | NixPath
  | NixList
  | NixAttrs
  | NixIdentifier
  | NixSelect
  | NixCall
  | NixAdd
  | NixConcat
  | NixInterpolation
  | NixLet
  | NixFunction
  | NixRaw
  | NixCode;

export interface NixNull {
  readonly kind: "null";
}

export interface NixBool {
  readonly kind: "bool";
  readonly value: boolean;
}

/** A signed 64-bit integer. */
export interface NixInt {
  readonly kind: "int";
  readonly value: number | bigint;
}

/** A finite double. */
export interface NixFloat {
  readonly kind: "float";
  readonly value: number;
}

/** Any text without NUL and lone surrogates. */
export interface NixString {
  readonly kind: "string";
  readonly value: string;
}

/**
 * A path: absolute where it starts with `/`, else relative to the file that the text ends up in.
 */
export interface NixPath {
  readonly kind: "path";
  readonly path: string;
}

export interface NixList {
  readonly kind: "list";
  readonly items: readonly NixExpr[];
}

/** `{ … }`, its bindings in the given order. */
export interface NixAttrs {
  readonly kind: "attrs";
  readonly bindings: NixBindings;
}

/** A list of bindings, or what makes one after the other: of a fleet they are too many at once. */
export interface NixBindings {
  readonly length: number;
  forEach(visit: (binding: NixBinding) => void): void;
}

/** `name = value;`, where `name` is a name or an attribute path: `["a", "b c"]` is `a."b c"`. */
export interface NixBinding {
  readonly name: string | readonly string[];
  readonly value: NixExpr;
}

/** A variable; `name` is a legal identifier. */
export interface NixIdentifier {
  readonly kind: "identifier";
  readonly name: string;
}

/** `base.a."b c"` */
export interface NixSelect {
  readonly kind: "select";
  readonly base: NixIdentifier;
  readonly names: readonly string[];
}

/** `callee argument` */
export interface NixCall {
  readonly kind: "call";
  readonly callee: NixIdentifier | NixSelect;
  readonly argument: NixExpr;
}

/** `left + right`, of paths and strings. */
export interface NixAdd {
  readonly kind: "add";
  readonly left: NixOperand;
  readonly right: NixOperand;
}

export type NixOperand = NixIdentifier | NixSelect | NixString | NixPath;

/** `a ++ b ++ c`; at least two, none of them another one. */
export interface NixConcat {
  readonly kind: "concat";
  readonly operands: readonly NixExpr[];
}

/** `"text ${a.b}"` */
export interface NixInterpolation {
  readonly kind: "interpolation";
  readonly parts: readonly (string | NixIdentifier | NixSelect)[];
}

export interface NixLet {
  readonly kind: "let";
  readonly bindings: readonly NixBinding[];
  readonly body: NixExpr;
}

/** `{ a, b ? …, ... }: body`, which takes and ignores other arguments. */
export interface NixFunction {
  readonly kind: "function";
  readonly formals: readonly NixFormal[];
  readonly body: NixExpr;
}

export interface NixFormal {
  readonly name: string;
  readonly fallback?: NixExpr | undefined;
}

/** Code that is printed as it is, on lines of its own between parentheses. */
export interface NixRaw {
  readonly kind: "raw";
  readonly code: string;
}

/** Code that is laid out already; its lines are indented as far as it is. */
export interface NixCode {
  readonly kind: "code";
  readonly lines: readonly string[];
}

/** An expression with comment lines before it, each without its `#`. */
export interface NixFile {
  readonly comments: readonly string[];
  readonly body: NixExpr;
}

export const nixNull: NixNull = { kind: "null" };

export function bool(value: boolean): NixBool {
  return { kind: "bool", value };
}

export function int(value: number | bigint): NixInt {
  return { kind: "int", value };
}

export function float(value: number): NixFloat {
  return { kind: "float", value };
}

export function string(value: string): NixString {
  return { kind: "string", value };
}

export function path(path: string): NixPath {
  return { kind: "path", path };
}

export function list(items: readonly NixExpr[]): NixList {
  return { kind: "list", items };
}

export function attrs(bindings: NixBindings): NixAttrs {
  return { kind: "attrs", bindings };
}

export function binding(name: string | readonly string[], value: NixExpr): NixBinding {
  return { name, value };
}

export function identifier(name: string): NixIdentifier {
  return { kind: "identifier", name };
}

/** `base.name.name`; without names, the base alone. */
export function select(base: NixIdentifier, names: readonly string[]): NixIdentifier | NixSelect {
  return names.length === 0 ? base : { kind: "select", base, names };
}

export function call(callee: NixIdentifier | NixSelect, argument: NixExpr): NixCall {
  return { kind: "call", callee, argument };
}

export function add(left: NixOperand, right: NixOperand): NixAdd {
  return { kind: "add", left, right };
}

/** Lists one after the other; one alone is itself. */
export function concat(operands: readonly NixExpr[]): NixExpr {
  return operands.length === 1 ? operands[0]! : { kind: "concat", operands };
}

export function interpolation(parts: NixInterpolation["parts"]): NixInterpolation {
  return { kind: "interpolation", parts };
}

/** `let … in body`; without bindings, the body alone. */
export function letIn(bindings: readonly NixBinding[], body: NixExpr): NixExpr {
  return bindings.length === 0 ? body : { kind: "let", bindings, body };
}

export function fn(formals: readonly NixFormal[], body: NixExpr): NixFunction {
  return { kind: "function", formals, body };
}

export function formal(name: string, fallback?: NixExpr): NixFormal {
  return { name, fallback };
}

export function raw(code: string): NixRaw {
  return { kind: "raw", code };
}

export function code(lines: readonly string[]): NixCode {
  return { kind: "code", lines };
}
