import { test } from "uvu";
import * as assert from "uvu/assert";
import { type CompileOptions, check, compile, type Diagnostic, type Source } from "../src/index.js";
import { type Data, type DataMap, isDataMap } from "../src/model/data.js";
import { writeJson } from "../src/text/json-writer.js";
import { writeYaml } from "../src/text/yaml-writer.js";
import { inventory, mutated, reversed } from "./arbitrary-inventories.js";
import { readCases } from "./cases.js";
import fc from "./fast-check.js";
import { readFleets } from "./fleets.js";

const cases = readCases();
const options: CompileOptions = { services: null };

const [anything, plain] = [inventory({ forms: true }), inventory({ forms: false })];

property("JSON and YAML of an inventory compile to the same", anything, (data) => {
  assert.is(outcome({ text: writeYaml(data) }), outcome({ text: writeJson(data) }));
});

property("an alias means the value of its anchor", plain, (data) => {
  const anchored = { ...(data as object), "x-again": null } as Data;
  const text = writeYaml(anchored).replace(/^instances:$/m, "instances: &all");
  assert.is(
    outcome({
      text: text.replace(/^x-again: null$/m, text.includes("&all") ? "x-again: *all" : "x-again:"),
    }),
    outcome({ text: writeYaml(data) }),
  );
});

property("compiling again gives the same", anything, (data) => {
  const source = { name: "inventory.json", text: writeJson(data) };
  assert.equal(compile(source, options), compile(source, options));
});

property("the order of keys says nothing", anything, (data) => {
  assert.is(outcome({ text: writeJson(reversed(data)) }), outcome({ text: writeJson(data) }));
});

property("an inventory may be split into several sources", anything, (data) => {
  const parts = Object.entries(data as object).map(([part, value], index) => ({
    name: `${index}.json`,
    text: writeJson({ [part]: value }),
  }));
  assert.is(settingsOf(parts), settingsOf([{ name: "0.json", text: writeJson(data) }]));
});

for (const to of ["yaml", "json"] as const) {
  for (const emit of ["resolved", "declared"] as const) {
    property(`${emit} ${to} compiles to the same Nix`, to === "json" ? plain : anything, (data) => {
      const source = { name: "inventory", text: writeJson(data) };
      const { text, diagnostics } = compile(source, { ...options, to, emit });
      if (text === undefined) {
        return assert.ok(hasErrors(diagnostics));
      }
      assert.is(
        compile({ name: "inventory", text }, { ...options, emit }).text,
        compile(source, { ...options, emit }).text,
      );
    });
  }
}

const texts = cases.flatMap(({ sources }) => sources.filter(({ text }) => text.length < 5000));
const mutation = fc
  .constantFrom(...texts)
  .chain(({ name, text }) => mutated(fc.constant(text)).map((text) => ({ name, text })));

property("any text gives an output or errors whose ranges lie in it", mutation, checkHealth, 1500);
property(
  "so do random texts",
  fc.string({ unit: "binary" }).map((text) => ({ name: "inventory.yaml", text })),
  checkHealth,
  500,
);
property(
  "so do inventories of any shape",
  fc.json({ maxDepth: 4 }).map((text) => ({
    name: "inventory.json",
    text: `{"instances": {"i": {"roles": {"r": ${text}}}}}`,
  })),
  checkHealth,
  500,
);

function checkHealth(source: Source): void {
  const { text: nix, diagnostics } = compile(source, { ...options, limits: { checks: 500_000 } });
  assert.is(nix === undefined, hasErrors(diagnostics));
  for (const { range, related } of diagnostics) {
    for (const { source: name, start, end } of [range, ...related.map(({ range }) => range)]) {
      assert.is(name, source.name);
      assert.ok(
        0 <= start.offset && start.offset <= end.offset && end.offset <= source.text.length,
        `${start.offset}-${end.offset} of ${source.text.length}`,
      );
      assert.ok(start.line >= 1 && start.column >= 1 && end.line >= start.line);
    }
  }
  assert.not(
    compile(source, {
      ...options,
      denyWarnings: true,
      limits: { checks: 500_000 },
    }).diagnostics.some(({ severity }) => severity === "warning"),
  );
}

