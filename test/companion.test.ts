/** The inventory.json that Clan reads itself, beside an inventory. */
import { test } from "uvu";
import * as assert from "uvu/assert";
import { type CompileOptions, compile, edit, explain, plan } from "../src/index.js";
import { filesWith, run } from "./host.js";

const yaml = `machines: { laptop: { tags: [web] } } # mine
tags: { all-web: { anyOf: [web] } }
instances:
  sshd: { roles: { server: { tags: [all-web], settings: { certificate: { searchDomains: [a.b] } } } } }
`;

const json = JSON.stringify({
  machines: { kiosk: { tags: ["public"], installedAt: 5 }, laptop: { installedAt: 7 } },
  tags: { web: ["kiosk"] },
  instances: {
    sshd: { roles: { server: { machines: { kiosk: {} } }, client: { tags: { all: {} } } } },
    gui: { module: { name: "zerotier" }, roles: { controller: { machines: { kiosk: {} } } } },
  },
});

function sources(own = yaml, companion = json) {
  return [
    { name: "inventory.yaml", text: own },
    { name: "inventory.json", text: companion, isCompanion: true },
  ];
}

test("counts for machines, tags and members, and is not repeated", () => {
  const { text, diagnostics } = compile(sources(), { to: "json" });
  assert.equal(diagnostics, []);
  const settings = { certificate: { searchDomains: ["a.b"] } };
  assert.equal(JSON.parse(text!), {
    machines: { laptop: { tags: ["web"] } },
    tags: { "all-web": ["kiosk", "laptop"] },
    instances: {
      sshd: { roles: { server: { machines: { kiosk: { settings }, laptop: { settings } } } } },
    },
  });
});

test("is what plan and explain show, too", () => {
  assert.equal(Object.keys(plan(sources()).plan!.machines["kiosk"]!.instances), ["gui", "sshd"]);
  const { explanation } = explain(sources(), { machine: "kiosk", instance: "gui" });
  assert.is(explanation!.range!.source, "inventory.json");
});

test("mistakes in it are found", () => {
  const found = compile(sources(yaml, json.replace('["kiosk"]', '["kioks"]'))).diagnostics;
  assert.equal(
    found.map(({ code, range }) => [code, range.source]),
    [["unknown-machine", "inventory.json"]],
  );
});

const role = (content: string) =>
  `machines: [m]\ninstances: { i: { module: { input: self }, roles: { r: { ${content} } } } }\n`;

for (const [own, foreign, emit, expected] of [
  ["settings: { a: 1 }, machines: [m]", '"settings": {"b": 2}', "declared", 1],
  [
    "machines: { m: { settings: { a: 1 } } }",
    '"machines": {"m": {"settings": {"b": 2}}}',
    "declared",
    1,
  ],
  [
    "tags: { all: { settings: { a: 1 } } }",
    '"tags": {"all": {"settings": {"b": 2}}}',
    "declared",
    1,
  ],
  [
    "tags: { all: { settings: { a: 1 } } }",
    '"machines": {"m": {"settings": {"b": 2}}}',
    "declared",
    0,
  ],
  [
    "tags: { all: { settings: { a: 1 } } }",
    '"machines": {"m": {"settings": {"b": 2}}}',
    "resolved",
    1,
  ],
  ["tags: { all: { settings: { a: 1 } } }", '"settings": {"b": 2}', "resolved", 0],
  ["machines: [m]", '"machines": {"m": {"settings": {"b": 2}}}', "resolved", 0],
] as const) {
  test(`${emit}: ${own} beside ${foreign} ${expected === 0 ? "is fine" : "is refused"}`, () => {
    const options: CompileOptions = { emit };
    const companion = `{"instances": {"i": {"roles": {"r": {${foreign}}}}}}`;
    const { diagnostics } = compile(sources(role(own), companion), options);
    assert.equal(
      diagnostics.map(({ code, range, related }) => [code, range.source, related[0]!.range.source]),
      expected === 0 ? [] : [["settings-conflict", "inventory.json", "inventory.yaml"]],
    );
  });
}

