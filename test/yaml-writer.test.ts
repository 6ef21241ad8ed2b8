import { test } from "uvu";
import * as assert from "uvu/assert";
import { parse as parseYaml } from "yaml";
import type { Data } from "../src/model/data.js";
import { Float, isList, isMap } from "../src/model/value.js";
import { writeYaml } from "../src/text/yaml-writer.js";
import fc from "./fast-check.js";
import { reading } from "./reading.js";

test("maps and lists are written as blocks, keys in their order", () => {
  const value = { b: { c: [1, [2, 3], { d: 4, e: [] }], f: {} }, a: null, g: [[{ h: [true] }]] };
  assert.is(
    writeYaml(value),
    `b:
  c:
    - 1
    - - 2
      - 3
    - d: 4
      e: []
  f: {}
a: null
g:
  - - h:
        - true
`,
  );
  assert.is(writeYaml({}), "{}\n");
  assert.is(writeYaml([1]), "- 1\n");
});

test("numeric names are sorted by their bytes", () => {
  assert.is(writeYaml({ 9: 1, 10: 2, a: 3 }), '"10": 2\n"9": 1\na: 3\n');
});

test("special forms are written as tags, those inside others with their $ key", () => {
  const value = {
    a: { $mkForce: 42 },
    b: { $mkForce: { c: { $path: "./x" } } },
    d: [{ $mkBefore: [1] }, { $mkDefault: { $mkOrder: [5, {}] } }, { $mkForce: {} }],
    e: { $nix: "{\n}\n" },
    f: { $mkForce: 1, g: 2 },
    $mkForce: { $other: null },
  };
  assert.is(
    writeYaml(value),
    `a: !mkForce 42
b: !mkForce
  c: !path ./x
d:
  - !mkBefore
    - 1
  - !mkDefault
    $mkOrder:
      - 5
      - {}
  - !mkForce {}
e: !nix |
  {
  }
f:
  $mkForce: 1
  g: 2
$mkForce:
  $other: null
`,
  );
});

