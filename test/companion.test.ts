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

test.run();
