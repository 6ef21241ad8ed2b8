/**
 * Reading in pieces must differ in memory only: values and findings are the same as from reading the
 * whole.
 */

import { readFileSync } from "node:fs";
import * as fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import type { Finding } from "../src/diagnostics/diagnostic.js";
import { type Data, isDataMap } from "../src/model/data.js";
import type { Document } from "../src/model/document.js";
import { completeOptions } from "../src/model/options.js";
import type { Path } from "../src/model/origin.js";
import { isList } from "../src/model/value.js";
import { parseYaml } from "../src/text/yaml.js";
import { compose, type PieceSize } from "../src/text/yaml-pieces.js";
import { Walk } from "../src/text/yaml-walk.js";
import { writeYaml } from "../src/text/yaml-writer.js";
import { inventory, mutated } from "./arbitraries.js";
import { readCases } from "./cases.js";
import { certain } from "./reading.js";

const { limits } = completeOptions({});
const corpus = JSON.parse(
  readFileSync(new URL("data/corpus.json", import.meta.url), "utf8"),
) as readonly string[];
const golden = readCases().flatMap(({ sources }) => sources.map(({ text }) => text));
const whole: PieceSize = { text: Infinity, words: 1, items: 1 };
const sizes: readonly PieceSize[] = [1, 2, 5].flatMap((words) =>
  [1, 2].map((items) => ({ text: 0, words, items })),
);

test("the corpus and the golden cases read the same", () => {
  for (const text of [...corpus, ...golden]) {
    checkSizes(text);
  }
});

property(
  "so do texts near them",
  mutated(fc.constantFrom(...corpus, ...golden.filter(({ length }) => length < 5000))),
  400,
);

property("and inventories of any kind", inventory({ forms: true }).map(writeYaml), 100);

test("what is read in pieces is what was written, in its order", () => {
  const blocks =
    "a:\n  b: 1\n  c:\n    - x\n    - - y\n      - z: !path ./p\n        w: |\n          text\n    -\n  d: [1, {e: 2}]\n  'f g': \"h\\ti\"\n? k\n: v\nl:\n";
  const value = {
    a: {
      b: 1,
      c: ["x", ["y", { z: { $path: "./p" }, w: "text\n" }], null],
      d: [1, { e: 2 }],
      "f g": "h\ti",
    },
    k: "v",
    l: null,
  };
  for (const size of sizes) {
    assert.is(JSON.stringify(read(blocks, size).value), JSON.stringify(value));
  }
});

test("aliases look back to what was read in earlier pieces, and merges have all their keys", () => {
  const text =
    "x-base: &base\n  a: &one 1\n  b: 2\nlist:\n  - *one\n  - *base\n  - <<: *base\n    b: 3\n  - &later 4\nmap:\n  c: *later\n  d: *one\n";
  const value = {
    "x-base": { a: 1, b: 2 },
    list: [1, { a: 1, b: 2 }, { b: 3, a: 1 }, 4],
    map: { c: 4, d: 1 },
  };
  for (const size of sizes) {
    assert.equal(read(text, { ...size, items: 2 }).value, value);
  }
});

test("a merge looks back, too: a later anchor of the same name is not what it refers to", () => {
  const text = "x: &x {p: 1}\na: {<<: *x, b: &x {p: 2}}\nc: {<<: &y {p: 3}, d: *y}\n";
  const value = { x: { p: 1 }, a: { b: { p: 2 }, p: 1 }, c: { d: { p: 3 }, p: 3 } };
  for (const size of [whole, ...sizes]) {
    assert.equal(read(text, size).value, value);
  }
  checkFindings("a: {<<: *x, b: &x {p: 2}}\n", ["no anchor '&x' before this alias"]);
});

