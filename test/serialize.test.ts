import { test } from "uvu";
import * as assert from "uvu/assert";
import { Origin } from "../src/model/origin.js";
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
import { serialize } from "../src/passes/serialize.js";
import { collect, numbered } from "./passes.js";

const at = Origin.root(numbered(0));
const here = (to: "json" | "yaml") => ({ to, rootDefault: "." });
const path = new PathValue("/a", false, at);

const forms: readonly { readonly value: Value; readonly yaml: unknown; readonly json?: unknown }[] =
  [
    {
      value: new Override(50, 1, at),
      yaml: { $mkForce: 1 },
      json: { _type: "override", content: 1, priority: 50 },
    },
    {
      value: new Override(10, 1, at),
      yaml: { $mkOverride: [10, 1] },
      json: { _type: "override", content: 1, priority: 10 },
    },
    {
      value: new Order(1500, [1], at),
      yaml: { $mkAfter: [1] },
      json: { _type: "order", content: [1], priority: 1500 },
    },
    {
      value: new Order(1, [1], at),
      yaml: { $mkOrder: [1, [1]] },
      json: { _type: "order", content: [1], priority: 1 },
    },
    {
      value: new If(false, 1, at),
      yaml: { _type: "if", condition: false, content: 1 },
      json: { _type: "if", condition: false, content: 1 },
    },
    {
      value: new Merge([new Override(1000, new Order(500, [1], at), at), [2]], at),
      yaml: { _type: "merge", contents: [{ $mkDefault: { $mkBefore: [1] } }, [2]] },
      json: {
        _type: "merge",
        contents: [
          {
            _type: "override",
            content: { _type: "order", content: [1], priority: 500 },
            priority: 1000,
          },
          [2],
        ],
      },
    },
    { value: path, yaml: { $path: "./a" } },
    { value: new PathValue("", false, at), yaml: { $path: "." } },
    { value: new PathValue("/../../x", false, at), yaml: { $path: "../../x" } },
    { value: new PathValue("/..x", false, at), yaml: { $path: "./..x" } },
    { value: new PathValue("", true, at), yaml: { $path: "/" } },
    {
      value: new Reference(["inputs", "a b", 'q"$\\'], at),
      yaml: { $ref: 'inputs."a b"."q\\"\\$\\\\"' },
    },
    { value: new RawNix("x", at), yaml: { $nix: "x" } },
  ];

for (const { value, yaml, json } of forms) {
  test(`${JSON.stringify(yaml)} as YAML and JSON`, () => {
    assert.equal(
      serialize({ a: [{ b: value }] }, here("yaml"), () => assert.unreachable()),
      { a: [{ b: yaml }] },
    );
    const { result, findings } = collect((report) =>
      serialize({ a: [{ b: value }] }, here("json"), report),
    );
    assert.is(findings !== "", json === undefined);
    assert.equal(result, { a: [{ b: json ?? null }] });
  });
}

const moves: readonly {
  readonly value: Value;
  readonly rootDefault: string | null;
  readonly yaml: unknown;
}[] = [
  { value: path, rootDefault: "../in", yaml: { $path: "../in/a" } },
  { value: path, rootDefault: "in", yaml: { $path: "./in/a" } },
  { value: path, rootDefault: null, yaml: { $path: "./a" } },
  { value: new PathValue("/../a", false, at), rootDefault: "../x/in", yaml: { $path: "../x/a" } },
  { value: new PathValue("/../a", false, at), rootDefault: "in", yaml: { $path: "./a" } },
  { value: new PathValue("", false, at), rootDefault: "..", yaml: { $path: ".." } },
  { value: new PathValue("/a", true, at), rootDefault: "../in", yaml: { $path: "/a" } },
  { value: new FileContents(path, at), rootDefault: "../in", yaml: { $fileContents: "../in/a" } },
  { value: new RawNix("x\n", at), rootDefault: "../in", yaml: { $nix: "x\n" } },
  {
    value: new RawNix('import (root + "/a.nix") # it\n', at),
    rootDefault: "../$in",
    yaml: { $nix: '(root:\nimport (root + "/a.nix") # it\n) (root + "/../\\$in")\n' },
  },
];

for (const { value, rootDefault, yaml } of moves) {
  test(`${JSON.stringify(yaml)} for sources in ${rootDefault}`, () => {
    assert.equal(
      serialize({ a: [new Override(1, value, at)] }, { to: "yaml", rootDefault }, () =>
        assert.unreachable(),
      ),
      { a: [{ $mkOverride: [1, yaml] }] },
    );
  });
}

test("parts keep their order, keys below are sorted; plain values stay", () => {
  const data = serialize(
    { tags: { b: 1n, a: new Float(1), "\uffff": null, "😀": true }, instances: [] },
    here("json"),
    () => assert.unreachable(),
  );
  assert.equal(Object.keys(data as object), ["tags", "instances"]);
  assert.equal(Object.keys((data as { tags: object }).tags), ["a", "b", "\uffff", "😀"]);
});

test("everything that JSON cannot represent is reported", () => {
  const { findings } = collect((report) =>
    serialize({ a: [path, new RawNix("x", at)] }, here("json"), report),
  );
  assert.is(
    findings,
    "error not-serializable: JSON cannot represent this (path)\nerror not-serializable: JSON cannot represent this (nix)\n",
  );
});

test.run();
