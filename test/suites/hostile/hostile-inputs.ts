/** Inputs that would exhaust any machine, or drown its user in findings, if nothing stopped them. */
import { readFileSync } from "node:fs";
import path from "node:path";
import * as assert from "uvu/assert";

/** Seconds that no machine would take for work that is bounded. */
const maxSeconds = 20;

export function bounded<T>(work: () => T): T {
  const start = process.cpuUsage();
  const result = work();
  const seconds = process.cpuUsage(start).user / 1e6;
  assert.ok(seconds < maxSeconds, `${seconds} s`);
  return result;
}

export const numbered = (name: string, count: number) =>
  Array.from({ length: count }, (_, index) => `${name}${index}`);

export const inMap = (keys: readonly string[], value: unknown) =>
  Object.fromEntries(keys.map((key) => [key, value]));

const ofFolder = (name: string) =>
  readFileSync(path.join(import.meta.dirname, "inputs", name), "utf8");

const withSettings = (settings: unknown, around: object = {}) =>
  JSON.stringify({
    machines: ["m"],
    instances: {
      i: {
        module: { name: "x", input: "self" },
        roles: { r: { machines: { m: { settings } }, ...around } },
      },
    },
  });

const repeated = (anchor: string, count: number, before = "") =>
  `machines: [m]\n${before}x-a: &a ${anchor}\ninstances: {i: {module: {input: x}, roles: {r: {machines: {m: {settings: {s: [${"*a, ".repeat(count)}]}}}}}}}\n`;

const ofValues = (values: object, list: readonly unknown[]) =>
  JSON.stringify({ values, ...JSON.parse(withSettings({ list })) });

const uses = (names: readonly string[]) => names.map(($value) => ({ $value }));

const times = (name: string, count: number) => Array.from({ length: count }, () => name);

/** Each value has the one before it twice. */
const doublingValues = (levels: number, of: (pair: readonly unknown[]) => unknown) =>
  Object.fromEntries([
    ["v0", ["x".repeat(8)]],
    ...numbered("v", levels).map((name, level) => [`v${level + 1}`, of(uses([name, name]))]),
  ]);

/** Mistakes that could say very much: each keeps to the limits of what is reported. */
export const loud: { readonly [what: string]: string } = {
  "a key of 900 dots": `machines: { m: { ${"a.".repeat(900)}b: 1 } }\n`,
  "a key of dots in a file": ofFolder("dotted-key-trap-2kB.yaml"),
  "a key of half a million dots in a module": withSettings(
    {},
    { extraModules: [{ [".".repeat(500_000)]: 1 }] },
  ),
  "settings with a key of half a million dots": withSettings({ [`${"a.".repeat(250_000)}b`]: 1 }),
  "a root key of dots": JSON.stringify({ [`machines.${".".repeat(900_000)}`]: 1 }),
  "two maps in turns, 22 kB": ofFolder("conflict-bomb-22kB.yaml"),
  "two maps in turns, 27 kB": ofFolder("conflict-bomb-27kB.yaml"),
  "a reference of 130,000 names": withSettings({ a: { $ref: `${"a.".repeat(130_000)}b` } }),
  "130,000 definitions that disagree": withSettings({
    a: { _type: "merge", contents: numbered("", 130_000).map(Number) },
  }),
  "a name of no value, sixty thousand times": ofValues({ v: 1 }, uses(times("w", 60_000))),
  "sixteen thousand names, each near to as many values": ofValues(
    inMap(numbered("some-long-name-", 16_000), 1),
    uses(numbered("some-lng-nme-", 16_000)),
  ),
  "a cycle of thirty thousand values": ofValues(
    Object.fromEntries(
      numbered("v", 30_000).map((name, index) => [name, uses([`v${(index + 1) % 30_000}`])]),
    ),
    [],
  ),
  "a value of a hundred thousand uses of itself": ofValues({ v: uses(times("v", 100_000)) }, []),
  "a cycle of 130,000 tags": `tags:\n${numbered("t", 130_000)
    .map((tag, index, tags) => `  ${tag}: {anyOf: [${tags[(index + 1) % tags.length]}]}\n`)
    .join("")}`,
  "one long name in ten thousand mistakes": JSON.stringify({
    machines: ["m"],
    instances: {
      ["i".repeat(500_000)]: {
        module: "borgbackup",
        roles: { client: { machines: ["m"], settings: inMap(numbered("k", 30_000), 1) } },
      },
    },
  }),
  "a long name in twenty thousand conflicts": JSON.stringify({
    machines: { m: { tags: ["a", "b"] } },
    instances: {
      ["i".repeat(300_000)]: {
        module: { name: "x", input: "self" },
        roles: {
          r: {
            tags: {
              a: { settings: inMap(numbered("k", 20_000), 1) },
              b: { settings: inMap(numbered("k", 20_000), 2) },
            },
          },
        },
      },
    },
  }),
  "a long text, a hundred thousand times": repeated(
    `"${"x ".repeat(200_000)}\${config.x} ./ KEY- "`,
    100_000,
  ),
  "a list for a tag, in every machine": `x-a: &a "${"x, ".repeat(100_000)}"\nmachines:\n${numbered(
    "m",
    20_000,
  )
    .map((machine) => `  ${machine}: {tags: [*a]}\n`)
    .join("")}`,
  "two hundred thousand ambiguous words": repeated("yes", 200_000),
  "as many secrets as there is room for": withSettings({
    list: numbered("ghp_0123456789abcdefghijklmnopqrstuvwxyz", 20_000),
  }),
  "a million closing brackets": "]".repeat(1e6),
  "lines that start with a tab, 258 kB": "\ta: 1\n".repeat(43_000),
  "a hundred thousand lines that start with a tab": "\ta: 1\n".repeat(100_000),
  "a million commas": `x: [${",".repeat(1e6)}]`,
  "sixty brackets on each of 7,500 lines": `- ${"[".repeat(60)}${"]".repeat(60)}\n`.repeat(7500),
  "240,000 documents": "---\n".repeat(240_000),
  "half a million directives": "%\n".repeat(500_000),
};

