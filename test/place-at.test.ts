import { test } from "uvu";
import * as assert from "uvu/assert";
import { analyze } from "../src/index.js";
import { placeAt } from "../src/questions/place-at.js";
import { marked } from "./questions.js";

const good = `machines:
  laptop:
    tags: [desk]
instances:
  sshd:
    roles:
      server:
        machines: [laptop]
`;

test("in several sources the place is in the one that is asked for", () => {
  const { analysis } = marked({ "a.yaml": good, "b.json": '{"tags": {"x": []}}' });
  const at = (source: string, offset: number) => placeAt(analysis, { source, offset })?.path;
  assert.equal(at("a.yaml", good.indexOf("desk")), ["machines", "laptop", "tags", 0]);
  assert.equal(at("b.json", 11), ["tags", "x"]);
  assert.is(at("c.yaml", 0), undefined);
  assert.is(at("b.json", 1000), undefined);
});

test("of a text that is broken, lines that are as they were have their places, others a guess", () => {
  const earlier = analyze({ name: "a.yaml", text: good });
  const broken = good.replace("[desk]", "[desk, ");
  const again = (text: string) => {
    const { analysis, at } = marked({ "a.yaml": text }, {}, earlier);
    return placeAt(analysis, at);
  };
  assert.equal(again(broken.replace("lapt", "lap|t"))!.path, ["machines", "laptop"]);
  const place = again(broken.replace("[laptop]", "[lap|top]"))!;
  assert.equal(place.path, ["instances", "sshd", "roles", "server", "machines", 0]);
  assert.is(broken.slice(place.span.start, place.span.end), "laptop");
  const guess = again(broken.replace("[desk", "[de|sk"))!;
  assert.equal(guess.path, ["machines", "laptop", "tags", 0]);
  assert.is(broken.slice(guess.span.start, guess.span.end), "desk");
  assert.is(again(`${broken}# no| word\n`), undefined);
});

test("a broken source means what it meant when it was last read, and has no other effect", () => {
  const one = analyze([
    { name: "a.yaml", text: good },
    { name: "b.yaml", text: "machines: { nas: }\n" },
  ]);
  const broken = [
    { name: "a.yaml", text: good.replace("[desk]", "[desk") },
    { name: "b.yaml", text: "machines: { nas:, extra: }\n" },
  ];
  const two = analyze(broken, {}, one);
  const three = analyze(broken, {}, two);
  for (const analysis of [two, three]) {
    assert.equal([...analysis.inventory!.machineClasses.keys()], ["extra", "laptop", "nas"]);
    assert.equal(analysis.emit(), analyze(broken).emit());
    const { machines } = analysis.inventory!.inventory;
    const range = analysis.rangeOf(machines.get("laptop")!.origin.asKey())!;
    assert.equal([range.start.line, range.start.column], [2, 3]);
    const tag = machines.get("laptop")!.origin.at("tags").at(0);
    assert.is(analysis.rangeOf(tag), undefined);
  }
  assert.is(analyze(broken).inventory, undefined);
  assert.is(
    analyze([{ name: "a.yaml", text: "" }, broken[1]!], {}, two).inventory!.machineClasses.size,
    2,
  );
});

test("what was inserted above moves what is behind it", () => {
  const earlier = analyze({ name: "a.yaml", text: good });
  const text = `x-old: [1,\n${good}`;
  const analysis = analyze({ name: "a.yaml", text }, {}, earlier);
  const { origin } = analysis.inventory!.inventory.instances.get("sshd")!;
  const { start, end } = analysis.rangeOf(origin.asKey())!;
  assert.is(text.slice(start.offset, end.offset), "sshd");
});

test.run();
