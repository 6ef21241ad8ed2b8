/** Fixes do what they promise: the finding is gone, and nothing else of the text is touched. */

import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  type Applicability,
  analyze,
  compile,
  type Diagnostic,
  type Fix,
  fix,
  type Source,
} from "../src/index.js";
import { writeYaml } from "../src/text/yaml-writer.js";
import { readCases } from "./cases.js";
import fc from "./fast-check.js";
import { filesWith, run } from "./host.js";

for (const { name, sources, options } of readCases()) {
  const { diagnostics } = analyze(sources, options);
  if (!diagnostics.some(({ fixes = [] }) => fixes.length > 0)) {
    continue;
  }

  test(`${name}: each fix alone corrects what it is for`, () => {
    for (const diagnostic of diagnostics) {
      for (const fix of diagnostic.fixes ?? []) {
        const fixed = apply(fix, sources);
        const left = analyze(fixed, options).diagnostics.map((other) => identityOf(other, fixed));
        const before = diagnostics.map((other) => identityOf(other, sources));
        const same = identityOf(diagnostic, sources);
        assert.ok(count(left, same) < count(before, same), `${diagnostic.message}: ${fix.title}`);
      }
    }
  });

  for (const applicability of ["safe", "unsafe"] as const) {
    test(`${name}: after all ${applicability} fixes there is nothing to fix`, () => {
      const once = fix(sources, options, applicability);
      assert.equal(applicable(once.diagnostics, applicability), []);
      const twice = fix(once.sources, options, applicability);
      assert.is(twice.applied, 0);
      assert.equal(twice.sources, once.sources);
    });
  }
}

/** What is wrong, and with what: a fix may uncover the same mistake in another part. */
function identityOf({ code, message, range }: Diagnostic, sources: readonly Source[]): string {
  const { text } = sources.find(({ name }) => name === range.source)!;
  return `${code} ${message} ${text.slice(range.start.offset, range.end.offset)}`;
}

function count(texts: readonly string[], wanted: string): number {
  return texts.filter((text) => text === wanted).length;
}

function applicable(
  diagnostics: readonly Diagnostic[],
  applicability: Applicability,
): readonly string[] {
  return diagnostics
    .filter(({ fixes = [] }) =>
      fixes.some((fix) => applicability === "unsafe" || fix.applicability === "safe"),
    )
    .map(({ message }) => message);
}

function apply({ edits }: Fix, sources: readonly Source[]): readonly Source[] {
  return sources.map((source) => {
    let { text } = source;
    for (const { range, text: replacement } of [...edits].reverse()) {
      if (range.source === source.name) {
        text = text.slice(0, range.start.offset) + replacement + text.slice(range.end.offset);
      }
    }
    return { ...source, text };
  });
}

/** An inventory whose names are far from each other, so that each mistake has one correction. */
const fleet = {
  meta: { name: "home", domain: "example.org" },
  machines: {
    laptop: { tags: ["mobile", "personal"], deploy: { targetHost: "root@laptop" } },
    gateway: { tags: ["always-on"], machineClass: "nixos" },
    "build-farm": { tags: ["always-on", "beefy"], description: "in the cellar" },
  },
  tags: { watched: { anyOf: ["always-on"], except: ["build-farm"] } },
  instances: {
    sshd: {
      roles: {
        server: {
          tags: ["always-on"],
          machines: { laptop: { settings: { authorizedKeys: { me: "ssh-ed25519 AAAA" } } } },
          settings: { certificate: { searchDomains: ["example.org"] }, generateRootKey: true },
        },
        client: { tags: ["watched", "mobile"] },
      },
    },
    own: {
      module: { name: "own", input: "self" },
      roles: {
        default: { machines: ["gateway"], settings: { level: 3, nested: { mode: "0644" } } },
      },
    },
  },
};

