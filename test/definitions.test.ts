/** The rows are those of nixpkgs' module system, as clan-core d7c35d9 runs it. */

import { test } from "uvu";
import * as assert from "uvu/assert";
import { fingerprint } from "../src/model/fingerprint.js";
import type { Layer } from "../src/model/inventory.js";
import { completeOptions } from "../src/model/options.js";
import { Origin } from "../src/model/origin.js";
import { ownForm, toData } from "../src/model/value-to-data.js";
import { mergeLayers } from "../src/module-system/merge-definitions.js";
import { writeJson } from "../src/text/json-writer.js";
import { parse } from "../src/text/parse.js";
import { numbered, readRole } from "./passes.js";

interface Row {
  readonly x?: string;
  readonly machine?: string;
  readonly role?: string;
  readonly gives: string;
}

const rows: { readonly [behaviour: string]: Row } = {
  "lists concatenate in order of definition": {
    x: "s: [x]",
    machine: "s: [machine]",
    role: "s: [role]",
    gives: '{"s": ["x","machine","role"]}',
  },
  "a stronger map and a weaker one are left to Nix": {
    machine: "net: !mkForce {b: 2}",
    role: "net: {a: 1}",
    gives: '{"net": {"_type": "merge","contents": [{"$mkForce": {"b": 2}},{"a": 1}]}}',
  },
  "a weaker map and a plain one are left to Nix": {
    machine: "net: {b: 2}",
    role: "net: !mkDefault {a: 1, b: 1}",
    gives: '{"net": {"_type": "merge","contents": [{"b": 2},{"$mkDefault": {"a": 1,"b": 1}}]}}',
  },
  "an empty stronger map is left to Nix as well": {
    machine: "net: {a: 2}",
    role: "net: !mkForce {}",
    gives: '{"net": {"_type": "merge","contents": [{"a": 2},{"$mkForce": {}}]}}',
  },
  "maps of one priority unite and keep it": {
    machine: "net: !mkForce {a: 2}",
    role: "net: !mkForce {b: 1}",
    gives: '{"net": {"$mkForce": {"a": 2,"b": 1}}}',
  },
  "a priority inside a map stays inside": {
    role: "net: !mkForce {b: !mkDefault 1}",
    gives: '{"net": {"$mkForce": {"b": {"$mkDefault": 1}}}}',
  },
  "inside maps of one priority the stronger value wins": {
    machine: "net: !mkForce {b: !mkDefault 2}",
    role: "net: !mkForce {b: 1}",
    gives: '{"net": {"$mkForce": {"b": 1}}}',
  },
  "inside maps of one priority an override wins": {
    machine: "net: !mkForce {b: !mkOverride [10, 2]}",
    role: "net: !mkForce {b: 1}",
    gives: '{"net": {"$mkForce": {"b": {"$mkOverride": [10,2]}}}}',
  },
  "maps of three priorities stay in order of definition": {
    x: "net: !mkForce {c: 3}",
    machine: "net: {b: 2}",
    role: "net: !mkDefault {a: 1}",
    gives:
      '{"net": {"_type": "merge","contents": [{"$mkForce": {"c": 3}},{"b": 2},{"$mkDefault": {"a": 1}}]}}',
  },
  "a stronger scalar beats a map": {
    machine: "s: {a: 1}",
    role: "s: !mkForce 1",
    gives: '{"s": {"$mkForce": 1}}',
  },
  "a stronger null beats a map": {
    machine: "net: {b: 2}",
    role: "net: !mkForce null",
    gives: '{"net": {"$mkForce": null}}',
  },
  "a stronger map beats a scalar": {
    machine: "s: !mkForce {a: 1}",
    role: "s: 1",
    gives: '{"s": {"$mkForce": {"a": 1}}}',
  },
  "maps of equal priority are not united across a weaker one": {
    x: "net: !mkDefault {l: [2]}",
    machine: "net: {l: !mkDefault [3]}",
    role: "net: {l: [4]}",
    gives:
      '{"net": {"_type": "merge","contents": [{"$mkDefault": {"l": [2]}},{"l": {"$mkDefault": [3]}},{"l": [4]}]}}',
  },
  "an order on one of several maps is left to Nix": {
    machine: "net: {b: 2}",
    role: "net: !mkBefore {a: 1}",
    gives: '{"net": {"_type": "merge","contents": [{"b": 2},{"$mkBefore": {"a": 1}}]}}',
  },
  "an order that all maps share is kept": {
    machine: "net: !mkBefore {b: 2}",
    role: "net: !mkBefore {a: 1}",
    gives: '{"net": {"$mkBefore": {"a": 1,"b": 2}}}',
  },
  "lists in maps of different order stay separate": {
    machine: "net: {l: [machine]}",
    role: "net: !mkBefore {l: [role]}",
    gives:
      '{"net": {"_type": "merge","contents": [{"l": ["machine"]},{"$mkBefore": {"l": ["role"]}}]}}',
  },
  "orders inside maps of different order stay": {
    machine: "net: {l: !mkBefore [machine]}",
    role: "net: !mkBefore {l: [role]}",
    gives:
      '{"net": {"_type": "merge","contents": [{"l": {"$mkBefore": ["machine"]}},{"$mkBefore": {"l": ["role"]}}]}}',
  },
  "strings that differ are left to Nix where one has an order": {
    machine: "s: machine",
    role: "s: !mkBefore role",
    gives: '{"s": {"_type": "merge","contents": ["machine",{"$mkBefore": "role"}]}}',
  },
  "equal strings stay separate, for options that join them": {
    machine: "s: a",
    role: "s: a",
    gives: '{"s": {"_type": "merge","contents": ["a","a"]}}',
  },
  "equal strings with an order stay separate": {
    machine: "s: v",
    role: "s: !mkBefore v",
    gives: '{"s": {"_type": "merge","contents": ["v",{"$mkBefore": "v"}]}}',
  },
  "priority goes around order": {
    role: 's: !mkForce {"$mkBefore": [x]}',
    gives: '{"s": {"$mkForce": {"$mkBefore": ["x"]}}}',
  },
  "forms inside a map with a priority stay as written": {
    role: "net: !mkForce {a: !mkBefore [1]}",
    gives: '{"net": {"$mkForce": {"a": {"$mkBefore": [1]}}}}',
  },
  "a false if defines nothing": {
    machine: "{s: {_type: if, condition: false, content: 1}, t: 1}",
    role: "t: 1",
    gives: '{"t": 1}',
  },
  "a false if leaves what others define": {
    machine: "s: {_type: if, condition: false, content: 1}",
    role: "s: 2",
    gives: '{"s": 2}',
  },
  "a true if is what it holds": {
    role: "s: {_type: if, condition: true, content: 1}",
    gives: '{"s": 1}',
  },
  "an empty merge defines nothing": {
    role: "{s: {_type: merge, contents: []}, t: 1}",
    gives: '{"t": 1}',
  },
  "elements of lists stay as written": {
    role: "s: [{_type: if, condition: false, content: 1}, 2, !mkForce 3]",
    gives: '{"s": [{"_type": "if","condition": false,"content": 1},2,{"$mkForce": 3}]}',
  },
  "parts of a merge are definitions in its place": {
    machine: "s: {_type: merge, contents: [[a], [b], !mkBefore [c]]}",
    role: "s: [m]",
    gives: '{"s": {"_type": "merge","contents": [{"$mkBefore": ["c"]},["a","b","m"]]}}',
  },
  "lists of different order stay separate, for the service's own": {
    machine: "s: !mkAfter [x]",
    role: "s: [r]",
    gives: '{"s": {"_type": "merge","contents": [["r"],{"$mkAfter": ["x"]}]}}',
  },
  "runs of equal order become one list": {
    x: "s: !mkAfter [x]",
    machine: "s: [m]",
    role: "s: [r]",
    gives: '{"s": {"_type": "merge","contents": [["m","r"],{"$mkAfter": ["x"]}]}}',
  },
  "the order that all lists share is kept": {
    machine: "s: !mkAfter [x]",
    role: "s: !mkAfter [r]",
    gives: '{"s": {"$mkAfter": ["x","r"]}}',
  },
  "the surviving priority is kept": {
    machine: "s: !mkOverride [1100, 1]",
    role: "s: !mkOverride [1500, 2]",
    gives: '{"s": {"$mkOverride": [1100,1]}}',
  },
  "priority 100 is the same as none": { role: "s: !mkOverride [100, 1]", gives: '{"s": 1}' },
  "order 1000 is the same as none": { role: "s: !mkOrder [1000, [1]]", gives: '{"s": [1]}' },
  "int and float differ": { machine: "s: 1", role: "s: 1.0", gives: "s: 1 / float 1" },
  "float and float agree": { machine: "s: 1.0", role: "s: 1.0", gives: '{"s": 1.0}' },
  "0.0 and -0.0 agree": { machine: "s: 0.0", role: "s: -0.0", gives: '{"s": 0.0}' },
  "map and list differ": { machine: "s: {}", role: "s: []", gives: "s: {} / []" },
  "map and null differ": { machine: "s: {}", role: "s: null", gives: "s: {} / null" },
  "null and a scalar differ": { machine: "s: null", role: "s: 1", gives: "s: null / 1" },
  "true and false differ": { machine: "s: true", role: "s: false", gives: "s: true / false" },
  "null and null agree": { machine: "s: null", role: "s: null", gives: '{"s": null}' },
  "strings differ": { machine: "s: a", role: "s: b", gives: 's: texts "a" / "b"' },
  "a string and a number differ": { machine: "s: '1'", role: "s: 1", gives: 's: "1" / 1' },
  "all that differ are named": { x: "s: 1", machine: "s: 2", role: "s: 3", gives: "s: 1 / 2 / 3" },
  "only those of the lowest priority can differ": {
    x: "s: !mkForce 1",
    machine: "s: !mkForce 2",
    role: "s: 3",
    gives: "s: 1 / 2",
  },
  "differing inside of stronger maps is found": {
    x: "net: !mkForce {a: 1}",
    machine: "net: !mkForce {a: 2}",
    role: "net: {a: 3}",
    gives: "net.a: 1 / 2",
  },
  "differing inside of weaker maps is for Nix to find": {
    x: "net: {a: 1}",
    machine: "net: {a: 2}",
    role: "net: !mkForce {b: 3}",
    gives: '{"net": {"_type": "merge","contents": [{"a": 1},{"a": 2},{"$mkForce": {"b": 3}}]}}',
  },
  "differing inside of maps of different order is found once": {
    machine: "net: {a: 1}",
    role: "net: !mkBefore {a: 2}",
    gives: "net.a: 2 / 1",
  },
  "a conflict inside a separate part is found once": {
    machine: "net: {b: 1}",
    role: "net: !mkBefore {a: {_type: merge, contents: [1, 2]}}",
    gives: "net.a: 1 / 2",
  },
  "differing inside of one layer's merge is found": {
    role: "net: {a: {_type: merge, contents: [1, 2]}}",
    gives: "net.a: 1 / 2",
  },
  "priorities may be negative or zero": {
    x: "s: !mkOverride [0, 1]",
    machine: "s: !mkOverride [-1, 2]",
    role: "s: 3",
    gives: '{"s": {"$mkOverride": [-1,2]}}',
  },
  "another _type is data": { role: "s: {_type: foo}", gives: '{"s": {"_type": "foo"}}' },
  "equal paths agree": {
    machine: "s: !path ./a",
    role: "s: !path ./b/../a",
    gives: '{"s": {"$path": "./a"}}',
  },
  "different paths differ": {
    machine: "s: !path ./a",
    role: "s: !path ./b",
    gives: 's: path false "/a" / path false "/b"',
  },
  "references are left to Nix": {
    machine: "s: !ref inputs.a",
    role: "s: 1",
    gives: '{"s": {"_type": "merge","contents": [{"$ref": "inputs.a"},1]}}',
  },
  "file contents are text": {
    machine: "s: !fileContents ./a",
    role: "s: !fileContents ./b",
    gives: 's: texts fileContents path false "/a" / fileContents path false "/b"',
  },
  "maps in which lists meet are left to Nix, which may reverse them": {
    machine: "net: {l: [a]}",
    role: "net: {l: [b]}",
    gives: '{"net": {"_type": "merge","contents": [{"l": ["a"]},{"l": ["b"]}]}}',
  },
  "so are maps in which strings meet, equal or not": {
    machine: "net: {s: a}",
    role: "net: {s: a}",
    gives: '{"net": {"_type": "merge","contents": [{"s": "a"},{"s": "a"}]}}',
  },
  "and maps in which references meet anything": {
    machine: "net: {r: !ref inputs.a}",
    role: "net: {r: 1}",
    gives: '{"net": {"_type": "merge","contents": [{"r": {"$ref": "inputs.a"}},{"r": 1}]}}',
  },
  "and maps in which such maps meet": {
    machine: "net: {m: {l: [a]}}",
    role: "net: {m: {l: [b]}}",
    gives: '{"net": {"_type": "merge","contents": [{"m": {"l": ["a"]}},{"m": {"l": ["b"]}}]}}',
  },
  "and maps in which maps of different priority meet": {
    machine: "net: {m: {a: 1}}",
    role: "net: {m: !mkForce {b: 1}}",
    gives:
      '{"net": {"_type": "merge","contents": [{"m": {"a": 1}},{"m": {"$mkForce": {"b": 1}}}]}}',
  },
  "and maps in which maps of different order meet": {
    machine: "net: {m: {a: 1}}",
    role: "net: {m: !mkBefore {b: 1}}",
    gives:
      '{"net": {"_type": "merge","contents": [{"m": {"a": 1}},{"m": {"$mkBefore": {"b": 1}}}]}}',
  },
  "one of two keys is enough for that": {
    machine: "net: {a: 1, l: [a]}",
    role: "net: {b: 1, l: [b]}",
    gives: '{"net": {"_type": "merge","contents": [{"a": 1,"l": ["a"]},{"b": 1,"l": ["b"]}]}}',
  },
  "a list that meets nothing does not part maps": {
    machine: "net: {l: [a]}",
    role: "net: {b: 1}",
    gives: '{"net": {"b": 1,"l": ["a"]}}',
  },
  "nor does a list that wins": {
    machine: "net: {l: !mkForce [a]}",
    role: "net: {l: [b]}",
    gives: '{"net": {"l": {"$mkForce": ["a"]}}}',
  },
  "nor one whose other is conditional on false": {
    machine: "net: {l: [a]}",
    role: "net: {l: {_type: if, condition: false, content: [b]}}",
    gives: '{"net": {"l": ["a"]}}',
  },
  "numbers that agree do not part maps, nor do maps of them": {
    machine: "net: {a: 1, m: {b: 2}}",
    role: "net: {a: 1, m: {b: 2}}",
    gives: '{"net": {"a": 1,"m": {"b": 2}}}',
  },
  "three lists meet as two do": {
    x: "net: {l: [x]}",
    machine: "net: {l: [a]}",
    role: "net: {l: [b]}",
    gives: '{"net": {"_type": "merge","contents": [{"l": ["x"]},{"l": ["a"]},{"l": ["b"]}]}}',
  },
  "a string that meets a number does part maps, after it is reported": {
    machine: "net: {s: a}",
    role: "net: {s: 1}",
    gives: 'net.s: "a" / 1',
  },
  "floats of different value differ": {
    machine: "s: 1.0",
    role: "s: 2.0",
    gives: "s: float 1 / float 2",
  },
  "a float and null differ": { machine: "s: 1.0", role: "s: null", gives: "s: float 1 / null" },
  "a path and a string differ": {
    machine: "s: !path ./a",
    role: "s: ./a",
    gives: 's: path false "/a" / "./a"',
  },
  "an absolute path and one below root differ": {
    machine: "s: !path /a",
    role: "s: !path ./a",
    gives: 's: path true "/a" / path false "/a"',
  },
  "the contents of one file are equal texts": {
    machine: "s: !fileContents ./a",
    role: "s: !fileContents ./a",
    gives:
      '{"s": {"_type": "merge","contents": [{"$fileContents": "./a"},{"$fileContents": "./a"}]}}',
  },
  "the contents of a file and a string differ": {
    machine: "s: !fileContents ./a",
    role: "s: x",
    gives: 's: texts fileContents path false "/a" / "x"',
  },
  "a map and a reference that are stronger beat weaker maps": {
    x: "s: !mkForce {a: 1}",
    machine: 's: {_type: merge, contents: [{"$mkForce": !ref inputs.a}, {c: 1}]}',
    role: "s: {b: 1}",
    gives:
      '{"s": {"_type": "merge","contents": [{"$mkForce": {"a": 1}},{"$mkForce": {"$ref": "inputs.a"}}]}}',
  },
  "a list that beats a map inside does not part maps": {
    machine: "net: {m: {a: 1}}",
    role: "net: {m: !mkForce [b]}",
    gives: '{"net": {"m": {"$mkForce": ["b"]}}}',
  },
  "parts are side by side inside parts": {
    machine: "net: {a: {_type: merge, contents: [!mkBefore {x: 1}, {y: 1}]}}",
    role: "net: !mkForce {b: 1}",
    gives:
      '{"net": {"_type": "merge","contents": [{"a": {"_type": "merge","contents": [{"$mkBefore": {"x": 1}},{"y": 1}]}},{"$mkForce": {"b": 1}}]}}',
  },
  "differing inside of stronger parts of a weaker map is for Nix to find": {
    machine: "net: {a: {_type: merge, contents: [!mkForce {x: 1}, !mkForce {x: 2}, {y: 1}]}}",
    role: "net: !mkForce {b: 1}",
    gives:
      '{"net": {"_type": "merge","contents": [{"a": {"_type": "merge","contents": [{"$mkForce": {"x": 1}},{"$mkForce": {"x": 2}},{"y": 1}]}},{"$mkForce": {"b": 1}}]}}',
  },
  "so is differing inside of its parts of different order": {
    machine: "net: {a: {_type: merge, contents: [!mkBefore {x: 1}, {x: 2}]}}",
    role: "net: !mkForce {b: 1}",
    gives:
      '{"net": {"_type": "merge","contents": [{"a": {"_type": "merge","contents": [{"$mkBefore": {"x": 1}},{"x": 2}]}},{"$mkForce": {"b": 1}}]}}',
  },
  "any name is a key, at any depth": {
    machine: "__proto__: {__proto__: {constructor: 1}}",
    role: "__proto__: {__proto__: {constructor: 1, toString: [2]}}",
    gives: '{"__proto__": {"__proto__": {"constructor": 1,"toString": [2]}}}',
  },
  "keys unite at every depth": {
    x: "a: {b: {c: 1}}",
    machine: "a: {b: {d: 2}}",
    role: "a: {e: 3}",
    gives: '{"a": {"b": {"c": 1,"d": 2},"e": 3}}',
  },
  "conditions around whole settings are taken off": {
    role: "{_type: if, condition: true, content: {a: 1}}",
    gives: '{"a": 1}',
  },
  "long form: a priority around config goes to the values": {
    machine: "a: 2",
    role: "config: !mkForce {a: 1}",
    gives: '{"a": {"$mkForce": 1}}',
  },
  "long form: parts of a merge are definitions in its place": {
    machine: "config: {_type: merge, contents: [{a: [1]}, {a: [2]}]}",
    role: "a: [3]",
    gives: '{"a": [1,2,3]}',
  },
  "long form: config in config is a setting": {
    role: "config: {config: r}",
    gives: '{"config": "r"}',
  },
};