test("check finds what compile finds", () => {
  for (const { sources, options } of cases.filter(({ options }) => options.to === undefined)) {
    assert.equal(check(sources, options).diagnostics, compile(sources, options).diagnostics);
  }
});

test("denied warnings are errors and suppress the output", () => {
  const source = { name: "a.yaml", text: "instances: {i: {roles: {r: {tags: [nobody]}}}}" };
  assert.equal(
    compile(source, options).diagnostics.map(({ severity }) => severity),
    ["warning"],
  );
  const denied = compile(source, { ...options, denyWarnings: true });
  assert.equal(
    [denied.text, denied.diagnostics.map(({ severity }) => severity)],
    [undefined, ["error"]],
  );
});

test("errors of all sources are found at once, in their order", () => {
  const sources = ["meta: {name: 1}", "machines: [", "bad: 1"].map((text, index) => ({
    name: `${index}.yaml`,
    text,
  }));
  assert.equal(
    [...new Set(compile(sources).diagnostics.map(({ range }) => range.source))],
    ["0.yaml", "1.yaml", "2.yaml"],
  );
});

test("an unreadable source hides no machines that others assign", () => {
  const texts = ["machines: {a: 1}", "instances: {i: {roles: {r: {machines: [a]}}}}"];
  const { diagnostics } = compile(
    texts.map((text, index) => ({ name: `${index}.yaml`, text })),
    options,
  );
  assert.equal(
    diagnostics.map(({ code }) => code),
    ["invalid-type"],
  );
});

const real = readFleets("real.json");

property(
  "a misspelt key of the fixed shape brings no other finding with it",
  fc.tuple(fc.nat(real.length - 1), fc.nat()),
  ([index, choice]) => {
    const { name, inventory, knownMachines } = real[index]!;
    const found = (data: Data) =>
      compile({ name, text: writeJson(data), format: "json" }, { knownMachines }).diagnostics;
    const messages = found(inventory).map(({ message }) => message);
    const keys = fixedKeys(inventory);
    const broken = misspelt(inventory, keys[choice % keys.length]!);
    assert.equal(
      found(broken).filter(
        ({ message, code }) => code !== "unknown-key" && !messages.includes(message),
      ),
      [],
    );
  },
  300,
);

test("a broken form conflicts with nothing, and a key that is refused is not looked up", () => {
  const text =
    "machines: [a]\ninstances: {sshd: {roles: {server: {machines: {a: {settings: {x: !mkBefore {$mkForce: 1}}}}, settings: {x: 2, imports: [y]}}}}}";
  const { diagnostics } = compile({ name: "a.yaml", text });
  assert.equal(
    diagnostics.map(({ code }) => code),
    ["unknown-setting", "form-nesting", "unknown-setting", "reserved-setting"],
  );
});

test("a name of thousands of characters is not compared with others", () => {
  const long = "a".repeat(20_000);
  const { diagnostics } = compile(
    {
      name: "a.json",
      text: `{"machines": ["${long}"], "instances": {"i": {"roles": {"r": {"machines": ["${long}b"]}}}}}`,
    },
    options,
  );
  assert.equal(
    diagnostics
      .filter(({ code }) => code === "unknown-machine")
      .map(({ message }) => message.includes("did you mean")),
    [false],
  );
});