/** Mistakes, each with what the text says instead of what was meant. */
const mistakes: readonly { readonly name: string; readonly from: string; readonly to: string }[] = [
  { name: "a misspelt machine", from: "- gateway", to: "- gatway" },
  { name: "a misspelt tag of a role", from: "- watched", to: "- wathced" },
  {
    name: "a misspelt tag in a selector",
    from: "anyOf:\n      - always-on",
    to: "anyOf:\n      - allways-on",
  },
  {
    name: "a misspelt exception",
    from: "except:\n      - build-farm",
    to: "except:\n      - buildfarm",
  },
  { name: "a misspelt role", from: "      client:", to: "      cleint:" },
  { name: "a misspelt setting", from: "searchDomains:", to: "searchDomain:" },
  { name: "a misspelt key", from: "    machineClass:", to: "    machineclass:" },
  { name: "a class in other letters", from: "machineClass: nixos", to: "machineClass: NixOS" },
  { name: "a boolean of YAML 1.1", from: "generateRootKey: true", to: "generateRootKey: yes" },
  { name: "a boolean as a text", from: "generateRootKey: true", to: 'generateRootKey: "true"' },
  {
    name: "a text for a list",
    from: "searchDomains:\n              - example.org",
    to: "searchDomains: example.org",
  },
  { name: "a dotted key", from: "deploy:\n      targetHost:", to: "deploy.targetHost:" },
  {
    name: "a dotted setting",
    from: "nested:\n            mode:",
    to: "nested.mode:",
  },
  { name: "an unquoted mode", from: 'mode: "0644"', to: "mode: 0644" },
  { name: "the old name of instances", from: "instances:", to: "services:" },
];

for (const { name, from, to } of mistakes) {
  test(`${name}: the fix gives what was meant`, () => {
    const text = writeYaml(fleet);
    assert.is(text.split(from).length, 2, from);
    const meant = planOf(text);
    const fixed = fix({ name: "inventory.yaml", text: text.replace(from, () => to) }, {}, "unsafe");
    assert.is(fixed.applied, 1);
    assert.equal(planOf(fixed.sources[0]!.text), meant);
  });
}

test("of several mistakes at once each is corrected", () => {
  const text = writeYaml(fleet);
  const meant = planOf(text);
  fc.assert(
    fc.property(fc.shuffledSubarray([...mistakes.keys()], { minLength: 2 }), (chosen) => {
      // A mistake that changed the place of another leaves that one out.
      const wrong = chosen.reduce(
        (wrong, index) => wrong.replace(mistakes[index]!.from, () => mistakes[index]!.to),
        text,
      );
      const fixed = fix({ name: "inventory.yaml", text: wrong }, {}, "unsafe");
      assert.equal(planOf(fixed.sources[0]!.text), meant, wrong);
    }),
    { numRuns: 80 },
  );
});

/** Names that are far from each other. */
const machineNames = ["laptop", "gateway", "build-farm", "mailbox", "zebra", "kiosk"];
const tagNames = ["everywhere", "production", "staging", "watched"];

/** Machines with tags, and roles with machines, tags and a selector. */
const fleets = fc
  .record({
    tags: fc.array(fc.subarray(tagNames), { minLength: 6, maxLength: 6 }),
    machines: fc.subarray(machineNames),
    roleTags: fc.subarray(tagNames),
    anyOf: fc.subarray(tagNames, { minLength: 1 }),
    except: fc.subarray(machineNames),
  })
  .map(({ tags, machines, roleTags, anyOf, except }) => ({
    machines: Object.fromEntries(
      // Every tag is in use, so that a misspelt one is not known by chance.
      machineNames.map((name, index) => [name, { tags: index === 0 ? tagNames : tags[index]! }]),
    ),
    tags: { chosen: { anyOf, except } },
    instances: {
      own: {
        module: { input: "self" },
        roles: { default: { machines, tags: [...roleTags, "chosen"], settings: { level: 1 } } },
      },
    },
  }));

test("a misspelt name anywhere in a random fleet is corrected", () => {
  fc.assert(
    fc.property(fleets, fc.nat(), fc.nat(), fc.constantFrom(...typos), (fleet, which, at, typo) => {
      const { own } = fleet.instances;
      const lists: string[][] = [
        own.roles.default.machines,
        own.roles.default.tags,
        fleet.tags.chosen.anyOf,
        fleet.tags.chosen.except,
      ];
      const meant = planOf(writeYaml(fleet));
      const places = lists.flatMap((list) => list.map((_, index) => ({ list, index })));
      const { list, index } = places[which % places.length]!;
      list[index] = typo(list[index]!, at);
      for (const name of ["inventory.yaml", "inventory.json"]) {
        const text = name.endsWith("json") ? JSON.stringify(fleet) : writeYaml(fleet);
        const { sources, applied } = fix({ name, text }, {}, "unsafe");
        assert.is(applied, 1, text);
        assert.equal(planOf(sources[0]!.text), meant);
      }
    }),
    { numRuns: 100 },
  );
});

/** Slips of the hand in a name, near a place in it. */
const typos: readonly ((name: string, at: number) => string)[] = [
  (name, at) => replaceAt(name, at, 1, ""),
  (name, at) => replaceAt(name, at, 0, "q"),
  (name, at) => replaceAt(name, at, 1, "q"),
  (name) => name.toUpperCase(),
];

