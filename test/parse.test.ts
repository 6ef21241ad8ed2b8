import { test } from "uvu";
import * as assert from "uvu/assert";
import type { Data } from "../src/model/data.js";
import type { Document } from "../src/model/document.js";
import type { Path } from "../src/model/origin.js";
import type { Span } from "../src/model/source.js";
import { Float, isList, isMap } from "../src/model/value.js";
import fc from "./fast-check.js";
import { documentOf, type ReadingOptions, reading, shown } from "./reading.js";

test("a name that ends in .json means strict JSON, whatever the text", () => {
  assert.equal(shown(reading("machines: {}", { name: "a.json" })), [
    "foreign-format: this looks like YAML, but is parsed as JSON «machines:»",
  ]);
});

test("other text is JSON if it is one JSON object, else YAML", () => {
  const tabbed = '{\n\t"a": {\n\t\t"b": 1e2\n\t}\n}';
  assert.equal(documentOf(reading(tabbed, { name: "-" })).value, { a: { b: new Float(100) } });
  assert.equal(documentOf(reading("{a: 1, b: [x]}", { name: "-" })).value, { a: 1, b: ["x"] });
  assert.equal(reading("{a: 1}: 2", { name: "-" }).findings.length, 1);
});

test("an explicit format overrides the name", () => {
  assert.equal(documentOf(reading("a: 1", { name: "a.json", format: "yaml" })).value, { a: 1 });
  assert.equal(shown(reading('{"a": yes}', { format: "json" })), [
    "json-syntax: 'yes' is not a JSON value «yes»",
  ]);
});

test("a byte order mark is not part of the text, but counts in offsets", () => {
  for (const name of ["a.json", "a.yaml"]) {
    const { document } = reading('\ufeff{"a": [1, 2]}', { name });
    assert.equal(document!.value, { a: [1, 2] });
    assert.equal(document!.locate(["a", 1], false), { start: 11, end: 12 });
  }
  assert.equal(documentOf(reading("\ufeffa: 1")).locate(["a"], true), { start: 1, end: 2 });
});

test("an empty text, or only comments, is an error", () => {
  for (const text of ["", "\n\n", "# a: 1\n", "---\n# a\n", "\ufeff", "%YAML 1.2\n---\n"]) {
    assert.equal(
      shown(reading(text)),
      ["empty-input: the input is empty «»"],
      JSON.stringify(text),
    );
  }
  assert.is(reading(" ", { name: "a.json" }).findings[0]!.code, "empty-input");
  assert.equal(documentOf(reading("{}")).value, {});
});

test("limits on size, nesting and values apply to both languages", () => {
  const codes = (text: string, options: ReadingOptions): string[] =>
    reading(text, options).findings.map(({ code }) => code);
  for (const name of ["a.yaml", "a.json"]) {
    assert.equal(codes('{"a": 1}', { name, limits: { size: 7 } }), ["limit-exceeded"]);
    assert.equal(codes('{"a": [[1]]}', { name, limits: { depth: 2 } }), ["limit-exceeded"]);
    assert.equal(codes('{"a": [[1]]}', { name, limits: { depth: 3 } }), []);
    assert.equal(codes('{"a": [1, "x", null, {}]}', { name, limits: { values: 5 } }), [
      "limit-exceeded",
    ]);
    assert.equal(codes('{"a": [1, "x", null, {}]}', { name, limits: { values: 6 } }), []);
  }
});

test("deep nesting is refused, not followed", () => {
  const deep = [
    "[".repeat(100_000),
    '{"a":'.repeat(100_000),
    "- ".repeat(100_000),
    "? ".repeat(5_000),
    "a: [{".repeat(20_000),
  ];
  const stairs = Array.from({ length: 3_000 }, (_, level) => `${" ".repeat(level)}a:\n`).join("");
  for (const text of [...deep, stairs]) {
    assert.equal(
      reading(text).findings.map(({ code }) => code),
      ["limit-exceeded"],
    );
  }
  for (const text of deep.slice(0, 2)) {
    assert.is(reading(text, { name: "a.json" }).findings[0]!.code, "limit-exceeded");
  }
});

