import { test } from "uvu";
import * as assert from "uvu/assert";
import { findMismatches } from "../src/catalogue/find-mismatches.js";
import type { Mismatch } from "../src/catalogue/mismatch.js";
import { Rules } from "../src/catalogue/rules.js";
import { Budget } from "../src/diagnostics/budget.js";
import { Ration } from "../src/diagnostics/suggest.js";
import { Origin } from "../src/model/origin.js";
import type { Schema } from "../src/model/setting-schema.js";
import {
  FileContents,
  Float,
  If,
  Merge,
  Order,
  Override,
  PathValue,
  RawNix,
  Reference,
  type Value,
} from "../src/model/value.js";
import { numbered } from "./passes.js";

const origin = Origin.root(numbered(0));

function found(value: Value, schema: Schema): readonly Mismatch[] {
  return findMismatches(
    value,
    new Rules(
      schema,
      new Budget("checks", 1e8, (finding) => assert.unreachable(finding.message)),
      new Ration(),
    ),
    origin,
  );
}

/** `path: accepted types and values`, or `path: unknown`. */
function mismatches(value: Value, schema: Schema): string[] {
  return found(value, schema).map((mismatch) => {
    const path = mismatch.path.join(".");
    return `${path}: ${mismatch.kind === "unknown" ? "unknown" : [...mismatch.expected.types, ...mismatch.expected.values.map(String)].join()}`;
  });
}

function accepts(value: Value, schema: Schema): boolean {
  return mismatches(value, schema).length === 0;
}

test("tells ints from floats, also beyond 2^53", () => {
  for (const value of [1, -1, 9223372036854775807n]) {
    assert.ok(accepts(value, { type: "integer" }));
    assert.ok(accepts(value, { type: "number" }));
  }
  for (const value of [1.5, new Float(1), "1"]) {
    assert.not(accepts(value, { type: "integer" }));
  }
  assert.ok(accepts(new Float(1), { type: "number" }));
});

test("checks the bounds of numbers", () => {
  const port = { type: "integer", minimum: 1, maximum: 65535 };
  assert.equal(
    [0, 1, 65535, 65536, 9223372036854775807n].map((value) => accepts(value, port)),
    [false, true, true, false, false],
  );
  assert.not(accepts(new Float(0), { type: "number", minimum: 0.5 }));
});

/** `levels` schemas; each refers to the next one twice. */
function doubling(levels: number, link: (next: Schema) => Schema): Schema {
  const schemas = Array.from({ length: levels }, (_, level) => [
    level,
    link({ $ref: `#/$defs/${level + 1}` }),
  ]);
  return {
    $ref: "#/$defs/0",
    $defs: { ...Object.fromEntries(schemas), [levels]: { type: "integer" } },
  };
}

/** `value` in this many nested maps under `x`. */
function within(levels: number, value: Value): Value {
  return levels === 0 ? value : { x: within(levels - 1, value) };
}

const deep = Array.from({ length: 50 }, () => "x").join(".");

test("alternatives that share schemas are tried once each", () => {
  const flat = doubling(40, (next) => ({ anyOf: [next, next] }));
  assert.ok(accepts(1, flat));
  assert.equal(mismatches("1", flat), [": integer"]);
  const inMaps = doubling(50, (next) => ({
    anyOf: [{ properties: { x: next } }, { properties: { x: next }, required: ["x"] }],
  }));
  assert.ok(accepts(within(50, 1), inMaps));
  assert.equal(mismatches(within(50, "1"), inMaps), [`${deep}: integer`]);
  assert.equal(mismatches(within(50, new Override(50, "1", origin)), inMaps), [`${deep}: integer`]);
});

test("schemas that all of several ask for are looked at once", () => {
  const flat = doubling(40, (next) => ({ allOf: [next, next] }));
  assert.ok(accepts(1, flat));
  assert.equal(mismatches("1", flat), [": integer"]);
});

test("each part of a merge is tried on its own", () => {
  const schema: Schema = {
    anyOf: [
      { type: "object", additionalProperties: { anyOf: [{ type: "integer" }, { type: "null" }] } },
      { type: "boolean" },
    ],
  };
  assert.equal(mismatches({ x: new Merge([1, "a", null, 1.5], origin) }, schema), [
    "x: integer,null",
    "x: integer,null",
  ]);
});

test("at most a thousand mismatches are found, also in an alternative", () => {
  const strings = { type: "array", items: { type: "string" } } as const;
  assert.is(
    mismatches(
      Array.from({ length: 200_000 }, () => 1),
      { anyOf: [{ type: "null" }, strings] },
    ).length,
    1000,
  );
});

