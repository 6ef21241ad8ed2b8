import { test } from "uvu";
import * as assert from "uvu/assert";
import { compareNames, orderedKeys } from "../src/model/name-order.js";

test("names sort by the bytes of their UTF-8, as Nix sorts them", () => {
  const names = ["b", "a-b", "a", "ab", "\u{1f680}", "\uffff", "\ud7ff", "é", "Z", "", "a.b"];
  const byBytes = [...names].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  assert.equal([...names].sort(compareNames), byBytes);
});

test("a map keeps its order, except for names that JavaScript sorts as numbers", () => {
  assert.equal(orderedKeys({ b: 1, a: 2, "-1": 3 }), ["b", "a", "-1"]);
  assert.equal(orderedKeys({ a: 1, 10: 2, 9: 3, "-1": 4 }), ["-1", "10", "9", "a"]);
  assert.equal(orderedKeys({}), []);
});

test.run();
