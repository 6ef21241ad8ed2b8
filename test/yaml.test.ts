import { test } from "uvu";
import * as assert from "uvu/assert";
import type { DataMap } from "../src/model/data.js";
import type { Path } from "../src/model/origin.js";
import type { Span } from "../src/model/source.js";
import { Float } from "../src/model/value.js";
import {
  documentOf,
  located,
  type ReadingOptions,
  reading,
  shown,
  type TextReading,
  withoutCode,
} from "./reading.js";

function yaml(text: string, limits: ReadingOptions["limits"] = {}): TextReading {
  return reading(text, { limits });
}

function valueOf(text: string): unknown {
  return documentOf(yaml(text)).value;
}

test("scalars are read by the core schema", () => {
  const text =
    "[null, Null, ~, true, True, FALSE, 12, +12, -0, 0x1F, 0o17, .25, -1.25, 1e-5, 1., yes, 12e, 0b1, 1_000, 12:30, '12', \"null\", nUll, xtrue, truex, 0xg, 2001-01-01, +, .]";
  const words = [
    "yes",
    "12e",
    "0b1",
    "1_000",
    "12:30",
    "12",
    "null",
    "nUll",
    "xtrue",
    "truex",
    "0xg",
    "2001-01-01",
    "+",
    ".",
  ];
  assert.equal(valueOf(text), [
    null,
    null,
    null,
    true,
    true,
    false,
    12,
    12,
    0,
    31,
    15,
    0.25,
    -1.25,
    0.00001,
    new Float(1),
    ...words,
  ]);
});

test("integers keep their 64 bits and floats their kind", () => {
  assert.equal(
    valueOf(
      "[1.0, 1e3, -0.0, 9007199254740993, -9223372036854775808, 0x7fffffffffffffff, 0000000000000000000000000012]",
    ),
    [
      new Float(1),
      new Float(1000),
      new Float(-0),
      9007199254740993n,
      -9223372036854775808n,
      9223372036854775807n,
      12,
    ],
  );
});

test("numbers that Nix cannot hold are errors, each at its place", () => {
  assert.equal(
    shown(
      yaml(
        "a: .inf\nb: [-.INF, .nan, 1e400]\nc: 9223372036854775808\nd: 0xffffffffffffffff\ne: !!float .inf\n",
      ),
    ),
    [
      "invalid-number: Nix cannot represent .inf «.inf»",
      "invalid-number: Nix cannot represent -.INF «-.INF»",
      "invalid-number: Nix cannot represent .nan «.nan»",
      "invalid-number: Nix cannot represent 1e400 «1e400»",
      "invalid-number: 9223372036854775808 does not fit in a 64-bit integer «9223372036854775808»",
      "invalid-number: 0xffffffffffffffff does not fit in a 64-bit integer «0xffffffffffffffff»",
      "invalid-number: Nix cannot represent .inf «.inf»",
    ],
  );
});

test("keys are strings, taken by their text, in their order", () => {
  const value = valueOf(
    "b: 1\n8.0:\nnull: 2\ntrue: 3\n'~': 4\n\"\\x41\": 5\n0x1F: 6\n__proto__: 7\n? long\n: 8\n? lone\n",
  ) as DataMap;
  assert.equal(Object.entries(value), [
    ["b", 1],
    ["8.0", null],
    ["null", 2],
    ["true", 3],
    ["~", 4],
    ["A", 5],
    ["0x1F", 6],
    ["__proto__", 7],
    ["long", 8],
    ["lone", null],
  ]);
  assert.ok(Object.hasOwn(valueOf("80:") as DataMap, "80"));
});

test("a map, list or special form cannot be a key", () => {
  assert.equal(
    shown(
      yaml(
        "? [a]\n: 1\n{b: c}: 2\nx: &x {}\n*x : 3\n!path y: 4\n<<: {}\n!path y: 5\n? [*z]\n: 6\n",
      ),
    ),
    [
      "invalid-key: a list cannot be a key «[a]»",
      "invalid-key: a map cannot be a key «{b: c}»",
      "invalid-key: a map cannot be a key «*x»",
      "invalid-key: a special form cannot be a key «y»",
      "invalid-key: a special form cannot be a key «y»",
      "unknown-anchor: no anchor '&z' before this alias «*z»",
      "invalid-key: a list cannot be a key «[*z]»",
    ],
  );
});

