import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  analyze,
  type EditResult,
  edit,
  type InventoryChange,
  type Plan,
  type Source,
} from "../src/index.js";
import { type NameKind, occurrencesIn } from "../src/questions/occurrences.js";
import { readCases } from "./cases.js";
import { filesWith, run } from "./host.js";

/** Inventories that can be edited: the goldens without an error. */
const cases = readCases().filter(
  ({ name, sources, options }) =>
    !name.startsWith("error-") &&
    !name.startsWith("export-") &&
    analyze(sources, options).plan().plan,
);

for (const kind of ["machine", "tag", "instance"] as const) {
  test(`a ${kind} renamed there and back leaves every byte, and changes nothing but the name`, () => {
    let renamed = 0;
    for (const { name, sources, options } of cases) {
      const before = analyze(sources, options).plan().plan!;
      for (const old of declaredNames(sources, options, kind)) {
        const there = edit(
          sources,
          { kind: "rename", of: kind, name: old, newName: fresh },
          options,
        );
        if (there.mistake !== undefined) {
          continue;
        }
        renamed++;
        const plan = analyze(there.sources, options).plan().plan!;
        assert.equal(
          withoutName(plan, fresh, old),
          withoutName(before, fresh, old),
          `${name}: ${old}`,
        );
        const back = edit(
          there.sources,
          { kind: "rename", of: kind, name: fresh, newName: old },
          options,
        );
        assert.equal(
          textsOf(back),
          sources.map(({ text }) => text),
          `${name}: ${old}`,
        );
      }
    }
    assert.ok(renamed > 20, `${renamed}`);
  });
}

test("an instance that is renamed keeps its service, and a name that people gave it", () => {
  const renamed = (module: string, name: string, newName: string) => {
    const text = `machines: [a]\ninstances:\n  ${name}:\n    ${module}\n    roles: {}\n`;
    const { sources } = edit(
      { name: "a.yaml", text },
      { kind: "rename", of: "instance", name, newName },
    );
    return sources[0]!.text.split("\n")[3]!.trim();
  };
  for (const [module, then] of [
    ["module:", "module: sshd"],
    ["module: null", "module: sshd"],
    ["module: { input: x }", "module: { input: x, name: sshd }"],
    ["module: { input: x, name: }", "module: { input: x, name: sshd }"],
    ["module: { name: sshd }", "module: { name: sshd }"],
  ] as const) {
    assert.is(renamed(module, "sshd", "other"), then);
  }
  assert.is(renamed("module: { name: sshd }", "other", "sshd"), "module: { name: sshd }");
  assert.is(renamed("module: { input: x, name: sshd }", "other", "sshd"), "module: { input: x }");
});

/** What an instance `ssh` has in lines, and what is left of it once it is called `sshd`. */
const services: readonly (readonly [before: string, after: string])[] = [
  ["roles: {}\n    module: sshd\n", "roles: {}\n"],
  ["# mine\n    roles: {}\n    module: sshd\n", "# mine\n    roles: {}\n"],
  ["roles: {}\n    module: sshd\n\n  other: {}\n", "roles: {}\n\n  other: {}\n"],
  ...[
    "module: sshd\n    roles: {}\n",
    "roles: {}\n    module: borgbackup\n",
    "roles: {}\n    module: sshd # mine\n",
    "roles: {}\n    # mine\n    module: sshd\n",
    "roles: {}\n    module: sshd\n    # mine\n",
    "roles: {}\n    module: { input: clan-core, name: sshd }\n",
    "roles: {}\n    module: { name: sshd }\n",
  ].map((text) => [text, text] as const),
];

for (const [before, after] of services) {
  test(`an instance is named after its service: ${JSON.stringify(before)}`, () => {
    const text = (name: string, lines: string) => `instances:\n  ${name}:\n    ${lines}`;
    const { sources, mistake } = edit(
      { name: "a.yaml", text: text("ssh", before) },
      { kind: "rename", of: "instance", name: "ssh", newName: "sshd" },
    );
    assert.is(mistake, undefined);
    assert.is(sources[0]!.text, text("sshd", after));
  });
}

test("an instance in a list is renamed as it is", () => {
  const list = { name: "a.yaml", text: "instances: [old]\n" };
  const { sources } = edit(list, { kind: "rename", of: "instance", name: "old", newName: "new" });
  assert.is(sources[0]!.text, "instances: [new]\n");
});

