import { test } from "uvu";
import * as assert from "uvu/assert";
import { compareNames } from "../src/names.js";

test("names sort by the bytes of their UTF-8, as Nix sorts them", () => {
  const names = ["b", "a-b", "a", "ab", "\u{1f680}", "\uffff", "\ud7ff", "é", "Z", "", "a.b"];
  const byBytes = [...names].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  assert.equal([...names].sort(compareNames), byBytes);
});

test.run();
