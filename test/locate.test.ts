import { test } from "uvu";
import * as assert from "uvu/assert";
import type { Finding, Place } from "../src/diagnostics/diagnostic.js";
import { locate } from "../src/diagnostics/locate.js";
import { completeOptions } from "../src/model/options.js";
import { Origin } from "../src/model/origin.js";
import type { Source } from "../src/model/source.js";
import { parse } from "../src/text/parse.js";

const sources: readonly Source[] = [
  { name: "b.yaml", text: "machines:\r\n  😀: {tags: [x, y]}\r\n" },
  { name: "a.json", text: '{"meta": {"name": "n"}}' },
];
const documents = new Map(
  sources.map((source) => [source, parse(source, completeOptions({}).limits).document]),
);
const [yaml, json] = sources as readonly [Source, Source];
const machine = Origin.root(yaml).at("machines").at("😀");

test("a place is a value, a key, or offsets; columns count UTF-16 units", () => {
  assert.equal(
    [
      machine.asKey(),
      machine.at("tags").at(1),
      Origin.root(json).at("meta").at("name"),
      { source: yaml, start: 0, end: 8 },
    ].map(shownAt),
    [
      "b.yaml 2:3-2:5 '😀'",
      "b.yaml 2:18-2:19 'y'",
      "a.json 1:19-1:22 '\"n\"'",
      "b.yaml 1:1-1:9 'machines'",
    ],
  );
});

test("a missing value is located at what encloses it", () => {
  assert.is(shownAt(machine.at("tags").at(1).at("settings")), "b.yaml 2:18-2:19 'y'");
});

test("findings are sorted by source, then by place; equal places stay as reported", () => {
  const places: Place[] = [
    Origin.root(json).at("meta").asKey(),
    machine.at("tags").at(1),
    machine.at("tags").at(0),
    { source: yaml, start: 7, end: 8 },
    machine.asKey(),
  ];
  const found = locate(
    [...places, machine.at("tags").at(0)].map((place, index) => finding(place, `${index}`)),
    documents,
  );
  assert.is(found.map(({ message }) => message).join(" "), "3 4 2 5 1 0");
});

test("related places are located; the rest of a finding is kept", () => {
  const [found] = locate(
    [
      {
        ...finding(machine, "m"),
        help: "h",
        related: [{ message: "first", place: Origin.root(json).at("meta").asKey() }],
      },
    ],
    documents,
  );
  const { range, related, ...rest } = found!;
  assert.equal(rest, { code: "unknown-tag", severity: "warning", message: "m", help: "h" });
  assert.equal(
    related.map(({ message, range }) => [message, range.source, range.start.offset]),
    [["first", "a.json", 1]],
  );
});

function finding(place: Place, message: string): Finding {
  return { code: "unknown-tag", severity: "warning", message, place, related: [] };
}

function shownAt(place: Place): string {
  const { source, start, end } = locate([finding(place, "")], documents)[0]!.range;
  const { text } = sources.find(({ name }) => name === source)!;
  return `${source} ${start.line}:${start.column}-${end.line}:${end.column} '${text.slice(start.offset, end.offset)}'`;
}

test.run();
