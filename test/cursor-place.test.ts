import { test } from "uvu";
import * as assert from "uvu/assert";
import { type Data, isDataMap } from "../src/model/data.js";
import { isWithin } from "../src/model/setting-path.js";
import type { SourceFormat } from "../src/model/source.js";
import type { CursorPlace } from "../src/text/cursor-place.js";
import { pathAt } from "../src/text/path-at.js";
import { readTolerantly } from "../src/text/read-tolerantly.js";
import { diceOf, jsonOf, pathsOf, styledYaml, texts, valueAt } from "./edit-texts.js";
import fc from "./fast-check.js";
import { documentOf, reading } from "./reading.js";

/** A text with the cursor at `|`, and what is wanted there. */
for (const [text, place] of [
  ["|", "either of ()"],
  ["mach|", "either of () for «mach»"],
  ["mach|: {}", "key of () for «mach» with a colon"],
  ["machines:|", "value of machines, after « »"],
  ["machines: |", "value of machines"],
  ["machines:\n  |", "either of machines"],
  ["machines:\n  lap|", "either of machines for «lap»"],
  ["machines:\n  |\n  web: {}", "key of machines beside web"],
  ["machines:\n |\n  web: {}", "key of machines beside web, after «  »"],
  ["machines:\n  web: {}\n  lap|", "key of machines for «lap» beside web"],
  ["machines:\n  lap|\n  web: {}", "key of machines for «lap» beside web"],
  ["machines:\n  web: {}\n  lap|\n  db:\n", "key of machines for «lap» beside web db"],
  ["machines:\n  web: {}\n|", "key of () beside machines"],
  ["machines:\n  web: {}\n   |", "key of machines beside web, after «  »"],
  ["machines:\n  web:\n    tags: []\n  |\ntags: {}", "key of machines beside web"],
  ["machines:\n  web:\n    |", "either of machines web"],
  ["machines:\n  laptop:\n    ta|", "either of machines laptop for «ta»"],
  ["machines:\n  laptop: { ta|", "key of machines laptop for «ta»"],
  ["machines:\n  laptop: { ta|\n  web: {}", "key of machines laptop for «ta»"],
  ["machines:\n  laptop: {|", "key of machines laptop"],
  ["machines:\n  laptop: {|}", "key of machines laptop"],
  ["machines:\n  laptop: { | tags: [] }", "key of machines laptop beside tags with a comma behind"],
  ["machines:\n  laptop: { tags: |", "value of machines laptop tags"],
  ["machines:\n  laptop: { tags:|}", "value of machines laptop tags, after « »"],
  ["machines:\n  laptop: { tags: [], | }", "key of machines laptop beside tags"],
  ["machines:\n  laptop: { tags: [] |}", "nowhere"],
  [
    "machines:\n  laptop: { tags: []\n    | }",
    "key of machines laptop beside tags with a comma at 30",
  ],
  ["machines:\n  laptop:\n    tags: [mobile, |]", "value of machines laptop tags 1 beside mobile"],
  ["machines:\n  laptop:\n    tags: [mobile, |", "value of machines laptop tags 1 beside mobile"],
  [
    "machines:\n  laptop:\n    tags: [mobile, |\n  web: {}",
    "value of machines laptop tags 1 beside mobile",
  ],
  [
    "machines:\n  laptop:\n    tags: [mobile, de|sk, x]",
    "value of machines laptop tags 1 for «de» beside mobile x",
  ],
  [
    "machines:\n  laptop:\n    tags: [| mobile]",
    "value of machines laptop tags 0 beside mobile with a comma behind",
  ],
  ["machines:\n  laptop:\n    tags:\n    - |", "either of machines laptop tags 0"],
  [
    "machines:\n  laptop:\n    tags:\n    - a\n    -|",
    "either of machines laptop tags 1 beside a, after « »",
  ],
  ["machines:\n  laptop:\n    tags:\n    - a\n    |", "key of machines laptop beside tags"],
  [
    "machines:\n  laptop:\n    tags:\n      - a\n      |",
    "either of machines laptop tags 1 beside a, after «- »",
  ],
  [
    "machines:\n  laptop:\n    tags:\n      - a\n      mo|",
    "either of machines laptop tags 1 for «mo» beside a, after «- »",
  ],
  [
    "machines:\n  laptop:\n    tags:\n      |\n      - a",
    "either of machines laptop tags 0 beside a, after «- »",
  ],
  ["machines:\n  laptop:\n    machineClass: |", "value of machines laptop machineClass"],
  [
    "machines:\n  laptop:\n    machineClass: ni|xos # c",
    "value of machines laptop machineClass for «ni»",
  ],
  ["machines:\n  laptop:\n    machineClass: | # c", "value of machines laptop machineClass"],
  ["machines:\n  laptop:\n    | # c", "either of machines laptop"],
  ["machines:\n  laptop:\n  |: {}", "key of machines beside laptop with a colon"],
  ["machines: {|: {}, a: {}}", "key of machines beside a with a colon"],
  ["machines: { lap|: {}, a: {}}", "key of machines for «lap» beside a with a colon"],
  [
    "instances:\n  a b:\n    roles: { client: { machines: {\n      laptop: { settings: { x: 1, |",
    "key of instances a b roles client machines laptop settings beside x",
  ],
  [
    "instances:\n  i:\n    roles:\n      r:\n        extraModules:\n          - imports: [./a.nix]\n            |",
    "key of instances i roles r extraModules 0 beside imports",
  ],
  ["# one\nmeta:\n  # two\n  |", "either of meta"],
  ["meta: # not here |", "nowhere"],
  ["# not |here", "nowhere"],
  ["  |# here", "either of ()"],
  ["a: [b, # not here |\n c]", "nowhere"],
  ['"a: b": { "c, d": |', "value of a: b c, d"],
  ["a: { b: !mkForce |", "value of a b $mkForce"],
  ["a:\n  b: !mkF|", "value of a b for «!mkF»"],
  ["a:\n  b: !mkForce |", "value of a b $mkForce"],
  ["a:\n  b: !mkForce\n    |", "either of a b $mkForce"],
  ["a: !mkForce [x, |]", "value of a $mkForce 1 beside x"],
  ["a: 'it''s|", "value of a for «'it''s»"],
  ['a: "b|\nc: d', 'value of a for «"b»'],
  ['a: "b\nc: "d|"', 'value of c for «"d»'],
  ['a: "b\n  c" # x\nd|: 1', "key of () for «d» beside a with a colon"],
  ["a: |\n  text\n  ¦", "nowhere"],
  ["a: |\n  text\n¦", "key of () beside a"],
  ["a: >-\n  te¦xt\nb: 1", "nowhere"],
  ["a: |\n  text\n\n¦\n  more\n", "nowhere"],
  ["a: b\n  mo|re", "nowhere"],
  ["a:\r\n  b: 1\r\n  |\r\nc: 2\r\n", "key of a beside b"],
  ["a:\r\n  b: [x,|\r\nc: 2\r\n", "value of a b 1 beside x"],
  ["- a: 1\n  |", "key of 0 beside a"],
  ["- a\n- b|", "either of 1 for «b» beside a"],
  ["- - a\n  - |", "either of 0 1 beside a"],
  ["a:\n- b: 1\n  c: |\nd: 2", "value of a 0 c"],
  ["a:\n- b\nd|", "key of () for «d» beside a"],
  ["? a\n: |", "value of a"],
  ["---\na:\n  |", "either of a"],
  ["\ufeffa:\n  |", "either of a"],
  ["a:\n\t|", "either of a"],
  ["a: [[b, [|", "value of a 0 1 0"],
  ["a: [{b: 1}, {|", "key of a 1"],
  ["a: [b: |]", "value of a 0 b"],
  ["{ a: 1, b: { | } }", "key of b"],
  ["{\n  a: 1,\n  b: {\n    |\n  c: 1 }", "key of b"],
] as const) {
  test(`the cursor in ${JSON.stringify(text)}`, () => assert.is(described(text, "yaml"), place));
}

