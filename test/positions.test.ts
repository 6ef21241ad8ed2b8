/** Positions in an editor that counts bytes, as offsets and back. */
import { test } from "uvu";
import * as assert from "uvu/assert";
import { Positions } from "../src/lsp/positions.js";

test("in a long line, bytes are counted there and back", () => {
  const line = "a\u00e4\u20ac\ud83d\ude00".repeat(1000);
  const text = `${line}\n${line}\n`;
  const positions = Positions.of(text, "utf-8");
  for (const [start, number] of [
    [0, 0],
    [line.length + 1, 1],
  ] as const) {
    // At every character, but not within a pair.
    for (let at = 0; at <= line.length; at += at % 5 === 3 ? 2 : 1) {
      const character = Buffer.byteLength(line.slice(0, at));
      const position = { line: number, character };
      assert.equal(positions.position(start + at), position);
      assert.is(positions.offset(position), start + at);
    }
  }
});

test("there is no place beyond the ends", () => {
  const positions = Positions.of("\u00e4\u00e4\n", "utf-8");
  for (const [line, character, offset] of [
    [0, 100, 2],
    [9, 9, 3],
    [0, 0, 0],
  ] as const) {
    assert.is(positions.offset({ line, character }), offset);
  }
});

test.run();