test("ambiguous scalars are found in pieces, at their paths", () => {
  const text =
    'a: yes\nb:\n  - 1\n  - c: on\n    "d\\te":\n      - x\n      - - off\n        - No\n      - y: 0644\n    ? f\n    : g: NO\nh: {i: [yes]}\n:\n  - Yes\nj:\n  <<:\n    k: ON\n    l: 1\n    m: OFF\n';
  const found = [
    "a yes",
    "b.1.c on",
    "b.1.d\te.1.0 off",
    "b.1.d\te.1.1 No",
    "b.1.d\te.2.y 0644",
    "b.1.f.g NO",
    "h.i.0 yes",
    ".0 Yes",
    "j.k ON",
    "j.m OFF",
  ];
  for (const size of sizes) {
    assert.equal(
      read(text, size).ambiguous.map(({ path, text }) => `${path.join(".")} ${text}`),
      found,
    );
  }
});

test("what may be in other places, too, is known by its anchor", () => {
  const text = "a: &a\n  b: yes\n  c: [&d no]\ne:\n  - on\n  - &f off\n";
  for (const size of [whole, ...sizes]) {
    const { ambiguous } = read(text, size);
    assert.equal(
      ambiguous.filter(({ isAnchored }) => isAnchored).map(({ text }) => text),
      ["yes", "no", "off"],
    );
  }
});

test("keys with a thousand characters are as long in a piece as in the whole", () => {
  for (const length of [1000, 1023, 1024, 1025]) {
    checkSizes(`a: 1\nb: 2\n${"k".repeat(length)}: 3\nc: 4\nd: 5\n`);
  }
});

for (const [what, text] of Object.entries({
  "a duplicate key, in two pieces": "a: 1\nb: 2\nc: 3\nd: 4\na: 5\ne: 6\na: 7\nb:\n",
  "a merge of many entries, which later ones may replace":
    "x: &x {c: 1, e: 2}\n<<: *x\nb: 2\nc: 3\nd: 4\n",
  "two merges": "x: &x {c: 1}\n<<: *x\nb: 2\n<<: *x\nd: 4\n<<: {e: 1}\nf: 1\n",
  "merges of something else":
    "x: 1\n<<: 1\nb: 2\nc: 3\nd:\n  - e: 1\n    f: 2\n    <<: [a]\n    g: 3\n    h: 4\n",
  "an alias of what contains it": "a: 1\nb: &b\n  c: 1\n  d: *b\n  e: 2\n",
  "two documents": "a: 1\nb: 2\nc: 3\n---\na: 1\n",
  "two documents with mistakes": "a: 1\nb: [\nc: 3\n---\na: 1\nb: 2\n",
  "a directive": "%TAG ! tag:example.org,2000:\n---\na: !path ./x\nb: 2\nc: 3\nd: 4\n",
  "a broken line at the end": "a: 1\nb: 2\nc: 3\nd: [\n",
  "broken lines everywhere": "a: [\nb: 2\nc:  - 3\nd: {\ne: 'f\ng: h: i\nj: k\n  l: m\nn: 1\n",
  "unknown tags": "a: !what 1\nb: 2\nc: !!int x\nd: !nix 1\ne: !!set {f}\ng: 1\n",
  "too many values": `a: &a [1, 2]\n${[...Array(20).keys()].map((key) => `k${key}: *a\n`).join("")}`,
  nothing: "# only a comment\n",
})) {
  test(`pieces report ${what} as the whole does`, () => checkSizes(text, 40));
}

test("a long block has few nodes at a time", () => {
  const entries = Array.from({ length: 500 }, (_, index) => `k${index}: ${index}\n`);
  for (const [what, text] of Object.entries({
    "a map": entries.join(""),
    "one that merges": `x: &x {a: 1}\n<<: *x\n${entries.join("")}`,
    "one with keys twice": [...entries, ...entries].join(""),
    "a broken one": `a: [\n${entries.join("")}`,
    "a list": entries.map((entry) => `- ${entry}`).join(""),
  })) {
    const walk = new Walk({ name: "", text }, limits, () => {});
    const [document] = compose(text, limits, { text: 0, words: 20, items: 2 }, walk).documents;
    assert.ok(
      (document!.contents as unknown as { readonly items: readonly unknown[] }).items.length < 20,
      what,
    );
  }
});

