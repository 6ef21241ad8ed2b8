/** Renaming under the cursor, and what editors offer to do. */

import { test } from "uvu";
import * as assert from "uvu/assert";
import { codeActions } from "../src/edit/actions-at.js";
import type { CodeAction } from "../src/edit/code-action.js";
import { prepareRename, rename } from "../src/edit/rename.js";
import { analyze, type Source } from "../src/index.js";
import { namesIn, rangeOfName } from "../src/questions/name-at.js";
import { applyEdits } from "../src/text/text-edit.js";
import { inventory } from "./arbitrary-inventories.js";
import { diceOf, jsonOf, styledYaml } from "./edit-texts.js";
import fc from "./fast-check.js";
import { marked } from "./questions.js";

const machines = "machines: # all\n  laptop: { tags: [desk] }\n  nas:\n";
const services =
  '{ "tags": { "desk": ["nas"] }, "instances": { "sshd": { "roles": { "server": { "tags": ["desk"] } } } } }\n';

test("the name under the cursor is renamed in all sources, comments and style kept", () => {
  const { analysis, at } = marked({
    "a.yaml": machines,
    "b.json": services.replace('{ "desk"', '{ "de|sk"'),
  });
  const { name, range } = prepareRename(analysis, at)!;
  assert.equal([name, range.start.offset, range.end.offset], ["desk", 12, 18]);
  const { mistake, sources, edits } = rename(analysis, at, "office");
  assert.is(mistake, undefined);
  assert.is(edits.length, 3);
  assert.equal(
    sources.map(({ text }) => text),
    [machines.replace("desk", "office"), services.replaceAll('"desk"', '"office"')],
  );
});

test("what is no name, is predefined, or would clash is not renamed, and it is said why", () => {
  const at = (text: string) => marked({ "a.yaml": text });
  for (const text of [
    "mach|ines: [a]\n",
    "machines: [a] # com|ment\n",
    "instances: { i: { roles: { r: { tags: [al|l] } } } }\n",
    "tags: { 'w?|b': [a] }\n",
  ]) {
    const { analysis, at: place } = at(text);
    assert.is(prepareRename(analysis, place), undefined, text);
  }
  // Only selectors have patterns.
  const pattern = at("machines: { a: { tags: ['w?|b'] } }\n");
  assert.is(prepareRename(pattern.analysis, pattern.at)?.name, "w?b");
  const none = at("mach|ines: [a]\n");
  const { mistake, ...rest } = rename(none.analysis, none.at, "x");
  assert.match(mistake!, /^there is no machine, tag or instance/);
  assert.equal(rest, {
    edits: [],
    sources: [...none.analysis.documents.keys()],
    diagnostics: none.analysis.diagnostics,
  });
  const two = at("machines: [a|, b]\n");
  assert.is(rename(two.analysis, two.at, "b").mistake, "there is already a machine 'b'");
  const broken = at("machines: [a|, b\n");
  assert.is(rename(broken.analysis, broken.at, "c").edits.length, 0);
});

test("a finding's fixes are offered where it is, and one action applies all safe ones", () => {
  const text =
    "machines: { laptop: }\ninstances: { sshd: { roles: { server: { machines: [lapt|o] } } } }\n";
  const { analysis, at } = marked({ "a.yaml": text });
  const [fix, ...others] = codeActions(analysis, {
    source: at.source,
    start: at.offset,
    end: at.offset,
  });
  assert.equal(
    [fix!.title, fix!.kind, fix!.diagnostic!.code],
    ["replace with 'laptop'", "quickfix", "unknown-machine"],
  );
  assert.equal(
    others.map(({ kind }) => kind),
    ["refactor.rewrite"],
  );
  assert.equal(codeActions(analysis, { source: at.source, start: 25, end: 25 }), []);
});