for (const [text, place] of [
  ['{ "machines": { "laptop": { "|" } } }', 'key of machines laptop for «"»'],
  ['{ "machines": { "laptop": { "ta| } } }', 'key of machines laptop for «"ta»'],
  [
    '{ "machines": { "laptop": { "tags": ["a", "|"] } } }',
    'value of machines laptop tags 1 for «"» beside a',
  ],
  ['{\n  "instances": {\n    "x": { "module": |', "value of instances x module"],
  ['{\n  "a": 1\n  |\n}', "key of () beside a with a comma at 10"],
  ['{\n  "a": 1\n  "b": {|}\n}', "key of b"],
  ['{\n  "a": 1\n  "b|": {}\n}', 'key of () for «"b» beside a with a colon with a comma at 10'],
  ['{ | "a": 1 }', "key of () beside a with a comma behind"],
  ['{ "a": | "b": 1 }', "value of a with a comma behind"],
  ['{ "a": | 1 }', "nowhere"],
  ['["a" "b|"]', 'value of 1 for «"b» beside a with a comma at 4'],
  ['{\n  "a": { "b": ["x", "|\n    "c": {}\n  },\n  "d": {}\n}', 'value of a b 1 for «"» beside x'],
  [
    '{\n  "a": {\n    "b": ["x",\n    "c": {}\n  },\n  "d": {},\n  "|"\n}',
    'key of () for «"» beside a d',
  ],
  ['{\n  "a": {\n    "b": { "x": 1,\n    "c": {}\n  },\n  "d": { | }\n}', "key of d"],
] as const) {
  test(`the cursor in JSON ${JSON.stringify(text)}`, () =>
    assert.is(described(text, "json"), place));
}