function replaceAt(name: string, at: number, length: number, text: string): string {
  const start = at % name.length;
  return name.slice(0, start) + text + name.slice(start + length);
}

test("comments, style and line ends survive", () => {
  const text = [
    "machines: # all of them",
    "  'laptop': {tags: web}   # one",
    "",
    "  # the next",
    "  gateway:",
    "    deploy.targetHost: root@gateway # by name",
    "",
  ].join("\r\n");
  assert.is(
    fix({ name: "inventory.yaml", text }).sources[0]!.text,
    text
      .replace("tags: web", "tags: [web]")
      .replace("deploy.targetHost:", "deploy:\r\n      targetHost:"),
  );
});

/** Machines, of which `m` has the fields. */
const machine = (...lines: readonly string[]) =>
  `machines:\n  m:\n${lines.map((line) => `    ${line}\n`).join("")}`;

const settings = (text: string) =>
  `{ "machines": ["m"], "instances": { "i": { "module": { "input": "self" }, "roles": { "r": { "machines": ["m"], "settings": ${text} } } } } }`;

/** Texts whose fixes are near each other, what all of them make of it, and how many are made at once. */
const neighbors: readonly (readonly [name: string, wrong: string, right: string, first: number])[] =
  [
    [
      "keys for one new map",
      machine("deploy.targetHost: root@m", "deploy.buildHost: root@n"),
      machine("deploy:", "  targetHost: root@m", "  buildHost: root@n"),
      1,
    ],
    [
      "keys for new maps of several machines",
      "machines:\r\n  m: { deploy.targetHost: a, 'deploy.buildHost': b }\r\n  n: { 'deploy.targetHost': c, deploy.buildHost: d }\r\n",
      "machines:\r\n  m: { deploy: { targetHost: a, buildHost: b } }\r\n  n: { deploy: { targetHost: c, buildHost: d } }\r\n",
      2,
    ],
    [
      "keys for one new map in JSON",
      '{ "machines": { "m": { "deploy.targetHost": "a", "deploy.buildHost": "b" } } }',
      '{ "machines": { "m": { "deploy": { "targetHost": "a", "buildHost": "b" } } } }',
      1,
    ],
    [
      "keys for the end of one map",
      machine("deploy.targetHost: root@m", "deploy.buildHost: root@n", "deploy:"),
      machine("deploy:", "  targetHost: root@m", "  buildHost: root@n"),
      1,
    ],
    [
      "keys for the ends of two maps",
      settings('{ "n.k": 1, "x": 0, "m.k": 2, "n": { "a": 1 }, "m": { "a": 1 } }'),
      settings('{ "x": 0, "n": { "a": 1, "k": 1 }, "m": { "a": 1, "k": 2 } }'),
      2,
    ],
    [
      "a key for a map behind another mistake",
      machine("deploy.targetHost: root@m", "tags: web", "deploy: { buildHost: x }"),
      machine("tags: [web]", "deploy: { buildHost: x, targetHost: root@m }"),
      2,
    ],
    [
      "keys that end where another is put",
      settings('{ "n.k": 1, "n": { "a.b": 2 } }'),
      settings('{ "n": { "a": { "b": 2 }, "k": 1 } }'),
      1,
    ],
    [
      "keys that are put where others end",
      settings('{ "n": { "a.b": 2 }, "n.k": 1 }'),
      settings('{ "n": { "a": { "b": 2 }, "k": 1 } }'),
      1,
    ],
    [
      "a value that ends where a key is put",
      settings("{ n.k: 1, n: { mode: 0644 } }"),
      settings('{ n: { mode: "0644", k: 1 } }'),
      1,
    ],
    [
      "equal keys of several maps",
      "machines: { m: { tag: [x] }, n: { tag: [x] } }\n",
      "machines: { m: { tags: [x] }, n: { tags: [x] } }\n",
      2,
    ],
    [
      "other keys of one map",
      machine("tag: [a]", "machineclass: darwin"),
      machine("tags: [a]", "machineClass: darwin"),
      2,
    ],
    [
      "two keys for one, of which the second stays",
      machine("'tag': [a]", "tagz: [b]"),
      machine("'tags': [a]", "tagz: [b]"),
      1,
    ],
    ["what is in what moves", "inventory: { machine: [m] }\n", "machines: [m]\n", 1],
  ];

for (const [name, wrong, right, first] of neighbors) {
  test(`fixes near each other: ${name}`, () => {
    const source = { name: wrong.includes("{ n.k") ? "a.yaml" : "a", text: wrong };
    assert.is(fix(source, {}, "unsafe").sources[0]!.text, right);
    assert.is(fix([source, longSource(2 ** 19 - wrong.length)], {}, "unsafe").applied, first);
  });
}