test("finds unknown keys and wrong values at every depth", () => {
  const schema = {
    $ref: "#/$defs/Input",
    $defs: {
      Input: {
        type: "object",
        additionalProperties: false,
        properties: {
          list: { type: "array", items: { $ref: "#/$defs/Item" } },
          map: { type: "object", additionalProperties: { type: "string" } },
        },
      },
      Item: {
        type: "object",
        additionalProperties: false,
        properties: {
          a: { type: "boolean" },
          items: { type: "array", items: { $ref: "#/$defs/Item" } },
        },
      },
    },
  };
  assert.equal(
    mismatches(
      {
        list: [{ a: true }, { a: 1, b: 2 }, { items: [{ c: 1 }] }],
        map: { x: "x", y: 1 },
        more: 1,
      },
      schema,
    ),
    [
      "list.1.a: boolean",
      "list.1.b: unknown",
      "list.2.items.0.c: unknown",
      "map.y: string",
      "more: unknown",
    ],
  );
});

test("does not ask for what is required, which another definition may bring", () => {
  assert.ok(
    accepts({}, { type: "object", required: ["a"], properties: { a: { type: "string" } } }),
  );
});

test("accepts what any alternative accepts, even if several do", () => {
  const number = { oneOf: [{ type: "integer" }, { type: "number" }] };
  assert.ok(accepts(1, number));
  assert.equal(
    mismatches("a", { oneOf: [{ type: "null" }, { enum: ["all", "none"] }, { type: "array" }] }),
    [": null,array,all,none"],
  );
});

test("looks into the alternative that is nearest to a value", () => {
  const tagged = (tag: string, of: Schema) => ({
    type: "object",
    properties: { [tag]: of },
    additionalProperties: false,
  });
  const schema = {
    oneOf: [
      { type: "null" },
      tagged("a", { type: "string" }),
      tagged("b", { type: "object", properties: { c: { type: "string" } } }),
    ],
  };
  assert.equal(mismatches({ b: { c: 1 } }, schema), ["b.c: string"]);
  assert.equal(mismatches({ d: 1 }, schema), ["d: unknown"]);
});

test("asks for all parts of allOf, and for constants", () => {
  assert.equal(mismatches("b", { allOf: [{ type: "string" }, { const: "a" }] }), [": a"]);
});

test("accepts nothing for false, and anything for true or without keywords", () => {
  assert.not(accepts(1, false));
  for (const schema of [true, {}, { description: "free" }]) {
    assert.ok(accepts({ a: [null] }, schema));
  }
});

test("leaves keys alone that patterns may allow", () => {
  assert.ok(
    accepts(
      { x: 1 },
      { type: "object", patternProperties: { "^x": true }, additionalProperties: false },
    ),
  );
});

test("looks through priorities, orders, conditions and mergers", () => {
  const schema = { type: "object", properties: { n: { type: "integer" } } };
  const wrong = (value: Value) => mismatches({ n: value }, schema);
  for (const value of [
    new Override(50, "a", origin),
    new Order(500, "a", origin),
    new If(true, "a", origin),
    new Merge([1, "a"], origin),
  ]) {
    assert.equal(wrong(value), ["n: integer"]);
  }
  assert.equal(wrong(new If(false, "a", origin)), []);
  assert.equal(wrong(new Merge([new Override(50, 1, origin), 2], origin)), []);
});

test("points at the values inside special forms", () => {
  const content = origin.at("n").at("$mkForce");
  const [mismatch] = found(
    { n: new Override(50, ["a"], content) },
    { properties: { n: { type: "array", items: { type: "integer" } } } },
  );
  assert.equal(mismatch!.origin.path, ["n", "$mkForce", 0]);
});

test("counts paths and texts of files as strings, what only Nix knows as anything", () => {
  const path = new PathValue("/a", false, origin);
  for (const value of [path, new FileContents(path, origin)]) {
    assert.ok(accepts(value, { type: "string" }));
    assert.ok(accepts(value, { enum: ["a", null] }));
    assert.not(accepts(value, { type: "integer" }));
    assert.not(accepts(value, { enum: [1, null] }));
  }
  for (const value of [new Reference(["self"], origin), new RawNix("1", origin)]) {
    assert.ok(accepts(value, { type: "integer" }));
    assert.ok(accepts(value, { enum: [null] }));
  }
});

test("treats names that JavaScript reserves as ordinary ones", () => {
  const map = JSON.parse('{ "__proto__": 1, "constructor": 1, "toString": 1 }') as Value;
  assert.equal(
    mismatches(map, { type: "object", properties: { a: {} }, additionalProperties: false }),
    ["__proto__: unknown", "constructor: unknown", "toString: unknown"],
  );
});

test.run();
