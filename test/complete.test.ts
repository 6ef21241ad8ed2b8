import { test } from "uvu";
import * as assert from "uvu/assert";
import { analyze, type CompileOptions, type Source } from "../src/index.js";
import { type Completion, complete } from "../src/questions/complete.js";

const fleet = `machines:
  laptop: { tags: [mobile], description: On the desk }
  web: { tags: [mobile, "10"] }
tags:
  backed-up: { except: [web] }
instances:
  mine:
    module: { name: mine, input: self }
    roles:
      peer:
        tags: [all]
        settings: { hosts: { a.example: 1 }, names: [x] }
`;

/** Texts with the cursor at `|` beside the fleet, and some of what is offered. */
for (const [text, offered] of [
  ["|", "machines meta tags instances"],
  ["meta:\n  |", "name domain description"],
  ["machines:\n  new: { | }", "tags deploy machineClass"],
  ["machines:\n  new:\n    |", "tags deploy machineClass"],
  ["machines:\n  new:\n    deploy:\n      |", "targetHost buildHost forwardAgent"],
  ["machines:\n  new:\n    machineClass: |", "nixos darwin"],
  ["machines:\n  new:\n    deploy: { forwardAgent: |", "true false"],
  ["machines:\n  new:\n    tags: [|", "10 all backed-up darwin mobile nixos"],
  ["machines:\n  new:\n    tags:\n      - |", "10 all backed-up darwin mobile nixos"],
  ["tags:\n  t:\n    |", "laptop web anyOf allOf noneOf machines except"],
  ["tags:\n  t: [|]", "laptop web"],
  ["tags:\n  t: { anyOf: [|] }", "10 all backed-up darwin mobile nixos"],
  ["tags:\n  t: { except: [laptop, |] }", "web"],
  ["instances:\n  |", "borgbackup sshd zerotier"],
  ["instances:\n  i:\n    |", "module roles"],
  ["instances:\n  i:\n    module: |", "borgbackup sshd zerotier"],
  ["instances:\n  i:\n    module: { |", "name input"],
  ["instances:\n  i:\n    module: { name: |", "borgbackup sshd zerotier"],
  ["instances:\n  i:\n    module: { name: borgbackup, input: |", "clan-core self"],
  ["instances:\n  borgbackup:\n    roles:\n      |", "client server"],
  ["instances:\n  borgbackup:\n    roles:\n      client: {}\n      |", "server"],
  ["instances:\n  i:\n    module: borgbackup\n    roles: { |", "client server"],
  ["instances:\n  i:\n    roles: { | }\n    module:\n      name: borgbackup\n", "client server"],
  ["instances:\n  i:\n    module: { name: mine, input: self }\n    roles: { | }", "peer"],
  ["instances:\n  i:\n    roles:\n      r:\n        |", "machines tags settings extraModules"],
  ["instances:\n  i:\n    roles:\n      r:\n        machines: [|", "laptop web"],
  ["instances:\n  i:\n    roles:\n      r:\n        machines: [web, |", "laptop"],
  [
    "instances:\n  i:\n    roles:\n      r:\n        machines:\n          web: {}\n          |",
    "laptop",
  ],
  ["instances:\n  i:\n    roles:\n      r:\n        tags: { |", "all mobile backed-up"],
  ["instances:\n  i:\n    roles:\n      r:\n        tags: { all: { |", "settings"],
  [
    "instances:\n  borgbackup:\n    roles:\n      client:\n        settings:\n          |",
    "startAt exclude",
  ],
  [
    "instances:\n  borgbackup:\n    roles:\n      client:\n        tags:\n          all: { settings: { | } }",
    "startAt exclude",
  ],
  [
    "instances:\n  borgbackup:\n    roles:\n      client:\n        machines: { web: { settings: { exclude: [], |",
    "startAt",
  ],
  [
    "instances:\n  i:\n    module: { name: mine, input: self }\n    roles: { peer: { settings: { |",
    "hosts names",
  ],
  [
    "instances:\n  i:\n    module: { name: mine, input: self }\n    roles: { peer: { settings: { hosts: { |",
    "a.example",
  ],
  [
    "instances:\n  i:\n    module: { name: mine, input: self }\n    roles: { peer: { settings: { names: [|",
    "x",
  ],
  [
    "instances:\n  i:\n    roles:\n      r:\n        settings:\n          a: !mk|",
    "!mkForce !mkDefault",
  ],
  [
    "instances:\n  i:\n    roles:\n      r:\n        settings:\n          a: |",
    "!path !ref !mkForce",
  ],
  [
    "instances:\n  i:\n    roles:\n      r:\n        extraModules:\n          - |",
    "!path !ref imports",
  ],
] as const) {
  test(`offers of ${JSON.stringify(text)}`, () => {
    const labels = offersOf(text).map(({ label }) => label);
    const missing = offered.split(" ").filter((label) => !labels.includes(label));
    assert.equal(missing, [], labels.join(" "));
  });
}

