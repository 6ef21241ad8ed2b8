import { test } from "uvu";
import * as assert from "uvu/assert";
import { orderedKeys, sortedNames } from "../src/model/name-order.js";

test("names sort by the bytes of their UTF-8, as Nix sorts them", () => {
  const names = ["b", "a-b", "a", "ab", "\u{1f680}", "\uffff", "\ud7ff", "é", "Z", "", "a.b"];
  // Without the rocket there are no surrogates, which the order of JavaScript puts elsewhere.
  for (const list of [names, names.filter((name) => name !== "\u{1f680}")]) {
    const byBytes = [...list].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
    assert.equal(sortedNames(list), byBytes);
  }
});

test("a map keeps its order, except for names that JavaScript sorts as numbers", () => {
  assert.equal(orderedKeys({ b: 1, a: 2, "-1": 3 }), ["b", "a", "-1"]);
  assert.equal(orderedKeys({ a: 1, 10: 2, 9: 3, "-1": 4 }), ["-1", "10", "9", "a"]);
  assert.equal(orderedKeys({}), []);
});

test.run();