/** A source without mistakes; beside so many characters, fixes are made once. */
function longSource(length: number): Source {
  const meta = "\nmeta: {}\n";
  return { name: "long.yaml", text: `#${"x".repeat(length - meta.length - 1)}${meta}` };
}

/** Machine `m`, a member of a role of its own or of `sshd`, with settings in YAML. */
const ownSettings = (text: string) =>
  `machines: [m]\ninstances: { i: { module: { input: self }, roles: { r: { machines: [m], settings: ${text} } } } }\n`;
const sshdSettings = (text: string) =>
  `machines: [m]\ninstances: { sshd: { roles: { server: { machines: [m], settings: ${text} } } } }\n`;

const deepKey = Array.from({ length: 20 }, (_, index) => `k${index}`).join(".");

/** A text with one mistake, and the fixes that editors offer for it. */
const offers: readonly (readonly [text: string, ...fixes: readonly string[]])[] = [
  ["machines: { m: { tagz: [x] } }\n", "replace with 'tags' (unsafe)"],
  ["meta: { tld: x }\n", "replace with 'domain' (safe)"],
  ["machines: { m: { tags: web } }\n", "put it in a list (safe)"],
  ["machines: { m: { tags: [web, null] } }\n", "remove it (unsafe)"],
  ["machines: { m: { deploy.targetHost: x } }\n", "nest the key (safe)"],
  [ownSettings(`{ ${deepKey}: 1 }`), "nest the key (unsafe)"],
  // Nobody means that.
  [ownSettings(`{ ${deepKey}.more: 1 }`)],
  [ownSettings("{ flag: yes }"), "write true (unsafe)", "put it in quotes (unsafe)"],
  [sshdSettings("{ generateRootKey: yes }"), "write true (safe)"],
  [ownSettings("{ mode: 0644 }"), "put it in quotes (unsafe)"],
  [ownSettings("{\n  channel: #general\n  }"), "put it in quotes, with the comment (unsafe)"],
  [ownSettings("{ key: ./m.pub }"), "write !path (unsafe)"],
  [ownSettings('{ host: "nb.${self.domain}" }'), "write !interpolate (unsafe)"],
  [ownSettings("{ image: self.packages.image }"), "write !ref self.packages.image (unsafe)"],
  [
    ownSettings(`{ text: 'mkForce "${"x".repeat(100)}"' }`),
    `write !mkForce "${"x".repeat(36)}... (unsafe)`,
  ],
];

for (const [text, ...expected] of offers) {
  test(`${JSON.stringify(text)} has ${expected.length} fixes, which say what they do`, () => {
    const { diagnostics } = analyze({ name: "a.yaml", text });
    assert.is(diagnostics.length, 1, text);
    assert.equal(
      (diagnostics[0]!.fixes ?? []).map((fix) => `${fix.title} (${fix.applicability})`),
      expected,
    );
  });
}

test("a source without a fix is the same object, and a guess is not made unasked", () => {
  const [tagged, guessed, fine] = [
    { name: "a.yaml", text: "machines: { a: { tags: web } }\n" },
    { name: "b.yaml", text: "machines: { b: { tag: [web] } }\n" },
    { name: "c.yaml", text: "machines: { c: { tags: [web] } }\n" },
  ] as const;
  const { sources, applied } = fix([tagged, guessed, fine]);
  assert.is(applied, 1);
  assert.is(sources[0]!.text, tagged.text.replace("web", "[web]"));
  assert.is(sources[1], guessed);
  assert.is(sources[2], fine);
});

test("what leads from mistake to mistake is followed to a limit, by rounds and by length", () => {
  const keys = Array.from({ length: 25 }, (_, index) => `"n.k${index}": ${index}`);
  const long = { name: "a.json", text: settings(`{ ${keys.join(", ")} }`) };
  const first = fix(long, {}, "unsafe");
  assert.is(first.applied, 20);
  assert.is(fix(first.sources, {}, "unsafe").applied, 5);

  const wrong = machine("deploy.targetHost: root@m", "deploy.buildHost: root@n");
  const appliedOf = (length: number) =>
    fix([{ name: "a.yaml", text: wrong }, longSource(length - wrong.length)]).applied;
  assert.is(appliedOf(2 ** 19), 1);
  assert.is(appliedOf(2 ** 19 - 1), 2);
});

