/** Definition, references, highlights and the outline. */

import { test } from "uvu";
import * as assert from "uvu/assert";
import { prepareRename } from "../src/edit/rename.js";
import { analyze, type Range, type Source } from "../src/index.js";
import { definition } from "../src/questions/definition.js";
import { highlights } from "../src/questions/highlights.js";
import { hover } from "../src/questions/hover.js";
import { namesIn, rangeOfName } from "../src/questions/name-at.js";
import { references } from "../src/questions/references.js";
import { type OutlineSymbol, symbols } from "../src/questions/symbols.js";
import { inventory } from "./arbitrary-inventories.js";
import { diceOf, jsonOf, styledYaml } from "./edit-texts.js";
import fc from "./fast-check.js";
import { marked } from "./questions.js";

const machines = `machines:
  laptop: { tags: [desk, mobile] }
  "web-1":
    tags: [site-a]
tags:
  sites: { anyOf: [site-*] }
  desk: [web-1]
`;
const services = `{
  "instances": {
    "sshd": { "roles": {
      "server": { "machines": ["laptop"], "tags": { "desk": {}, "sites": {} } },
      "client": { "tags": ["desk"], "machines": { "web-1": {} } }
    } }
  }
}
`;

/** Asks with the cursor in a word of one of the two; answers `SOURCE:LINE:COLUMN` of each range. */
function ask(
  question: (
    view: ReturnType<typeof marked>["analysis"],
    at: { source: string; offset: number },
  ) => readonly Range[],
  word: string,
  text = services,
): readonly string[] {
  const { analysis, at } = marked({
    "a.yaml": text === machines ? machines.replace(word.replace("|", ""), word) : machines,
    "b.json": text === services ? services.replace(word.replace("|", ""), word) : services,
  });
  return question(analysis, at).map(place);
}

function place({ source, start }: Range): string {
  return `${source}:${start.line}:${start.column}`;
}

test("a member leads to its machine, in another file and format", () => {
  assert.equal(ask(definition, '"lap|top"'), ["a.yaml:2:3"]);
  assert.equal(ask(definition, '"we|b-1"'), ["a.yaml:3:3"]);
  assert.equal(ask(definition, "desk: [web|-1]", machines), ["a.yaml:3:3"]);
});

test("a tag leads to where it is defined, and to the machines that have it", () => {
  assert.equal(ask(definition, '"de|sk": {}'), ["a.yaml:7:3", "a.yaml:2:20"]);
  assert.equal(ask(definition, '"s|ites"'), ["a.yaml:6:3"]);
});

test("a pattern leads to all tags that it means", () => {
  assert.equal(ask(definition, "site|-*", machines), ["a.yaml:4:12"]);
});

test("an instance leads to itself; keys, settings and modules lead nowhere", () => {
  assert.equal(ask(definition, '"ss|hd"'), ["b.json:3:5"]);
  for (const word of ['"ro|les"', '"ser|ver"', '"inst|ances"']) {
    assert.equal(ask(definition, word), []);
  }
  const { analysis, at } = marked({ "a.yaml": "instances: { i: { module: ss|hd } }\n" });
  assert.equal(definition(analysis, at), []);
});

test("references are in all sources, in order, and say which of them declare", () => {
  const { analysis, at } = marked({
    "a.yaml": machines.replace("desk", "d|esk"),
    "b.json": services,
  });
  assert.equal(
    references(analysis, at).map(({ range, isDeclaration }) => `${place(range)} ${isDeclaration}`),
    ["a.yaml:2:20 false", "a.yaml:7:3 true", "b.json:4:53 false", "b.json:5:28 false"],
  );
  assert.equal(
    highlights(analysis, at).map(({ range }) => place(range)),
    ["a.yaml:2:20", "a.yaml:7:3"],
  );
});

test("while a text is broken, the names in its other lines are found", () => {
  const earlier = analyze([
    { name: "a.yaml", text: machines },
    { name: "b.json", text: services },
  ]);
  const broken = { "a.yaml": machines.replace("[site-a]", "[site-a"), "b.json": services };
  const there = { ...broken, "b.json": services.replace('"desk"', '"de|sk"') };
  const { analysis, at } = marked(there, {}, earlier);
  assert.equal(definition(analysis, at).map(place), ["a.yaml:7:3", "a.yaml:2:20"]);
  const other = marked(
    { ...broken, "a.yaml": broken["a.yaml"].replace("laptop", "lap|top") },
    {},
    earlier,
  );
  assert.equal(
    references(other.analysis, other.at).map(({ range }) => place(range)),
    ["a.yaml:2:3", "b.json:4:32"],
  );
});

test("in a line that was never read, the names are found as far as it can be read", () => {
  const earlier = analyze([
    { name: "a.yaml", text: machines },
    { name: "b.json", text: services },
  ]);
  const at = (a: string, b = services) => marked({ "a.yaml": a, "b.json": b }, {}, earlier);
  const typed = at(`${machines}  new: [lap|top\n`);
  assert.equal(definition(typed.analysis, typed.at).map(place), ["a.yaml:2:3"]);
  const found = references(typed.analysis, typed.at).map(({ range }) => place(range));
  assert.equal(found, ["a.yaml:2:3", "a.yaml:8:9", "b.json:4:32"]);
  assert.match(hover(typed.analysis, typed.at)!.text, /^Machine `laptop`/);

  const inJson = at(machines, services.replace('"desk"', '"de|sk"').replace(/\}\s*$/, ""));
  assert.is(hover(inJson.analysis, inJson.at)!.text.split("\n")[0], "Tag `desk` of 2 machines");
  const key = at(`${machines}  "de|sk": [\n`);
  assert.is(references(key.analysis, key.at).length, 5);
  assert.is(prepareRename(key.analysis, key.at), undefined);
});