test("duplicate keys are all reported, with the first of their kind", () => {
  assert.equal(shown(yaml("a: 1\nb:\n  80: x\n  '80': y\na: 2\n\"a\": 3\n[c]: 4\n[d]: 5\n")), [
    "duplicate-key: duplicate key '80' «'80'»; first here «80»",
    "invalid-key: a list cannot be a key «[c]»",
    "invalid-key: a list cannot be a key «[d]»",
    "duplicate-key: duplicate key 'a' «a»; first here «a»",
    "duplicate-key: duplicate key 'a' «\"a\"»; first here «a»",
  ]);
  assert.equal(shown(yaml("<<: {c: 1}\n<<: {d: 1}\n")), [
    "duplicate-key: duplicate key '<<' «<<»; first here «<<»",
  ]);
  assert.equal(yaml("a: 1\nA: 2\n").findings, []);
});

test("an empty key is located at its colon", () => {
  const { findings } = yaml("a:\n # one\n : 1\n\n : 2\n");
  assert.equal(
    findings.map(({ place, related }) =>
      [place, ...related.map(({ place }) => place)].map((at) => (at as Span).start),
    ),
    [[17, 11]],
  );
});

test("aliases share what they refer to", () => {
  const value = valueOf("a: &x {b: [1]}\nc: *x\nd: &x 2\ne: *x\n&k f: *k\n") as DataMap;
  assert.equal(value, { a: { b: [1] }, c: { b: [1] }, d: 2, e: 2, f: "f" });
  assert.is(value["a"], value["c"]);
});

test("an alias needs an anchor before it, and none around it", () => {
  assert.equal(shown(yaml('a: *y\nb: &x [1, *x]\nc: &y 1\nd: &z {<<: *z}\n*k : "\\x41"\n')), [
    "unknown-anchor: no anchor '&y' before this alias «*y»",
    "cyclic-alias: '*x' is inside the value it refers to «*x»",
    "cyclic-alias: '*z' is inside the value it refers to «*z»",
    "unknown-anchor: no anchor '&k' before this alias «*k»",
  ]);
});

test("aliases count as what they refer to", () => {
  const lines = Array.from(
    { length: 30 },
    (_, level) =>
      `l${level}: &l${level} [${level === 0 ? "x" : `*l${level - 1}, *l${level - 1}`}]\n`,
  );
  assert.equal(
    yaml(lines.join("")).findings.map(({ message }) => message),
    ["the inventory has more than 5000000 values, counting aliases as what they refer to"],
  );
  const merges = Array.from(
    { length: 30 },
    (_, level) =>
      `l${level}: &l${level} {<<: [${level === 0 ? "{x: 1}" : `*l${level - 1}, *l${level - 1}`}]}\n`,
  );
  assert.equal(
    yaml(merges.join("")).findings.map(({ code }) => code),
    ["limit-exceeded"],
  );
  const deep = Array.from(
    { length: 5 },
    (_, level) => `l${level}: &l${level} [[[[${level === 0 ? "" : `*l${level - 1}`}]]]]\n`,
  );
  assert.equal(shown(yaml(deep.join(""), { depth: 20 })), [
    "limit-exceeded: maps and lists are nested deeper than 20 levels «*l3»",
  ]);
  assert.equal(yaml(deep.join(""), { depth: 21 }).findings, []);
  const uneven = "a: &a {x: [[[]]], y: &y 1}\nb: [[*a]]\n";
  assert.equal(shown(yaml(uneven, { depth: 6 })), [
    "limit-exceeded: maps and lists are nested deeper than 6 levels «*a»",
  ]);
  assert.equal(yaml(uneven, { depth: 7 }).findings, []);
});