test("of very many mistakes, those of the first rounds are fixed", () => {
  const machines = Array.from({ length: 5000 }, (_, index) => `m${index}: { tgas: [a] }`);
  const long = { name: "a.yaml", text: `machines: { ${machines.join(", ")} }\n` };
  assert.is(fix(long, {}, "unsafe").applied, 3000);
});

function planOf(text: string): unknown {
  const { plan, diagnostics } = analyze({ name: "inventory.yaml", text }).plan();
  assert.ok(plan, JSON.stringify(diagnostics, undefined, 1));
  return plan.machines;
}

const wrong =
  "machines: {a: {tags: web}}\ninstances: {x: {module: {input: self}, roles: {y: {machines: [b]}}}}\n";
const right = wrong.replace("tags: web", "tags: [web]");

test("--fix rewrites the file, says so, and reports the rest", async () => {
  const files = filesWith({ "inventory.yaml": wrong });
  const { exitCode, stdout, stderr } = await run(["check", "inventory.yaml", "--fix"], { files });
  assert.is(read("inventory.yaml", files), right);
  assert.is(stdout, "");
  assert.ok(stderr.startsWith("inventory2nix: 1 fix applied to inventory.yaml\n"), stderr);
  assert.match(stderr, /no machine is named 'b'/);
  assert.is(exitCode, 1);
});

test("--diff shows the change, writes nothing, and exits with 1", async () => {
  const files = filesWith({ "inventory.yaml": wrong });
  const { exitCode, stdout } = await run(["check", "inventory.yaml", "--diff"], { files });
  assert.is(read("inventory.yaml", files), wrong);
  assert.match(stdout, /^\+machines: \{a: \{tags: \[web\]\}\}$/m);
  assert.is(exitCode, 1);
});

test("standard input comes out fixed, also where nothing is to be fixed", async () => {
  const fixed = await run(["check", "-", "--fix"], { input: wrong });
  assert.is(fixed.stdout, right);
  const same = await run(["check", "-", "--fix"], { input: "machines: {}\n" });
  assert.is(same.stdout, "machines: {}\n");
  assert.is(same.stderr, "");
});

test("a byte order mark stays", async () => {
  const files = filesWith({ "inventory.yaml": `\ufeff${wrong}` });
  await run(["check", "inventory.yaml", "--fix"], { files });
  assert.is(read("inventory.yaml", files), `\ufeff${right}`);
});

test("beside diagnostics for programs, nothing is said of what was fixed", async () => {
  const files = filesWith({ "inventory.yaml": wrong });
  const args = ["check", "inventory.yaml", "--fix", "--format", "json"];
  const { stderr } = await run(args, { files });
  assert.is(read("inventory.yaml", files), right);
  for (const line of stderr.trimEnd().split("\n")) {
    JSON.parse(line);
  }
});

test("--diff shows control characters of the text as signs", async () => {
  const hidden = wrong.replace("web", '"we\u009bb"');
  const { stdout } = await run(["check", "-", "--diff"], { input: hidden });
  assert.match(stdout, /^\+machines/m);
  assert.not.match(stdout, "\u009b");
});

test("a number in quotes that no integer holds has no fix", () => {
  const text =
    'machines: [a]\ninstances: { wireguard: { roles: { controller: { machines: [a], settings: { port: "9999999999999999999" } } } } }\n';
  assert.is(fix({ name: "inventory.yaml", text }).applied, 0);
});

test("--unsafe-fixes alone is refused", async () => {
  const { exitCode, stderr } = await run(["check", "-", "--unsafe-fixes"], { input: wrong });
  assert.is(exitCode, 2);
  assert.match(stderr, /needs '--fix' or '--diff'/);
});

test("JSON and SARIF carry the fixes", async () => {
  const json = await run(["check", "-", "--format", "json"], { input: wrong });
  const { fixes } = JSON.parse(json.stderr.split("\n")[0]!) as Diagnostic;
  assert.is(fixes![0]!.applicability, "safe");
  assert.is(fixes![0]!.edits.map(({ text }) => text).join(""), "[web]");
  const sarif = await run(["check", "-", "--format", "sarif"], { input: wrong });
  const [result] = JSON.parse(sarif.stderr).runs[0].results;
  assert.is(result.fixes[0].artifactChanges[0].artifactLocation.uri, "%3Cstdin%3E");
});

function read(name: string, files: ReturnType<typeof filesWith>): string {
  const file = files.open(`/work/${name}`);
  const bytes = file.read(1_000_000);
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
}

