/** The syntax of a text is the same, whether our own reader finds it or the package. */
import { test } from "uvu";
import * as assert from "uvu/assert";
import { completeOptions } from "../src/model/options.js";
import type { Node, Slot, Syntax } from "../src/text/syntax.js";
import { tokenSyntax } from "../src/text/token-syntax.js";
import { readYaml } from "../src/text/yaml/yaml-reader.js";
import { inventory } from "./arbitrary-inventories.js";
import { readCases } from "./cases.js";
import { type Dice, diceOf, styledYaml, texts } from "./edit-texts.js";
import fc from "./fast-check.js";

const { limits } = completeOptions({});

/** Compares both syntaxes of a text; answers whether there are both. */
function check(text: string): boolean {
  const reading = readYaml({ name: "a.yaml", text }, limits);
  const syntax = "offset" in reading ? undefined : reading.said?.syntax?.();
  if (syntax === undefined) {
    return false;
  }
  assert.equal(shown(syntax), shown(tokenSyntax(text)!), text);
  return true;
}

function shown({ root, comments, anchors, aliases, uses, anchored }: Syntax) {
  const names = [anchors, aliases, [...uses], [...anchored]];
  return { root: shownSlot(root), comments, names };
}

function shownSlot({ value, ...slot }: Slot): unknown {
  return { ...slot, value: value && shownNode(value) };
}

function shownNode(node: Node): unknown {
  if (node.kind === "scalar") {
    const { start, content, end, quotes, isTagged, keepsLines, text } = node;
    return { start, content, end, quotes, isTagged, keepsLines, text };
  }
  return "slots" in node
    ? { ...node, slots: node.slots.map(shownSlot), byKey: [...node.byKey.keys()] }
    : node;
}

/** What breaks lines, brackets, quotes and comments apart. */
const pieces = [
  ..."a\n\t-,[]{}'\"",
  ..."  |- |: | #x|# y\n|\r\n|\n\n|[]|{a, b: }|[a,\n b]|a:|'x'|x: # c\n  y".split("|"),
  '"y\\n"',
  ">-\n    a\n",
  "|\n  ",
  "|+\n  b\n\n",
  "|2 # c\n   c\n",
];

function broken(text: string, dice: Dice): string {
  const at = dice(text.length + 1);
  return text.slice(0, at) + pieces[dice(pieces.length)]! + text.slice(at + dice(4));
}

test("of texts in any style", () => {
  let made = 0;
  const property = fc.property(texts, ({ value, seed }) => {
    const dice = diceOf(seed);
    const text = styledYaml(value, dice);
    for (const each of [text, broken(text, dice), broken(broken(text, dice), dice)]) {
      made += check(each) ? 1 : 0;
    }
  });
  fc.assert(property, { numRuns: 1000 });
  assert.ok(made > 500, `${made}`);
});

test("of inventories", () => {
  let made = 0;
  const property = fc.property(inventory({ forms: false }), fc.nat(), (value, seed) => {
    made += check(styledYaml(value, diceOf(seed))) ? 1 : 0;
  });
  fc.assert(property, { numRuns: 200 });
  for (const { text } of readCases().flatMap(({ sources }) => sources)) {
    made += check(text) ? 1 : 0;
  }
  assert.ok(made > 150, `${made}`);
});

test("of every sign", () => {
  for (const text of [
    "a: 1",
    "  a: 1\n",
    "# c\r\na: b # c\r\n",
    "a:\n- x\n-\n-  - y\n  # c\n",
    "a: [ x, {b: , c}, # c\n  'it''s', \"\\u0041\\\n  b\", ]\n",
    "a: |2 # c\n   b\nb: >+\n  c\n\n",
    "a: x\n  y\n\n  z\n",
    "\"a b\" : 'c'\n",
  ]) {
    assert.ok(check(text), text);
  }
  for (const text of [
    "a: &x 1\n",
    "a: !path ./x\n",
    "<<: { a: 1 }\n",
    "? a\n: 1\n",
    "---\na: 1\n",
    "\ufeffa: 1\n",
  ]) {
    assert.not(check(text), text);
  }
});

test.run();