test("an alias leads to its anchor, and shows what it stands for", () => {
  const text = `x-base: &base
  settings:
    a: 1
x-other: &other 2
x-third: &base [3]
x-uses: [*base, *other]
machines: [a]
instances: { i: { roles: { r: { machines: { a: { <<: *other } } } } } }
`;
  const at = (text: string) => marked({ "a.yaml": text });
  const other = at(text.replace("[*base, *other]", "[*base, *ot|her]"));
  assert.equal(definition(other.analysis, other.at).map(place), ["a.yaml:4:10"]);
  assert.equal(
    references(other.analysis, other.at).map(
      ({ range, isDeclaration }) => `${place(range)} ${isDeclaration}`,
    ),
    ["a.yaml:4:10 true", "a.yaml:6:17 false", "a.yaml:8:54 false"],
  );
  const twice = at(text.replace("[*base", "[*b|ase"));
  assert.equal(definition(twice.analysis, twice.at).map(place), ["a.yaml:5:10"]);
  const once = text.replace("x-third: &base", "x-third: &third");
  const { analysis, at: cursor } = at(once.replace("[*base", "[|*base"));
  const { text: shown, range } = hover(analysis, cursor)!;
  assert.is(shown, "```yaml\nsettings:\n  a: 1\n```");
  assert.is(place(range), "a.yaml:6:10");
});

test("the outline has sections, names, roles and members in the order of the text", () => {
  const text = `x-a: 1
machines: [b, a]
instances:
  sshd:
    module: { name: other }
    roles:
      server:
        tags: { t: { settings: { x: 1 } }, all: }
        machines: [a]
      client:
`;
  const analysis = analyze({ name: "a.yaml", text });
  assert.equal(
    symbols(analysis, "a.yaml").flatMap((symbol) => lines(symbol)),
    [
      "section x-a 1-1",
      "section machines 2-2",
      " machine b 2-2",
      " machine a 2-2",
      "section instances 3-10",
      " instance sshd (other) 4-10",
      "  role server 7-9",
      "   member t 8-8",
      "   member all 8-8",
      "   member a 9-9",
      "  role client 10-10",
    ],
  );
  assert.equal(symbols(analysis, "b.yaml"), []);
  assert.equal(symbols(analyze({ name: "a.yaml", text: "a: [" }), "a.yaml"), []);
});

function lines({ kind, name, detail, range, children }: OutlineSymbol, indent = ""): string[] {
  const about = detail === undefined ? "" : ` (${detail})`;
  return [
    `${indent}${kind} ${name}${about} ${range.start.line}-${range.end.line}`,
    ...children.flatMap((child) => lines(child, `${indent} `)),
  ];
}

/** A random inventory, in one or two sources of either format. */
const sources: fc.Arbitrary<readonly Source[]> = fc
  .tuple(inventory({ forms: true }), fc.nat(), fc.boolean(), fc.boolean())
  .map(([data, seed, isJson, isSplit]) => {
    const { machines, ...others } = data;
    const write = (name: string, part: typeof data): Source => ({
      name: `${name}.${isJson ? "json" : "yaml"}`,
      text: isJson ? jsonOf(part, diceOf(seed)) : styledYaml(part, diceOf(seed)),
    });
    return isSplit ? [write("a", { machines: machines! }), write("b", others)] : [write("a", data)];
  });

test("from each name, the references are all names of its kind that are the same", () => {
  fc.assert(
    fc.property(sources, (sources) => {
      const analysis = analyze(sources);
      const names = [...namesIn(analysis)];
      for (const name of names) {
        const { source, start } = rangeOfName(analysis, name)!;
        const found = references(analysis, { source, offset: start.offset });
        const same = names.filter((other) => other.kind === name.kind && other.name === name.name);
        const places = same.map((other) => place(rangeOfName(analysis, other)!));
        assert.equal(found.map(({ range }) => place(range)).sort(), places.sort());
      }
    }),
    { numRuns: 50 },
  );
});

test("each part of an outline is inside the one around it, and apart from its siblings", () => {
  const check = (all: readonly OutlineSymbol[], start: number, end: number): void => {
    let at = start;
    for (const { range, selectionRange, children } of all) {
      assert.ok(range.start.offset >= at && range.end.offset <= end);
      assert.ok(selectionRange.start.offset >= range.start.offset);
      assert.ok(selectionRange.end.offset <= range.end.offset);
      check(children, range.start.offset, range.end.offset);
      at = range.end.offset;
    }
  };
  fc.assert(
    fc.property(sources, (sources) => {
      const analysis = analyze(sources);
      for (const { name, text } of sources) check(symbols(analysis, name), 0, text.length);
    }),
    { numRuns: 50 },
  );
});

test.run();