/** The only ones. */
for (const [text, offered] of [
  ["values: { a: 1, b: 2 }\ninstances: { i: { roles: { r: { settings: { x: !value |", "a b"],
  ["tags:\n  t: [|]", "laptop web"],
  ["instances:\n  borgbackup:\n    roles:\n      client: {}\n      |", "server"],
  ["instances:\n  i:\n    roles:\n      r:\n        machines: [web, |", "laptop"],
  ["instances:\n  borgbackup:\n    module: { input: self }\n    roles:\n      |", ""],
  ["machines:\n  new: { tags: [mo|] }", "10 all backed-up darwin mobile nixos"],
  ["machines:\n  new:\n    # tags: |", ""],
  ["meta:\n  name: x\n  description: |", ""],
  [
    "instances:\n  i:\n    roles: { r: { machines: [nobody] } }\nmachines:\n  |",
    "nobody laptop web",
  ],
  [
    "instances:\n  i:\n    roles: { r: { tags: [new, all] } }\ntags:\n  |",
    "new 10 backed-up mobile",
  ],
] as const) {
  test(`the only offers of ${JSON.stringify(text)}`, () =>
    assert.is(
      offersOf(text)
        .map(({ label }) => label)
        .join(" "),
      offered,
    ));
}

/** What an offer makes of a text, with the cursor at `|` before and behind. */
for (const [text, label, expected] of [
  ["mach|", "machines", "machines:\n  |"],
  ["machines:\n  new:\n    ta|\n", "tags", "machines:\n  new:\n    tags:\n      - |\n"],
  ["machines:\n  new:\n    dep|", "deploy", "machines:\n  new:\n    deploy:\n      |"],
  [
    "machines:\n    new:\n        dep|",
    "deploy",
    "machines:\n    new:\n        deploy:\n            |",
  ],
  [
    "machines:\r\n  new:\r\n    dep|\r\n",
    "deploy",
    "machines:\r\n  new:\r\n    deploy:\r\n      |\r\n",
  ],
  ["machines:\n  new:\n    machineC|", "machineClass", "machines:\n  new:\n    machineClass: |"],
  [
    "machines:\n  new:\n    machineClass:|",
    "darwin",
    "machines:\n  new:\n    machineClass: darwin|",
  ],
  ["machines:\n  new: { dep| }", "deploy", "machines:\n  new: { deploy: { | } }"],
  [
    "machines:\n  new: { | tags: [] }",
    "machineClass",
    "machines:\n  new: { machineClass: |, tags: [] }",
  ],
  ["machines:\n  new: { | tags: [] }", "deploy", "machines:\n  new: { deploy: { | }, tags: [] }"],
  ["machines:\n  new:\n    tags: |", "mobile", "machines:\n  new:\n    tags: [mobile|]"],
  [
    "machines:\n  new:\n    tags:\n      |",
    "mobile",
    "machines:\n  new:\n    tags:\n      - mobile|",
  ],
  [
    "machines:\n  new:\n    tags:\n      - all\n      |",
    "mobile",
    "machines:\n  new:\n    tags:\n      - all\n      - mobile|",
  ],
  [
    "machines:\n  new:\n    tags: [mo|, all]",
    "mobile",
    "machines:\n  new:\n    tags: [mobile|, all]",
  ],
  ["machines:\n  new:\n    tags: [|", "10", 'machines:\n  new:\n    tags: ["10"|'],
  [
    "machines:\n  new:\n    deploy: |",
    "targetHost",
    "machines:\n  new:\n    deploy:\n      targetHost: |",
  ],
  [
    "machines:\n  new:\n    tags: []\n   dep|",
    "deploy",
    "machines:\n  new:\n    tags: []\n    deploy:\n      |",
  ],
  ["instances:\n  borg|", "borgbackup", "instances:\n  borgbackup:\n    |"],
  ["instances:\n  i:\n    mod|", "module", "instances:\n  i:\n    module: |"],
  ["instances:\n  i:\n    rol|", "roles", "instances:\n  i:\n    roles:\n      |"],
  [
    "instances:\n  i:\n    roles:\n      r:\n        tags: { mob|",
    "mobile",
    "instances:\n  i:\n    roles:\n      r:\n        tags: { mobile: { | }",
  ],
  [
    "instances:\n  i:\n    roles:\n      r: { tag| }",
    "tags",
    "instances:\n  i:\n    roles:\n      r: { tags: [|] }",
  ],
  [
    "instances:\n  i:\n    roles:\n      r:\n        settings:\n          a: !mkF|",
    "!mkForce",
    "instances:\n  i:\n    roles:\n      r:\n        settings:\n          a: !mkForce |",
  ],
  [
    "machines: { lap|: {} }\ntags: { t: [laptop] }",
    "laptop",
    "machines: { laptop|: {} }\ntags: { t: [laptop] }",
  ],
] as const) {
  test(`${label} in ${JSON.stringify(text)}`, () => assert.is(applied(text, label), expected));
}