test("blocks of few items each are taken too, when many words wait", () => {
  const list = (indent: string, items: readonly string[]): string =>
    items.map((item) => `${indent}-${item}`).join("");
  const nested = [...Array(3)].reduce<string>(
    (inner, _, level) => list(" ".repeat(3 - level), Array<string>(31).fill(`\n${inner}`)),
    list("    ", Array<string>(12).fill(" 1\n")),
  );
  const { value } = read(`x-a:\n${nested}`);
  assert.is(JSON.stringify(value).match(/1/g)!.length, 31 ** 3 * 12);
});

test("what cannot be read in pieces has a limited length", () => {
  const words = 2 ** 19;
  for (const text of [
    `x-a: [${"1,".repeat(words)}]\n`,
    `x-a: &a\n${"- 1\n".repeat(words)}`,
    `%YAML 1.2\n---\nx-a:\n${"- 1\n".repeat(words)}`,
  ]) {
    const findings: Finding[] = [];
    assert.is(
      parseYaml({ name: "", text }, limits, (finding) => findings.push(finding)),
      undefined,
    );
    assert.equal(
      findings.map(({ code, message }) => [code, message]),
      [["limit-exceeded", "this value is too long to parse in one piece"]],
    );
  }
  assert.is(
    (read(`x-a:\n${"- 1\n".repeat(words)}`).value as { readonly "x-a": readonly Data[] })["x-a"]
      .length,
    words,
  );
});

test("maps and lists that were read in pieces start where they do in the text", () => {
  const text = `# a fleet\n  a: 1 # one\n  ${[..."bcdefg"].map((key) => `${key}:\n   -  x: ${key}\n      y:\n   - z\n`).join("  ")}`;
  for (const size of [whole, ...sizes]) {
    const { locate } = read(text, size);
    const textAt = (path: Path, isKey = false) => text.slice(...Object.values(locate(path, isKey)));
    assert.equal(
      [[], ["g"], ["g", 0], ["g", 0, "y"], ["g", 1]].map((path) => textAt(path)),
      ["a: 1 # one", "-  x: g", "x: g", "y", "z"],
    );
    assert.is(textAt(["g", 0, "x"], true), "x");
  }
});

function read(text: string, size?: PieceSize): Document {
  return parseYaml({ name: "", text }, limits, () => assert.unreachable(), size)!;
}

function checkSizes(text: string, nodes = 20_000): void {
  const expected = outcome(text, whole, nodes);
  for (const size of sizes) {
    assert.equal(
      outcome(text, size, nodes),
      expected,
      `${JSON.stringify(text)} ${JSON.stringify(size)}`,
    );
  }
}

/** Everything that callers see; maps as lists, to see their order. */
function outcome(text: string, size: PieceSize, nodes = 20_000) {
  const findings: Finding[] = [];
  const document = parseYaml(
    { name: "", text },
    { ...limits, values: nodes },
    (finding) => findings.push(finding),
    size,
  );
  const value = JSON.stringify(document?.value, (_, value: unknown) =>
    typeof value === "bigint" ? `${value}n` : value,
  );
  const places =
    document &&
    [...pathsIn(document.value)].flatMap((path) =>
      [true, false].flatMap((isKey) => Object.values(document.locate(path, isKey))),
    );
  return {
    findings: certain(findings),
    ambiguous: document?.ambiguous,
    unread: document?.unread.map((path) => JSON.stringify(path)).sort(),
    value,
    places: places?.join(" "),
  };
}

function* pathsIn(value: Data, path: Path = []): Generator<Path> {
  yield path;
  if (isList(value)) {
    for (const [index, item] of value.entries()) yield* pathsIn(item, [...path, index]);
  } else if (isDataMap(value)) {
    for (const key of Object.keys(value)) yield* pathsIn(value[key]!, [...path, key]);
  }
}

function checkFindings(text: string, messages: readonly string[]): void {
  for (const size of [whole, ...sizes]) {
    assert.equal(
      outcome(text, size).findings.map((finding) => (JSON.parse(finding) as Finding).message),
      messages,
    );
  }
}

function property(name: string, texts: fc.Arbitrary<string>, numRuns: number): void {
  test(name, () =>
    fc.assert(
      fc.property(texts, (text) => checkSizes(text)),
      { numRuns, seed: 1 },
    ),
  );
}

test.run();