/** Texts that take all of a limit, and where they pass it when it is one less. */
const full: readonly (readonly [
  limit: "depth" | "values",
  most: number,
  text: string,
  beyond: string,
])[] = [
  ["values", 5, "a: [1, {b: 2}]\n", "2"],
  ["values", 10, "a: &a [1, &b 2]\nb: {c: *a, d: *b}\nc: 3\n", "3"],
  ["values", 7, "a: &a [1, 2]\nb: *a\n", "*a"],
  ["values", 3, "a: &k b\n*k : c\n", "c"],
  ["values", 4, "a: [!mkForce 1]\n", "1"],
  ["depth", 3, "a: [[b]]\n", "["],
  ["depth", 3, "- - - a\n", "-"],
  ["depth", 3, "a:\n  b:\n    c: 1\n", "c"],
  ["depth", 3, "a: [!mkForce 1]\n", "1"],
  ["depth", 4, "a: &a [[]]\nb: [*a]\n", "*a"],
  ["depth", 3, "a: {<<: {b: 1}}\n", "{"],
  ["depth", 4, "a:\n  <<:\n    <<:\n      b: 1\n", "b"],
];

for (const [limit, most, text, beyond] of full) {
  test(`${JSON.stringify(text)} has all of ${most} ${limit}`, () => {
    const problem = {
      values: `the inventory has more than ${most - 1} values, counting aliases as what they refer to`,
      depth: `maps and lists are nested deeper than ${most - 1} levels`,
    }[limit];
    assert.equal(yaml(text, { [limit]: most }).findings, []);
    const over = yaml(text, { [limit]: most - 1 });
    assert.equal(
      [shown(over), over.document],
      [[`limit-exceeded: ${problem} «${beyond}»`], undefined],
    );
  });
}

test("maps that are merged into each other are nested, too", () => {
  const problem = "limit-exceeded: maps and lists are nested deeper than 64 levels";
  assert.equal(shown(yaml(`a: ${"{<<: ".repeat(20_000)}`)), [`${problem} «{»`]);
  assert.equal(shown(yaml(`a: ${"{<<: [".repeat(20_000)}`)), [`${problem} «[»`]);
});

test("nothing is read beyond the first limit that is exceeded", () => {
  const message =
    "limit-exceeded: the inventory has more than 3 values, counting aliases as what they refer to";
  assert.equal(shown(yaml("a: [1, *b, *c]\n", { values: 3 })), [`${message} «*b»`]);
  assert.equal(shown(yaml("a: [!mkForce 1]\n", { depth: 2, values: 4 })), [
    "limit-exceeded: maps and lists are nested deeper than 2 levels «1»",
  ]);
});

test("merge keys add what is missing: explicit keys win, then earlier sources", () => {
  assert.equal(
    valueOf(
      "a: &a {x: 1, y: 1}\nb: &b {x: 2, z: 2}\nc: {<<: *a, y: 3}\nd: {z: 3, <<: [*b, *a, {w: 4}]}\ne: {<<: {<<: *a, y: 5}}\n",
    ),
    {
      a: { x: 1, y: 1 },
      b: { x: 2, z: 2 },
      c: { y: 3, x: 1 },
      d: { z: 3, x: 2, y: 1, w: 4 },
      e: { y: 5, x: 1 },
    },
  );
  assert.equal(valueOf("l: &l [{x: 1}, {y: 2}]\na: {<<: *l}\nb: {'<<': 1}\n"), {
    l: [{ x: 1 }, { y: 2 }],
    a: { x: 1, y: 2 },
    b: { "<<": 1 },
  });
});

test("only maps can be merged", () => {
  const message = "invalid-merge: '<<' takes a map, an alias of a map, or a list of these";
  assert.equal(
    shown(
      yaml(
        "a: {<<: 1}\nb: {<<: }\nc: &c [x]\nd: {<<: *c}\ne: {<<: !mkForce {x: 1}}\nf: {<<: [{x: 1}, 2]}\n",
      ),
    ),
    [
      `${message} «1»`,
      `${message} «»`,
      `${message} «*c»`,
      `${message} «{x: 1}»`,
      `${message} «[{x: 1}, 2]»`,
    ],
  );
});