/** Fan-out within the limits, or just beyond: small inputs with very large answers. */
export const wide: { readonly [what: string]: string } = {
  "3,000 machines in 1,500 instances": everywhere(3000, 1500),
  "1,000 machines in 500 instances": everywhere(1000, 500),
  "a role's settings merged for a thousand machines": withSettings(
    {},
    {
      machines: Object.fromEntries(
        numbered("m", 990).map((name, index) => [name, { settings: { z: index } }]),
      ),
      settings: inMap(numbered("key", 5000), 1),
    },
  ).replace('["m"]', () => JSON.stringify(numbered("m", 990))),
  "a shared map of a thousand keys in each of 1,900 machines": `x-a: &a {${numbered("k", 1000)
    .map((key) => `${key}: 1`)
    .join(
      ", ",
    )}}\nmachines: [${numbered("m", 1900).join(", ")}]\ninstances: {i: {module: {input: x}, roles: {r: {settings: {z: 1}, machines: {${numbered(
    "m",
    1900,
  )
    .map((name) => `${name}: {settings: *a}`)
    .join(", ")}}}}}}\n`,
  "1,700 selectors, each with the machines of the one before": JSON.stringify({
    machines: Object.fromEntries(
      numbered("m", 1700).map((name, index) => [name, { tags: [`t${index}`] }]),
    ),
    tags: Object.fromEntries(
      numbered("s", 1700).map((name, index) => [
        name,
        { anyOf: [index === 0 ? "t0" : `s${index - 1}`, `t${index}`] },
      ]),
    ),
  }),
  "twenty thousand tags that nothing uses, and as many that are used": tagged(
    numbered("a-tag-", 20_000),
    numbered("my-tag-", 20_000),
  ),
  "thirty thousand tags, and as many of a role with a star": tagged(
    numbered("a", 30_000),
    numbered("*-*-", 30_000),
  ),
  "two thousand times one map of texts": `machines: [m]\nx-a: &a {${numbered("k", 2400)
    .map((key) => `${key}: x`)
    .join(
      ", ",
    )}}\ninstances: {i: {module: {input: x}, roles: {r: {machines: {m: {settings: {s: {_type: merge, contents: [${"*a, ".repeat(2000)}]}}}}}}}}\n`,
};