for (const [text, fixed] of [
  ["a:\n    tags:\n      -web\n      -prod\n", "a:\n    tags:\n      - web\n      - prod\n"],
  ["a:\n    tags:\n      -web\n", "a:\n    tags:\n      - web\n"],
  ["a:\n    tags:[web, prod]\n", "a:\n    tags: [web, prod]\n"],
  ["a:\n    tags:[web]\n    description: x\n", "a:\n    tags: [web]\n    description: x\n"],
  ["a:\n    description: x\n    tags:[web]\n", "a:\n    description: x\n    tags: [web]\n"],
  ["a:\n    tags: web, prod\n", "a:\n    tags: [web, prod]\n"],
] as const) {
  test(`${JSON.stringify(text)} is corrected to a list of tags`, () => {
    const source = { name: "a.yaml", text: `machines:\n  ${text}` };
    assert.is(analyze(source).diagnostics.length, 1);
    const { sources } = fix(source, {}, "unsafe");
    assert.equal(analyze(sources).diagnostics, []);
    const tagsOf = (list: Source | readonly Source[]) =>
      Object.values(analyze(list).plan().plan!.machines)[0]!.tags;
    assert.equal(tagsOf(sources), tagsOf({ name: "a.yaml", text: `machines:\n  ${fixed}` }));
  });
}

for (const [wrong, right] of [
  ["exclude: # beside", "# beside"],
  ["exclude: null # beside", "# beside"],
  ["exclude: # beside\n          startAt: x", "# beside\n          startAt: x"],
] as const) {
  test(`${JSON.stringify(wrong)} is removed, and its comment stays`, () => {
    const before =
      "machines: [a]\ninstances:\n  borgbackup:\n    roles:\n      client:\n        machines: [a]\n        settings:\n          destinations: {}\n          ";
    const source = { name: "a.yaml", text: `${before}${wrong}\n` };
    assert.is(analyze(source).diagnostics.length, 1);
    assert.is(fix(source, {}, "unsafe").sources[0]!.text, `${before}${right}\n`);
  });
}

test("a list item with a colon becomes a name, and its comment stays", () => {
  const before = "machines:\n  a:\n    tags:\n      - web ";
  const source = { name: "a.yaml", text: `${before.trimEnd()}: # beside\n` };
  assert.is(fix(source, {}, "unsafe").sources[0]!.text, `${before}# beside\n`);
});

for (const [wrong, right] of [
  ["{ deploy: { targetHost root@x } }", "{ deploy: { targetHost: root@x } }"],
  ["{ deploy: { targetHost = root@x } }", "{ deploy: { targetHost: root@x } }"],
  [
    "{ deploy: { forwardAgent true, targetHost: x } }",
    "{ deploy: { forwardAgent: true, targetHost: x } }",
  ],
  ["{ description the big one }", "{ description: the big one }"],
] as const) {
  test(`${wrong} gets its colon`, () => {
    const source = { name: "a.yaml", text: `machines:\n  a: ${wrong}\n` };
    assert.equal(
      analyze(source).diagnostics.map(({ code }) => code),
      ["missing-separator"],
    );
    assert.is(fix(source, {}, "unsafe").sources[0]!.text, `machines:\n  a: ${right}\n`);
  });
}

test("a setting gets its colon", () => {
  const text = (settings: string) =>
    `machines: [a]\ninstances: { borgbackup: { roles: { client: { machines: [a], settings: { destinations: {}, ${settings} } } } } }\n`;
  const source = { name: "a.yaml", text: text("startAt daily") };
  assert.equal(
    analyze(source).diagnostics.map(({ code, severity }) => [code, severity]),
    [["missing-separator", "warning"]],
  );
  assert.is(fix(source, {}, "unsafe").sources[0]!.text, text("startAt: daily"));
});

test("a list of names is not made settings", () => {
  const text =
    "machines: [a]\ninstances:\n  borgbackup:\n    roles:\n      client:\n        machines: [a]\n        settings:\n          # exclude:\n            - /nix\n";
  const found = analyze({ name: "a.yaml", text }).diagnostics;
  assert.equal(
    found.map(({ code, fixes }) => [code, fixes]),
    [["invalid-type", undefined]],
  );
});