test("the tag of a special form makes a map with one key, its value read as without", () => {
  const text =
    'a: !mkForce 42\nb: !mkForce\nc: !path "80"\nd: !path 80\ne: !mkOverride [10, yes]\nf: !mkForce\n  x: !mkBefore [1]\ng: !nix |\n  { }\nh: !mkForce {$mkAfter: []}\ni: &i !ref self.x\nj: *i\nk: !<!mkDefault> 1.0\n';
  assert.equal(valueOf(text), {
    a: { $mkForce: 42 },
    b: { $mkForce: null },
    c: { $path: "80" },
    d: { $path: 80 },
    e: { $mkOverride: [10, "yes"] },
    f: { $mkForce: { x: { $mkBefore: [1] } } },
    g: { $nix: "{ }\n" },
    h: { $mkForce: { $mkAfter: [] } },
    i: { $ref: "self.x" },
    j: { $ref: "self.x" },
    k: { $mkDefault: new Float(1) },
  });
});

test("YAML's own tags do what they say", () => {
  assert.equal(
    valueOf(
      "[!!str 1, !!str yes, !!int '0x10', !!float 1, !!bool 'true', !!bool False, !!null '', ! 1, !!map {}, !!seq [], ! [1], !<tag:yaml.org,2002:str> 1, !!str ]",
    ),
    ["1", "yes", 16, new Float(1), true, false, null, "1", {}, [], [1], "1", ""],
  );
  assert.equal(
    shown(yaml("[!!int x, !!bool yes, !!null 1, !!float a, !!str [1], !!map [1], !!seq x]")),
    [
      "tag-mismatch: the value does not match its tag '!!str' «!!str»",
      "tag-mismatch: the value does not match its tag '!!map' «!!map»",
      "tag-mismatch: the value does not match its tag '!!seq' «!!seq»",
      "tag-mismatch: the value does not match its tag '!!int' «x»",
      "tag-mismatch: the value does not match its tag '!!bool' «yes»",
      "tag-mismatch: the value does not match its tag '!!null' «1»",
      "tag-mismatch: the value does not match its tag '!!float' «a»",
    ],
  );
  const misfits = [
    "!!int x",
    "!!int null",
    "!!int true",
    "!!int 1.5",
    "!!bool yes",
    "!!bool 1",
    "!!null 1",
    "!!float x",
  ];
  assert.equal(
    shown(yaml(`[${misfits.join(", ")}]`)),
    misfits.map((misfit) =>
      misfit.replace(/(.+) (.+)/, "tag-mismatch: the value does not match its tag '$1' «$2»"),
    ),
  );
});

test("any other tag is an error with help", () => {
  const { findings } = yaml(
    "a: !mkforce 1\nb: !mkIf {}\nc: !include x\nd: !!set {x}\ne: !!strict x\n",
  );
  assert.equal(
    findings.map(({ code, message }) => `${code}: ${message}`),
    [
      "unknown-form: unknown tag '!mkforce'; did you mean '!mkForce'?",
      "unknown-form: unknown tag '!mkIf'",
      "unknown-form: unknown tag '!include'",
      "unknown-form: unknown tag '!!set'",
      "unknown-form: unknown tag '!!strict'",
    ],
  );
  assert.equal(
    findings.map(({ help }) => help),
    [
      undefined,
      "write it as data: {_type: if, condition: true, content: ...}",
      "pass the other file as another source",
      ...Array(2).fill(
        "the tags are '!path', '!fileContents', '!ref', '!interpolate', '!concat', '!value', '!modulesIn', '!nix', '!mkForce', '!mkDefault', '!mkOverride', '!mkBefore', '!mkAfter' and '!mkOrder'",
      ),
    ],
  );
});

