import { test } from "uvu";
import * as assert from "uvu/assert";
import { readTokens } from "../src/text/yaml/yaml-nodes.js";
import { findComments } from "../src/text/yaml-comments.js";
import { readCases } from "./cases.js";

/** Texts, each with how many comments it has. */
const texts: readonly (readonly [text: string, count: number])[] = [
  ["# a", 1],
  ["a: 1 # b\r\n# c\r\n", 2],
  ["a: b#c", 0],
  ["a: it's # b\nc: don't # d", 2],
  ["a: 5\" # b\nc: '# d'", 1],
  ["a: '# b''# c' # d", 1],
  ['a: "# b\\"# c\\\\" # d', 1],
  ['a: "x\n  # b\n  y" # c', 1],
  ["a: 'x\n  # b\n  y' # c", 1],
  ["a: [b, 'c' # d\n, \"e\"] # f", 2],
  ['a: {b: "c # d", e: f} # g', 1],
  ["a: |\n  # b\nc: 1 # d", 1],
  ["a: | # b\n  # c\n\n  # d\n# e\nf: 1", 2],
  ["a: >-\n  # b\n  c\n # d\n# e", 2],
  ["- |\n  # a\n- b # c", 1],
  ["- a: |\n    # b\n  c: d # e", 1],
  ["- - |\n    # b\n  - d # e", 1],
  ["a: !path |\n  # b\nc: 1 # d", 1],
  ["a: &x |2\n  # b\nc: 1 # d", 1],
  ["a: | b # c", 1],
  ["a: b | # c", 1],
  ["? a # b\n: c # d", 2],
  ["a: [|, # b\n  # c\n]", 2],
  ["a: http://x#y # b", 1],
  ["--- # a\nb: 1\n... # c", 2],
  ['a: "unclosed # b\nc: 1 # d', 0],
];

for (const [text, count] of texts) {
  test(`${JSON.stringify(text)} has ${count} comments`, () => {
    const comments = findComments(text).map(({ start, end }) => text.slice(start, end));
    assert.is(comments.length, count, comments.join("\n"));
    assert.ok(comments.every((comment) => /^#[^\r\n]*$/.test(comment)));
  });
}

test("the comments of all golden cases are those that the package finds", () => {
  let count = 0;
  for (const { sources } of readCases()) {
    for (const { name, text } of sources) {
      const read = name.endsWith(".yaml") ? readTokens(text) : undefined;
      if (read === undefined || read.tokens.some(({ type }) => type === "error")) {
        continue;
      }
      count += read.comments.length;
      assert.equal(
        findComments(text).map(({ start, end }) => text.slice(start, end)),
        read.comments.map(({ start, end }) => text.slice(start, end)),
        text,
      );
    }
  }
  assert.ok(count > 10, `${count}`);
});

test.run();