test("one action applies all safe fixes of all sources, and rewrites no more than they do", () => {
  const sources = [
    { name: "a.yaml", text: "# a\nmachines: [m]\nservices: {}\n# b\n" },
    { name: "b.yaml", text: "meta: { name: x }\n" },
    { name: "c.yaml", text: "meta: { tld: y }\n" },
  ];
  const [all, ...others] = codeActions(analyze(sources), { source: "b.yaml", start: 17, end: 17 });
  assert.equal(
    [all!.title, all!.kind, all!.isPreferred],
    ["apply all safe fixes", "source.fixAll", false],
  );
  assert.equal(others, []);
  assert.equal(
    all!.edits.map(({ range: { source, start, end }, text }) => [
      source,
      start.offset,
      end.offset,
      text,
    ]),
    [
      ["a.yaml", 18, 23, "instan"],
      ["c.yaml", 8, 11, "domain"],
    ],
  );
  assert.equal(
    applied(sources, all!).map(({ text }) => text),
    ["# a\nmachines: [m]\ninstances: {}\n# b\n", sources[1]!.text, "meta: { domain: y }\n"],
  );
});

test("a fix is offered from the start of what it is for to its end, and is preferred if it is safe", () => {
  const analysis = analyze([
    { name: "a.yaml", text: "machines: { laptop: { tag: [x] } }\n" },
    { name: "b.yaml", text: "meta: { name: x, tld: y }\n# and more\n" },
  ]);
  const offered = (source: string, start: number, end = start) =>
    codeActions(analysis, { source, start, end })
      .filter(({ kind }) => kind === "quickfix")
      .map(({ title, isPreferred }) => [title, isPreferred]);
  const rename = [["replace with 'tags'", false]];
  assert.equal(
    [21, 22, 25, 26].map((at) => offered("a.yaml", at)),
    [[], rename, rename, []],
  );
  assert.equal([offered("a.yaml", 0, 21), offered("a.yaml", 0, 22)], [[], rename]);
  const domain = [["replace with 'domain'", true]];
  assert.equal(
    [16, 17, 20, 21].map((at) => offered("b.yaml", at)),
    [[], domain, domain, []],
  );
  assert.equal(offered("b.yaml", 23), []);
  const all = codeActions(analysis, { source: "none.yaml", start: 0, end: 0 });
  assert.equal(
    all.map(({ kind }) => kind),
    ["source.fixAll"],
  );
});

test("what has no fix has no action", () => {
  const { analysis, at } = marked({ "a.yaml": "meta: { 'foreign-ke|y': 1 }\n" });
  assert.equal(
    analysis.diagnostics.map(({ code }) => code),
    ["unknown-key"],
  );
  const { source, offset } = at;
  assert.equal(codeActions(analysis, { source, start: offset, end: offset }), []);
});

/** A text with a cursor, the title of an action, and the text after it. */
const refactorings: readonly (readonly [text: string, title: RegExp, after: string])[] = [
  ["machines: [a|, b] # two\n", /list as a map/, "machines: { a: {}, b: {} } # two\n"],
  ["machines: { a|: {}, b: }\n", /map as a list/, "machines: [a, b]\n"],
  [
    "machines:\n  a:\ninstances:\n  i:\n    mod|ule: x\n",
    /module as a map/,
    "machines:\n  a:\ninstances:\n  i:\n    module:\n      name: x\n",
  ],
  [
    "instances:\n  i:\n    module: { name: x| }\n",
    /module as a name/,
    "instances:\n  i:\n    module: x\n",
  ],
  [
    `machines: [a, b]
instances:
  i:
    module: { name: x, input: self }
    roles:
      r:
        machines:
          a|: { settings: { port: 1 } } # both
          b: { settings: { port: 1 } }
`,
    /move the settings of all members to role 'r'/,
    `machines: [a, b]
instances:
  i:
    module: { name: x, input: self }
    roles:
      r:
        machines:
          a: {} # both
          b: {}
        settings:
          port: 1
`,
  ],
  [
    `machines: [a, b]
tags:
  t: [a]
instances:
  i:
    module: { name: x, input: self }
    roles:
      r:
        machines: [a, |b]
`,
    /make tag 'i-r' of the list/,
    `machines: [a, b]
tags:
  t: [a]
  i-r: [a, b]
instances:
  i:
    module: { name: x, input: self }
    roles:
      r:
        tags: [i-r]
`,
  ],
];

