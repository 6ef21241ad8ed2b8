import { readFileSync } from "node:fs";
import path from "node:path";
import { type Completion, CompletionContext } from "@codemirror/autocomplete";
import { json } from "@codemirror/lang-json";
import { yaml } from "@codemirror/lang-yaml";
import { ensureSyntaxTree } from "@codemirror/language";
import { EditorState } from "@codemirror/state";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { complete } from "../playground/editor/complete.js";
import { readDocument } from "../playground/editor/document.js";
import { placeAt } from "../playground/editor/place.js";
import { fillSchema } from "../src/catalogue/editor-schema.js";
import { completeCatalogue } from "../src/catalogue/read-catalogue.js";
import type { DataMap } from "../src/model/data.js";

const schema = fillSchema(
  JSON.parse(
    readFileSync(path.join(import.meta.dirname, "../schema/inventory.schema.json"), "utf8"),
  ) as DataMap,
  completeCatalogue(undefined),
);

for (const [text, place] of [
  ["|", "key of "],
  ["mach|", "key of "],
  ["machines:\n  |", "key of machines"],
  ["machines:\n  laptop:\n    ta|", "key of machines laptop"],
  ["machines:\n  laptop: { ta|", "key of machines laptop"],
  ["machines:\n  laptop:\n    tags: [mobile, |]", "value of machines laptop tags 0"],
  ["machines:\n  laptop:\n    tags:\n    - |", "key of machines laptop tags 0"],
  ["machines:\n  laptop:\n    machineClass: |", "value of machines laptop machineClass"],
  [
    "instances:\n  a b:\n    roles: { client: { machines: {\n      laptop: { settings: { x: 1, |",
    "key of instances a b roles client machines laptop settings",
  ],
  [
    "instances:\n  i:\n    roles:\n      r:\n        extraModules:\n          - imports: [./a.nix]\n            |",
    "key of instances i roles r extraModules 0",
  ],
  ["# one\nmeta:\n  # two\n  |", "key of meta"],
  ["meta: # not here |", "nowhere"],
  ['"a: b": { "c, d": |', "value of a: b c, d"],
  ["a: { b: !mkForce |", "value of a b"],
] as const) {
  test(`place of the cursor in ${JSON.stringify(text)}`, () =>
    assert.is(describePlace(text, yaml()), place));
}

for (const [text, place] of [
  ['{ "machines": { "laptop": { "|" } } }', "key of machines laptop"],
  ['{ "machines": { "laptop": { "tags": ["a", "|"] } } }', "value of machines laptop tags 0"],
  ['{\n  "instances": {\n    "x": { "module": |', "value of instances x module"],
] as const) {
  test(`place of the cursor in ${JSON.stringify(text)}`, () =>
    assert.is(describePlace(text, json()), place));
}

test("a broken document is read as far as possible", () => {
  const read = (text: string, language = yaml()) =>
    JSON.parse(
      JSON.stringify(
        readDocument(ensureSyntaxTree(stateOf(text, language), text.length, 1000)!, text),
      ),
    );
  assert.equal(
    read(
      "machines: { a: , b: }\ninstances:\n  x:\n    module: 'm'\n    roles: { c: { tags: [a, 'b'] } }\n  y:\n",
    ),
    {
      machines: { a: null, b: null },
      instances: { x: { module: "m", roles: { c: { tags: ["a", "b"] } } }, y: null },
    },
  );
  assert.equal(read('{ "machines": ["a", "b"], "x": { "y": 1 ', json()), {
    machines: ["a", "b"],
    x: { y: null },
  });
});

test("keys come from the schema, without those already present", () => {
  assert.equal(
    offers("|").filter((label) => ["meta", "machines", "tags", "instances"].includes(label)),
    ["meta", "machines", "tags", "instances"],
  );
  assert.not.ok(offers("machines:\n  a:\nm|\n").includes("machines"));
});

test("roles and settings come from the service of the instance", () => {
  assert.equal(offers("instances:\n  borgbackup:\n    roles:\n      |"), ["client", "server"]);
  assert.equal(offers("instances:\n  home:\n    module: borgbackup\n    roles:\n      |"), [
    "client",
    "server",
  ]);
  assert.equal(
    offers(
      "instances:\n  home:\n    module: { name: borgbackup, input: clan-core }\n    roles: { | }",
    ),
    ["client", "server"],
  );
  assert.ok(
    offers(
      "instances:\n  borgbackup:\n    roles:\n      client:\n        tags:\n          all:\n            settings: { | }",
    ).includes("startAt"),
  );
  assert.not.ok(
    offers("instances:\n  borgbackup:\n    module: { input: self }\n    roles:\n      |").includes(
      "client",
    ),
  );
});

test("names come from the inventory and the fleet", () => {
  assert.equal(
    offers("machines: { a: , b: }\ninstances:\n  i:\n    roles:\n      r:\n        machines: [|]"),
    ["a", "b", "known"],
  );
  assert.ok(
    offers(
      "machines: { a: }\ntags:\n  mine: [a]\ninstances:\n  i:\n    roles:\n      r:\n        tags: [|]",
    ).includes("mine"),
  );
  assert.equal(offers("machines:\n  a:\n    machineClass: |").sort(), ["darwin", "nixos"]);
});

test.run();

type Language = ReturnType<typeof yaml>;

function stateOf(text: string, language: Language): EditorState {
  const state = EditorState.create({ doc: text, extensions: language });
  ensureSyntaxTree(state, text.length, 1000);
  return state;
}

/** The place of `|`. */
function describePlace(marked: string, language: Language): string {
  const place = placeAt(stateOf(marked.replace("|", ""), language), marked.indexOf("|"));
  return place === undefined ? "nowhere" : `${place.kind} of ${place.path.join(" ")}`;
}

function offers(marked: string): string[] {
  const context = new CompletionContext(
    stateOf(marked.replace("|", ""), yaml()),
    marked.indexOf("|"),
    true,
  );
  const result = complete(() => ({
    schema: schema,
    machines: ["known"],
    tags: [],
  }))(context);
  return (result?.options ?? []).map(({ label }: Completion) => label);
}
