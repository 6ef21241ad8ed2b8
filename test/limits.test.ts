/** Every limit holds to the last value. */
import { spawnSync } from "node:child_process";
import path from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { check, compile, type Limits, readCatalogue } from "../src/index.js";
import { inMap, numbered } from "./suites/hostile/hostile-inputs.js";

const bin = path.join(import.meta.dirname, "../dist/bin.js");

/** A text just within a limit, and one just beyond it. */
interface Edge {
  readonly limits?: Partial<Limits>;
  readonly text: (count: number) => string;
  /** The number that `text` is given to be within the limit. */
  readonly most: number;
  readonly found: string;
}

const nested = (open: string, close: string) => (levels: number) =>
  `{"x-a": ${open.repeat(levels - 1)}1${close.repeat(levels - 1)}}`;
const tooDeep = "maps and lists are nested deeper than 64 levels";

const edges: { readonly [what: string]: Edge } = {
  "lists nest 64 levels deep": { text: nested("[", "]"), most: 64, found: tooDeep },
  "maps nest 64 levels deep": { text: nested('{"a":', "}"), most: 64, found: tooDeep },
  "maps without brackets nest 64 levels deep": {
    text: (levels) =>
      Array.from(
        { length: levels },
        (_, level) => `${" ".repeat(level)}${level === 0 ? "x-a" : "a"}:\n`,
      ).join(""),
    most: 64,
    found: tooDeep,
  },
  "aliases count as deep as what they refer to": {
    text: (levels) => `x-a: &a ${"[".repeat(levels - 2)}${"]".repeat(levels - 2)}\nx-b: [*a]\n`,
    most: 64,
    found: tooDeep,
  },
  "whatever the limit, lists nest 200 levels deep": {
    limits: { depth: 1e6 },
    text: nested("[", "]"),
    most: 200,
    found: "deeper than 200 levels",
  },
  "special forms count as levels": {
    limits: { depth: 4 },
    text: (levels) => `x-a: ${"[".repeat(levels - 2)}!mkForce 1${"]".repeat(levels - 2)}\n`,
    most: 4,
    found: "deeper than 4 levels",
  },
  "a JSON text holds five million values": {
    text: (values) => `{"x-a":[${"1,".repeat(values - 3)}1]}`,
    most: 5_000_000,
    found: "more than 5000000 values",
  },
  "a YAML text holds as many values as it may": {
    limits: { values: 1000 },
    text: (values) => `x-a:\n${"- 1\n".repeat(values - 2)}`,
    most: 1000,
    found: "more than 1000 values",
  },
  "aliases count as what they refer to": {
    limits: { values: 1000 },
    text: (values) =>
      `x-a: &a [1]\nx-b: [${"*a, ".repeat(200)}]\nx-c:\n${"- 1\n".repeat(values - 405)}`,
    most: 1000,
    found: "more than 1000 values",
  },
  "a text is 64 Mi long": {
    text: (length) => `{"x-a":"${" ".repeat(length - 10)}"}`,
    most: 64 * 2 ** 20,
    found: "longer than",
  },
};

for (const [what, { limits = {}, text, most, found }] of Object.entries(edges)) {
  test(`${what}, and no more`, () => {
    const findingsOf = (count: number) =>
      check({ name: "inventory", text: text(count) }, { limits }).diagnostics;
    assert.equal(findingsOf(most - 1), []);
    assert.equal(findingsOf(most), []);
    const findings = findingsOf(most + 1);
    assert.equal(
      findings.map(({ code }) => code),
      ["limit-exceeded"],
    );
    assert.match(findings[0]!.message, found);
  });
}

test("the limit on the output is exact in every format", () => {
  const source = {
    name: "inventory.yaml",
    text: '{machines: [a, b], instances: {i: {roles: {r: {tags: [all], settings: {k: 1, text: "a\\nb\\n"}}}}}}',
  };
  for (const to of ["nix", "json", "yaml"] as const) {
    const outcome = (limits?: Partial<Limits>) =>
      compile(source, { services: null, to, emit: "resolved", limits });
    const { text } = outcome();
    assert.is(outcome({ output: text!.length }).text, text);
    const { text: none, diagnostics } = outcome({ output: text!.length - 1 });
    assert.is(none, undefined);
    assert.equal(
      diagnostics.map(({ code, message, help }) => [code, message, help]),
      [
        [
          "limit-exceeded",
          `the output would be longer than ${text!.length - 1} characters`,
          "use --emit declared, which writes the settings of a tag once, not for every member",
        ],
      ],
    );
  }
  assert.is(
    compile(source, { services: null, emit: "declared", limits: { output: 100 } }).diagnostics[0]!
      .help,
    undefined,
  );
});

test("an answer that no string can hold is refused", () => {
  const machines = Array.from({ length: 300 }, (_, index) => `m${index}`);
  const input = JSON.stringify({
    machines,
    instances: { i: { roles: { r: { tags: ["all"], settings: { text: "x".repeat(2 ** 20) } } } } },
  });
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [bin, "plan", "-f", "-", "--json", "--no-machines-dir"],
    { input, encoding: "utf8" },
  );
  assert.equal([status, stdout], [2, ""]);
  assert.is(
    stderr.split("\n").at(-2),
    "inventory2nix: the text would be longer than 67108864 characters: narrow it down with '--machine', '--instance' or '--tag'",
  );
});

test("the limit on the steps of checking settings against a catalogue is exact", () => {
  const findings = (schemas: number) => {
    const { catalogue } = readCatalogue({
      name: "services.json",
      text: JSON.stringify({
        self: { s: { r: { allOf: numbered("t", schemas).map((title) => ({ title })) } } },
      }),
    });
    const text =
      "{machines: [m], instances: {s: {module: {input: self}, roles: {r: {machines: [m], settings: {}}}}}}";
    return check(
      { name: "inventory.yaml", text },
      { services: catalogue, limits: { checks: 1000 } },
    ).diagnostics;
  };
  // One step for the role, and one for the schema with all the others.
  assert.equal(findings(997), []);
  assert.equal(findings(998), []);
  assert.equal(
    findings(999).map(({ code, message }) => [code, message]),
    [["limit-exceeded", "checking the settings against the catalogue takes more than 1000 steps"]],
  );
});

test("a catalogue with very many mistakes shows a thousand", () => {
  const { diagnostics } = readCatalogue({
    name: "services.json",
    text: JSON.stringify({
      self: { s: { r: { properties: inMap(numbered("k", 50_000), { type: "strong" }) } } },
    }),
  });
  assert.is(diagnostics.length, 1000);
});

test.run();
