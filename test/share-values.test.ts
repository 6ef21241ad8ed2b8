/** Values that sources share, from their definition to what is made of them. */
import { test } from "uvu";
import * as assert from "uvu/assert";
import { analyze, type CompileOptions, compile, explain } from "../src/index.js";

function role(content: string): string {
  return `machines: [m]\ninstances: { i: { module: { input: self }, roles: { r: { machines: [m], ${content} } } } }\n`;
}

/** What each source, by its name, makes of the settings of `m`. */
function settingsOf(sources: { readonly [name: string]: string }, options: CompileOptions = {}) {
  const { plan, diagnostics } = analyze(toSources(sources), options).plan();
  return diagnostics.length > 0
    ? messages(sources, options)
    : plan!.machines["m"]!.instances["i"]!.roles["r"]!.settings;
}

/** `a.yaml:1:10 code: message (also b.yaml:2:5)` */
function messages(sources: { readonly [name: string]: string }, options: CompileOptions = {}) {
  return analyze(toSources(sources), options).diagnostics.map(
    ({ code, message, range, related }) =>
      `${place(range)} ${code}: ${message}${related.map((other) => ` (${other.message} ${place(other.range)})`).join("")}`,
  );
}

function place({ source, start }: { source: string; start: { line: number; column: number } }) {
  return `${source}:${start.line}:${start.column}`;
}

function toSources(sources: { readonly [name: string]: string }) {
  return Object.entries(sources).map(([name, text]) => ({ name, text }));
}

test("a value of any source is used in any other, in YAML and JSON", () => {
  assert.equal(
    settingsOf({
      "a.yaml": role("settings: { x: !value v, y: { z: [!value w] } }"),
      "b.json": '{"values": {"v": {"$value": "w"}, "w": [1, 1.5, "t"]}}',
    }),
    { x: [1, 1.5, "t"], y: { z: [[1, 1.5, "t"]] } },
  );
});

test("paths in a value are relative to the file that defines it", () => {
  const { text } = compile([
    {
      name: "sub/a.yaml",
      text: role("settings: { x: !value v }, extraModules: [!value v2]"),
    },
    { name: "other/b.yaml", text: "values: { v: !path ./k, v2: ./m.nix }" },
  ]);
  assert.match(text!, /x = root \+ "\/other\/k";/);
  assert.match(text!, /extraModules = \[ \(root \+ "\/other\/m\.nix"\) \];/);
});

test("forms around and inside of a value are as if it were written there", () => {
  assert.equal(
    settingsOf({
      "a.yaml": `values: { v: !mkForce 5, w: { a: 1 } }
${role("tags: { all: { settings: { x: 6, k: { b: 2 } } } }, settings: { x: !value v, k: !value w }")}`,
    }),
    { k: { a: 1, b: 2 }, x: 5 },
  );
  assert.match(
    messages({
      "a.yaml": `values: { v: !mkForce 5 }\n${role("settings: { x: !mkBefore { $value: v } }")}`,
    }).join(),
    /form-nesting: 'mkForce' is not allowed inside 'mkBefore'/,
  );
});

test("names are any texts", () => {
  assert.equal(
    settingsOf({
      "a.yaml": `values: { __proto__: 1, constructor: 2, "": 3, "a b.c": 4 }
${role('settings: { x: [!value __proto__, !value constructor, !value "", !value "a b.c"] }')}`,
    }),
    { x: [1, 2, 3, 4] },
  );
  assert.match(
    messages({ "a.yaml": role("settings: { x: !value toString }") }).join(),
    /unknown-value: no value is named 'toString'/,
  );
});

test("of several definitions equal scalars agree, and others are shown", () => {
  assert.equal(
    settingsOf({
      "a.yaml": `values: { v: 5 }\n${role("settings: { x: !value v }")}`,
      "b.yaml": "values: { v: 5 }",
    }),
    { x: 5 },
  );
  assert.equal(
    messages({
      "a.yaml": `values: { v: 5, l: [1] }\n${role("settings: { x: !value v }")}`,
      "b.yaml": "values: { v: 6, l: [1] }",
    }),
    [
      "b.yaml:1:14 source-conflict: 'values.v' is 6 here but 5 elsewhere (first defined here a.yaml:1:14)",
      "b.yaml:1:20 source-conflict: 'values.l' is [1] here but [1] elsewhere (first defined here a.yaml:1:20)",
    ],
  );
});