for (const [wrong, right] of [
  ["note: 'Anna's router'", "note: 'Anna''s router'"],
  ["note: 'it''s Anna's'", "note: 'it''s Anna''s'"],
  ['note: "The "big" one"', 'note: "The \\"big\\" one"'],
  ["list: [{ note: 'Anna's', n: 1 }]", "list: [{ note: 'Anna''s', n: 1 }]"],
  ['note: "a" or b', 'note: "a\\" or b"'],
  ['note: "a","', 'note: "a"'],
  ["note: \"a b'", 'note: "a b"'],
  ["note: Beware: it bites", "note: 'Beware: it bites'"],
  ["network: port: 80", "network: { port: 80 }"],
  ["list:\n            - a b\n            c d", "list:\n            - a b\n            - c d"],
  ["list:\n          - 'a b'\n            c d", "list:\n          - 'a b'\n          - c d"],
] as const) {
  test(`${JSON.stringify(wrong)} is corrected, and loses nothing`, () => {
    const before =
      "machines: [a]\ninstances:\n  own:\n    module: { input: self }\n    roles:\n      default:\n        machines: [a]\n        settings:\n         ";
    const source = { name: "a.yaml", text: `${before} ${wrong}\n` };
    assert.is(analyze(source).diagnostics.length, 1);
    assert.is(fix(source, {}, "unsafe").sources[0]!.text, `${before} ${right}\n`);
  });
}

/** An inventory with a line or two in place of one of its own. */
const inRestorable = (from: string, to: string) => {
  assert.ok(restorable.includes(from), from);
  return restorable.replace(from, to);
};

const restorable = `machines:
  laptop:
    tags:
      - web
      - mail
    deploy:
      targetHost: root@laptop
  mac:
    machineClass: darwin
  box: {}
instances:
  borgbackup:
    roles:
      client:
        machines:
          laptop: {}
          box: {}
        settings:
          exclude:
            - /nix
            - "/var/log"
      server:
        tags:
          mail: {}
  own:
    module:
      name: own
      input: self
    roles:
      peer:
        tags: [web]
        extraModules:
          - ./peer.nix
`;

/** Texts with one mistake in that inventory. */
const restored: { readonly [what: string]: string } = {
  "the first dash of a list is lost": inRestorable("- web", "web"),
  "the space after the first dash of a list is lost": inRestorable("- /nix", "-/nix"),
  "the space after the only dash of a list is lost": inRestorable("- ./peer", "-./peer"),
  "an item is indented like a continuation": inRestorable("- mail", "  - mail"),
  "the colon of the only key is lost": inRestorable("targetHost:", "targetHost"),
  "the colon of a key with a choice is lost": inRestorable("machineClass:", "machineClass"),
  "the space before an empty map is lost": inRestorable("mail: {}", "mail:{}"),
  "the colon before an empty map is lost": inRestorable("mail: {}", "mail {}"),
  "a name is below the first of its keys": inRestorable(
    "  laptop:\n    tags:",
    "    tags:\n  laptop:",
  ),
  "a name is between the lines of another": inRestorable(
    "      - mail\n    deploy:\n",
    "    deploy:\n      - mail\n",
  ),
  "a key is between another and its first entry": inRestorable(
    "        tags: [web]\n        extraModules:\n",
    "        extraModules:\n        tags: [web]\n",
  ),
  "the first key of a map has a dash": inRestorable("module:\n      name", "module:\n      - name"),
  "a name has a dash": inRestorable("  laptop:\n    tags", "  - laptop:\n    tags"),
  "a key behind a list is indented by one more": inRestorable("    deploy:", "     deploy:"),
  "the key above an entry is lost": inRestorable("    deploy:\n", ""),
  "the entries of a key are beside it": inRestorable("  mail: {}", "mail: {}"),
  "a key with entries is indented like them": inRestorable(
    "        machines:\n          laptop",
    "          machines:\n          laptop",
  ),
  "the first field is beside its name": inRestorable(
    "    module:\n      name: own\n      input: self\n",
    "  module:\n    name: own\n    input: self\n",
  ),
  "all fields are beside their name": inRestorable(
    restorable.slice(restorable.indexOf("    module:")),
    restorable.slice(restorable.indexOf("    module:")).replace(/^ {4}/gm, "  "),
  ),
  "the second machine of a role is beside the key": inRestorable(
    "  box: {}\n        set",
    "box: {}\n        set",
  ),
  "a machine is indented less with all that is in it": inRestorable(
    restorable.slice(restorable.indexOf("  laptop"), restorable.indexOf("  mac")),
    restorable
      .slice(restorable.indexOf("  laptop"), restorable.indexOf("  mac"))
      .replace(/^ {2}/gm, ""),
  ),
  "the settings of a role are beside it": inRestorable(
    '        settings:\n          exclude:\n            - /nix\n            - "/var/log"\n',
    '      settings:\n        exclude:\n          - /nix\n          - "/var/log"\n',
  ),
  "a field is beside a name that has others": inRestorable(
    "    deploy:\n      targetHost",
    "  deploy:\n    targetHost",
  ),
  "a name is indented like the keys of the one above": inRestorable("  own:", "    own:"),
  "the name of a module is among the roles": inRestorable(
    "      name: own\n      input: self\n    roles:\n",
    "      input: self\n    roles:\n      name: own\n",
  ),
  "the first bracket of a list is lost": inRestorable("[web]", "web]"),
  "the items of a list are indented differently": inRestorable("      - mail", "        - mail"),
  "the key above machines of a role is lost": inRestorable("        machines:\n", ""),
};

