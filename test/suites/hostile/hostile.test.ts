/** Work is bounded on any input. */
import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  analyze,
  check,
  compile,
  edit,
  explain,
  fix,
  hover,
  readCatalogue,
} from "../../../src/index.js";
import { Positions } from "../../../src/lsp/positions.js";
import { showService } from "../../../src/show/show-services.js";
import { bounded, heavy, inMap, numbered } from "./hostile-inputs.js";

for (const [what, text] of Object.entries(heavy)) {
  test(`${what} ends in time`, () => {
    bounded(() => compile({ name: "inventory", text }));
  });
}

for (const [what, readme] of Object.entries({
  "a million brackets": "[".repeat(1e6),
  "links that are never closed": "[a](".repeat(250_000),
  "a million spaces": `${" ".repeat(1e6)}a`,
})) {
  test(`a readme of ${what} is shown in time`, () => {
    const services = { source: "self", services: { s: { readme } } };
    const text = JSON.stringify(services);
    const { catalogue } = readCatalogue({ name: "services.json", text });
    bounded(() => showService(catalogue!, "s"));
  });
}

for (const [what, text, offset] of [
  ["a million signs of anchors", `x: a\ny: ${"&".repeat(1e6)} b`, 1e6 + 8],
  ["fifty thousand anchors and aliases", `x: [${"&a 1, *a, ".repeat(50_000)}b]\n`, 8],
] as const) {
  test(`a question at ${what} is answered in time`, () => {
    const analysis = analyze({ name: "a.yaml", text });
    bounded(() => hover(analysis, { source: "a.yaml", offset }));
  });
}

test("the tags of a machine that thirty thousand selectors hand on are explained in time", () => {
  const tags = numbered("t", 30_000).map((tag, index, all) => [
    tag,
    { anyOf: [index === 0 ? "all" : all[index - 1]] },
  ]);
  const text = JSON.stringify({ machines: ["m"], tags: Object.fromEntries(tags) });
  const { explanation } = bounded(() => explain({ name: "a.json", text }, { machine: "m" }));
  assert.is(explanation?.tags.length, 30_002);
});

test("a name in thirty thousand places is edited in time beside a hundred thousand aliases", () => {
  const lists = numbered("t", 30_000).map((tag) => `  ${tag}: [m]\n`);
  const text = `x-a: &a 1\nx-b: [${"*a,".repeat(1e5)}]\nmachines: {m: }\ntags: &t\n${lists.join("")}`;
  const { edits } = bounded(() =>
    edit({ name: "a.yaml", text }, { kind: "rename", of: "machine", name: "m", newName: "n" }),
  );
  assert.is(edits.length, 30_001);
});

test("a machine gets ten thousand tags in time", () => {
  const source = { name: "a.yaml", text: "machines: {m: {tags: [a]}}\n" };
  const tags = numbered("t", 10_000);
  const { sources } = bounded(() => edit(source, { kind: "tag", machines: ["m"], tags }));
  assert.is(sources[0]!.text, `machines: {m: {tags: [a, ${tags.join(", ")}]}}\n`);
});

test("a thousand comments are fixed in time where a hundred thousand follow", () => {
  const text = `machines:\n  m:\n${"# inventory2nix: ignore[machine-nam]\n".repeat(110_000)}`;
  const { applied } = bounded(() => fix({ name: "a.yaml", text }, {}, "unsafe"));
  assert.is(applied, 1000);
});

test("names in the wrong list of a role, beside as many in the right one, are found in time", () => {
  const machines = numbered("m", 24_000);
  const r = { machines, tags: machines.slice(0, 12_000) };
  const instances = { i: { module: { name: "x", input: "self" }, roles: { r } } };
  const text = JSON.stringify({ machines, instances });
  const { diagnostics } = bounded(() => check({ name: "a.json", text }));
  assert.is(diagnostics[0]?.code, "unknown-tag");
});

test("of six thousand settings beside the one that they belong in, as many as there is time for move", () => {
  const settings = { certificate: null, searchDomains: ["a"] };
  const roles = { server: { machines: ["a"], settings } };
  const text = JSON.stringify({
    machines: ["a"],
    instances: inMap(numbered("i", 6000), { module: { name: "sshd" }, roles }),
  });
  const { applied } = bounded(() => fix({ name: "a.json", text }, {}, "unsafe"));
  assert.ok(applied > 0);
});

test("places in one long line are counted in bytes in time", () => {
  const length = 1e6;
  const positions = Positions.of("\u00e4".repeat(length), "utf-8");
  bounded(() => {
    for (let offset = 0; offset < length; offset += 10) {
      assert.is(positions.position(offset).character, 2 * offset);
    }
  });
});

/** Fifty schemas; each refers to the next one twice, through another. */
const doublingSteps = {
  $ref: "#/$defs/s0",
  $defs: {
    ...Object.fromEntries(
      numbered("s", 50).map((name, level) => [
        name,
        {
          allOf: ["a", "b"].map((title) => ({
            title,
            properties: { x: { $ref: `#/$defs/s${level + 1}` } },
          })),
        },
      ]),
    ),
    s50: {},
  },
};
const fiftyDeep = (value: unknown) =>
  Array.from({ length: 50 }).reduce((inner) => ({ x: inner }), value);

/** Schemas of a service, and settings, that would exhaust any machine if nothing stopped them. */
const hostileSchemas: {
  readonly [what: string]: readonly [schema: unknown, settings: unknown, code: string];
} = {
  "parts that double with every step": [doublingSteps, fiftyDeep(1), "limit-exceeded"],
  "very many alternatives for each of very many values": [
    {
      additionalProperties: {
        anyOf: numbered("t", 10_000).map((title) => ({ title, type: "object" })),
      },
    },
    inMap(numbered("k", 10_000), 1),
    "limit-exceeded",
  ],
  "very many alternatives that look past very many settings": [
    { anyOf: numbered("k", 15_000).map((key) => ({ properties: { [key]: { type: "string" } } })) },
    inMap(numbered("k", 15_000), 1),
    "limit-exceeded",
  ],
  "very many schemas that do not know very many settings": [
    {
      allOf: numbered("p", 10_000).map((key) => ({
        properties: { [key]: true },
        additionalProperties: false,
      })),
    },
    inMap(numbered("k", 15_000), 1),
    "limit-exceeded",
  ],
  "very many names to suggest for as many unknown ones": [
    {
      properties: inMap(numbered("a-somewhat-long-name", 50_000), true),
      additionalProperties: false,
    },
    inMap(numbered("a-somewhat-lone-nam", 50_000), 1),
    "unknown-setting",
  ],
  "very many values to list for as many wrong ones": [
    { additionalProperties: { enum: numbered("a-somewhat-long-value", 50_000) } },
    inMap(numbered("k", 50_000), "a-somewhat-lone-valu"),
    "setting-type",
  ],
};

for (const [what, [schema, settings, code]] of Object.entries(hostileSchemas)) {
  test(`${what} end in time`, () => {
    const { catalogue } = readCatalogue({
      name: "services.json",
      text: JSON.stringify({ self: { s: { r: schema } } }),
    });
    const text = JSON.stringify({
      machines: ["m"],
      instances: { s: { module: { input: "self" }, roles: { r: { machines: ["m"], settings } } } },
    });
    const { diagnostics } = bounded(() =>
      check({ name: "inventory.json", text }, { services: catalogue }),
    );
    assert.is(diagnostics[0]?.code, code);
    assert.ok(JSON.stringify(diagnostics).length < 2e6);
  });
}

test.run();