test("a machine that is added and removed leaves every byte", () => {
  let added = 0;
  for (const { name, sources, options } of cases) {
    for (const tags of [[], ["one", "two"]]) {
      const there = edit(sources, { kind: "addMachine", name: fresh, tags }, options);
      if (there.mistake !== undefined) {
        continue;
      }
      // A list of names has become a map, or a map was made.
      const isAsBefore = sources.some(({ text }) => /^machines:\s*(#.*)?\n\s+\S+:/m.test(text));
      assert.is(analyze(there.sources, options).plan().plan!.machines[fresh]?.class, "nixos");
      const back = edit(there.sources, { kind: "remove", of: "machine", name: fresh }, options);
      if (isAsBefore) {
        added++;
        assert.equal(
          textsOf(back),
          sources.map(({ text }) => text),
          name,
        );
      }
    }
  }
  assert.ok(added > 5, `${added}`);
});

const fleet = `# the fleet
machines:
  laptop: { tags: [mobile] } # mine
  server:
    tags:
      - web # first
  box:
tags:
  backed-up: { anyOf: [mobile, "we*"], except: [box] }
instances:
  sshd:
    # two of them
    roles:
      server:
        machines: [server, laptop]
        tags: [web]
`;

/** Each change, and the lines that it takes away and brings. */
const changes: readonly (readonly [InventoryChange, string])[] = [
  [{ kind: "addMachine", name: "nas", tags: ["web"] }, "+  nas:\n+    tags: [web]"],
  [
    { kind: "addMachine", name: "mac", machineClass: "darwin" },
    "+  mac:\n+    machineClass: darwin",
  ],
  [
    { kind: "addInstance", name: "night", module: "borgbackup" },
    "+  night:\n+    module: borgbackup\n+    roles: {}",
  ],
  [
    { kind: "remove", of: "machine", name: "laptop" },
    "-  laptop: { tags: [mobile] } # mine\n-        machines: [server, laptop]\n+        machines: [server]",
  ],
  [
    { kind: "rename", of: "instance", name: "sshd", newName: "ssh" },
    "-  sshd:\n+  ssh:\n+    module: sshd",
  ],
  [
    { kind: "tag", machines: ["laptop", "box"], tags: ["web", "mobile"] },
    "-  laptop: { tags: [mobile] } # mine\n+  laptop: { tags: [mobile, web] } # mine\n+    tags: [web, mobile]",
  ],
  [
    { kind: "untag", machines: ["laptop"], tags: ["mobile"] },
    "-  laptop: { tags: [mobile] } # mine\n+  laptop: {} # mine",
  ],
  [
    { kind: "assign", instance: "sshd", role: "client", machines: ["box"], tags: ["all"] },
    "+      client:\n+        machines: [box]\n+        tags: [all]",
  ],
  [
    { kind: "unassign", instance: "sshd", role: "server", machines: ["laptop"], tags: [] },
    "-        machines: [server, laptop]\n+        machines: [server]",
  ],
  [
    { kind: "set", place: "machines.laptop.description", value: "on the desk" },
    "-  laptop: { tags: [mobile] } # mine\n+  laptop: { tags: [mobile], description: on the desk } # mine",
  ],
  [
    { kind: "unset", place: "tags.backed-up.except" },
    '-  backed-up: { anyOf: [mobile, "we*"], except: [box] }\n+  backed-up: { anyOf: [mobile, "we*"] }',
  ],
];

for (const [change, expected] of changes) {
  test(`${JSON.stringify(change)} changes these lines alone`, () => {
    const result = edit({ name: "inventory.yaml", text: fleet }, change);
    assert.is(result.mistake, undefined);
    assert.is(changedLines(fleet, result.sources[0]!.text), expected);
  });
}

test("what was set is what 'explain' shows", () => {
  const place = 'instances.sshd.roles.server.machines.laptop.settings.hostKeys."a.b"';
  const { sources, mistake } = edit(
    { name: "inventory.yaml", text: fleet },
    { kind: "set", place, value: "!mkForce 80" },
    { services: null },
  );
  assert.is(mistake, undefined);
  const question = { machine: "laptop", instance: "sshd.server", setting: 'hostKeys."a.b"' };
  const { explanation } = analyze(sources, { services: null }).explain(question);
  assert.match(JSON.stringify(explanation), /"priority":50/);
});

test("edits have their ranges, and a change that is refused has the sources", () => {
  const source = { name: "a.yaml", text: "machines:\n  a: { tags: [x] }\n" };
  const { edits } = edit(source, { kind: "rename", of: "tag", name: "x", newName: "web" });
  assert.equal(
    edits.map(({ range, text }) => [range.source, range.start, range.end.column, text]),
    [["a.yaml", { line: 2, column: 15, offset: 24 }, 16, "web"]],
  );
  const refused = edit(source, { kind: "remove", of: "tag", name: "y" });
  assert.is(refused.sources[0], source);
  assert.equal(refused.diagnostics, []);
});

test("a value with mistakes is refused, also where something can be read of it", () => {
  const source = { name: "a.yaml", text: "machines:\n  a:\n" };
  for (const value of ["{ x: 1, x: 2 }", "!unknown 1", "# nothing"]) {
    const place = "machines.a.description";
    assert.match(edit(source, { kind: "set", place, value }).mistake!, /^the value is not YAML: /);
  }
});

test("of several files the one that holds the thing is changed", () => {
  const files = [
    { name: "machines.yaml", text: "machines:\n  a:\n" },
    {
      name: "instances.yaml",
      text: "instances:\n  sshd: { roles: { server: { machines: [a] } } }\n",
    },
  ];
  const added = edit(files, { kind: "addMachine", name: "b" });
  assert.is(added.sources[0]!.text, "machines:\n  a:\n  b: {}\n");
  assert.is(added.sources[1], files[1]);
  const renamed = edit(files, { kind: "rename", of: "machine", name: "a", newName: "c" });
  assert.equal(
    renamed.sources.map(({ text }) => text),
    files.map(({ text }) => text.replace(/\ba\b/, "c").replace("[a]", "[c]")),
  );
});

/** Changes that are not made, and why. */
const refusals: readonly (readonly [InventoryChange, RegExp])[] = [
  [{ kind: "addMachine", name: "laptop" }, /machine 'laptop' is already declared/],
  [
    { kind: "remove", of: "machine", name: "lapto" },
    /no machine is named 'lapto'; did you mean 'laptop'\?/,
  ],
  [
    { kind: "rename", of: "tag", name: "web", newName: "site" },
    /the pattern 'we\*' matches only one of/,
  ],
  [
    { kind: "rename", of: "tag", name: "web", newName: "mobile" },
    /there is already a tag 'mobile'/,
  ],
  [
    { kind: "untag", machines: ["box"], tags: ["web"] },
    /machine 'box' has no tag 'web' of its own/,
  ],
  [
    { kind: "unassign", instance: "sshd", role: "server", machines: ["box"], tags: [] },
    /role 'server' of 'sshd' does not list machine 'box'/,
  ],
  [{ kind: "set", place: "machines.laptop.tags", value: "5" }, /the change would cause an error/],
  [{ kind: "set", place: "machines.laptop.tags", value: "[" }, /the value is not YAML/],
  [
    { kind: "unset", place: "machines.laptop.tag" },
    /there is nothing at 'machines.laptop.tag'; did you mean 'tags'\?/,
  ],
];

for (const [change, expected] of refusals) {
  test(`${JSON.stringify(change)} is refused`, () => {
    const { mistake = "", edits } = edit({ name: "inventory.yaml", text: fleet }, change);
    assert.match(mistake, expected);
    assert.equal(edits, []);
  });
}

/** The texts of an inventory, a change, and the texts after it, or why it is not made. */
const outcomes: readonly (readonly [
  before: readonly string[],
  change: InventoryChange,
  after: readonly string[] | string,
])[] = [
  [
    ["machines: { a: { tags: [x, z] } }\n"],
    { kind: "untag", machines: ["a", "a"], tags: ["x", "x"] },
    ["machines: { a: { tags: [z] } }\n"],
  ],
  [
    ["machines: { a: { tags: [x] }, b: }\n"],
    { kind: "untag", machines: ["a", "b"], tags: ["x"] },
    "machine 'b' has no tag 'x' of its own",
  ],
  [
    [
      "machines: [a]\ninstances: { i: { module: { input: self }, roles: { r: { machines: { a: }, tags: [t] } } } }\n",
      "instances: { i: { roles: { r: { machines: [a] } } } }\n",
    ],
    { kind: "unassign", instance: "i", role: "r", machines: ["a", "a"], tags: ["t"] },
    [
      "machines: [a]\ninstances: { i: { module: { input: self }, roles: { r: {} } } }\n",
      "instances: { i: { roles: { r: {} } } }\n",
    ],
  ],
  [
    ["machines: { a: { tags: [web, y] } }\n"],
    { kind: "set", place: "machines.a.tags.wbe", value: "v" },
    "'machines.a.tags' is a list, and has no item 'wbe'; did you mean 'web'?",
  ],
  [
    ["machines: { a: { tags: [x, y] } }\n"],
    { kind: "set", place: "machines.a.tags.3", value: "v" },
    "'machines.a.tags' is a list, and has no item '3'",
  ],
  ...["1st", "x1", "12x"].map(
    (name) =>
      [
        ["machines: { a: { tags: [x, y] } }\n"],
        { kind: "set", place: `machines.a.tags.${name}`, value: "v" },
        `'machines.a.tags' is a list, and has no item '${name}'`,
      ] as const,
  ),
  [
    [`machines: { a: { tags: [${"abcdefghijk".split("").join(", ")}] } }\n`],
    { kind: "set", place: "machines.a.tags.10", value: "v" },
    [`machines: { a: { tags: [${"abcdefghijv".split("").join(", ")}] } }\n`],
  ],
  [
    ["machines: { a: { tags: [x, y] } }\n"],
    { kind: "set", place: "machines.a.tags.0.z", value: "v" },
    "'machines.a.tags.0' is a string, not a map",
  ],
  [
    ["machines: { a: { description: d } }\n"],
    { kind: "set", place: "machines.a.description.z", value: "v" },
    "'machines.a.description' is a string, not a map",
  ],
  [
    ["machines: [a, b]\n"],
    { kind: "set", place: "machines.b", value: "{ tags: [t] }" },
    ["machines: { a: {}, b: { tags: [t] } }\n"],
  ],
  [
    ["instances: { i: { roles: { r: { settings: { list: [a, { k: 1 }] } } } } }\n"],
    { kind: "set", place: "instances.i.roles.r.settings.list.1.k", value: "2" },
    ["instances: { i: { roles: { r: { settings: { list: [a, { k: 2 }] } } } } }\n"],
  ],
  // What settings hold is no name.
  [
    ["instances: { i: { roles: { r: { settings: { list: [a, { k: 1 }] } } } } }\n"],
    { kind: "set", place: "instances.i.roles.r.settings.list.a.k", value: "2" },
    "'instances.i.roles.r.settings.list.0' is a string, not a map",
  ],
  [
    ["machines: { a: { tags: [x] } }\n"],
    { kind: "set", place: "machines.a.tags.x.y", value: "2" },
    "'machines.a.tags.0' is a string, not a map",
  ],
  [
    ["instances: { i: { roles: { r: { tags: [x, all] } } } }\n"],
    { kind: "set", place: "instances.i.roles.r.tags.all.settings.k", value: "2" },
    ["instances: { i: { roles: { r: { tags: { x: {}, all: { settings: { k: 2 } } } } } } }\n"],
  ],
  [
    ["instances: { i: { roles: { r: { settings: [x] } } } }\n"],
    { kind: "set", place: "instances.i.roles.r.settings.x.k", value: "2" },
    "'instances.i.roles.r.settings.0' is a string, not a map",
  ],
  [
    ["machines: { a: { tags: [x, y] }, b: { tags: [y] } }\n"],
    { kind: "untag", machines: ["a", "b"], tags: ["y"] },
    ["machines: { a: { tags: [x] }, b: {} }\n"],
  ],
  [
    ["machines: [laptop]\n"],
    { kind: "unset", place: "machines.lapto" },
    "there is nothing at 'machines.lapto'",
  ],
  [["machines: [a, b]\n"], { kind: "addMachine", name: "c" }, ["machines: [a, b, c]\n"]],
  [
    ["machines: [a, b]\n"],
    { kind: "addMachine", name: "c", tags: ["t", "t"] },
    ["machines: { a: {}, b: {}, c: { tags: [t] } }\n"],
  ],
  [
    ["machines: [a]\n"],
    { kind: "addMachine", name: "c", machineClass: "nixos", tags: [] },
    ["machines: [a, c]\n"],
  ],
  [["machines:\n"], { kind: "addMachine", name: "a" }, ["machines:\n  a: {}\n"]],
  [["tags: {}\n"], { kind: "addMachine", name: "a" }, ["tags: {}\nmachines:\n  a: {}\n"]],
  [["instances: { i: }\n"], { kind: "addInstance", name: "i" }, "instance 'i' already exists"],
  [["instances: {}\n"], { kind: "addInstance", name: "i" }, ["instances:\n  i:\n    roles: {}\n"]],
  [
    ["instances: {}\n"],
    { kind: "addInstance", name: "i", module: "i" },
    ["instances:\n  i:\n    roles: {}\n"],
  ],
  [
    ["instances: {}\n"],
    { kind: "addInstance", name: "i", input: "self" },
    ["instances:\n  i:\n    module:\n      name: i\n      input: self\n    roles: {}\n"],
  ],
  [
    ["instances: {}\n"],
    { kind: "addInstance", name: "i", module: "m", input: "self" },
    ["instances:\n  i:\n    module:\n      name: m\n      input: self\n    roles: {}\n"],
  ],
  [
    ["machines: [a]\ninstances: { i: { module: { input: self }, roles: { r: } } }\n"],
    { kind: "assign", instance: "i", role: "r", machines: ["a"], tags: ["all"] },
    [
      "machines: [a]\ninstances: { i: { module: { input: self }, roles: { r: { machines: [a], tags: [all] } } } }\n",
    ],
  ],
  [
    [
      "machines: [a, b]\ninstances: { i: { module: { input: self }, roles: { r: { machines: [a], tags: { all: } } } } }\n",
    ],
    { kind: "assign", instance: "i", role: "r", machines: ["b", "a"], tags: ["all"] },
    [
      "machines: [a, b]\ninstances: { i: { module: { input: self }, roles: { r: { machines: [a, b], tags: { all: } } } } }\n",
    ],
  ],
  [
    [
      "machines: [a, b]\ninstances: { i: { module: { input: self }, roles: { r: { machines: [a, b], tags: [nixos, all] } } } }\n",
    ],
    { kind: "unassign", instance: "i", role: "r", machines: ["a", "b"], tags: ["nixos"] },
    [
      "machines: [a, b]\ninstances: { i: { module: { input: self }, roles: { r: { tags: [all] } } } }\n",
    ],
  ],
  [
    [
      "machines: [a, b]\ninstances: { i: { module: { input: self }, roles: { r: { machines: { a: , b: } } } } }\n",
    ],
    { kind: "unassign", instance: "i", role: "r", machines: ["a"], tags: [] },
    [
      "machines: [a, b]\ninstances: { i: { module: { input: self }, roles: { r: { machines: { b: } } } } }\n",
    ],
  ],
  [
    ["machines: { a: { tags: [x, y, z] } }\n"],
    { kind: "untag", machines: ["a"], tags: ["x", "y"] },
    ["machines: { a: { tags: [z] } }\n"],
  ],
  [
    ["machines: [a, b]\n"],
    { kind: "tag", machines: ["a", "b"], tags: ["x", "y"] },
    ['machines: { a: { tags: [x, "y"] }, b: { tags: [x, "y"] } }\n'],
  ],
  [
    ["machines: { a: { tags: [x] } }\n"],
    { kind: "tag", machines: ["a"], tags: ["y", "y", "x"] },
    ['machines: { a: { tags: [x, "y"] } }\n'],
  ],
  [
    ["machines: { a: { tags: [x, y] } }\n"],
    { kind: "set", place: "machines.a.tags.1", value: "z" },
    ["machines: { a: { tags: [x, z] } }\n"],
  ],
  [
    ["machines: { a: { tags: [x, y] } }\n"],
    { kind: "set", place: "machines.a.tags.2", value: "z" },
    ["machines: { a: { tags: [x, y, z] } }\n"],
  ],
  [
    ["machines: [a, b]\n"],
    { kind: "set", place: "machines.b.description", value: "hi" },
    ["machines: { a: {}, b: { description: hi } }\n"],
  ],
  [["machines: [a, b]\n"], { kind: "unset", place: "machines.a" }, ["machines: [b]\n"]],
  [["machines: { a: , b: }\n"], { kind: "unset", place: "machines.a" }, ["machines: { b: }\n"]],
  [
    ["machines: { a: }\n"],
    { kind: "set", place: "machines.a.deploy.targetHost", value: "h" },
    ["machines: { a: { deploy: { targetHost: h } } }\n"],
  ],
  [
    ["machines: { a: }\n", "machines: { a: { description: x }, b: }\n"],
    { kind: "unset", place: "machines.a" },
    ["machines: {}\n", "machines: { b: }\n"],
  ],
  [
    ["machines: { a: }\n", "machines: { b: }\ntags: { t: [a] }\n"],
    { kind: "set", place: "machines.a.description", value: "x" },
    ["machines: { a: { description: x } }\n", "machines: { b: }\ntags: { t: [a] }\n"],
  ],
  [
    ["machines: { a: }\n", "tags: { t: [a] }\n"],
    { kind: "set", place: "tags.u", value: "[a]" },
    ["machines: { a: }\n", "tags: { t: [a], u: [a] }\n"],
  ],
  [
    ["machines: { a: }\n", "tags: { t: [a] }\n"],
    { kind: "set", place: "instances.i.module.input", value: "self" },
    ["machines: { a: }\ninstances:\n  i:\n    module:\n      input: self\n", "tags: { t: [a] }\n"],
  ],
  [
    ["machines: { a: }\n", "machines: { b: }\n"],
    { kind: "addMachine", name: "c" },
    ["machines: { a: }\n", "machines: { b: , c: {} }\n"],
  ],
  [
    ["machines: { a: }\n"],
    { kind: "set", place: "machines.a.description", value: "" },
    "the value is not YAML: the input is empty",
  ],
  [
    ["machines: { a: }\n"],
    { kind: "set", place: "machines.a.description", value: "[1" },
    "the value is not YAML: this '[' is not closed",
  ],
  [
    ['machines: { web: { tags: [web] } }\ntags: { all-web: { anyOf: ["we*"] } }\n'],
    { kind: "rename", of: "machine", name: "web", newName: "site" },
    ['machines: { site: { tags: [web] } }\ntags: { all-web: { anyOf: ["we*"] } }\n'],
  ],
  [
    ["machines: { web: { tags: [site] } }\n"],
    { kind: "rename", of: "machine", name: "web", newName: "site" },
    ["machines: { site: { tags: [site] } }\n"],
  ],
  [
    ["machines: { web: { tags: [site] } }\n"],
    { kind: "rename", of: "tag", name: "site", newName: "web" },
    ["machines: { web: { tags: [web] } }\n"],
  ],
  [
    ["machines: { web: { tags: [site] } }\n"],
    { kind: "rename", of: "tag", name: "site", newName: "" },
    "the new name of tag 'site' is empty",
  ],
  [
    ["machines: { web: { tags: [site] } }\n"],
    { kind: "rename", of: "tag", name: "site", newName: "all" },
    "'all' is a predefined tag",
  ],
  [
    ["machines: { web: { tags: [site] } }\n"],
    { kind: "rename", of: "tag", name: "sit", newName: "x" },
    "no tag is named 'sit'; did you mean 'site'?",
  ],
  [
    ["machines: [a\n"],
    { kind: "addMachine", name: "b" },
    "correct the mistakes in the inventory first",
  ],
  [
    ["machines: [a]\n", "machines: [b\n"],
    { kind: "addMachine", name: "c" },
    "correct the mistakes in the inventory first",
  ],
  [
    ["x-t: &t [web, db]\nmachines: { a: { tags: *t }, b: { tags: *t } }\n"],
    { kind: "untag", machines: ["a"], tags: ["web"] },
    "0.yaml cannot be edited there: the text has mistakes or very many values, or an anchor shares the place with others",
  ],
  [
    ["machines: [a, b]\ntags: { t: [a, b, a] }\n"],
    { kind: "remove", of: "machine", name: "a" },
    ["machines: [b]\ntags: { t: [b] }\n"],
  ],
  [
    [
      "machines: [a, b]\ntags: { t: { except: [a] } }\ninstances: { i: { module: { input: self }, roles: { r: { machines: { a: { settings: { p: 1 } } }, tags: [t] } } } }\n",
    ],
    { kind: "remove", of: "machine", name: "a" },
    [
      "machines: [b]\ntags: { t: { except: [] } }\ninstances: { i: { module: { input: self }, roles: { r: { machines: {}, tags: [t] } } } }\n",
    ],
  ],
  [
    ["machines: [a]\ninstances: { i: { module: { input: self }, roles: { r: } } }\n"],
    { kind: "assign", instance: "j", role: "r", machines: ["a"], tags: [] },
    "no instance is named 'j'",
  ],
  [
    ["machines: [a]\ninstances: { i: { module: { input: self }, roles: { role: } } }\n"],
    { kind: "unassign", instance: "i", role: "rol", machines: ["a"], tags: [] },
    "'i' has no role 'rol'; did you mean 'role'?",
  ],
  [
    [
      "machines: [a]\ninstances: { i: { module: { input: self }, roles: { r: { tags: [all] } } } }\n",
    ],
    { kind: "unassign", instance: "i", role: "r", machines: [], tags: ["nixos"] },
    "role 'r' of 'i' does not list tag 'nixos'",
  ],
  [
    ["machines: [a]\n"],
    { kind: "tag", machines: ["b"], tags: ["nixos"] },
    "no machine is named 'b'",
  ],
  [
    ["machines: { a: { tag: [x] } }\n"],
    { kind: "addMachine", name: "c" },
    ["machines: { a: { tag: [x] }, c: {} }\n"],
  ],
  [
    ["machines: { a: }\nmeta: { nam: x }\n"],
    { kind: "unset", place: "meta.name" },
    "there is nothing at 'meta.name'; did you mean 'nam'?",
  ],
  [["machines: { a: }\n"], { kind: "unset", place: "meta.name" }, "there is nothing at 'meta'"],
  [
    ["machines: [a]\n"],
    { kind: "rename", of: "machine", name: "a", newName: "a" },
    "there is already a machine 'a'",
  ],
  [
    ["machines:\n  a:\n    tags: # none yet\n    description: d\n"],
    { kind: "tag", machines: ["a"], tags: ["x", "z"] },
    ["machines:\n  a:\n    tags: [x, z] # none yet\n    description: d\n"],
  ],
  [
    [
      "machines: [a]\ninstances: { i: { module: { input: self }, roles: { r: { machines: ~, tags: } } } }\n",
    ],
    { kind: "assign", instance: "i", role: "r", machines: ["a"], tags: ["all"] },
    [
      "machines: [a]\ninstances: { i: { module: { input: self }, roles: { r: { machines: [a], tags: [all] } } } }\n",
    ],
  ],
];

for (const [before, change, after] of outcomes) {
  test(`${JSON.stringify(before)}: ${JSON.stringify(change)}`, () => {
    const files = before.map((text, index) => ({ name: `${index}.yaml`, text }));
    const { mistake, sources } = edit(files, change, { services: null });
    assert.equal(mistake ?? sources.map(({ text }) => text), after);
    for (const [index, source] of sources.entries()) {
      assert.is(source === files[index], source.text === before[index], "is the same object");
    }
  });
}

test("the command rewrites the inventory of the folder, and says so", async () => {
  const files = filesWith({ "inventory.yaml": fleet });
  const result = await run(["tag", "box", "web"], { files });
  assert.equal(result, {
    exitCode: 0,
    stdout: "",
    stderr: "inventory2nix: inventory.yaml changed\n",
  });
  const again = await run(["tag", "box", "web"], { files });
  assert.is(again.stderr, "inventory2nix: nothing to change\n");
});

test("--diff and --check write nothing, and exit with 1 if there is something to change", async () => {
  const files = filesWith({ "inventory.yaml": fleet });
  const diff = await run(["remove", "machine", "box", "--diff"], { files });
  assert.match(diff.stdout, /^-  box:$/m);
  assert.is(diff.exitCode, 1);
  assert.is((await run(["remove", "machine", "box", "--check"], { files })).exitCode, 1);
  assert.match((await run(["plan"], { files })).stdout, /^box/m);
});

test("a change that would cause an error shows it, and writes nothing", async () => {
  const files = filesWith({ "inventory.yaml": fleet });
  const { exitCode, stderr } = await run(["assign", "sshd.client", "--machine", "boxx"], { files });
  assert.match(stderr, /no machine is named 'boxx'; did you mean 'box'\?/);
  assert.match(stderr, /\[boxx\]/);
  assert.match(stderr, /inventory2nix: the change would cause an error\n$/);
  assert.is(exitCode, 1);
});

test("init starts an inventory with the machines that have a folder, and never overwrites one", async () => {
  const files = filesWith({ "machines/laptop/": "", "machines/nas/": "" });
  const { exitCode, stderr } = await run(["init"], { files });
  assert.is(stderr, "inventory2nix: inventory.yaml written, with 2 machines\n");
  assert.is(exitCode, 0);
  assert.is((await run(["check"], { files })).stderr, "");
  assert.match((await run(["plan"], { files })).stdout, /^laptop[^]*^nas/m);
  const again = await run(["init"], { files });
  assert.equal(again, {
    exitCode: 2,
    stdout: "",
    stderr: "inventory2nix: inventory.yaml is already there\n",
  });
});

test("arguments that make no sense are refused in words", async () => {
  for (const [args, expected] of [
    [["add", "tag", "x"], /'add' needs machine or instance, and a name/],
    [["add", "machine", "x", "--module", "y"], /'add machine' has no flag '--module'/],
    [
      ["rename", "machine", "x"],
      /'rename' needs machine, tag or instance, its name, and the new name/,
    ],
    [["tag", "box"], /'tag' needs machines, then tags/],
    [["assign", "sshd", "--machine", "box"], /'assign' needs INSTANCE\.ROLE/],
    [["assign", "sshd.server"], /'assign' needs '--machine' or '--tag'/],
    [["set", "a"], /'set' needs a place and a value/],
  ] as const) {
    const files = filesWith({ "inventory.yaml": fleet });
    const { exitCode, stderr } = await run(args, { files });
    assert.match(stderr, expected);
    assert.is(exitCode, 2);
  }
});

const fresh = "zz-fresh";

/** Names that come back in quotes, which keep every reader of YAML from taking them for numbers. */
const needsQuotes = /^(|\d+|y|n|yes|no|on|off|true|false|null|~)$/i;

function declaredNames(
  sources: readonly Source[],
  options: Parameters<typeof analyze>[1],
  of: NameKind,
): readonly string[] {
  const { documents } = analyze(sources, options);
  const all = [...documents.values()].flatMap((document) => [...occurrencesIn(document!.value)]);
  const names = all.filter(({ kind, name }) => kind === of && !needsQuotes.test(name));
  // A few of each kind: more of them tell nothing new.
  return [...new Set(names.map(({ name }) => name))].slice(0, 4);
}

/** The plan as a text in which the two names are the same; order is by name and so left out. */
function withoutName(plan: Plan, ...names: readonly string[]): unknown {
  return JSON.parse(JSON.stringify(sorted(plan, names)));
}

function sorted(value: unknown, names: readonly string[]): unknown {
  if (typeof value === "string") {
    return names.includes(value) ? "?" : value;
  }
  if (Array.isArray(value)) {
    return value.map((item) => sorted(item, names)).sort((a, b) => (text(a) < text(b) ? -1 : 1));
  }
  if (typeof value !== "object" || value === null) {
    return typeof value === "bigint" ? `${value}` : value;
  }
  const entries = Object.entries(value).map(
    ([key, inner]) => [names.includes(key) ? "?" : key, sorted(inner, names)] as const,
  );
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function text(value: unknown): string {
  return JSON.stringify(value) ?? "";
}

function textsOf({ sources }: EditResult): readonly string[] {
  return sources.map(({ text }) => text);
}

/** The lines that are in only one of two texts, each with its sign. */
function changedLines(before: string, after: string): string {
  const [old, now] = [before.split("\n"), after.split("\n")];
  const lines: string[] = [];
  let at = 0;
  for (const line of now) {
    const found = old.indexOf(line, at);
    if (found < 0) {
      // A changed line takes the place of the old one.
      if (old[at] !== undefined && !now.includes(old[at]!)) lines.push(`-${old[at++]}`);
      lines.push(`+${line}`);
    } else {
      lines.push(...old.slice(at, found).map((gone) => `-${gone}`));
      at = found + 1;
    }
  }
  return lines.join("\n");
}

test.run();