for (const [text, label, expected] of [
  ['{ "mach|" }', "machines", '{ "machines": {|} }'],
  [
    '{ "machines": { "a": { "machineC| } } }',
    "machineClass",
    '{ "machines": { "a": { "machineClass": | } } }',
  ],
  [
    '{ "machines": { "a": { "machineClass": | } } }',
    "darwin",
    '{ "machines": { "a": { "machineClass": "darwin"| } } }',
  ],
  ['{ "machines": { "a": {}\n  | } }', "laptop", '{ "machines": { "a": {},\n  "laptop": {|} } }'],
  [
    '{ "machines": { "a": { "tags": ["all", "mo|"] } } }',
    "mobile",
    '{ "machines": { "a": { "tags": ["all", "mobile"|] } } }',
  ],
  [
    '{ "instances": { "borgbackup": { "roles": { "client": { "settings": { "startAt": { | } } } } } } }',
    "$mkForce",
    '{ "instances": { "borgbackup": { "roles": { "client": { "settings": { "startAt": { "$mkForce": | } } } } } } }',
  ],
] as const) {
  test(`${label} in JSON ${JSON.stringify(text)}`, () =>
    assert.is(applied(text, label, "new.json"), expected));
}

test("settings have their types and words", () => {
  const text =
    "instances:\n  borgbackup:\n    roles:\n      client:\n        settings:\n          |";
  const item = offersOf(text).find(({ label }) => label === "startAt")!;
  assert.is(item.kind, "setting");
  assert.match(item.detail!, /string/);
  assert.match(item.documentation!, /./);
});

test("names come from machines known from outside, and paths from the files", () => {
  const options: CompileOptions = {
    knownMachines: { outside: "nixos" },
    files: {
      exists: () => true,
      list: (folder) =>
        ({ hosts: ["keys", "a.nix"], "hosts/keys": ["id.pub"] })[folder] ?? undefined,
    },
  };
  const at = (text: string) => offersOf(text, "hosts/new.yaml", options).map(({ label }) => label);
  assert.ok(at("tags: { t: [|] }").includes("outside"));
  const modules = "instances: { i: { roles: { r: { extraModules: [|] } } } }";
  assert.equal(at(modules).slice(0, 2), ["./a.nix", "./keys/"]);
  const key = "instances: { i: { roles: { r: { settings: { key: !path ./keys/| } } } } }";
  assert.equal(at(key).slice(0, 1), ["./keys/id.pub"]);
});

test("a text that was read before still says its names while it is broken", () => {
  const name = "new.yaml";
  const before = analyze([{ name, text: "machines: &m { a: }\ntags: { t: [a] }\n" }]);
  const text = "tags: { t: [";
  const now = analyze([{ name, text }], {}, before);
  const { items } = complete(now, { source: name, offset: text.length });
  assert.equal(
    items.map(({ label }) => label),
    ["a"],
  );
});

test("of very many names those are offered that have the word in them", () => {
  const names = Array.from({ length: 3000 }, (_, index) => `m${index}`);
  const text = `machines: [${names.join(", ")}]\ntags: { t: [m29|] }`;
  const { items, isComplete } = completionsOf(text);
  assert.not(isComplete);
  assert.is(items.length, names.filter((name) => name.includes("m29")).length);
});

test("nothing is offered outside of the sources", () => {
  const view = analyze({ name: "a.yaml", text: "" });
  assert.equal(complete(view, { source: "b.yaml", offset: 0 }).items, []);
  assert.equal(complete(view, { source: "a.yaml", offset: 1 }).items, []);
});

test.run();

function completionsOf(marked: string, name = "new.yaml", options: CompileOptions = {}) {
  const source: Source = { name, text: marked.replace("|", "") };
  const view = analyze([source, { name: "fleet.yaml", text: fleet }], options);
  return complete(view, { source: name, offset: marked.indexOf("|") });
}

function offersOf(
  marked: string,
  name = "new.yaml",
  options: CompileOptions = {},
): readonly Completion[] {
  return completionsOf(marked, name, options).items;
}

/** The text with what one offer makes of it. */
function applied(marked: string, label: string, name?: string): string {
  const items = offersOf(marked, name);
  const item = items.find((item) => item.label === label);
  assert.ok(item, `${label}: ${items.map(({ label }) => label).join(" ")}`);
  const { edit, caret = edit.text.length, additionalEdits } = item;
  const marker = `${edit.text.slice(0, caret)}|${edit.text.slice(caret)}`;
  let text = marked.replace("|", "");
  for (const { range, text: inserted } of [{ ...edit, text: marker }, ...additionalEdits]) {
    text = text.slice(0, range.start.offset) + inserted + text.slice(range.end.offset);
  }
  return text;
}