test("ambiguous plain scalars are listed with their paths", () => {
  const { ambiguous } = documentOf(
    yaml(
      "a: yes\nb: [On, 'no', \"off\", x, { c: 0644 }]\nd: !mkForce [NO, -010, 0, 0.5, !!str yes, 100, 010.5, noon, ono]\non: 1\n&k off: 2\ne: *k\n&l 010: 3\n",
    ),
  );
  assert.equal(ambiguous, [
    { path: ["a"], text: "yes" },
    { path: ["b", 0], text: "On" },
    { path: ["b", 4, "c"], text: "0644" },
    { path: ["d", "$mkForce", 0], text: "NO" },
    { path: ["d", "$mkForce", 1], text: "-010" },
  ]);
  assert.equal(valueOf("[0644, -010]"), [644, -10]);
});

test("what cannot be read has its place", () => {
  const unread: { readonly [text: string]: readonly Path[] | undefined } = {
    "a: { b: [1, !bogus x] }": [["a", "b", 1]],
    "a: !bogus { b: [.inf], c: { d: !bogus 1 } }": [["a", "b", 0], ["a", "c", "d"], ["a"]],
    "a: !bogus [&x 1]\nb: [*x, *y]": [["a"], ["b", 1]],
    "a: { b: 1, c: 2, b: 3 }": [["a", "b"]],
    "a: { b: { ? [] : 1 } }": [["a", "b"]],
    "a: { b: { *x : 1 } }": [["a", "b"]],
    "a: { b: { &k !!int x : 1 } }": [["a", "b"]],
    "a: { b: { <<: 1 } }": [["a", "b"]],
    "a: !mkForce [.nan]": [["a", "$mkForce", 0]],
    "a: &a [1]\nb: .inf": [["b"]],
    "a: { <<: { b: 1 }, c: .inf }": [["a", "c"]],
    "!bogus 1": [[]],
    // These may be anywhere.
    "a: &a [!bogus 1]": undefined,
    "a: { <<: { b: .inf } }": undefined,
    "a: { <<: { b: &c [.inf] } }": undefined,
    "{ !bogus a: 1 }": undefined,
  };
  for (const [text, paths] of Object.entries(unread)) {
    assert.equal(yaml(text).document?.unread, paths, text);
  }
});

test("ambiguous scalars below an anchor are marked", () => {
  assert.equal(documentOf(yaml("a: &a [yes]\nb: no\n")).ambiguous, [
    { path: ["a", 0], text: "yes", isAnchored: true },
    { path: ["b"], text: "no" },
  ]);
});

test("strings that Nix cannot hold are errors, as values and as keys", () => {
  assert.equal(
    shown(yaml('a: "\\0"\n"\\ud800": 1\nb: ["\\x00", "\\U0000dfff", "\\ud83d\\ude00"]\n')),
    [
      'invalid-string: a Nix string cannot contain a NUL character «"\\0"»',
      'invalid-string: a Nix string cannot contain half of a surrogate pair «"\\ud800"»',
      'invalid-string: a Nix string cannot contain a NUL character «"\\x00"»',
      'invalid-string: a Nix string cannot contain half of a surrogate pair «"\\U0000dfff"»',
    ],
  );
  assert.equal(shown(yaml("a: [\0")), [
    "invalid-string: a Nix string cannot contain a NUL character «\0»",
  ]);
  assert.equal(shown(yaml("# \u001b[0m\na: 1")), [
    "control-character: the control character U+001B is not allowed here «\u001b»",
  ]);
});

test("texts with CRLF mean the same as with LF", () => {
  const text = 'a: x\n  y\nb: |\n  1\n\n  2\nc: "p\n  q"\nd:\n  - # c\n    e\n';
  assert.equal(valueOf(text.replaceAll("\n", "\r\n")), valueOf(text));
  assert.equal(valueOf(text), { a: "x y", b: "1\n\n2\n", c: "p q", d: ["e"] });
});

test("directives are read, and those without a meaning are not", () => {
  assert.equal(valueOf("%YAML 1.3\n%FOO bar\n%TAG !a! !\n---\na: !a!path ./b\n"), {
    a: { $path: "./b" },
  });
});