test("the command reads it beside flake.nix, unless told otherwise", async () => {
  const files = () =>
    filesWith({ "flake.nix": "", "inventory.yaml": yaml, "inventory.json": json });
  const shown = async (...args: string[]) =>
    (await run(["plan", ...args], { files: files() })).stdout;
  assert.match(await shown(), /^kiosk /m);
  assert.not.match(await shown("--no-inventory-json"), /kiosk/);
  assert.match(await shown("inventory.json", "--no-machines-dir"), /^kiosk /m);
  const without = filesWith({ "inventory.yaml": yaml, "inventory.json": json });
  assert.not.match((await run(["plan"], { files: without })).stdout, /kiosk/);
});

test("adopt moves it, and leaves what clan goes on writing", () => {
  const { mistake, sources: after } = edit(sources(), { kind: "adopt" });
  assert.is(mistake, undefined);
  assert.equal(JSON.parse(after[1]!.text), {
    machines: { kiosk: { installedAt: 5 }, laptop: { installedAt: 7 } },
  });
  assert.match(after[0]!.text, /^machines: \{ laptop: .* # mine$/m);
  const before = plan(sources()).plan!;
  assert.equal(plan(after).plan, before);
});

test("adopt leaves what both define differently, and modules", () => {
  const own = role("machines: { m: { settings: { a: 1 } } }, tags: { all: }");
  const companion = {
    meta: { name: "home" },
    instances: {
      i: {
        roles: { r: { extraModules: ["./m.nix"], tags: { all: { settings: { c: [1, "x"] } } } } },
      },
    },
  };
  const { mistake, sources: after } = edit(sources(own, JSON.stringify(companion)), {
    kind: "adopt",
  });
  assert.is(mistake, undefined);
  assert.equal(JSON.parse(after[1]!.text), {
    instances: { i: { roles: { r: { extraModules: ["./m.nix"] } } } },
  });
  assert.match(after[0]!.text, /name: home/);
  assert.match(after[0]!.text, /settings: \{ c: \[1, x\] \}/);
  assert.match(edit(sources(own).slice(0, 1), { kind: "adopt" }).mistake!, /no inventory\.json/);
});

/** An inventory and Clan's inventory.json, both as they are after `adopt`, or why nothing is moved. */
const adoptions: readonly (readonly [
  own: string,
  companion: string,
  after: string,
  left: string,
])[] = [
  [
    "machines: [a]\n",
    '{"machines":{"b":{"tags":["x"]},"a":{"description":"d"}}}',
    "machines: { a: { description: d }, b: { tags: [x] } }\n",
    "{}",
  ],
  ["machines:\n", '{"machines":{"b":{}}}', "machines:\n  b: {}\n", "{}"],
  [
    "meta: { name: x }\n",
    '{"machines":{"b":{}},"tags":{"t":["b"]}}',
    "meta: { name: x }\nmachines:\n  b: {}\ntags:\n  t: [b]\n",
    "{}",
  ],
  [
    "machines: { a: , b: }\ntags: { t: [a] }\n",
    '{"tags":{"t":["a","b"],"u":["b"]}}',
    "machines: { a: , b: }\ntags: { t: [a, b], u: [b] }\n",
    "{}",
  ],
  [
    "machines: { a: , b: }\ntags: { t: { except: [a] } }\n",
    '{"tags":{"t":["b"]}}',
    "the change would cause an error",
    "",
  ],
  [
    "meta: { name: x }\n",
    '{"meta":{"name":"x","description":"d"}}',
    "meta: { name: x, description: d }\n",
    "{}",
  ],
  [
    "meta: { name: x }\n",
    '{"meta":{"name":"y","description":"d"}}',
    "meta: { name: x, description: d }\n",
    '{"meta":{"name":"y"}}',
  ],
  [
    "machines: [a, b]\ninstances: { i: { module: { input: self }, roles: { r: { machines: [a] } } } }\n",
    '{"instances":{"i":{"roles":{"r":{"machines":{"b":{},"a":{}}}}}}}',
    "machines: [a, b]\ninstances: { i: { module: { input: self }, roles: { r: { machines: { a: {}, b: {} } } } } }\n",
    "{}",
  ],
  [
    "machines: [a, b]\ninstances: { i: { module: { input: self }, roles: { r: { machines: { a: } } } } }\n",
    '{"instances":{"i":{"roles":{"r":{"machines":{"b":{}}}}}}}',
    "machines: [a, b]\ninstances: { i: { module: { input: self }, roles: { r: { machines: { a: , b: {} } } } } }\n",
    "{}",
  ],
  [
    "machines: [a]\ninstances: { i: { module: { input: self }, roles: { r: { tags: [all] } } } }\n",
    '{"instances":{"i":{"roles":{"r":{"tags":{"all":{},"nixos":{}}}}}}}',
    "machines: [a]\ninstances: { i: { module: { input: self }, roles: { r: { tags: { all: {}, nixos: {} } } } } }\n",
    "{}",
  ],
  [
    "machines: [a]\ninstances: { i: { module: { input: self }, roles: { r: { machines: [a] } } } }\n",
    '{"instances":{"i":{"roles":{"r":{"machines":{"a":{"settings":{"p":1}}},"settings":{"q":1}}}}}}',
    "machines: [a]\ninstances: { i: { module: { input: self }, roles: { r: { machines: { a: { settings: { p: 1 } } }, settings: { q: 1 } } } } }\n",
    "{}",
  ],
  [
    "machines: [a]\ninstances: { i: { module: { input: self }, roles: { r: { machines: [a], settings: { q: 1 } } } } }\n",
    '{"instances":{"i":{"roles":{"r":{"settings":{"q":1}}}}}}',
    "machines: [a]\ninstances: { i: { module: { input: self }, roles: { r: { machines: [a], settings: { q: 1 } } } } }\n",
    "{}",
  ],
  [
    "machines: { a: { tags: [x] } }\n",
    '{"machines":{"a":{"tags":["x","y"],"installedAt":5}}}',
    'machines: { a: { tags: [x, "y"] } }\n',
    '{"machines":{"a":{"installedAt":5}}}',
  ],
  [
    "machines: { a: { tags: } }\n",
    '{"machines":{"a":{"tags":["x"]}}}',
    "machines: { a: { tags: [x] } }\n",
    "{}",
  ],
  [
    "machines: { a: { description: } }\n",
    '{"machines":{"a":{"description":"d"}}}',
    "machines: { a: { description: d } }\n",
    "{}",
  ],
  [
    "machines: [installedAt]\n",
    '{"machines":{"installedAt":{"description":"d"}}}',
    "machines: { installedAt: { description: d } }\n",
    "{}",
  ],
  [
    "machines: [a]\ninstances: { settings: { module: { input: self } } }\n",
    '{"instances":{"settings":{"module":{"name":"m"},"roles":{"settings":{"machines":{"a":{}}}}}}}',
    "machines: [a]\ninstances: { settings: { module: { input: self, name: m }, roles: { settings: { machines: { a: {} } } } } }\n",
    "{}",
  ],
  [
    "machines: [a]\ninstances: { i: { module: m } }\n",
    '{"instances":{"i":{"module":{"name":"m","input":"self"}}}}',
    "machines: [a]\ninstances: { i: { module: m } }\n",
    '{"instances":{"i":{"module":{"name":"m","input":"self"}}}}',
  ],
];

for (const [own, companion, expected, left] of adoptions) {
  test(`adopt ${companion} to ${JSON.stringify(own)}`, () => {
    const options = { services: null };
    const { mistake, sources: after } = edit(sources(own, companion), { kind: "adopt" }, options);
    assert.is(mistake ?? after[0]!.text, expected);
    assert.equal(JSON.parse(after[1]!.text), JSON.parse(left === "" ? companion : left));
  });
}

test.run();
