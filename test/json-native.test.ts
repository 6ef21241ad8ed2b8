/** Falling back to the tree gives the same result, only slower: here it shows when that happens. */

import { isDeepStrictEqual } from "node:util";
import { test } from "uvu";
import * as assert from "uvu/assert";
import type { Data } from "../src/model/data.js";
import { completeOptions, type Limits } from "../src/model/options.js";
import { type NativeReading, readNatively } from "../src/text/json/json-native.js";
import { parseJson } from "../src/text/json.js";
import fc from "./fast-check.js";

const { limits } = completeOptions({});

const exact = [
  "null",
  " true ",
  "\tfalse\r\n",
  '"a"',
  "[]",
  "{}",
  '[{"a": 1}, {"b": [{}], "c": {"d": 2}}]',
  '"null: [1.0, {}]"',
  '{"__proto__": {"a": 1}, "toString": 2}',
  '"\\""',
  '"\\\\"',
  '["\\\\\\"", 1]',
  '"\\u0001"',
  '"\\ud7ff\\ue000"',
  '"\\\\u0000"',
  '"\\\\\\\\ud800"',
  '"\\n\\u0041u0000"',
  '"/u0000"',
  '"😀"',
  '"\u00e9"',
  "0",
  "-1",
  "7",
  "[10, 23]",
  "999999999999999",
  "1000000000000000",
  "9007199254740991",
  "-9007199254740991",
  "0.5",
  "-0.1",
  "1e-2",
  "1E-2",
  "12.5e0",
  "1.25e1",
  "123456789012345.75",
  "[0.5,1.5]",
  "5e-324",
];

const lossy: { readonly [why: string]: readonly string[] } = {
  "integers that doubles round": [
    "9007199254740992",
    "-9007199254740992",
    "9223372036854775807",
    "[1, 9007199254740993, 2]",
  ],
  "negative zero": ["-0", "[-0]", '{"a": -0}'],
  "floats that are whole": [
    "1.0",
    "-1.0",
    "0.0",
    "-0.0",
    "1e3",
    "1E3",
    "1e+300",
    "10e-1",
    "1e-400",
    "0.99999999999999999999",
    "[1, 2.0, 3]",
    '["\\\\", 1.0]',
    '["\\\\\\"", 1.0]',
  ],
  "numbers that doubles do not reach": ["1e400", "-1e400", "1E+999"],
  "duplicate keys": [
    '{"a": 1, "a": 2}',
    '{"a": {"b": 1, "\\u0062": 2}}',
    '[[{"a": {}, "a": {}}]]',
    '{"a": [{"b": 1, "b": 1}], "c": 2}',
    '{"__proto__": 1, "__proto__": 2}',
  ],
  NULs: ['"\\u0000"', '"\\\\\\u0000"', '{"\\u0000": 1}'],
  "halves of surrogate pairs": [
    '"\\ud800"',
    '"\\uDFFF"',
    '"a\\udBff"',
    '"\ud83d"',
    '{"\ude00": 1}',
    '"\\\\\\\\\\ud9ab"',
  ],
  "pairs of such halves as escapes": ['"\\ud83d\\ude00"'],
};

const refused = [
  "",
  " ",
  "nul",
  "True",
  "[1,]",
  "[1 2]",
  "01",
  "+1",
  ".5",
  "1.",
  "1-2",
  "NaN",
  "-",
  '"a',
  '"a\\"',
  '"a\\',
  '"a\nb"',
  "'a'",
  "{a: 1}",
  "[}",
  "[",
  "]",
  "// note\n1",
  "\ufeff1",
  '"\0"',
];

test("the value of the native parser is used if it is exact", () => {
  for (const text of exact) {
    assert.equal(readNatively(text, 0, limits), { kind: "exact", value: JSON.parse(text) }, text);
  }
});

for (const [why, texts] of Object.entries(lossy)) {
  test(`the native parser does not tell of ${why}`, () => {
    for (const text of texts) {
      assert.equal(readNatively(text, 0, limits), { kind: "lossy" }, text);
    }
  });
}

test("invalid JSON is refused", () => {
  for (const text of refused) {
    assert.equal(readNatively(text, 0, limits), { kind: "refused" }, text);
  }
});

test("text is read from an offset on, whatever precedes it", () => {
  const kindFrom = (start: number, text: string): string => readNatively(text, start, limits).kind;
  assert.equal(readNatively("\ufeff[1]", 1, limits), { kind: "exact", value: [1] });
  assert.is(kindFrom(1, "\ufeff1.0"), "lossy");
  assert.is(kindFrom(1, "\ufeff"), "refused");
  assert.is(kindFrom(2, "[[1]"), "refused");
});

/** Each with its depth and the number of its values. */
const sizes: readonly (readonly [text: string, depth: number, nodes: number])[] = [
  ["1", 0, 1],
  ["[]", 1, 1],
  ['{"a": 1}', 1, 2],
  ["[[], {}, [], {}]", 2, 5],
  ["[[[]], []]", 3, 4],
  ['{"a": {"b": "c: d"}, "e": ["f", "g"]}', 2, 6],
  ["[null, true, false, -1, 0, 9, 0.5, 12]", 1, 9],
  ['["[[[", "{\\"", "]"]', 1, 4],
];