test("strings are quoted if a reader would take them for something else", () => {
  const plain = [
    "laptop",
    "root@host",
    "./keys/a.pub",
    "http://x:80/#y",
    "x y, z",
    "$path",
    "é",
    "a=b",
    "it's",
    'self.x."y z"',
  ];
  for (const text of plain) {
    assert.is(writeYaml(text), `${text}\n`);
  }
  const quoted = [
    "",
    " a",
    "a ",
    "yes",
    "Off",
    "y",
    "NULL",
    "~",
    "true",
    "80",
    "1.5",
    "-1",
    "+",
    "0x1F",
    "1e3",
    ".inf",
    "12:30",
    "2001-01-01",
    "10.0.0.1",
    "<<",
    "=",
    "a: b",
    "a #b",
    "a:",
    "- a",
    "-",
    "?",
    "*a",
    "&a",
    "!a",
    "[",
    "{",
    "%",
    "@",
    "`",
    "|",
    ">",
    "'",
    '"',
    "---",
    "...",
    "#a",
    "\t",
    "a\u0085",
    "\u2028",
    "\ufeff",
    "\u0000x",
    "null",
  ];
  for (const text of quoted) {
    assert.is(parseYaml(writeYaml(text).replace(/^"/, '- "')).at(0), text);
  }
  for (const text of quoted) {
    assert.match(writeYaml({ [text]: 1 }), /^"/);
  }
});

test("texts of several lines are written as blocks if that is exact", () => {
  assert.is(writeYaml({ a: "x\n\n  y\n" }), "a: |\n  x\n\n    y\n");
  assert.is(writeYaml({ a: "x\ny" }), "a: |-\n  x\n  y\n");
  assert.is(writeYaml(["x\n\n"]), "- |+\n  x\n\n");
  assert.is(writeYaml("x\n---\n"), "|\n  x\n  ---\n");
  for (const text of ["\nx", " x\ny", "x\n \ny", "x\r\ny", "x\n\u0085", "\n"]) {
    assert.match(writeYaml({ a: text }), /^a: "/);
  }
});

test("numbers keep their kind", () => {
  assert.is(
    writeYaml([
      1,
      new Float(1),
      1.5,
      1e-7,
      new Float(1e300),
      new Float(-0),
      9223372036854775807n,
      -0,
    ]),
    "- 1\n- 1.0\n- 1.5\n- 1.0e-7\n- 1.0e+300\n- -0.0\n- 9223372036854775807\n- 0\n",
  );
});

test("a line is as long as its text", () => {
  const long = "word ".repeat(100).trim();
  assert.is(writeYaml({ a: long }), `a: ${long}\n`);
  assert.is(writeYaml({ ["k".repeat(2000)]: [1] }), `? ${"k".repeat(2000)}\n:\n  - 1\n`);
});

const pieces = [
  "a",
  "b c",
  "\n",
  "\n\n",
  " ",
  "  ",
  "\t",
  ":",
  ": ",
  "#",
  " #",
  "-",
  "- ",
  "'",
  '"',
  "\\",
  "é",
  "😀",
  "\u0085",
  "\u2028",
  "\ufeff",
  "\u007f",
  "\u00a0",
  "\r",
  "0",
  "1",
  ".",
  "e",
  "yes",
  "null",
  "~",
  "---",
  "...",
  "|",
  ">",
  "!",
  "&",
  "*",
  "[",
  "]",
  "{",
  "}",
  ",",
  "%",
  "@",
  "<<",
  "=",
  "?",
];
const strings = fc.oneof(
  fc.string({ unit: "binary" }).map((text) => text.replaceAll("\0", "")),
  fc.array(fc.constantFrom(...pieces), { maxLength: 6 }).map((parts) => parts.join("")),
);
const numbers = fc.oneof(
  fc.maxSafeInteger().map((number) => number + 0),
  fc
    .bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })
    .map((integer) => (Number.isSafeInteger(Number(integer)) ? Number(integer) : integer)),
  fc
    .double({ noNaN: true, noDefaultInfinity: true })
    .map((number) => (Number.isInteger(number) ? new Float(number) : number)),
);
const keys = fc.oneof(
  strings,
  fc.constantFrom("$mkForce", "$path", "$mkBefore", "__proto__", "80", "k".repeat(1500)),
);

function values(scalars: fc.Arbitrary<unknown>): fc.Arbitrary<Data> {
  return fc.letrec<{ value: Data; list: Data; map: Data; form: Data }>((tie) => ({
    value: fc.oneof(
      { depthSize: "small" },
      scalars as fc.Arbitrary<Data>,
      tie("list"),
      tie("map"),
      tie("form"),
    ),
    list: fc.array(tie("value"), { maxLength: 4 }),
    map: fc.dictionary(keys, tie("value"), { maxKeys: 4, noNullPrototype: true }),
    form: fc
      .tuple(fc.constantFrom("$mkForce", "$mkBefore", "$nix"), tie("value"))
      .map(([key, value]) => ({ [key]: value })),
  })).value;
}

test("what is written is read back as it was", () => {
  const property = fc.property(
    values(fc.oneof(fc.constant(null), fc.boolean(), numbers, strings)),
    (value) => {
      // In a list: alone, a text may look like another format's.
      const { document, findings } = reading(writeYaml([value]), { format: "yaml" });
      assert.equal(findings, []);
      assert.equal(document!.value, [value]);
      assert.equal(document!.ambiguous, []);
    },
  );
  fc.assert(property, { numRuns: 2000 });
});

test("a reader of YAML 1.1 reads the same strings", () => {
  const property = fc.property(values(strings), (value) => {
    assert.equal(
      withoutForms(value),
      parseYaml(writeYaml(withoutForms(value)), { version: "1.1", logLevel: "silent" }),
    );
  });
  fc.assert(property, { numRuns: 1000 });
});

/** The key of a special form would make a tag. */
function withoutForms(value: Data): Data {
  if (isList(value)) {
    return value.map(withoutForms);
  }
  return isMap(value)
    ? Object.fromEntries(
        Object.entries(value).map(([key, entry]) => [`${key}.`, withoutForms(entry)]),
      )
    : value;
}

test.run();
