/**
 * Properties of the whole compiler, over a corpus of texts that once caused trouble, over variations
 * of them, and over random inventories.
 */

import { readFileSync } from "node:fs";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { compile, diff, isEmptyDifference, plan, type Source } from "../src/index.js";
import type { Data, DataMap } from "../src/model/data.js";
import { Float } from "../src/model/value.js";
import { writeJson } from "../src/text/json-writer.js";
import { writeYaml } from "../src/text/yaml-writer.js";
import { inventory, mutated, reversed } from "./arbitrary-inventories.js";
import fc from "./fast-check.js";
import { type Fleet, readFleets } from "./fleets.js";
import { checkText } from "./fuzz.js";
import { evaluate, withNix } from "./nix.js";

/** Texts that once made the compiler fail come first. */
const corpus = JSON.parse(
  readFileSync(new URL("data/corpus.json", import.meta.url), "utf8"),
) as readonly string[];
const formats = ["yaml", "json", undefined] as const;
const options = { services: null };

test("the corpus exists", () => {
  assert.ok(corpus.length > 100);
});

for (const format of formats) {
  test(`every text of the corpus, read as ${format ?? "either"}, compiles or has located errors`, () => {
    for (const text of corpus) {
      checkText({ name: "inventory", text, format });
    }
  });

  property(
    `so do texts near it, read as ${format ?? "either"}`,
    mutated(fc.constantFrom(...corpus)),
    300,
    (text) => {
      checkText({ name: "inventory", text, format });
    },
  );
}

const shapes = readFleets("real.json").map(({ inventory }) => inventory);
const misfits: readonly Data[] = [
  null,
  true,
  5,
  1.5,
  2n ** 60n,
  new Float(1),
  "x",
  [],
  [5],
  {},
  { $mkForce: "x" },
  { $path: 1 },
  { a: null },
];

property(
  "every value may be replaced by any other",
  fc.tuple(fc.nat(shapes.length - 1), fc.nat(), fc.nat(misfits.length - 1)),
  400,
  ([shape, choice, misfit]) => {
    const paths = pathsIn(shapes[shape]!).filter((path) => !path.includes("settings"));
    const data = replaced(shapes[shape]!, paths[choice % paths.length]!, misfits[misfit]!);
    const { text: nix, diagnostics } = compile({ name: "inventory.json", text: writeJson(data) });
    assert.is(
      nix === undefined,
      diagnostics.some(({ severity }) => severity === "error"),
    );
  },
);

property(
  "a difference is empty exactly if the plans are equal",
  fc.tuple(inventory({ forms: true }), inventory({ forms: true })),
  300,
  ([a, b]) => {
    const plans = [a, { ...a, ...b }, reversed(a)].map(
      (data) => plan({ name: "inventory.json", text: writeJson(data) }, options).plan,
    );
    const [first] = plans;
    if (first === undefined) {
      return;
    }
    for (const other of plans) {
      if (other !== undefined) {
        assert.is(isEmptyDifference(diff(first, other)), canonical(first) === canonical(other));
      }
    }
  },
);

/** Those whose settings are data: the records do not say what paths and references evaluate to. */
const fleets = ["conformance.json", "real.json"]
  .flatMap(readFleets)
  .filter(({ settings }) => !JSON.stringify(settings).includes("@special"));

property(
  "what Clan made of a fleet comes out however it is written",
  fc.tuple(fc.constantFrom(...fleets), fc.boolean(), fc.boolean(), fc.nat()),
  200,
  ([fleet, asYaml, isReversed, seed]) => {
    const write = asYaml ? writeYaml : writeJson;
    const parts = split(isReversed ? reversed(fleet.inventory) : fleet.inventory, seed);
    const sources = parts.map((data, index) => ({
      name: `${index}.${asYaml ? "yaml" : "json"}`,
      text: write(data),
    }));
    assert.is(canonical(settingsOf(sources, fleet)), canonical(fleet.settings), fleet.name);
  },
);

withNix(test)("Nix reads what is printed as the same data", () => {
  const inventories = fc.sample(inventory({ forms: false }), { numRuns: 300 });
  const compiled = inventories.map((data) => {
    const source = { name: "inventory.json", text: writeJson(data) };
    return {
      nix: compile(source, options).text,
      json: compile(source, { ...options, to: "json" }).text,
    };
  });
  const pairs = compiled.filter(({ nix }) => nix !== undefined);
  assert.ok(pairs.length > 100);
  const same = evaluate(
    `[ ${pairs.map(({ nix, json }) => `((${nix}) == builtins.fromJSON ${nixString(json!)})`).join("\n")} ]`,
  ) as boolean[];
  assert.equal(
    same.flatMap((isSame, index) => (isSame ? [] : [pairs[index]!.json])),
    [],
  );
});

function pathsIn(data: Data): readonly (readonly string[])[] {
  const inner =
    typeof data === "object" && data !== null
      ? Object.entries(data).flatMap(([key, value]) =>
          pathsIn(value as Data).map((path) => [key, ...path]),
        )
      : [];
  return [[], ...inner];
}

function replaced(data: Data, [key, ...rest]: readonly string[], by: Data): Data {
  if (key === undefined) {
    return by;
  }
  const copy = Array.isArray(data) ? [...(data as readonly Data[])] : { ...(data as DataMap) };
  return Object.assign(copy, { [key]: replaced((data as DataMap)[key]!, rest, by) }) as Data;
}

/** An inventory in one to three parts, cut between its instances. */
function split(data: Data, seed: number): readonly Data[] {
  const { instances, ...others } = data as DataMap;
  const parts: DataMap[] = Array.from({ length: (seed % 3) + 1 }, () => ({}));
  Object.entries((instances ?? {}) as DataMap).forEach(
    ([name, instance], index) =>
      (parts[(index * (seed % 5)) % parts.length] = {
        ...parts[(index * (seed % 5)) % parts.length],
        [name]: instance,
      }),
  );
  return parts.map((instances, index) => (index === 0 ? { ...others, instances } : { instances }));
}

/** Instance -> role -> machine -> its settings, where Nix has nothing left to decide. */
function settingsOf(sources: readonly Source[], fleet: Fleet): DataMap {
  const { machines } = plan(sources, { ...options, knownMachines: fleet.knownMachines }).plan!;
  return mapMap(fleet.settings, (roles, instance) =>
    mapMap(roles, (members, role) =>
      mapMap(members, (recorded, machine) => {
        const { settings, undecided } = machines[machine]!.instances[instance]!.roles[role]!;
        return undecided === undefined ? settings : recorded;
      }),
    ),
  );
}

function mapMap(map: Data, transform: (value: Data, key: string) => Data): DataMap {
  return Object.fromEntries(
    Object.entries(map as DataMap).map(([key, value]) => [key, transform(value, key)]),
  );
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === "object" && part !== null && !Array.isArray(part)
      ? Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1))
      : typeof part === "bigint"
        ? `${part}n`
        : part,
  );
}

function nixString(text: string): string {
  return `"${text.replace(/["\\]|\$\{/g, "\\$&")}"`;
}

function property<T>(
  name: string,
  values: fc.Arbitrary<T>,
  numRuns: number,
  check: (value: T) => void,
): void {
  test(name, () =>
    fc.assert(
      fc.property(values, (value) => check(value)),
      { numRuns },
    ),
  );
}

test.run();
