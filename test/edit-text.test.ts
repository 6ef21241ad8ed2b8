/** What an editor's changes make of a text. */

import { test } from "uvu";
import * as assert from "uvu/assert";
import { TextDocument } from "vscode-languageserver-textdocument";
import { editText } from "../src/lsp/edit-text.js";
import fc from "./fast-check.js";

const place = (line: number, character: number) => ({ line, character });
const change = (from: [number, number], to: [number, number], text: string) => ({
  range: { start: place(...from), end: place(...to) },
  text,
});

/** Lines, some longer than what is looked through at once, with every kind of end. */
const texts = fc
  .array(
    fc.oneof(
      fc.constantFrom("\n", "\r\n", "\r", "a", "é", "😀"),
      fc.integer({ min: 4090, max: 4100 }).map((length) => "x".repeat(length)),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(""));
const position = fc.record({
  line: fc.nat(6),
  character: fc.oneof(fc.nat(6), fc.integer({ min: 4080, max: 4110 })),
});
const changes = fc.array(
  fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record({ range: fc.record({ start: position, end: position }), text: texts }),
    },
    { weight: 1, arbitrary: fc.record({ text: texts }) },
  ),
  { maxLength: 6 },
);

test("changes, each by lines and characters of the text before it, make another text", () => {
  fc.assert(
    fc.property(texts, changes, (text, changes) => {
      // Each in a document of its own: the package loses count beyond the last line.
      const expected = changes.reduce(
        (before, change) =>
          TextDocument.update(TextDocument.create("", "", 0, before), [change], 1).getText(),
        text,
      );
      assert.is(editText(text, changes, "utf-16"), expected);
    }),
  );
});

test("changes beyond the last line are at the end of the text", () => {
  for (const line of [3, 1e9, 2 ** 53]) {
    const changes = [change([line, 0], [line + 2, 0], "\n\n"), change([0, 0], [0, 0], "x\n")];
    assert.is(editText("a\nb", changes, "utf-16"), "x\na\nb\n\n");
  }
});

test("a line end that comes together at an edge of what is looked through is one", () => {
  const line = "x".repeat(4095);
  const changes = [change([1, 0], [1, 0], "\n"), change([1, 0], [1, 1], "z")];
  assert.is(editText(`${line}\ry`, changes, "utf-16"), `${line}\r\nz`);
  const between = [change([1, 0], [1, 1], ""), change([1, 0], [1, 0], "z")];
  assert.is(editText(`${line}\ry\n`, between, "utf-16"), `${line}\r\nz`);
});

test("in UTF-8, characters are bytes, also behind very many", () => {
  const line = "é".repeat(10_000);
  const edited = editText(`${line}😀z\n`, [change([0, 20_004], [0, 20_005], "y")], "utf-8");
  assert.is(edited, `${line}😀y\n`);
});

test("a range of null is none", () => {
  const all = { range: null, text: "b" } as unknown as { text: string };
  assert.is(editText("a", [all], "utf-16"), "b");
});

test.run();