test("wherever the cursor is in a text that can be read, it is where the exact reading says", () => {
  let places = 0;
  fc.assert(
    fc.property(texts, fc.constantFrom<SourceFormat>("yaml", "json"), ({ value, seed }, format) => {
      const dice = diceOf(seed);
      const text = format === "yaml" ? styledYaml(value, dice) : jsonOf(value, dice);
      const document = documentOf(reading(text, { format }));
      for (const path of pathsOf(value)) {
        const inside = valueAt(value, path)!;
        for (const isKey of typeof path.at(-1) === "string" ? [true, false] : [false]) {
          const { start, end } = document.locate(path, isKey);
          const isOneLine = !text.slice(start, end).includes("\n");
          if ((!isKey && typeof inside !== "string") || !isOneLine) {
            continue;
          }
          places++;
          const cursor = start + dice(end - start + 1);
          const { place } = readTolerantly(text, format, cursor);
          const shown = `${JSON.stringify(path)} at ${cursor} in ${JSON.stringify(text)}`;
          assert.equal(place?.path, isKey ? path.slice(0, -1) : path, shown);
          assert.equal(place!.span, { start, end }, shown);
          assert.is(place!.wants === "key", isKey, shown);
          assert.is(place!.hasColon, isKey, shown);
          assert.not(place!.needsComma || place!.commaBefore !== undefined, shown);
          if (isKey) {
            const map = valueAt(value, path.slice(0, -1)) as object;
            assert.equal(
              [...place!.siblings].sort(),
              Object.keys(map)
                .filter((key) => key !== path.at(-1))
                .sort(),
              shown,
            );
          }
        }
      }
    }),
    { numRuns: 500 },
  );
  assert.ok(places > 2000, `${places}`);
});

test("at any offset of a text that can be read it agrees with the exact answer", () => {
  fc.assert(
    fc.property(
      texts,
      fc.constantFrom<SourceFormat>("yaml", "json"),
      fc.nat(),
      (made, format, at) => {
        const dice = diceOf(made.seed);
        const text = format === "yaml" ? styledYaml(made.value, dice) : jsonOf(made.value, dice);
        const offset = at % (text.length + 1);
        const exact = pathAt(text, documentOf(reading(text, { format })).tree()!, offset);
        const { place } = readTolerantly(text, format, offset);
        // A line below a value may also be a new entry, though a comma is missing before.
        if (exact === undefined || place === undefined || place.commaBefore !== undefined) {
          return;
        }
        const shown = `${JSON.stringify(exact)} at ${offset} of ${JSON.stringify(text)}`;
        switch (exact.part) {
          case "comment":
            assert.is(text.slice(offset - 1, offset + 1), "\r\n", shown);
            break;
          case "key":
            assert.equal([place.wants, place.path], ["key", exact.path.slice(0, -1)], shown);
            break;
          case "value":
            assert.equal([place.wants === "key", place.path], [false, exact.path], shown);
            break;
          case "entry":
            // By which of the maps and lists around a line is indented may be read either way.
            assert.ok(
              isWithin(place.path, exact.path) || isWithin(exact.path, place.path.slice(0, -1)),
              shown,
            );
        }
      },
    ),
    { numRuns: 800 },
  );
});