for (const [text, title, after] of refactorings) {
  test(`offered in ${JSON.stringify(text)}: ${title}`, () => {
    const { analysis, at } = marked({ "a.yaml": text });
    const actions = codeActions(analysis, { source: at.source, start: at.offset, end: at.offset });
    const action = actions.find((action) => title.test(action.title));
    assert.ok(action, actions.map(({ title }) => title).join());
    assert.is(applied([...analysis.documents.keys()], action)[0]!.text, after);
  });
}

test("settings move to the role only where no other member and no other layer is", () => {
  const text = (others: string) => `machines: { a: { tags: [t] }, b:, c: }
instances: { i: { module: { name: x, input: self }, roles: { r: { machines: { a|: { settings: { p: 1 } }, b: { settings: { p: 1 } }${others} } } } }
`;
  const isOffered = (others: string) => {
    const { analysis, at } = marked({ "a.yaml": text(others) });
    const actions = codeActions(analysis, { source: at.source, start: at.offset, end: at.offset });
    return actions.some(({ title }) => title.startsWith("move the settings"));
  };
  assert.ok(isOffered(" }"));
  assert.not(isOffered(", c: }"));
  assert.not(isOffered(", c: { settings: { p: 2 } } }"));
  assert.not(isOffered(" }, tags: [all]"));
  assert.not(isOffered(" }, settings: { q: 1 }"));
});

const asMap = "write the list as a map";
const asList = "write the map as a list";
const toRole = "move the settings of all members to role 'r'";

/** The members of role `r` of instance `i`, with what is in front of it. */
const role = (members: string, before = "machines: [a, b]") =>
  `${before}\ninstances: { i: { roles: { r: { ${members} } } } }\n`;

/** Texts with a cursor, each with the refactorings that it has there. */
const offers: readonly (readonly [titles: readonly string[], ...texts: readonly string[]])[] = [
  [
    [],
    "machines|: []\n",
    "machines|: {}\n",
    "machines|:\n",
    "machines|: a\n",
    "machines|: [a, 1]\n",
    "machines|: { a: { tags: [x] }, b: }\n",
    "machines: { a|: { tags: [x] } }\n",
    "machines: { a: { tags|: [x] } }\n",
    "machines: { a: { tags: { x|: {} } } }\n",
    "machines: { a: , b: }\n|",
    "meta: { na|me: x }\n",
    "tags|: { t: }\n",
    "tags: { t|: [a] }\n",
    "instances|: { i: }\n",
    "instances: { i|: }\n",
    "instances: { i: { roles|: { module: x } } }\n",
    "instances: { i: { roles: { module|: { tags: [all] } } } }\n",
    "x-a: { i: { module|: y } }\n",
    "x-a: { i: { roles: { r: { tags|: [a] } } } }\n",
    "x-a: { i: { roles: { r: { machines|: [a, b] } } } }\n",
  ],
  [[], "machines: [a|, b]\nmeta: !x { name: y }\n", "machines: [a|, b\n"],
  [[asMap], "mach|ines: [a, b]\n", role("tags|: [all]"), role("tags: [a|ll]")],
  [[asMap], role("machines|: [a]"), role("machines|: [a, b], tags: x")],
  [[asList], "machines: { a: { |} }\n", role("tags: { all|: }"), role("tags: { all: { |} }")],
  [
    [],
    role("tags: { all: { settings|: {} } }"),
    role("tags: { all: { settings: { p|: 1 } } }"),
    role("machines|: [a, 1]"),
    role("settings|: {}, machines: [a, b]"),
    role("machines: [a, b]").replace("r:", "r|:"),
  ],
  [["write the module as a map"], "instances: { i: { module|: x } }\n"],
  [["write the module as a name"], "instances: { i: { module: { name|: x } } }\n"],
  [
    [],
    "instances: { i: { module|: } }\n",
    "instances: { i: { module|: 1 } }\n",
    "instances: { i: { module|: { name: 1 } } }\n",
    "instances: { i: { module|: { input: self } } }\n",
    "instances: { i: { module|: { name: x, input: self } } }\n",
  ],
  [
    [asMap, "make tag 'i-r' of the list"],
    role("machines: [a, b|]"),
    role("machines|: [a, b], tags: { nixos: }"),
    role("machines|: [a, b]", "machines: [a, b]\ntags: { t: { anyOf: [all], except: ['i-*'] } }"),
  ],
  [
    [asMap, "make tag 'i-r-machines' of the list"],
    role("machines|: [a, b]", "machines: { a: { tags: [i-r] }, b: }"),
    role("machines|: [a, b]", "machines: [a, b]\ntags: { i-r: [a] }"),
    role("machines|: [a, b]", "machines: [a, b]\ntags: { t: { anyOf: ['i-?'] } }"),
    // Nobody has these tags yet, and who had them would mean more to others.
    role("machines|: [a, b]", "machines: [a, b]\ntags: { t: { noneOf: [i-r] } }"),
    role("machines|: [a, b] }, s: { tags: [i-r]"),
  ],
  [
    [asMap],
    role("machines|: [a, b]", "machines: { a: { tags: [i-r, i-r-machines] }, b: }"),
    role("machines|: [a, b]", "machines: [a, b]\ntags: { t: { allOf: [all, 'i-*'] } }"),
  ],
  [
    [toRole],
    role("machines: { a|: { settings: { p: 1 } } }"),
    role(
      "machines: { a: { settings: { p: 1 } }, b: { settings: { p: 1 } } }, set|tings:, tags: []",
    ),
  ],
  [
    [],
    role("machines: { a|: { settings: { p: 1 } }, b: { settings: {} } }"),
    role("machines: { a|: { settings: {} }, b: { settings: {} } }"),
    role("machines: { a|: { settings: 1 }, b: { settings: 1 } }"),
    role("machines: { a|: , b: { settings: { p: 1 } } }"),
    role("machines: { a|: { settings: { p: 1 } }, c: { settings: { p: 1 } } }"),
    role("machines: { a|: { settings: { p: 1 } }, b: { settings: { p: 1 } } }, settings: {}"),
    role("machines: { a|: { settings: { p: 1 } }, b: { settings: { p: 1 } } }, tags: [all]"),
    role("machines: { a: { settings: { p: 1 } } }").replace("roles", "ro|les"),
  ],
];

