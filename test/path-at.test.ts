import { test } from "uvu";
import * as assert from "uvu/assert";
import { type Data, isDataMap } from "../src/model/data.js";
import type { Document } from "../src/model/document.js";
import { completeOptions } from "../src/model/options.js";
import type { Path } from "../src/model/origin.js";
import type { SourceFormat } from "../src/model/source.js";
import { isList } from "../src/model/value.js";
import type { WrittenNode } from "../src/model/written-tree.js";
import { EditableText } from "../src/text/edit.js";
import { parse } from "../src/text/parse.js";
import { pathAt } from "../src/text/path-at.js";
import { Random } from "./clan-core/random.js";
import { diceOf, jsonOf, styledYaml, texts } from "./edit-texts.js";
import fc from "./fast-check.js";
import { yamlText } from "./yaml-texts.js";

/** Each text has a `|` at the offset that is asked for; what is there is `PART PATH = TEXT`. */
const places: readonly (readonly [text: string, expected: string])[] = [
  ["mach|ines: [a]\n", "key machines = machines"],
  ["machines|: [a]\n", "key machines = machines"],
  ["!!str |  \n", "entry "],
  ["--- &a |\n", "entry "],
  ["machines:| [a]\n", "value machines = [a]"],
  ["machines: |[a]\n", "value machines = [a]"],
  ["machines: [|a]\n", "value machines.0 = a"],
  ["machines: [a|]\n", "value machines.0 = a"],
  ["machines: [a ,|]\n", "entry machines"],
  ["machines: [a, |b]\n", "value machines.1 = b"],
  ["machines: [a, b]|\n", "value machines = [a, b]"],
  ["machines: [a, b] |\n", "value machines = [a, b]"],
  ["machines: [a, b] # l|ater\n", "comment machines"],
  ["machines: [|]\n", "entry machines"],
  ["machines:\n  - |a\n  - b\n", "value machines.0 = a"],
  ["machines:\n  -| a\n  - b\n", "value machines.0"],
  ["machines:\n  - a\n  -| b\n", "value machines.1"],
  ["machines:\n  - a\n  - b\n  |\n", "entry machines"],
  ["machines:\n  - a\n|  - b\n", "entry "],
  ["machines:\n- a\n|\n", "entry "],
  ["machines:\n  |\n", "value machines"],
  ["machines: |\n", "value machines"],
  ["machines:\n  a:\n    tags: [t]\n    |\n  b:\n", "entry machines.a"],
  ["machines:\n  a:\n    tags: [t]\n  |\n  b:\n", "entry machines"],
  ["machines:\n  a:\n  |\n  b:\n", "entry machines"],
  ["machines:\n  a:\n    |\n  b:\n", "value machines.a"],
  ["machines:\n  |\n  b:\n", "entry machines"],
  ["machines:\n  a:\n    # no|te\n  b:\n", "comment machines.a"],
  ["# no|te\nmachines:\n", "comment "],
  ["|\nmachines:\n", "entry "],
  ["machines: { a|: { tags: [t] } }\n", "key machines.a = a"],
  ["machines: { a: { ta|gs: [t] } }\n", "key machines.a.tags = tags"],
  ["machines: { a: { tags: [t] },| }\n", "entry machines"],
  ["machines: { a: { tags: [t], | } }\n", "entry machines.a"],
  ["machines: { a: | }\n", "value machines.a"],
  ["machines: { a | }\n", "key machines.a = a"],
  ["s: !mkF|orce 5\n", "key s.$mkForce = !mkForce"],
  ["s: !mkForce |5\n", "value s.$mkForce = 5"],
  ["s: !mkForce |\n", "value s.$mkForce"],
  ["s: !mkForce\n  a: |1\n", "value s.$mkForce.a = 1"],
  ["a: &x { b: 1 }\nc: *|x\n", "value c = *x"],
  ["a: &x { b: 1 }\nc:\n  <<|: *x\n", "key c.<< = <<"],
  ["a: &x { b: 1 }\nc:\n  <<: { d: |1 }\n", "value c.d = 1"],
  ["a: |-\n  x\n", "value a = |-\n  x"],
  ['{"machines": {"a": {"tags": ["|t"]}}}', 'value machines.a.tags.0 = "t"'],
  ['{"machines": {"|a": {"tags": []}}}', 'key machines.a = "a"'],
  ['{"machines": {"a":| {"tags": []}}}', 'value machines.a = {"tags": []}'],
  ['{"machines": {"a": {},|}}', "entry machines"],
  ['{"machines": {|}}', "entry machines"],
  ['{\n  "a": 1\n}\n|', "entry "],
];

for (const [marked, expected] of places) {
  test(`at the mark in ${JSON.stringify(marked)} is ${JSON.stringify(expected)}`, () => {
    const offset = marked.startsWith("a: |-") ? 4 : marked.indexOf("|");
    const text = marked.startsWith("a: |-") ? marked : marked.replace("|", "");
    const format = text.startsWith("{") && text.includes('"') ? "json" : "yaml";
    assert.is(shown(documentOf(text, format), text, offset), expected);
    const editable = EditableText.read(text, format)!;
    assert.is(shown(editable, text, offset), expected);
  });
}

test("wherever a key or value of a text is located, its path is found", () => {
  fc.assert(
    fc.property(texts, fc.nat(), fc.boolean(), ({ value: data }, seed, isJson) => {
      const text = isJson ? jsonOf(data, diceOf(seed)) : styledYaml(data, diceOf(seed));
      const document = documentOf(text, isJson ? "json" : "yaml");
      for (const [path, isKey] of pathsIn(document.value)) {
        const { start } = document.locate(path, isKey);
        const place = pathAt(text, document.tree()!, start);
        assert.equal([place.path, place.part], [path, isKey ? "key" : "value"], text);
      }
    }),
  );
});

function* pathsIn(data: Data, path: Path = []): Generator<readonly [Path, boolean]> {
  if (isList(data)) {
    for (const [index, item] of data.entries()) yield* pathsIn(item, [...path, index]);
  } else if (isDataMap(data)) {
    for (const key of Object.keys(data)) {
      yield [[...path, key], true];
      yield* pathsIn(data[key]!, [...path, key]);
    }
  } else if (data !== null) {
    yield [path, false];
  }
}

test("at every offset the reader and the editor of a text find the same", () => {
  fc.assert(
    fc.property(fc.nat(), (seed) => {
      const text = yamlText(new Random(seed));
      const document = parse({ name: "a.yaml", text }, completeOptions({}).limits).document;
      const editable = EditableText.read(text, "yaml");
      if (document === undefined || editable === undefined) return;
      for (let offset = 0; offset <= text.length; offset++) {
        assert.is(
          shown(document, text, offset),
          shown(editable, text, offset),
          `${offset} of ${JSON.stringify(text)}`,
        );
      }
    }),
    { numRuns: 100 },
  );
});

function documentOf(text: string, format: SourceFormat): Document {
  const { document } = parse({ name: "a", format, text }, completeOptions({}).limits);
  assert.ok(document, text);
  return document;
}

function shown(of: { tree(): WrittenNode | undefined }, text: string, offset: number): string {
  const { path, part, span } = pathAt(text, of.tree()!, offset);
  const written = text.slice(span.start, span.end);
  return `${part} ${path.join(".")}${written === "" ? "" : ` = ${written}`}`;
}

test.run();