for (const [what, wrong] of Object.entries(restored)) {
  test(`where ${what}, the first fix restores the inventory`, () => {
    const source = { name: "a.yaml", text: wrong };
    assert.is(analyze(source).diagnostics.length, 1);
    const { sources } = fix(source, {}, "unsafe");
    assert.equal(analyze(sources).diagnostics, []);
    assert.is(compile(sources).text, compile({ name: "a.yaml", text: restorable }).text);
  });
}

for (const [wrong, right] of [
  ["n: a\n            - !mkForce 5", "n: [a, !mkForce 5]"],
  ['n: -5\n            - !mkForce "b"\n            - ~', 'n: [-5, !mkForce "b", null]'],
] as const) {
  test(`${JSON.stringify(wrong)} becomes a list of the same values`, () => {
    const at = (text: string) => ({
      name: "a.yaml",
      text: `machines: [a]\ninstances:\n  own:\n    module: { input: self }\n    roles:\n      default:\n        machines: [a]\n        settings:\n          ${text}\n`,
    });
    const { sources, applied } = fix(at(wrong), {}, "unsafe");
    assert.is(applied, 1);
    assert.is(compile(sources).text, compile(at(right)).text);
  });
}

test("lines with a dash are not made a list where that takes more to read, or text is wanted", () => {
  for (const text of ["x-a: a\n  - [b, c]\n", "meta:\n  description: Things\n    - a\n    - b\n"]) {
    const found = analyze({ name: "a.yaml", text }).diagnostics;
    assert.equal(
      found.flatMap(({ fixes = [] }) => fixes),
      [],
      text,
    );
  }
});

test("a list or an empty map behind a lost colon stays one", () => {
  const wrong = "machines:\n  a:\n    deploy {}\n  b: tags [web]\n  c: { tags: [web] }\n";
  const right = "machines:\n  a: { deploy: {} }\n  b: { tags: [web] }\n  c: { tags: [web] }\n";
  const { sources, diagnostics } = fix({ name: "a.yaml", text: wrong }, {}, "unsafe");
  assert.equal(diagnostics, analyze({ name: "a.yaml", text: right }).diagnostics);
  assert.is(compile(sources).text, compile({ name: "a.yaml", text: right }).text);
});

test("machines among the keys of a role belong to its machines, whatever they hold", () => {
  const text =
    "machines: [a, b]\ninstances:\n  sshd:\n    roles:\n      server:\n        a: {}\n        b: { settings: {} }\n";
  const { sources } = fix({ name: "a.yaml", text }, {}, "unsafe");
  const right = text
    .replace("server:", "server:\n        machines:")
    .replace(/ (?=[ab]: )/g, "   ");
  assert.is(compile(sources).text, compile({ name: "a.yaml", text: right }).text);
});

for (const [what, text] of Object.entries({
  "of another map": "machines:\n  a:\n    tags: [x]\n    foo:\n  b: {}\n  a:\n    tags: [y]\n",
  "at the top level": "machines: {}\nb:\nmachines: {}\n",
  "in brackets": '{"machines": {"a": {"tags": ["x"], "b": null, "tags": ["y"]}}}',
})) {
  test(`a key without a value ${what} is not why another is there twice`, () => {
    const codes = analyze({ name: "a.yaml", text }).diagnostics.map(({ code }) => code);
    assert.equal(codes.sort(), ["duplicate-key", "unknown-key"]);
  });
}

for (const [what, wrong] of Object.entries({
  "a name": inRestorable("  laptop:\n", ""),
  "a setting": inRestorable("          exclude:\n", ""),
})) {
  test(`${what} that is lost is not guessed`, () => {
    const [found, ...others] = analyze({ name: "a.yaml", text: wrong }).diagnostics;
    assert.equal(others, []);
    assert.equal(found!.fixes ?? [], []);
  });
}

test("text that may start with a dash is put in a list only if that is asked for", () => {
  const text = inRestorable("- ./peer", "-./peer");
  assert.is(fix({ name: "a.yaml", text }).applied, 0);
});

test.run();