for (const [titles, ...texts] of offers) {
  for (const text of texts) {
    test(`${JSON.stringify(text)} can be rewritten in ${titles.length} ways`, () => {
      assert.equal(titlesAt({ "a.yaml": text }), titles);
    });
  }
}

test("what is elsewhere keeps settings and tags from being made of a role", () => {
  const settings = role("machines: { a|: { settings: { p: 1 } } }");
  const machines = role("machines|: [a, b]");
  for (const [other, isFree] of [
    ["meta: { name: x }\n", true],
    ["machines: [c]\n", true],
    ["instances: { j: { roles: { r: } } }\n", true],
    ["instances: { i: { roles: { r: } } }\n", false],
    ["instances: { i: { roles: { r: { settings: { q: 1 } } } } }\n", false],
    ["[\n", false],
  ] as const) {
    const expected = isFree ? [toRole] : [];
    assert.equal(titlesAt({ "a.yaml": settings, "b.yaml": other }), expected, other);
    assert.equal(titlesAt({ "b.yaml": other, "a.yaml": settings }), expected, other);
  }
  const tag = "make tag 'i-r' of the list";
  assert.equal(titlesAt({ "a.yaml": machines, "b.yaml": "meta: { name: x }\n" }), [asMap, tag]);
  assert.equal(titlesAt({ "a.yaml": machines, "b.yaml": "[\n" }), [asMap]);
});

test("what an anchor shares has no edits", () => {
  const { analysis, at } = marked({
    "a.yaml": `machines: &m [a|, b]\n${role("machines: *m", "meta: { name: x }")}`,
  });
  const { source, offset } = at;
  const [action] = codeActions(analysis, { source, start: offset, end: offset });
  assert.equal([action!.title, action!.edits], [asMap, []]);
});

