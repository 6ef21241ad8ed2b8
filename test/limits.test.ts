/** Work is bounded on any input, and whatever happens to the command, the output stays whole. */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { check, compile, type Limits, readCatalogue } from "../src/index.js";

const bin = path.join(import.meta.dirname, "../dist/bin.js");
const folder = mkdtempSync(path.join(tmpdir(), "inventory2nix-"));

test.after(() => rmSync(folder, { recursive: true }));

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
    [bin, "plan", "--json", "--no-machines-dir"],
    { input, encoding: "utf8" },
  );
  assert.equal([status, stdout], [2, ""]);
  assert.is(
    stderr.split("\n").at(-2),
    "inventory2nix: the text would be longer than 268435456 characters: narrow it down with '--machine', '--instance' or '--tag'",
  );
});

const numbered = (name: string, count: number) =>
  Array.from({ length: count }, (_, index) => `${name}${index}`);

/** Texts that would exhaust any machine if nothing stopped them. */
const hostile: { readonly [what: string]: string } = {
  "an alias bomb": Array.from(
    { length: 60 },
    (_, level) =>
      `x-${level}: &a${level} [${level === 0 ? "1" : `*a${level - 1}, *a${level - 1}`}]\n`,
  ).join(""),
  "a million brackets": "[".repeat(1e6),
  "a million question marks": "? ".repeat(1e6),
  "a million dashes": "- ".repeat(1e6),
  "a million braces in JSON": '{"a":'.repeat(1e6),
  "a million quotes": '"'.repeat(1e6),
  "merges of merges, which double each time": [
    "x-0: &a0 {k: 1}\n",
    ...Array.from(
      { length: 20 },
      (_, level) => `x-${level + 1}: &a${level + 1} {<<: [*a${level}, *a${level}]}\n`,
    ),
    `x-b: &b {${Array.from({ length: 1000 }, (_, index) => `bad${index}: 1`).join(", ")}}\nmachines: {m: {<<: [*a20, *b]}}\n`,
  ].join(""),
  "a hundred thousand anchors": Array.from(
    { length: 1e5 },
    (_, index) => `x-${index}: &a${index} 1\n`,
  ).join(""),
  "a hundred thousand merges of one map": `x-a: &a {b: 1}\nx-b:\n${"  <<: *a\n".repeat(1e5)}`,
  "a hundred thousand equal keys": "machines:\n".repeat(1e5),
  "a hundred thousand unknown keys": Array.from(
    { length: 1e5 },
    (_, index) => `machine${index}:\n`,
  ).join(""),
  "a key of a million characters": `${"machines".repeat(125_000)}: 1`,
  "an integer of a million digits": `x-a: ${"9".repeat(1e6)}`,
  "patterns that match in very many ways": `tags: {t: {anyOf: ["${"*a".repeat(500)}b"]}, ${"a".repeat(5000)}: [] }`,
  "two hundred long patterns, and as many long tags": JSON.stringify({
    tags: {
      t: { anyOf: numbered(`*${"a".repeat(2500)}b`, 200) },
      ...Object.fromEntries(numbered("a".repeat(5000), 200).map((tag) => [tag, []])),
    },
  }),
  "every machine in each of as many instances": JSON.stringify({
    machines: numbered("m", 10_000),
    instances: Object.fromEntries(
      numbered("i", 10_000).map((name) => [name, { roles: { r: { tags: ["all"] } } }]),
    ),
  }),
  "selectors that take every machine and drop it again": JSON.stringify({
    machines: numbered("m", 10_000),
    tags: Object.fromEntries(numbered("t", 10_000).map((tag) => [tag, { noneOf: ["all"] }])),
  }),
  "a role with as many tags as machines, each with settings": JSON.stringify({
    machines: Object.fromEntries(
      numbered("m", 40_000).map((name) => [name, { tags: [`t-${name}`] }]),
    ),
    instances: {
      i: {
        roles: {
          r: {
            tags: Object.fromEntries(
              numbered("t-m", 40_000).map((tag) => [tag, { settings: { tag } }]),
            ),
          },
        },
      },
    },
  }),
};