test("a text without a value has no inventory", () => {
  for (const text of ["", "# a: 1\n", "---\n"]) {
    assert.equal(shown(yaml(text)), ["empty-input: the input is empty «»"]);
  }
});

const broken: readonly (readonly [text: string, ...findings: string[]])[] = [
  [
    "a: 1\n---\nb: 2\n",
    "an inventory must be a single document, but a second one starts here «---»",
  ],
  [
    "---\n---\na: 1\n",
    "an inventory must be a single document, but a second one starts here «---»",
  ],
  [
    "a: 1\n...\nb: 2\n",
    "an inventory must be a single document, but a second one starts here «b: »",
  ],
  ["a:\n\tb: 1\n", "YAML cannot be indented with tabs «\t»"],
  ["a:\n  b: 1\n c: 2\n", "this key is not aligned with the others in its map «c»"],
  ["a:\n    - b\n  - c\n", "this '-' is not aligned with the others in its list «-»"],
  ["a: 1\n- b\n", "a list entry is not allowed among the keys of a map «-»"],
  ["a: - b\n", "a list cannot start on the line of its key «-»"],
  ["a:\n  - b\n  -c\n", "missing space after '-' «-»"],
  ["a: 1\n  b: 2\n", "this key is not aligned with the others in its map «b»"],
  ["machines\n  laptop:\n", "missing ':' after this key «machines»"],
  ["a: 1\nb\n", "missing ':' after this key «b»"],
  ["a: b: c\n", "unexpected second ': ' on this line «b»"],
  [
    "a: b: c\nd: e: f: g",
    "unexpected second ': ' on this line «b»",
    "unexpected second ': ' on this line «e»",
  ],
  ["a: [1, 2\nb: 3\n", "this '[' is not closed «[»"],
  ["a: {b: [1}\n", "this '[' is not closed «[»"],
  ["a: {b: [c: 1", "this '[' is not closed «[»"],
  ["a: {b: 1\n", "this '{' is not closed «{»"],
  ["a: [\n1]\n", "this '[' is not closed «[»"],
  ["a: ]\n", "unexpected ']' «]»"],
  ["a: [b,, c]\n", "missing value before this comma «,»"],
  [
    "a: {b: 1 c: 2}\n",
    "entries in brackets are separated by commas, not by lines or dashes «1 c: 2»",
  ],
  ["a: ['b' 'c']\n", "missing ',' before this «'»"],
  ["a: 'b\nc: 1\n", "unterminated string «'»"],
  ["- - 'b\n", "unterminated string «'»"],
  ['a: "b\nc: 1\n', 'unterminated string «"»'],
  ['a: {b: "x}\n', 'unterminated string «"»'],
  ["a: ['b, c]", "unterminated string «'»"],
  ["a: 'it's'\n", "unexpected text after the closing quote «s'»"],
  ['a: "b"cd\ne: [f] g\n', "unexpected text after the closing quote «cd»", "unexpected 'g' «g»"],
  [
    "a: 'b' |\n  # c d\n  e\n",
    "unexpected '|' «|»",
    "this is parsed as one key over several lines «e»",
  ],
  ['a: "C:\\dir\\x"\n', "invalid escape '\\d' «\\d»", "invalid escape '\\x' «\\x»"],
  ["a: @b\n", "a string that starts with '@' needs quotes «@b»"],
  [
    "a: `b`\nc: %d\n",
    "a string that starts with '`' needs quotes «`b`»",
    "a string that starts with '%' needs quotes «%d»",
  ],
  ['a: "b"#c\n', "a comment needs a space before its '#' «#c»"],
  ["a: |x\n  b\n", "'x' cannot follow the '|' or '>' of a block string «x»"],
  [
    "a: |x\nc: >= 1.0\n",
    "a string that starts with '|' needs quotes «|x»",
    "a string that starts with '>' needs quotes «>= 1.0»",
  ],
  [
    "a: [*, >1.0, b]\n",
    "a string that starts with '*' needs quotes «*»",
    "a string that starts with '>' needs quotes «>1.0»",
  ],
  [
    "a: *-*-* 04:00 # c\nb: *:0/15\n",
    "a string that starts with '*' needs quotes «*-*-* 04:00»",
    "a string that starts with '*' needs quotes «*:0/15»",
  ],
  ["*.a.org: b\nc: d\n", "a string that starts with '*' needs quotes «*.a.org»"],
  ["- [\n  @a,\n  b ]\n", "a string that starts with '@' needs quotes «@a»"],
  ["a: !mkForce *b\n", "an alias cannot have a tag or an anchor «*b»"],
  ["a: !path !ref x\n", "a value can have only one tag «!ref»"],
  ["a: &b &c 1\n", "a value can have only one anchor «&c»"],
  ["a: &\n", "a string that starts with '&' needs quotes «&»"],
  ["a: !b!c 1\n", "'!b!c' is not a valid tag «!b!c»"],
  ["%YAML 1.2\na: 1\n", "missing '---' line after the directives «a»"],
  ["--- a: 1\n", "a map or list cannot start on the '---' line «a»"],
  [
    "a: @b\nc: [1\nd: 2\n",
    "a string that starts with '@' needs quotes «@b»",
    "this '[' is not closed «[»",
  ],
];