/** The titles of the refactorings at the cursor; each that is offered can be made. */
function titlesAt(texts: { readonly [name: string]: string }): readonly string[] {
  const { analysis, at } = marked(texts);
  const { source, offset } = at;
  return codeActions(analysis, { source, start: offset, end: offset })
    .filter(({ kind }) => kind !== "quickfix" && kind !== "source.fixAll")
    .map((action) => {
      assert.equal([action.kind, action.isPreferred], ["refactor.rewrite", false]);
      assert.ok(action.edits.length > 0, action.title);
      assert.is(action.edits, action.edits, "made once");
      const after = analyze(applied([...analysis.documents.keys()], action));
      assert.is(meaning(after), meaning(analysis), action.title);
      return action.title;
    });
}

const sources: fc.Arbitrary<readonly Source[]> = fc
  .tuple(inventory({ forms: true }), fc.nat(), fc.boolean())
  .map(([data, seed, isJson]) => [
    {
      name: isJson ? "a.json" : "a.yaml",
      text: isJson ? jsonOf(data, diceOf(seed)) : styledYaml(data, diceOf(seed)),
    },
  ]);

test("no certain action causes an error, and refactorings change no meaning", () => {
  let tried = 0;
  fc.assert(
    fc.property(sources, fc.nat(), (sources, seed) => {
      const analysis = analyze(sources);
      const { text, name } = sources[0]!;
      const dice = diceOf(seed);
      for (let time = 0; time < 5; time++) {
        const start = dice(text.length + 1);
        for (const action of codeActions(analysis, { source: name, start, end: start })) {
          const after = analyze(applied(sources, action));
          // A fix that is a guess may lead to the next mistake.
          const isGuess = action.kind === "quickfix" && !action.isPreferred;
          if (action.edits.length === 0 || isGuess) continue;
          tried++;
          assert.ok(errors(after) <= errors(analysis), action.title);
          if (action.kind === "refactor.rewrite") {
            assert.equal(meaning(after), meaning(analysis), `${action.title}\n${text}`);
          }
        }
      }
    }),
    { numRuns: 100 },
  );
  assert.ok(tried > 3, String(tried));
});

test("a rename there and back gives the same bytes", () => {
  fc.assert(
    fc.property(sources, fc.nat(), (sources, seed) => {
      const analysis = analyze(sources);
      const names = [...namesIn(analysis)].filter(
        ({ kind, name }) => kind !== "instance" && /^[a-z]/.test(name),
      );
      if (names.length === 0) return;
      const name = names[diceOf(seed)(names.length)]!;
      const { source, start } = rangeOfName(analysis, name)!;
      const there = rename(analysis, { source, offset: start.offset }, "zz-new");
      if (there.mistake !== undefined) return;
      const renamed = analyze(there.sources);
      const again = [...namesIn(renamed)].find(
        (other) => other.kind === name.kind && other.name === "zz-new",
      )!;
      const back = rename(
        renamed,
        { source, offset: rangeOfName(renamed, again)!.start.offset },
        name.name,
      );
      assert.is(back.mistake, undefined);
      assert.equal(
        back.sources.map(({ text }) => text),
        sources.map(({ text }) => text),
      );
    }),
    { numRuns: 50 },
  );
});

function applied(sources: readonly Source[], { edits }: CodeAction): readonly Source[] {
  return sources.map((source) => {
    const own = edits
      .filter(({ range }) => range.source === source.name)
      .map(({ range, text }) => ({ start: range.start.offset, end: range.end.offset, text }));
    return { ...source, text: applyEdits(source.text, own) };
  });
}

function errors(analysis: ReturnType<typeof analyze>): number {
  return analysis.diagnostics.filter(({ severity }) => severity === "error").length;
}

/** What each machine gets; not through which tag. A text, because machines may be named `constructor`. */
function meaning(analysis: ReturnType<typeof analyze>): string {
  const { plan } = analysis.plan();
  return JSON.stringify(plan ?? null, (key, value: unknown) =>
    key === "through" || key === "tags"
      ? undefined
      : typeof value === "bigint"
        ? `${value}`
        : value,
  );
}

test.run();