test("a mistake in a value is shown once, where it is, and where the value is used", () => {
  assert.equal(
    messages({
      "a.yaml": `values: { ssh: { certificat: {} } }
machines: [m, n]
instances:
  sshd: { roles: { server: { machines: { m: { settings: !value ssh }, n: { settings: !value ssh } } } } }`,
    }),
    [
      "a.yaml:1:18 unknown-setting: role 'server' of 'sshd' has no setting 'certificat'; did you mean 'certificate'? (used here a.yaml:4:64)",
    ],
  );
});

test("an unused value is no mistake, but one in it is", () => {
  assert.equal(messages({ "a.yaml": "values: { v: 1, m: !modulesIn ./m, l: [./a.nix] }" }), []);
  assert.equal(messages({ "a.yaml": "values: { v: !mkOverride 5 }" }), [
    "a.yaml:1:26 invalid-form: 'mkOverride' takes a list of an integer and a value: [10, value]",
  ]);
});

test("what a mistake hides is not unknown", () => {
  assert.equal(
    messages({ "a.yaml": `valus: { v: 1 }\n${role("settings: { x: !value v }")}` }).map(
      (message) => message.split(":")[2]!.split(" ")[1],
    ),
    ["unknown-key"],
  );
});

test("explain shows where a value and the parts of a list are", () => {
  const sources = toSources({
    "a.yaml": role("settings: { x: !concat [!value l, [c]], y: !mkForce { $value: v } }"),
    "b.yaml": "values:\n  l: [a, b]\n  v: !value w\n  w: 1\n",
  });
  const { explanation } = explain(sources, { machine: "m", instance: "i" });
  assert.equal(
    explanation!.memberships[0]!.settings!.map(({ path, definitions }) => [
      path.join(),
      definitions[0]!.sources!.map(({ range, name, value }) => [place(range), name ?? value]),
    ]),
    [
      [
        "x",
        [
          ["a.yaml:2:104", ["a", "b"]],
          ["b.yaml:2:6", "l"],
          ["a.yaml:2:107", ["c"]],
        ],
      ],
      [
        "y",
        [
          ["b.yaml:3:13", "v"],
          ["b.yaml:4:6", "w"],
        ],
      ],
    ],
  );
});

test("a value that is used very often, and values that multiply, are bounded", () => {
  const often = Array.from({ length: 20_000 }, () => "!value v").join();
  assert.equal(
    messages(
      { "a.yaml": `values: { v: [1, 2] }\n${role(`settings: { x: [${often}] }`)}` },
      {
        limits: { values: 50_000 },
      },
    ).map((message) => message.split(" ")[1]),
    ["limit-exceeded:"],
  );
  const bomb = Array.from({ length: 40 }, (_, level) =>
    level === 0 ? "v0: [1]" : `v${level}: [!value v${level - 1}, !value v${level - 1}]`,
  );
  assert.equal(
    messages({
      "a.yaml": `values: { ${bomb.join()} }\n${role("settings: { x: !value v39 }")}`,
    }).map((message) => message.split(" ")[1]),
    ["limit-exceeded:"],
  );
  const joined = bomb.map((line) => line.replace("[!value", "!concat [!value"));
  assert.equal(
    messages({
      "a.yaml": `values: { ${joined.join()} }\n${role("settings: { x: !value v39 }")}`,
    }).map((message) => message.split(" ")[1]),
    ["limit-exceeded:"],
  );
});

test("values that nest deeply, or lead to each other in long chains, are bounded", () => {
  for (const link of ["!value", "[!value"]) {
    const chain = Array.from({ length: 5000 }, (_, level) =>
      level === 0
        ? "  v0: 1\n"
        : `  v${level}: ${link} v${level - 1}${link === "!value" ? "" : "]"}\n`,
    );
    assert.equal(
      messages({
        "a.yaml": `values:\n${chain.join("")}${role("settings: { x: !value v4999, y: !value v9 }")}`,
      }).map((message) => message.split(" ")[1]),
      ["limit-exceeded:"],
    );
  }
});

test.run();
