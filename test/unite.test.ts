import { test } from "uvu";
import * as assert from "uvu/assert";
import { inventoryOf, placeOf, united } from "./passes.js";

test("one source is taken as it is", () => {
  const { result } = united("machines: {a: }");
  assert.equal([...result.machines.keys()], ["a"]);
});

test("maps unite, in the order of the sources", () => {
  const { result, findings } = united(
    "machines: {b: , a: }\nmeta: {name: x}",
    "machines: {c: , a: {description: d}}\nmeta: {domain: y}",
  );
  assert.is(findings, "");
  assert.equal([...result.machines.keys()], ["b", "a", "c"]);
  assert.equal(
    [...result.meta].map(([key, { value }]) => [key, value]),
    [
      ["name", "x"],
      ["domain", "y"],
    ],
  );
  assert.is(result.machines.get("a")!.fields.description, "d");
});

test("tags of a machine concatenate, each with its place", () => {
  const { result } = united(
    "machines: {a: {tags: [t, u]}}",
    "machines: {a: }",
    "machines: {a: {tags: [v]}}",
  );
  const { tags, tagOrigins } = result.machines.get("a")!;
  assert.equal(tags, ["t", "u", "v"]);
  assert.equal(tagOrigins!.map(placeOf), [
    "0: machines.a.tags.0",
    "0: machines.a.tags.1",
    "2: machines.a.tags.0",
  ]);
});

test("static tags and selectors concatenate; an absent list stays absent", () => {
  const { result } = united(
    "tags: {s: [a], c: {anyOf: [t]}}",
    "tags: {s: [b], c: {anyOf: [u], except: [m]}}",
  );
  const [s, c] = [result.tags.get("s")!, result.tags.get("c")!];
  assert.equal(s.kind === "static" && s.machines.map(({ value }) => value), ["a", "b"]);
  assert.ok(c.kind === "computed");
  assert.equal(
    [c.anyOf, c.allOf, c.noneOf, c.machines, c.except].map((list) =>
      list?.map(({ value }) => value),
    ),
    [["t", "u"], undefined, undefined, undefined, ["m"]],
  );
});

test("an instance may be spread: definitions and modules concatenate", () => {
  const { result } = united(
    "instances: {i: {module: {name: n}, roles: {r: {machines: {a: {settings: {x: 1}}}, settings: {y: 1}, extraModules: [./a.nix]}}}}",
    "instances: {i: {module: {name: n, input: self}, roles: {r: {machines: {a: {settings: {x: 2}}, b: }, tags: [t], settings: {y: 2}, extraModules: [./b.nix]}, s: }}}",
  );
  const instance = result.instances.get("i")!;
  const role = instance.roles.get("r")!;
  assert.equal(
    [...instance.module].map(([key, { value }]) => [key, value]),
    [
      ["name", "n"],
      ["input", "self"],
    ],
  );
  assert.equal([...instance.roles.keys()], ["r", "s"]);
  assert.equal([...role.machines.keys()], ["a", "b"]);
  assert.equal(
    role.machines.get("a")!.settings.map(({ value }) => value),
    [{ x: 1 }, { x: 2 }],
  );
  assert.equal(
    role.settings.map(({ origin }) => placeOf(origin)),
    ["0: instances.i.roles.r.settings", "1: instances.i.roles.r.settings"],
  );
  assert.is(role.extraModules.length, 2);
});

test("different scalars are reported with both places, equal ones agree", () => {
  const texts = ["a", "b", "a"].map(
    (name) =>
      `meta: {name: ${name}}\nmachines: {m: {installedAt: 1, deploy: {targetHost: ${name}}}}\ninstances: {i: {module: ${name}}}`,
  );
  assert.is(
    united(...texts).findings,
    `error source-conflict: 'meta.name' is b here but a elsewhere
error source-conflict: 'machines.m.deploy.targetHost' is b here but a elsewhere
error source-conflict: 'instances.i.module.name' is b here but a elsewhere
`,
  );
});

test("a static list and a selector for one tag do not unite", () => {
  assert.is(
    united("tags: {t: [a]}", "tags: {t: {anyOf: [u]}}").findings,
    "error source-conflict: 'tags.t' is a computed list here but a static list elsewhere\n",
  );
});

test("names of JavaScript are ordinary names", () => {
  const text =
    "machines: {__proto__: , constructor: }\ntags: {__proto__: [constructor]}\ninstances: {__proto__: {roles: {toString: {machines: [__proto__]}}}}";
  const { result } = united(text, text);
  assert.equal([...result.machines.keys()], ["__proto__", "constructor"]);
  assert.equal(
    [...result.instances.get("__proto__")!.roles.get("toString")!.machines.keys()],
    ["__proto__"],
  );
});

test("the inventories themselves are not changed", () => {
  const text =
    "machines: {a: {tags: [t]}}\ninstances: {i: {roles: {r: {machines: {a: {settings: {x: 1}}}}}}}";
  const before = inventoryOf(text);
  united(text, text);
  assert.equal(inventoryOf(text), before);
});

test.run();