for (const [what, text] of Object.entries(hostile)) {
  test(`${what} ends in time`, () => {
    const start = process.cpuUsage();
    compile({ name: "inventory", text });
    const { user } = process.cpuUsage(start);
    assert.ok(user < 20e6, `${user / 1e6} s`);
  });
}

const inMap = (keys: readonly string[], value: unknown) =>
  Object.fromEntries(keys.map((key) => [key, value]));
/** Fifty schemas; each refers to the next one twice, through another. */
const doublingSteps = {
  $ref: "#/$defs/s0",
  $defs: {
    ...Object.fromEntries(
      numbered("s", 50).map((name, level) => [
        name,
        {
          allOf: ["a", "b"].map((title) => ({
            title,
            properties: { x: { $ref: `#/$defs/s${level + 1}` } },
          })),
        },
      ]),
    ),
    s50: {},
  },
};
const fiftyDeep = (value: unknown) =>
  Array.from({ length: 50 }).reduce((inner) => ({ x: inner }), value);

/** Schemas of a service, and settings, that would exhaust any machine if nothing stopped them. */
const hostileSchemas: {
  readonly [what: string]: readonly [schema: unknown, settings: unknown, code: string];
} = {
  "parts that double with every step": [doublingSteps, fiftyDeep(1), "limit-exceeded"],
  "very many alternatives for each of very many values": [
    {
      additionalProperties: {
        anyOf: numbered("t", 10_000).map((title) => ({ title, type: "object" })),
      },
    },
    inMap(numbered("k", 10_000), 1),
    "limit-exceeded",
  ],
  "very many names to suggest for as many unknown ones": [
    {
      properties: inMap(numbered("a-somewhat-long-name", 50_000), true),
      additionalProperties: false,
    },
    inMap(numbered("a-somewhat-lone-nam", 50_000), 1),
    "unknown-setting",
  ],
  "very many values to list for as many wrong ones": [
    { additionalProperties: { enum: numbered("a-somewhat-long-value", 50_000) } },
    inMap(numbered("k", 50_000), "a-somewhat-lone-valu"),
    "setting-type",
  ],
};

for (const [what, [schema, settings, code]] of Object.entries(hostileSchemas)) {
  test(`${what} end in time`, () => {
    const { catalogue } = readCatalogue({
      name: "services.json",
      text: JSON.stringify({ self: { s: { r: schema } } }),
    });
    const text = JSON.stringify({
      machines: ["m"],
      instances: { s: { module: { input: "self" }, roles: { r: { machines: ["m"], settings } } } },
    });
    const start = process.cpuUsage();
    const { diagnostics } = check({ name: "inventory.json", text }, { services: catalogue });
    const { user } = process.cpuUsage(start);
    assert.is(diagnostics[0]?.code, code);
    assert.ok(user < 20e6, `${user / 1e6} s`);
    assert.ok(JSON.stringify(diagnostics).length < 2e6);
  });
}

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

test("an endless input is abandoned, in bounded memory", () => {
  const tellPeak = `data:text/javascript,process.on("exit",()=>process.stderr.write("peak "+process.resourceUsage().maxRSS))`;
  const { status, stderr } = spawnSync(
    "sh",
    ["-c", 'yes "a: [" | "$0" --import "$1" "$2" check', process.execPath, tellPeak, bin],
    { encoding: "utf8", cwd: folder },
  );
  assert.is(status, 1);
  assert.match(stderr, "[limit-exceeded]");
  assert.ok(Number(/peak (\d+)/.exec(stderr)![1]) < 2 ** 20, stderr);
});

test("millions of mistakes take bounded memory", () => {
  for (const [name, text] of Object.entries({
    "numbers.yaml": `x-a:\n${"- .inf\n".repeat(3e5)}`,
    "keys.yaml": `x-a:\n${"  b: 1\n".repeat(3e5)}`,
    "broken.yaml": `x-a:\n${"- 'a' b\n".repeat(3e5)}`,
    "unknown.json": JSON.stringify(Object.fromEntries(numbered("a", 3e5).map((name) => [name, 1]))),
  })) {
    const file = path.join(folder, name);
    writeFileSync(file, text);
    const { status, stderr } = spawnSync(
      process.execPath,
      ["--max-old-space-size=170", bin, "check", "--no-machines-dir", "--format", "json", file],
      { encoding: "utf8" },
    );
    assert.is(status, 1, name);
    assert.ok(stderr.split("\n").length > 1000, `${name}: ${stderr.slice(0, 1000)}`);
  }
});