test("a text within the limits is exact; it is refused if it nests deeper, and lossy if it only has more values", () => {
  const kindWithin = (text: string, depth: number, nodes: number): string =>
    readNatively(text, 0, { ...limits, depth, values: nodes }).kind;
  for (const [text, depth, nodes] of sizes) {
    assert.is(kindWithin(text, depth, nodes), "exact", text);
    assert.is(kindWithin(text, depth, nodes - 1), "lossy", text);
    if (depth > 0) {
      assert.is(kindWithin(text, depth - 1, nodes), "refused", text);
    }
  }
});

test("a million brackets are not tried", () => {
  assert.equal(readNatively("[".repeat(1e6) + "]".repeat(1e6), 0, limits), { kind: "refused" });
});

test("an exact result equals the tree's, and only invalid or too deep JSON is refused", () => {
  const counts = { exact: 0, lossy: 0, refused: 0 };
  const property = fc.property(
    jsonLike(),
    fc.constantFrom(limits, { ...limits, depth: 2 }, { ...limits, values: 4 }),
    (text, limits) => {
      const native = readNatively(text, 0, limits);
      const tree = throughTree(text, limits);
      counts[native.kind]++;
      if (native.kind === "exact") {
        assert.ok(isSame(native, tree));
      }
      assert.is(native.kind === "refused", !isJson(text) || tree === "depth");
    },
  );
  fc.assert(property, { numRuns: 5000 });
  for (const [kind, count] of Object.entries(counts)) {
    assert.ok(count > 500, `${kind}: ${count}`);
  }
});

function isSame(
  native: NativeReading & { readonly kind: "exact" },
  tree: ReturnType<typeof throughTree>,
): boolean {
  return (
    typeof tree === "object" &&
    isDeepStrictEqual(native.value, tree.value) &&
    JSON.stringify(native.value) === JSON.stringify(tree.value)
  );
}

/**
 * Parses a text next to a number that is not exact; returns the limit that is exceeded, if any, or
 * `broken`.
 */
function throughTree(
  text: string,
  limits: Limits,
): { readonly value: Data } | "depth" | "nodes" | "broken" {
  let problem: "depth" | "nodes" | "broken" = "broken";
  const document = parseJson(
    { name: "a.json", text: `[1.0, ${text}]` },
    { ...limits, depth: limits.depth + 1, values: limits.values + 2 },
    ({ code, message }) => {
      if (code === "limit-exceeded") {
        problem = message.includes("nest") ? "depth" : "nodes";
      }
    },
  );
  return document === undefined ? problem : { value: (document.value as readonly Data[])[1]! };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** JSON of tricky pieces, some of it with an extra character. */
function jsonLike(): fc.Arbitrary<string> {
  const piece = fc.constantFrom(
    "a",
    "b",
    "\\\\",
    '\\"',
    "\\u0000",
    "\\u0061",
    "\\uD800",
    "\\udc00",
    "u0000",
    "\ud83d",
    "😀",
    ":",
    "[",
    "}",
    "1.0",
    "\\n",
  );
  const string = fc.array(piece, { maxLength: 3 }).map((pieces) => `"${pieces.join("")}"`);
  const digits = fc.constantFrom(
    "0",
    "1",
    "10",
    "25",
    "123456789012345",
    "9007199254740991",
    "9007199254740992",
    "9223372036854775807",
  );
  const number = fc.tuple(
    fc.constantFrom("", "-"),
    digits,
    fc.constantFrom("", "", "", ".0", ".5", "e1", "E-2", "e400", ".25e+2", "e-400"),
  );
  const plain = fc.constantFrom("null", "true", "false", "0", "7", "0.5", '"x"');
  const space = fc.constantFrom("", "", " ", "\n");
  const { value } = fc.letrec<{ value: string; list: string; map: string }>((tie) => ({
    value: fc.oneof(
      { depthSize: "small" },
      { weight: 4, arbitrary: plain },
      string,
      number.map((parts) => parts.join("")),
      tie("list"),
      tie("map"),
    ),
    list: fc
      .array(fc.tuple(space, tie("value"), space), { maxLength: 3 })
      .map((items) => `[${items.map((item) => item.join("")).join(",")}]`),
    map: fc
      .array(
        fc.tuple(
          fc.oneof(fc.constantFrom('"k"', '"l"', '"__proto__"'), string),
          space,
          tie("value"),
        ),
        { maxLength: 3 },
      )
      .map(
        (members) =>
          `{${members.map(([key, space, value]) => `${key}:${space}${value}`).join(",")}}`,
      ),
  }));
  const broken = fc
    .tuple(value, fc.nat(), fc.constantFrom('"', "[", "}", ",", "1", ".", "-", "\\", "e"))
    .map(([text, at, extra]) => {
      const cut = at % (text.length + 1);
      return text.slice(0, cut) + extra + text.slice(cut);
    });
  return fc.oneof({ weight: 4, arbitrary: value }, broken);
}

test.run();