for (const [text, ...findings] of broken) {
  test(`${JSON.stringify(text)} is not YAML`, () =>
    assert.equal(shown(yaml(text)).map(withoutCode), findings));
}

test("no text of the package shows in a finding", () => {
  for (const [text] of broken) {
    for (const { message } of yaml(text).findings) {
      assert.not.match(message, /Implicit|flow|indicator|resolve|token|collection/);
    }
  }
});

test("a path leads to its value, its key, or the nearest value around", () => {
  const parsed = yaml(
    "a: &a # c\n  b: [x, 'y z', {c: t}]\n  d:\nd: !mkForce\n  e: !path ./f\ng: {<<: [{h: 1}, *a], i: *a}\n80: n\n? j\nk: ''\n",
  );
  assert.is(located(parsed, ["a", "b", 1]), "'y z'");
  assert.is(located(parsed, ["a", "b"]), "[x, 'y z', {c: t}]");
  assert.is(located(parsed, ["a", "b", 2, "c"], true), "c");
  assert.is(located(parsed, ["a", "b", 5, "c"], true), "[x, 'y z', {c: t}]");
  assert.is(located(parsed, ["a"]), "b: [x, 'y z', {c: t}]");
  assert.is(located(parsed, ["a"], true), "a");
  assert.is(located(parsed, ["a", "d"]), "d");
  assert.is(located(parsed, ["d", "$mkForce", "e", "$path"]), "./f");
  assert.is(located(parsed, ["d", "$mkForce", "e"], true), "e");
  assert.is(located(parsed, ["g", "h"], true), "h");
  assert.is(located(parsed, ["g", "b", 0]), "x");
  assert.is(located(parsed, ["g", "i"]), "*a");
  assert.is(located(parsed, ["g", "i", "b", 0]), "x");
  assert.is(located(parsed, ["80"]), "n");
  assert.is(located(parsed, ["j"]), "j");
  assert.is(located(parsed, ["j", "x"]), "j");
  assert.is(located(parsed, ["k"]), "''");
  assert.is(located(parsed, ["k", "x"]), "''");
  assert.is(located(parsed, ["g", "toString"]), "{<<: [{h: 1}, *a], i: *a}");
  assert.is(located(parsed, ["g", "b", "0"]), "[x, 'y z', {c: t}]");
  assert.is(located(parsed, ["g", "b", 0], true), "x");
  assert.is(located(yaml("- |\n  a\n  b\n- 'x\n  y'\n"), [0]), "|\n  a\n  b");
});

test("a key that is refused is not called a duplicate as well", () => {
  assert.equal(
    yaml('a: 1\n!path a: 2\na: 3\n"\\0": 4\n"\\0": 5\n').findings.map(({ code }) => code),
    ["invalid-key", "invalid-string", "invalid-string", "duplicate-key"],
  );
});

test.run();
