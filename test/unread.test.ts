/** What cannot be read neither hides nor causes other findings in its text. */
import { test } from "uvu";
import * as assert from "uvu/assert";
import { check } from "../src/compile.js";
import { type Data, isDataMap } from "../src/model/data.js";
import type { Path } from "../src/model/origin.js";
import type { SourceFormat } from "../src/model/source.js";
import { writeJson } from "../src/text/json-writer.js";
import { type Fleet, readFleets } from "./fleets.js";

/**
 * A way to break a value, or a member of a map; `key` and `value` are as written in the text.
 */
interface Break {
  readonly format: SourceFormat;
  readonly code: string;
  readonly value?: (value: string) => string;
  readonly member?: (key: string, value: string) => string;
}

const breaks: { readonly [what: string]: Break } = {
  "an unknown tag": { format: "yaml", code: "unknown-form", value: (value) => `!bogus ${value}` },
  "a tag for another type": { format: "yaml", code: "tag-mismatch", value: () => "!!int none" },
  "an unknown alias": { format: "yaml", code: "unknown-anchor", value: () => "*nowhere" },
  "an infinite number": { format: "yaml", code: "invalid-number", value: () => ".inf" },
  "a key twice": {
    format: "yaml",
    code: "duplicate-key",
    member: (key, value) => `${key}: ${value}, ${key}: ${value}`,
  },
  "a map as a key": {
    format: "yaml",
    code: "invalid-key",
    member: (_, value) => `? {} : ${value}`,
  },
  "a merge of no map": { format: "yaml", code: "invalid-merge", member: () => "<<: 1" },
  "a key twice, first without its value": {
    format: "json",
    code: "duplicate-key",
    member: (key, value) => `${key}: null, ${key}: ${value}`,
  },
  "a bare word": { format: "json", code: "json-syntax", value: () => "none" },
  "a number beyond 64 bits": {
    format: "json",
    code: "invalid-number",
    value: () => "9223372036854775808",
  },
  "half of a character": { format: "json", code: "invalid-string", value: () => '"\\ud800"' },
  "no value": { format: "json", code: "missing-value", member: (key) => `${key}: ` },
  "a comment": { format: "json", code: "json5-syntax", value: (value) => `/**/ ${value}` },
};

/**
 * The text of data with the value at `path` broken; `undefined` if a member of a map is needed and
 * it is not one.
 */
function broken(
  data: Data,
  path: Path,
  { value: breakValue, member: breakMember }: Break,
): string | undefined {
  const mark = "@@";
  let value = "";
  const marked = (at: Data, [key, ...rest]: Path): Data => {
    if (key === undefined) {
      value = writeJson(at).trimEnd();
      return mark;
    }
    if (Array.isArray(at)) {
      return at.map((item: Data, index) => (index === key ? marked(item, rest) : item));
    }
    return Object.fromEntries(
      Object.entries(at as object).map(([name, part]: [string, Data]) => [
        name,
        name === key ? marked(part, rest) : part,
      ]),
    );
  };
  const text = writeJson(marked(data, path));
  if (breakValue !== undefined) {
    return text.replace(`"${mark}"`, () => breakValue(value));
  }
  return typeof path.at(-1) === "number"
    ? undefined
    : text.replace(/("(?:[^"\\]|\\.)*"): "@@"/, (_, key: string) => breakMember!(key, value));
}

function* pathsIn(data: Data, path: Path = []): Iterable<Path> {
  if (path.length > 0) {
    yield path;
  }
  const parts: readonly (readonly [string | number, Data])[] = Array.isArray(data)
    ? [...data.entries()]
    : isDataMap(data)
      ? Object.entries(data)
      : [];
  for (const [key, part] of parts) {
    yield* pathsIn(part, [...path, key]);
  }
}

function findings({ knownMachines }: Fleet, text: string, format: SourceFormat): readonly string[] {
  return check({ name: "inventory", text, format }, { knownMachines }).diagnostics.map(
    ({ code, message }) => `${code}: ${message}`,
  );
}

const fleets = [...readFleets("real.json"), ...readFleets("conformance.json").slice(0, 20)];

const spots = fleets.flatMap((fleet) =>
  [...pathsIn(fleet.inventory)].map((path) => ({ fleet, path })),
);
/** Each way to break a value tries every nth path, each with another start. */
const stride = 211;

for (const [offset, [what, how]] of Object.entries(breaks).entries()) {
  test(`${what} is one mistake, wherever it is`, () => {
    const tried = spots.filter((_, index) => index % stride === offset);
    assert.ok(tried.length > 20);
    for (const { fleet, path } of tried) {
      const text = broken(fleet.inventory, path, how);
      if (text === undefined) {
        continue;
      }
      const before = findings(fleet, writeJson(fleet.inventory), "json");
      const added = findings(fleet, text, how.format).filter(
        (finding) => !before.includes(finding),
      );
      assert.ok(
        added.length === 1 && added[0]!.startsWith(`${how.code}: `),
        `${fleet.name}: ${path.join(".")}\n${added.join("\n")}\n${text}`,
      );
    }
  });
}

for (const [what, text] of Object.entries({
  "in an anchored value": "x-a: &a [!bogus 1]\nmachine:\n",
  "in a merge": "machines: { m: { <<: { tags: !bogus [] } } }\nmachine:\n",
  "at a key": "machines: { !bogus m: }\nmachine:\n",
})) {
  test(`an unknown tag ${what} may mean anything, so nothing more is reported`, () => {
    assert.equal(
      check({ name: "inventory.yaml", text }).diagnostics.map(({ code }) => code),
      ["unknown-form"],
    );
  });
}

/** Texts whose other parts would seem wrong because of what was not read. */
const consequences: {
  readonly [what: string]: readonly [
    format: SourceFormat,
    text: string,
    ...codes: readonly string[],
  ];
} = {
  "a selector whose only key is not a valid key": [
    "yaml",
    "tags: { t: { ? {} : 1 } }",
    "invalid-key",
  ],
  "keys with half a character, which are not duplicates": [
    "json",
    '{"machines": {"\\ud800": {}, "\\ud800": {}}}',
    "invalid-string",
    "invalid-string",
  ],
  "a name with an invalid escape, which is not a valid host name": [
    "json",
    '{"machines": {"a\\q_": {}}}',
    "invalid-escape",
  ],
  "a word with a wrong escape, which is not allowed": [
    "json",
    '{"machines": {"a": {"machineClass": "nix\\qos"}}}',
    "invalid-escape",
  ],
  "a machine with an invalid escape, which does not exist": [
    "json",
    '{"machines": ["m"], "instances": {"users": {"roles": {"default": {"machines": ["m\\q"]}}}}}',
    "invalid-escape",
  ],
  "one bracket too many before the machines": [
    "json",
    '{"instances": {"users": {"roles": {"default": {"machines": ["m"]}}}}}, "machines": ["m"]}',
    "unexpected-text",
  ],
};

for (const [what, [format, text, ...codes]] of Object.entries(consequences)) {
  test(`${what}: only what cannot be read is reported`, () => {
    assert.equal(
      check({ name: "inventory", text, format }).diagnostics.map(({ code }) => code),
      codes,
    );
  });
}

test.run();
