/** Expressions of Nix, and the texts and names in them. */

import * as nix from "../src/nix/ast.js";
import fc from "./fast-check.js";

const fragments = [
  ..."ab'\"\\$ {}\n\t\r",
  "''",
  "${",
  "$${",
  "  ",
  "echo\n",
  "  fi\n",
  "#!/bin/sh\n",
  "\u0001\u007f",
  "\u00a0",
  "\u2028",
  "\ufeff",
  "é",
  "😀",
];

/** Strings that Nix can hold, with all that could trip over quoting, in one line and in several. */
export const text: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: "binary" }).map((string) => string.replaceAll("\0", "")),
  fc.array(fc.constantFrom(...fragments), { maxLength: 12 }).map((parts) => parts.join("")),
  fc
    .array(fc.constantFrom("set -e", "  cd $HOME", "echo ${x}", "it's", "tail  -f", "", "😀"), {
      minLength: 3,
    })
    .map((rows) => rows.join("\n")),
  fc.integer({ min: 80, max: 110 }).map((length) => "s".repeat(length)),
  fc.integer({ min: 80, max: 110 }).map((length) => "😀".repeat(length)),
);

/** Names of attributes: plain ones, keywords, anything. */
export const name: fc.Arbitrary<string> = fc.oneof(
  fc.stringMatching(/^[a-zA-Z_][a-zA-Z0-9_'-]{0,6}$/),
  fc.constantFrom(
    "",
    "__proto__",
    "constructor",
    "or",
    "let",
    "inherit",
    "true",
    "a.b",
    "1a",
    "-",
    "${a}",
  ),
  text,
);

const scalar: fc.Arbitrary<nix.NixExpr> = fc.oneof(
  fc.constant(nix.nixNull),
  fc.boolean().map(nix.bool),
  fc.maxSafeInteger().map(nix.int),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(nix.int),
  fc.constantFrom(-(2n ** 63n), 2n ** 63n - 1n, -1, 0).map(nix.int),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(nix.float),
  fc
    .constantFrom(-0, 1, -1, 1e6, 1e21, 1e300, 5e-324, -5e-324, 2 ** -1022, Number.MAX_VALUE, 0.1)
    .map(nix.float),
  text.map(nix.string),
);

/** Expressions of values that JSON has as well. */
export const data: fc.Arbitrary<nix.NixExpr> = fc.letrec<{ value: nix.NixExpr }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    scalar,
    fc.array(tie("value"), { maxLength: 3 }).map(nix.list),
    bindings(name, tie("value")).map(nix.attrs),
  ),
})).value;

const identifier = fc
  .oneof(fc.constantFrom("root", "inputs", "self"), wide("i"))
  .map(nix.identifier);
const select = fc
  .tuple(identifier, fc.array(fc.oneof(name, wide("n")), { maxLength: 5 }))
  .map(([base, names]) => nix.select(base, names));
const path = fc
  .oneof(
    fc.constantFrom(".", "..", "../a/b", "a", "./a", "/", "/a/b.nix", "/a b", "a b", "/a/", "~"),
    wide("/p"),
    wide("/p q"),
  )
  .map(nix.path);
const operand = fc.oneof(select, path, text.map(nix.string));

/** Expressions of every kind but code, whose layout is not ours; few of them evaluate. */
export const expression: fc.Arbitrary<nix.NixExpr> = fc.letrec<{ value: nix.NixExpr }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    scalar,
    select,
    path,
    fc.array(tie("value"), { maxLength: 3 }).map(nix.list),
    bindings(fc.oneof(name, wide("n")), tie("value")).map(nix.attrs),
    fc.tuple(operand, operand).map(([left, right]) => nix.add(left, right)),
    fc.tuple(select, tie("value")).map(([callee, argument]) => nix.call(callee, argument)),
    fc
      .tuple(bindings(name, tie("value")), tie("value"))
      .map(([bound, body]) => nix.letIn(bound, body)),
    fc.tuple(formals(tie("value")), tie("value")).map(([args, body]) => nix.fn(args, body)),
  ),
})).value;

function bindings(
  names: fc.Arbitrary<string>,
  values: fc.Arbitrary<nix.NixExpr>,
): fc.Arbitrary<nix.NixBinding[]> {
  return entries(names, values).map((list) => list.map(([key, value]) => nix.binding(key, value)));
}

function formals(values: fc.Arbitrary<nix.NixExpr>): fc.Arbitrary<nix.NixFormal[]> {
  const names = fc.oneof(fc.constantFrom("a", "b", "c"), wide("f"));
  return entries(names, fc.option(values, { nil: undefined })).map((list) =>
    list.map(([key, value]) => nix.formal(key, value)),
  );
}

function entries<T>(
  names: fc.Arbitrary<string>,
  values: fc.Arbitrary<T>,
): fc.Arbitrary<[string, T][]> {
  return fc.uniqueArray(fc.tuple(names, values), { maxLength: 3, selector: ([key]) => key });
}

/** Words about as wide as a line. */
function wide(unit: string): fc.Arbitrary<string> {
  return fc
    .integer({ min: 60, max: 105 })
    .map((width) => unit.repeat(Math.ceil(width / unit.length)));
}