for (const [behaviour, { gives, ...layers }] of Object.entries(rows)) {
  test(behaviour, () => assert.is(merged(layers), gives));
}

test("a setting with one definition is the object that was read", () => {
  const [layer] = layersOf({ role: "a: {b: [1, {c: 2}]}" });
  assert.is(
    mergeLayers([layer!], () => {}),
    layer!.definitions[0]!.value,
  );
});

test("nested parts side by side are walked a bounded number of times", () => {
  const nested = (depth: number): string =>
    depth === 0
      ? "0"
      : `{_type: merge, contents: [!mkBefore {a: ${nested(depth - 1)}}, {b: 1}, !mkForce {a: 2}, {"$mkForce": !mkAfter {c: 3}}]}`;
  const layers = layersOf({ role: `a: ${nested(20)}` });
  let conflicts = 0;
  mergeLayers(layers, () => conflicts++);
  assert.is(conflicts, 0);
});

test("input is never changed", () => {
  const texts = {
    x: "a: {b: !mkForce [1], c: {_type: if, condition: false, content: 1}}",
    machine: "a: {b: [2]}",
    role: "a: !mkDefault {b: [3]}",
  };
  const layers = layersOf(texts);
  const before = layers.map(({ definitions }) => fingerprint(definitions[0]!.value));
  mergeLayers(layers, () => {});
  assert.equal(
    layers.map(({ definitions }) => fingerprint(definitions[0]!.value)),
    before,
  );
});

function merged(texts: Omit<Row, "gives">): string {
  const conflicts: string[] = [];
  const settings = mergeLayers(layersOf(texts), ({ path, definitions, isText }) => {
    const values = definitions.map(({ value }) => fingerprint(value));
    conflicts.push(`${path.join(".")}: ${isText ? "texts " : ""}${values.join(" / ")}`);
  });
  return conflicts.length > 0
    ? conflicts.join("; ")
    : compact(writeJson(toData(settings, ownForm)));
}

/** In order of definition: tag `x`, machine, role. */
function layersOf(texts: Omit<Row, "gives">): Layer[] {
  return (["x", "machine", "role"] as const).flatMap((name, document) => {
    const text = texts[name];
    if (text === undefined) {
      return [];
    }
    const { limits } = completeOptions({ limits: { depth: 200 } });
    const { value } = parse({ name, text }, limits).document!;
    const { settings: definitions } = readRole(
      { settings: [{ value, origin: Origin.root(numbered(document)) }] },
      { folder: "", allowNix: true },
      ({ severity }) => assert.is(severity, "warning"),
    );
    return [{ kind: name === "x" ? "tag" : name, name, definitions } as const];
  });
}

function compact(json: string): string {
  return json.replace(/\n */g, "");
}

test.run();