test("what can be read exactly has the same maps, lists and texts of one line", () => {
  fc.assert(
    fc.property(texts, fc.constantFrom<SourceFormat>("yaml", "json"), ({ value, seed }, format) => {
      const dice = diceOf(seed);
      const text = format === "yaml" ? styledYaml(value, dice) : jsonOf(value, dice);
      const read = readTolerantly(text, format, 0);
      assert.equal(outlined(read.value), outlined(value), text);
    }),
  );
});

test("a cursor anywhere in any part of a text does no harm", () => {
  fc.assert(
    fc.property(texts, fc.nat(), fc.nat(), fc.boolean(), ({ value, seed }, cut, cursor, isCut) => {
      const text = styledYaml(value, diceOf(seed));
      const start = cut % (text.length + 1);
      const part = isCut ? text.slice(0, start) : text.slice(start);
      const at = cursor % (part.length + 1);
      const { place } = readTolerantly(part, "yaml", at);
      assert.ok(place === undefined || (place.span.start <= at && at <= place.span.end), part);
    }),
    { numRuns: 500 },
  );
});

test("a cursor anywhere among any five signs does no harm", () => {
  const signs = ["[", "]", "{", "}", "a: ", '"', "- ", ",", "\n "];
  const textsOf = (length: number): readonly string[] =>
    length === 0 ? [""] : textsOf(length - 1).flatMap((text) => signs.map((sign) => text + sign));
  for (const text of textsOf(5)) {
    const { place } = readTolerantly(text, "yaml", text.length >> 1);
    assert.ok(place === undefined || place.span.end <= text.length, text);
  }
});

test("many brackets, quotes or dashes is passed over", () => {
  for (const unit of [
    "[",
    "{",
    '"',
    "'",
    "- ",
    "[}",
    "{]",
    '"\n',
    "'''\n",
    '\\"\n',
    "a:\n ",
    "&a ",
    "!a ",
    "? ",
    "[a,",
    "a: b: ",
    "\t",
    "a: |\n",
  ]) {
    const text = unit.repeat(200_000 / unit.length);
    for (const format of ["yaml", "json"] as const) {
      readTolerantly(text, format, text.length);
      readTolerantly(text, format, text.length / 2);
    }
  }
});

test.run();

function described(marked: string, format: SourceFormat): string {
  const sign = marked.includes("¦") ? "¦" : "|";
  const offset = marked.indexOf(sign);
  const text = marked.replace(sign, "");
  const { place } = readTolerantly(text, format, offset);
  return place === undefined ? "nowhere" : describePlace(place);
}

function describePlace(place: CursorPlace): string {
  const { wants, path, typed, siblings, lead, hasColon, commaBefore, needsComma } = place;
  return [
    `${wants} of ${path.join(" ") || "()"}`,
    typed === "" ? "" : ` for «${typed}»`,
    siblings.length === 0 ? "" : ` beside ${siblings.join(" ")}`,
    lead === "" ? "" : `, after «${lead}»`,
    hasColon ? " with a colon" : "",
    commaBefore === undefined ? "" : ` with a comma at ${commaBefore}`,
    needsComma ? " with a comma behind" : "",
  ].join("");
}

/** Maps and lists as they are, texts of one line, and nothing else of scalars. */
function outlined(data: Data): Data {
  if (Array.isArray(data)) {
    return data.map(outlined);
  }
  if (isDataMap(data)) {
    return Object.keys(data)
      .sort()
      .map((key) => [key, outlined(data[key]!)]);
  }
  const isPlain = typeof data === "string" && /^(?!(?:true|null)$)[a-z].*$/.test(data);
  return isPlain ? data : null;
}