test("paths are relative to the folder of their source, root is the common one", () => {
  const text = (name: string) =>
    `machines: {${name}: }\ninstances: {i: {roles: {r: {machines: {${name}: {settings: {p: !path ./k}}}}}}}`;
  const { text: nix } = compile(
    [
      { name: "fleet/eu/a.yaml", text: text("a") },
      { name: "fleet/us/b.yaml", text: text("b") },
    ],
    options,
  );
  assert.equal(nix!.match(/root \+ "[^"]*"/g), ['root + "/eu/k"', 'root + "/us/k"']);
  assert.match(nix!, "from eu/a.yaml, us/b.yaml;");
});

/** Names that are harmless in Nix and traps elsewhere, in every place for names. */
for (const name of [
  "__proto__",
  "constructor",
  "hasOwnProperty",
  "${x}",
  "''${x}",
  'a"b\\',
  "",
  "or",
  "a.b",
  "1",
]) {
  test(`'${name}' is an ordinary name everywhere`, () => {
    const key = JSON.stringify(name);
    const settings = `{"settings": {${key}: {"a": {${key}: {${key}: 1}}}}}`;
    const text = `{"machines": {${key}: {"tags": [${key}]}}, "tags": {${key}: [${key}]}, "instances": {${key}: {"roles": {${key}: {"machines": {${key}: ${settings}}, "tags": {${key}: ${settings}}}}}}}`;
    const { text: nix, diagnostics } = compile({ name: "a.json", text }, options);
    assert.equal(
      diagnostics.filter(({ severity }) => severity === "error"),
      [],
    );
    const json = compile({ name: "a.json", text }, { ...options, to: "json" }).text!;
    const merged = `{${key}:{"a":{${key}:{${key}:1}}}}`;
    assert.ok(json.replace(/\s/g, "").includes(`"settings":${merged}`), json);
    assert.is(compile({ name: "a.json", text: json }, options).text, nix);
  });
}

test("two thousand tag layers of one role merge in order", () => {
  const tags = Array.from({ length: 2000 }, (_, index) => `t${String(index).padStart(4, "0")}`);
  const layers = Object.fromEntries(tags.map((tag) => [tag, { settings: { list: [tag] } }]));
  const text = JSON.stringify({
    machines: { m: { tags } },
    instances: { i: { roles: { r: { tags: layers } } } },
  });
  const { text: json } = compile({ name: "a.json", text }, { ...options, to: "json" });
  assert.equal(JSON.parse(json!).instances.i.roles.r.machines.m.settings.list, [...tags].reverse());
});

/** The paths of the keys that the schema has, not the user. */
function fixedKeys(inventory: Data): readonly (readonly string[])[] {
  const paths = (data: Data | undefined, ...shape: readonly string[]): (readonly string[])[] => {
    const [step, ...rest] = shape;
    if (step === undefined || !isDataMap(data)) {
      return [];
    }
    const keys = Object.keys(data).filter((key) => step === "*" || step.split(" ").includes(key));
    return keys.flatMap((key) => [
      ...(step === "*" ? [] : [[key]]),
      ...paths(data[key], ...rest).map((path) => [key, ...path]),
    ]);
  };
  return [
    ...paths(inventory, "machines", "*", "tags machineClass deploy", "targetHost"),
    ...paths(inventory, "tags", "*", "anyOf allOf noneOf machines except"),
    ...paths(inventory, "instances", "*", "module", "name input"),
    ...paths(inventory, "instances", "*", "roles", "*", "settings extraModules"),
    ...paths(inventory, "instances", "*", "roles", "*", "machines tags", "*", "settings"),
  ];
}

function misspelt(data: Data, [key = "", ...rest]: readonly string[]): Data {
  const entries = Object.entries(data as DataMap);
  return Object.fromEntries(
    entries.map(([name, value]) =>
      name !== key
        ? [name, value]
        : rest.length === 0
          ? [`${name}Z`, value]
          : [name, misspelt(value, rest)],
    ),
  );
}

function property<T>(
  name: string,
  values: fc.Arbitrary<T>,
  holds: (value: T) => void,
  numRuns = 200,
): void {
  test(name, () =>
    fc.assert(
      fc.property(values, (value) => holds(value)),
      { numRuns },
    ),
  );
}

/** The output, or the errors without their places. */
function outcome({ text }: { readonly text: string }): string {
  const { text: nix, diagnostics } = compile({ name: "inventory", text }, options);
  return (
    nix ??
    [...new Set(diagnostics.filter(({ severity }) => severity === "error").map(({ code }) => code))]
      .sort()
      .join()
  );
}

/** The output without its first comments, or the errors. */
function settingsOf(sources: readonly Source[]): string {
  const { text: nix, diagnostics } = compile(sources, options);
  return (
    nix?.replace(/^(#.*\n)+/, "") ??
    diagnostics
      .map(({ message }) => message)
      .sort()
      .join()
  );
}

function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some(({ severity }) => severity === "error");
}

test.run();
