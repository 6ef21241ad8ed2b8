import { test } from "uvu";
import * as assert from "uvu/assert";
import { located, reading } from "./reading.js";

test("merged entries are located where they were written, however far away", () => {
  const links = Array.from(
    { length: 20_000 },
    (_, link) => `l${link + 1}: &l${link + 1} {<<: *l${link}}\n`,
  );
  const chain = reading(`l0: &l0 {k: [v]}\n${links.join("")}`, { limits: { values: Infinity } });
  assert.equal(chain.findings, []);
  assert.is(located(chain, ["l20000", "k", 0]), "v");
  assert.is(located(chain, ["l20000", "k"], true), "k");
});

test("of several places that a key could come from, the one that counts", () => {
  const text =
    "a: &a {x: 1, y: 1}\nb: &b {x: 2, z: 2}\nc: {<<: *a, y: 3}\nd: {z: 3, <<: [*b, *a, {w: 4}]}\ne: &a {x: 5}\nf: {<<: *a}\n";
  const parsed = reading(text);
  const found = ["c.x", "c.y", "d.x", "d.y", "d.z", "d.w", "f.x", "f.y"].map((path) =>
    located(parsed, path.split(".")),
  );
  assert.equal(found, ["1", "3", "2", "1", "3", "4", "5", "{<<: *a}"]);
});

test("keys are found whatever their order and name", () => {
  const parsed = reading("{b: 1, 10: 2, __proto__: 3, 9: 4, '': 5, length: 6}");
  assert.equal(
    ["b", "10", 10, "__proto__", "9", "", "length"].map((key) => located(parsed, [key])),
    ["1", "2", "2", "3", "4", "5", "6"],
  );
  assert.is(located(reading("a: [b]"), ["a", "length"]), "[b]");
  assert.is(located(reading("a: 1.0"), ["a", "kind"]), "1.0");
});

test("a special form's tag is located at its value, however deep the lookup", () => {
  const parsed = reading("a: !mkForce\nb: !mkForce {$mkForce: x}\nc: {$mkForce: y}\n");
  assert.is(located(parsed, ["a", "$mkForce"]), "a");
  assert.is(located(parsed, ["b", "$mkForce"]), "{$mkForce: x}");
  assert.is(located(parsed, ["b", "$mkForce", "$mkForce"], true), "$mkForce");
  assert.is(located(parsed, ["c", "$mkForce"]), "y");
});

test.run();