test("findings in a long text are located without a tree of it", () => {
  const rows = Array.from(
    { length: 20_000 },
    (_, row) =>
      `              - name: n${row}\n                port: ${row}\n                list: [1, 2, a]\n`,
  );
  const file = path.join(folder, "long.yaml");
  writeFileSync(
    file,
    `machines:\n  a_b:\ninstances:\n  i:\n    module: {input: x}\n    roles:\n      r:\n        machines:\n          a_b:\n            settings:\n              rows:\n${rows.join("")}`,
  );
  const { status, stderr } = spawnSync(
    process.execPath,
    ["--max-old-space-size=100", bin, "check", file],
    { encoding: "utf8" },
  );
  assert.is(status, 0, stderr);
  assert.match(stderr, "long.yaml:2:3: warning: 'a_b' is not a valid host name");
});

/** Enough for an output of several megabytes. */
const fleet = (name: string) =>
  JSON.stringify({ machines: Array.from({ length: 50_000 }, (_, index) => `${name}-${index}`) });

function compileInto(
  output: string,
  source: string,
  ...nodeFlags: readonly string[]
): ChildProcess {
  const file = path.join(folder, `${source}.json`);
  writeFileSync(file, fleet(source));
  return spawn(process.execPath, [...nodeFlags, bin, file, "-o", output, "--no-machines-dir"], {
    stdio: "ignore",
  });
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => child.once("exit", () => resolve()));
}

function expectedOf(source: string): string {
  return compile({ name: `${source}.json`, text: fleet(source) }).text!;
}

function strayFiles(): readonly string[] {
  return readdirSync(folder).filter((file) => file.endsWith(".tmp"));
}

/** A disk that takes its time: a signal comes while a file is written, however busy the machine. */
const slowDisk = `data:text/javascript,${encodeURIComponent(`
  import fs from "node:fs";
  import { syncBuiltinESMExports } from "node:module";
  fs.fsyncSync = () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1000);
  syncBuiltinESMExports();
`)}`;

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  test(`${signal} while the output is written waits for the whole, and leaves nothing beside it`, async () => {
    const output = path.join(folder, "interrupted.nix");
    writeFileSync(output, "old\n");
    const child = compileInto(output, "a", "--import", slowDisk);
    const end = ended(child);
    while (strayFiles().length === 0 && child.exitCode === null && child.signalCode === null) {
      await wait(5);
    }
    assert.is(strayFiles().length, 1, "the signal comes while there is a temporary file");
    child.kill(signal);
    await end;
    assert.is(child.signalCode, signal);
    assert.is(readFileSync(output, "utf8"), expectedOf("a"));
    assert.equal(strayFiles(), []);
  });
}

test("of two processes that write one output, one wins", async () => {
  const output = path.join(folder, "shared.nix");
  const whole = [expectedOf("a"), expectedOf("b")];
  for (let round = 0; round < 3; round++) {
    await Promise.all(["a", "b"].map((source) => ended(compileInto(output, source))));
    assert.ok(whole.includes(readFileSync(output, "utf8")));
    assert.equal(strayFiles(), []);
  }
});

const disk = path.join(folder, "disk");
const canMount = spawnSync("unshare", ["-rm", "true"]).status === 0;

(canMount ? test : test.skip)("on a full disk the old output stays", () => {
  writeFileSync(path.join(folder, "a.json"), fleet("a"));
  const script =
    'mkdir -p "$3" && mount -t tmpfs -o size=64k none "$3" && echo old > "$3/out.nix"; "$0" "$1" "$2" -o "$3/out.nix" --no-machines-dir; echo "exit $?"; cat "$3/out.nix"; ls -A "$3"';
  const { stdout, stderr } = spawnSync(
    "unshare",
    ["-rm", "sh", "-c", script, process.execPath, bin, path.join(folder, "a.json"), disk],
    { encoding: "utf8" },
  );
  assert.is(stdout, "exit 2\nold\nout.nix\n");
  assert.match(stderr, "no space left on device");
});

test.run();