test("brackets in strings, comments and block texts do not nest", () => {
  const many = "[{".repeat(500);
  const text = `a: "${many}" # ${many}\nb: '${many}'\nc: |\n  ${many}\nd: x${many}\n`;
  assert.equal(documentOf(reading(text)).value, {
    a: many,
    b: many,
    c: `${many}\n`,
    d: `x${many}`,
  });
  assert.equal(documentOf(reading(`{"a": "${many}"}`)).value, { a: many });
});

const samples = [
  'meta: {name: fleet, tld: null}\nmachines:\n  laptop:\n    tags: [all, "x y"] # c\n  pi: &pi {deploy: {targetHost: root@pi}}\n  nas: *pi\n',
  "a: &x\n  - !mkForce {b: 0x1F, 'c': -1.5e3}\n  - !path ./a\nd:\n  <<: {e: yes, f: 0644}\n  g: |+\n    text\n\n  h: >-\n    folded\n    text\n? i\n: ~\n",
  '{"a": {"b": [1, 1.0, -0, 9007199254740993, "\\u00e9\\n"], "a\\"c": true}, "d": null}',
  '---\n%x: 1\na: "x\\\n  y"\n...\n# end',
];

test("no change to a text makes the parser throw, hang, or point outside", () => {
  const pieces = fc.constantFrom(
    ..."{}[],:#&*!|>'\"%@`-?\\ \n\t\r\0~.0x1eé\ud83d",
    ": ",
    "- ",
    "<<: ",
    "\n  ",
    "---\n",
    "&a ",
    "*a",
    "!nix ",
    "!!int ",
    "\\u",
    "/*",
  );
  const edit = fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    remove: fc.nat(6),
    insert: fc.array(pieces, { maxLength: 3 }),
  });
  const property = fc.property(
    fc.constantFrom(...samples),
    fc.array(edit, { minLength: 1, maxLength: 6 }),
    fc.constantFrom("a.yaml", "a.json", "-"),
    (sample, edits, name) => {
      const text = edits.reduce((text, { at, remove, insert }) => {
        const start = Math.floor(at * text.length);
        return text.slice(0, start) + insert.join("") + text.slice(start + remove);
      }, sample);
      const { document, findings } = reading(text, { name });
      if (findings.length === 0) {
        assert.equal(document!.unread, []);
      }
      for (const { place, related } of findings) {
        for (const { start, end } of [place, ...related.map(({ place }) => place)] as Span[]) {
          assertWithin(text, { start, end });
        }
      }
      if (document !== undefined) {
        for (const path of pathsOf(document)) {
          for (const isKey of [true, false]) assertWithin(text, document.locate(path, isKey));
        }
      }
    },
  );
  fc.assert(property, { numRuns: 4000 });
});

function assertWithin(text: string, { start, end }: Span): void {
  assert.ok(
    0 <= start && start <= end && end <= text.length,
    `${start}-${end} in ${JSON.stringify(text)}`,
  );
}

/** The paths of all values, and of some that do not exist. */
function* pathsOf({ value, ambiguous, unread }: Document): Generator<Path> {
  yield* pathsBelow(value, []);
  yield ["nowhere", 3, "at all"];
  for (const { path } of ambiguous) {
    yield path;
  }
  yield* unread;
}

function* pathsBelow(value: Data, path: Path): Generator<Path> {
  yield path;
  if (isList(value)) {
    for (const [index, item] of value.entries()) {
      yield* pathsBelow(item, [...path, index]);
    }
  } else if (isMap(value)) {
    for (const [key, entry] of Object.entries(value)) {
      yield* pathsBelow(entry, [...path, key]);
    }
  }
}

test.run();
