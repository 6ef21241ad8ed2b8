/** Inventories in the input's shape, for properties and fuzzing. */

import { type Data, isDataMap } from "../src/model/data.js";
import { setEntry } from "../src/model/value.js";
import { name as anyName, text } from "./arbitrary-nix.js";
import fc from "./fast-check.js";

type DataMap = { [key: string]: Data };

const machines = ["a", "b", "web-1", "web-2", "__proto__", "constructor", "10", "9"];
const tags = ["t", "u", "eu-west", "toString", "__proto__", "7"];
const settingNames = fc
  .oneof(fc.constantFrom("enable", "port", "a", "b", "__proto__", "key", "_file", "80"), anyName)
  .filter(isSettingName);

function isSettingName(name: string): boolean {
  return (
    !name.startsWith("$") &&
    !["__functor", "__toString", "_type", "config", "imports", "options", "_module"].includes(
      name,
    ) &&
    isHeld(name)
  );
}

/** Nix strings hold neither NUL nor lone surrogates. */
function isHeld(string: string): boolean {
  return !/[\0\ud800-\udfff]/u.test(string);
}

const scalar: fc.Arbitrary<Data> = fc.oneof(
  fc.constantFrom<Data>(null, true, false, 0, 1, -1, 0.5, 2 ** 40, "a", "", "yes", "0644", "1e3"),
  fc.integer(),
  text.filter(isHeld),
);

const path = fc.constantFrom("./a", "../b/c.nix", "keys/a b.pub", ".");

/** Values of settings; `properties` are those of the module system. */
function valueWith(properties: boolean): fc.Arbitrary<Data> {
  return fc.letrec<{ value: Data; plain: Data; ordered: Data; entry: Data }>((tie) => ({
    plain: fc.oneof(
      { depthSize: "small" },
      scalar,
      fc.array(scalar, { maxLength: 3 }),
      mapOf(settingNames, tie("value")),
    ),
    ordered: fc.oneof(
      { weight: 3, arbitrary: tie("plain") },
      fc
        .tuple(fc.constantFrom("$mkBefore", "$mkAfter"), fc.array(scalar, { maxLength: 2 }))
        .map(([form, list]) => ({ [form]: list })),
    ),
    entry: fc.oneof(
      { weight: 4, arbitrary: tie("ordered") },
      fc
        .tuple(fc.constantFrom("$mkForce", "$mkDefault"), tie("ordered"))
        .map(([form, value]) => ({ [form]: value })),
      fc
        .tuple(fc.boolean(), tie("ordered"))
        .map(([condition, content]) => ({ _type: "if", condition, content })),
    ),
    value: properties ? tie("entry") : tie("plain"),
  })).value;
}

function mapOf(names: fc.Arbitrary<string>, values: fc.Arbitrary<Data>): fc.Arbitrary<DataMap> {
  return fc
    .uniqueArray(fc.tuple(names, values), { maxLength: 3, selector: ([name]) => name })
    .map(fromEntries);
}

/** All inventories are valid, but settings may conflict. `forms`: whether special forms occur. */
export function inventory({ forms }: { readonly forms: boolean }): fc.Arbitrary<DataMap> {
  const value = forms
    ? fc.oneof(
        { weight: 5, arbitrary: valueWith(true) },
        path.map((path) => ({ $path: path })),
      )
    : valueWith(false);
  const settings = mapOf(settingNames, value);
  const assignment = fc.oneof(
    fc.constant(null),
    settings.map((settings) => ({ settings })),
  );
  const names = (from: readonly string[]) =>
    fc.uniqueArray(fc.constantFrom(...from), { maxLength: 4 });
  const named = (from: readonly string[], values: fc.Arbitrary<Data>) =>
    mapOf(fc.constantFrom(...from), values);
  const machine = fc.record(
    { tags: names(tags), description: text.filter(isHeld), installedAt: fc.maxSafeNat() },
    { requiredKeys: [] },
  );
  const role = fc.record(
    {
      machines: fc.oneof(names(machines), named(machines, assignment)),
      tags: fc.oneof(names([...tags, "all"]), named(tags, assignment)),
      settings,
      ...(forms && { extraModules: fc.array(path, { maxLength: 2 }) }),
    },
    { requiredKeys: [] },
  );
  const selector = fc.record(
    { anyOf: names(tags.slice(0, 2)), machines: names(machines), except: names(machines) },
    { requiredKeys: ["machines"] },
  );
  return fc
    .record({
      tags: named(tags.slice(3), fc.oneof(names(machines), selector)),
      machines: fc
        .tuple(...machines.map(() => fc.option(machine, { freq: 4 })))
        .map((all) => fromEntries(machines.map((name, index) => [name, all[index] as Data]))),
      instances: mapOf(
        fc.constantFrom("i", "j", "__proto__", "x y"),
        fc.record(
          { roles: mapOf(fc.constantFrom("r", "s", "constructor"), role) },
          { requiredKeys: [] },
        ),
      ),
      meta: fc.record(
        { name: fc.constant("clan"), description: text.filter(isHeld) },
        { requiredKeys: [] },
      ),
    })
    .map((inventory) => inventory as DataMap);
}

/** The same data, keys of maps in another order. */
export function reversed(data: Data): Data {
  if (Array.isArray(data)) {
    return data.map(reversed);
  }
  if (!isDataMap(data)) {
    return data;
  }
  return fromEntries(
    Object.keys(data)
      .reverse()
      .map((key) => [key, reversed(data[key]!)]),
  );
}

/** A text that was cut, doubled, or had characters replaced. */
export function mutated(texts: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const place = fc.double({ min: 0, max: 1, noNaN: true });
  const piece = fc.constantFrom(
    "",
    ":",
    " ",
    "\n",
    "\t",
    "-",
    "{",
    "}",
    "[",
    "]",
    "&a",
    "*a",
    "<<: ",
    "!mkForce ",
    "!x ",
    '"',
    "'",
    "#",
    "|",
    "%",
    "\\u0000",
    "\ud800",
    "\0",
    "😀",
    "\r",
    "---\n",
    ",",
    "~",
    "9".repeat(30),
  );
  return fc
    .tuple(texts, fc.array(fc.tuple(place, place, piece), { minLength: 1, maxLength: 3 }))
    .map(([text, edits]) =>
      edits.reduce((text, [from, span, piece]) => {
        const start = Math.floor(from * text.length);
        const end = start + Math.floor(span ** 4 * (text.length - start));
        return span > 0.95
          ? text + text.slice(start)
          : text.slice(0, start) + piece + text.slice(end);
      }, text),
    );
}

function fromEntries(entries: readonly (readonly [string, Data])[]): DataMap {
  const map: DataMap = {};
  for (const [key, value] of entries) {
    setEntry(map, key, value);
  }
  return map;
}
