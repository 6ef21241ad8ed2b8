import { test } from "uvu";
import * as assert from "uvu/assert";
import { type Data, isDataMap } from "../src/model/data.js";
import type { DataChange } from "../src/model/data-change.js";
import type { Path } from "../src/model/origin.js";
import type { SourceFormat } from "../src/model/source.js";
import { Float } from "../src/model/value.js";
import { inPlaceEditor } from "../src/text/edit/edit-in-place.js";
import { EditableText } from "../src/text/edit.js";
import { writeYaml } from "../src/text/yaml-writer.js";
import { inventory } from "./arbitrary-inventories.js";
import { readCases } from "./cases.js";
import {
  type Dice,
  diceOf,
  jsonOf,
  pathsOf,
  styledYaml,
  texts,
  valueAt,
  words,
} from "./edit-texts.js";
import fc from "./fast-check.js";
import { reading } from "./reading.js";

/** Checks that a text is edited as it would be after a second reading; answers whether it is at all. */
function check(text: string, format: SourceFormat, changes: readonly DataChange[]): boolean {
  const content = reading(text, { format }).document;
  const edits = content && inPlaceEditor({ text, format, content })(changes);
  if (edits === undefined) {
    return false;
  }
  const expected = EditableText.read(text, format)?.edit(changes);
  assert.equal(edits, expected, `${text}\n${JSON.stringify(changes)}`);
  return true;
}

const scalars: readonly Data[] = [true, 12, 1.5, null, new Float(2), "0644", "no"];

/** Another name for the key at a path, another scalar for the string there, or quotes. */
function replacement(value: Data, path: Path, dice: Dice): DataChange | undefined {
  const name = words[dice(words.length)]!;
  const isKey = isDataMap(valueAt(value, path.slice(0, -1))) && dice(2) === 0;
  if (isKey) {
    return { kind: "replaceKey", path, key: name };
  }
  switch (dice(3)) {
    case 0:
      return { kind: "quoteValue", path };
    case 1:
      return { kind: "replaceValue", path, value: scalars[dice(scalars.length)]! };
    default:
      return { kind: "replaceValue", path, value: name };
  }
}

/** Replaces some of what is in a text, alone and together; answers how often that was done in place. */
function checkReplacements(text: string, format: SourceFormat, dice: Dice): number {
  const value = reading(text, { format }).document?.value ?? null;
  const paths = pathsOf(value).filter(({ length }) => length > 0);
  const changes: DataChange[] = [];
  for (let count = 0; count < 5 && paths.length > 0; count++) {
    const change = replacement(value, paths[dice(paths.length)]!, dice);
    if (change !== undefined) {
      changes.push(change);
    }
  }
  const alone = changes.filter((change) => check(text, format, [change])).length;
  return alone + (check(text, format, changes) ? 1 : 0);
}

test("scalars are replaced as they are in a text that is read to be edited", () => {
  let made = 0;
  const property = fc.property(texts, ({ value, seed }) => {
    const dice = diceOf(seed);
    made += checkReplacements(styledYaml(value, dice), "yaml", dice);
    made += checkReplacements(jsonOf(value, dice), "json", dice);
  });
  fc.assert(property, { numRuns: 300 });
  assert.ok(made > 200, `${made}`);
});

test("so they are in inventories", () => {
  let made = 0;
  const property = fc.property(inventory({ forms: true }), fc.nat(), (value, seed) => {
    made += checkReplacements(writeYaml(value), "yaml", diceOf(seed));
  });
  fc.assert(property, { numRuns: 300 });
  const sources = readCases().flatMap((golden) => golden.sources);
  for (const { text } of sources.filter(({ text }) => text.length < 20_000)) {
    made += checkReplacements(text, /^\s*\{/.test(text) ? "json" : "yaml", diceOf(text.length));
  }
  assert.ok(made > 400, `${made}`);
});

test("what a sign may mean is for the other reading", () => {
  const value: DataChange = { kind: "replaceValue", path: ["a", "b"], value: "y" };
  const key: DataChange = { kind: "replaceKey", path: ["a", "b"], key: "y" };
  const quotes: DataChange = { kind: "quoteValue", path: ["a", "b"] };
  assert.ok(check("a:\n  b: x\n", "yaml", [value]));
  assert.ok(check("a: { b: 'x', c: \"we*\" } # R&D\n", "yaml", [key]));
  for (const word of ["x", "yes", "0644", "1_000", "+1.50e3", "12:30", "0x1F"]) {
    assert.ok(check(`a: { b: ${word} }\n`, "yaml", [quotes]), word);
    assert.ok(check(`a:\n  b:   ${word} # c\n`, "yaml", [quotes]), word);
  }
  assert.ok(check('{"a": {"b": "12"}}\n', "json", [{ ...value, value: 12 }]));
  assert.ok(check("a: { b: '12' }\n", "yaml", [{ ...value, value: 12 }]));
  for (const text of [
    "a: { b: &n x }\nc: *n\n",
    "a: &n { b: x }\nc: *n\n",
    "a: { b: !!str x }\n",
    "a: { !!str b: x }\n",
    "a:\n  ? b\n  : x\n",
    "a:\n  b: >\n    x\n",
    "a:\n  b: !!str\n    x\n",
    "a:\n  <<: { b: x }\n",
    "a:\n  b: x\n  b: z\n",
    "%YAML 1.2\n---\na: { b: x }\n",
  ]) {
    assert.not(check(text, "yaml", [value]) && check(text, "yaml", [key]), text);
    assert.is(check(text, "yaml", [quotes]), check(text, "yaml", [value]), text);
  }
  assert.not(check("a: { b: x, y: z }\n", "yaml", [key]));
  assert.not(check("a: { b: x }\n", "yaml", [key, value]));
  assert.not(check("a: { b: x }\n", "yaml", [{ ...value, value: "y, z" }]));
  for (const word of ["", "~", "'x'", '"x"', "!!str x", "[x]", "x\n  y"]) {
    assert.not(check(`a:\n  b: ${word}\n`, "yaml", [quotes]), word);
  }
});

test.run();