/** Machines with very many tags, and a role for other ones. */
function tagged(tags: readonly string[], ofRole: readonly string[]): string {
  return JSON.stringify({
    machines: { m: { tags: [...tags, ...ofRole.filter((tag) => !tag.includes("*"))] } },
    instances: {
      i: { module: { name: "x", input: "self" }, roles: { r: { tags: inMap(ofRole, {}) } } },
    },
  });
}

function everywhere(machines: number, instances: number): string {
  return JSON.stringify({
    machines: numbered("m", machines),
    instances: Object.fromEntries(
      numbered("i", instances).map((name, index) => [
        name,
        {
          module: { name: "x", input: "self" },
          roles: { r: { tags: ["all"], settings: { index } } },
        },
      ]),
    ),
  });
}

/** Texts that would take very much work. */
export const heavy: { readonly [what: string]: string } = {
  "an alias bomb": Array.from(
    { length: 60 },
    (_, level) =>
      `x-${level}: &a${level} [${level === 0 ? "1" : `*a${level - 1}, *a${level - 1}`}]\n`,
  ).join(""),
  "a hundred thousand uses of a value": ofValues({ v: 1 }, uses(times("v", 100_000))),
  "a long text as a value, fifty thousand times": ofValues(
    { v: "x".repeat(400_000) },
    uses(times("v", 50_000)),
  ),
  "a long list as a value, fifty thousand times": ofValues(
    { v: times("x", 100_000) },
    uses(times("v", 50_000)),
  ),
  "a list of fifty thousand lists that are values": ofValues({ v: times("x", 100_000) }, [
    { $concat: uses(times("v", 50_000)) },
  ]),
  "twenty thousand copies of a long list that nothing uses": ofValues(
    {
      v: times("x", 100_000),
      ...inMap(numbered("copy", 20_000), { $concat: uses(["v"]) }),
    },
    [],
  ),
  "a value bomb": ofValues(
    doublingValues(60, (pair) => pair),
    uses(["v60"]),
  ),
  "a value bomb of lists that are joined": ofValues(
    doublingValues(60, ($concat) => ({ $concat })),
    uses(["v60"]),
  ),
  "thirty thousand values, each by the one before": ofValues(
    Object.fromEntries([
      ["v0", 1],
      ...numbered("v", 30_000).map(($value, index) => [`v${index + 1}`, { $value }]),
    ]),
    uses(["v30000"]),
  ),
  "a hundred thousand references in a text": withSettings({
    text: { $interpolate: "${self.a}".repeat(100_000) },
  }),
  "sixty thousand folders of modules": withSettings(
    {},
    { extraModules: numbered("./m", 60_000).map(($modulesIn) => ({ $modulesIn })) },
  ),
  "a million brackets": "[".repeat(1e6),
  "a hundred thousand interpolations that are never closed": withSettings({
    text: "${self.a ".repeat(100_000),
  }),
  "a path with a brace and a million commas": withSettings({
    path: { $path: `./{${",".repeat(1e6)}` },
  }),
  "a bracket too much, and a million spaces before a word": `x: ]${" ".repeat(1e6)}a`,
  "an open bracket, and a million spaces between two words": `x: [a${" ".repeat(1e6)}a\n`,
  "brackets of two kinds around a million spaces": `x: [a:${" ".repeat(1e6)}, }\n`,
  "a mistake in a line of half a million comments": `x: ] ${"# ".repeat(500_000)}\u2028`,
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
  "ten thousand lines of forty brackets": `machines: [m]\nx-a:\n${`- ${"[".repeat(40)}1${"]".repeat(40)}\n`.repeat(10_000)}`,
  "three hundred thousand aliases": `machines: [m]\nx-a: &a 1\nx-b: [${"*a,".repeat(300_000)}]\n`,
  "colons and comments in a line without an end": ": #".repeat(330_000),
  "fifteen thousand paths as texts, in one line": JSON.stringify({
    machines: ["m"],
    instances: inMap(numbered("i", 5_000), {
      module: { name: "x", input: "self" },
      roles: { r: { machines: ["m"], settings: { extraModules: ["./a", "./b"], q: "./c" } } },
    }),
  }),
  "twenty thousand lists of ambiguous words": `machines: [m]\ninstances: {i: {module: {input: x}, roles: {r: {machines: [m], settings: {l: [${"[yes, 012, 1_000, 12:30, ~, on], ".repeat(20_000)}]}}}}}\n`,
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
