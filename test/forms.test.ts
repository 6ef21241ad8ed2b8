import { test } from "uvu";
import * as assert from "uvu/assert";
import type { Report } from "../src/diagnostics/diagnostic.js";
import type { Data } from "../src/model/data.js";
import { completeOptions } from "../src/model/options.js";
import { Origin } from "../src/model/origin.js";
import type { Value } from "../src/model/value.js";
import { ownForm, toData } from "../src/model/value-to-data.js";
import { writeJson } from "../src/text/json-writer.js";
import { parse } from "../src/text/parse.js";
import { collect, numbered, placeOf, readRole } from "./passes.js";

const interpolated =
  "error invalid-reference: a reference cannot contain '${…}', which Nix would evaluate";

const settings: { readonly [text: string]: string } = {
  "{a: !path ./k/a.pub}": '{"a": {"$path": "./sub/k/a.pub"}}',
  "{a: !path .}": '{"a": {"$path": "./sub"}}',
  "{a: !path ../../x/../y/.}": '{"a": {"$path": "../y"}}',
  "{a: !path /etc/../x}":
    "warning impure-path: '/etc/../x' is absolute: a flake cannot read it in pure evaluation",
  "{a: !path ''}": "error invalid-path: a path cannot be empty",
  "{a: !path ~/x}":
    "error invalid-path: '~' means another folder for each user: write a path relative to this file",
  "{a: !path <nixpkgs>}":
    "error invalid-path: '<…>' looks a path up in the environment: use a reference to a flake input",
  "{a: !path https://example.org}":
    "error invalid-path: a URL is not a path: fetch it as a flake input and refer to that",
  "{a: !path 1}": "error invalid-path: a path is a string",
  "{a: !fileContents b}": '{"a": {"$fileContents": "./sub/b"}}',
  "{a: !ref inputs.srvos.nixosModules.server}":
    '{"a": {"$ref": "inputs.srvos.nixosModules.server"}}',
  "{a: !ref 'self.nixosModules.\"my mod\"'}": String.raw`{"a": {"$ref": "self.nixosModules.\"my mod\""}}`,
  '{a: !ref \'self."a\\"b"\'}': String.raw`{"a": {"$ref": "self.\"a\\\"b\""}}`,
  "{a: !ref '\"self\".a'}": "error invalid-reference: a reference must be names joined by dots",
  "{a: !ref self.}": "error invalid-reference: a reference must be names joined by dots",
  "{a: !ref .self}": "error invalid-reference: a reference must be names joined by dots",
  "{a: !ref 'self.a b'}": "error invalid-reference: a reference must be names joined by dots",
  "{a: !ref 'self.\"a\\${x}\"'}": '{"a": {"$ref": "self.\\"a\\\\${x}\\""}}',
  "{a: !ref 'self.\"a${x}\"'}": interpolated,
  "{a: !ref 'self.\"a\\\\${x}\"'}": interpolated,
  "{a: !ref 'self.\"$$${x}\"'}": interpolated,
  "{a: !ref 'self.\"$${x}$\\${y}\"'}": '{"a": {"$ref": "self.\\"\\\\$\\\\${x}\\\\$\\\\${y}\\""}}',
  "{a: !ref builtins.getEnv}":
    "error invalid-reference: a reference cannot start with 'builtins', which would become an argument of the output",
  "{a: !ref __curPos.line}":
    "error invalid-reference: a reference cannot start with '__curPos', which would become an argument of the output",
  "{a: !ref self.__x}": '{"a": {"$ref": "self.__x"}}',
  "{a: !ref let.x}":
    "error invalid-reference: a reference cannot start with 'let', which would become an argument of the output",
  "{a: !ref 'import ./x'}": "error invalid-reference: a reference must be names joined by dots",
  "{a: !interpolate x}": '{"a": "x"}',
  "{a: !interpolate ''}": '{"a": ""}',
  "{a: !interpolate 'x ${self.a} y'}": '{"a": {"$interpolate": "x ${self.a} y"}}',
  "{a: !interpolate '$${x}$${self.a}'}": '{"a": "${x}${self.a}"}',
  "{a: !interpolate '$$${self.a}'}": '{"a": "$${self.a}"}',
  "{a: !interpolate '$${${self.a}'}": '{"a": {"$interpolate": "$${${self.a}"}}',
  "{a: !interpolate '${self.\"a}b\"}'}":
    String.raw`{"a": {"$interpolate": "\${self.\"a}b\"}"}}`.replaceAll("\\$", "$"),
  "{a: !interpolate '${self}'}": '{"a": {"$interpolate": "${self}"}}',
  "{a: !interpolate '${}'}":
    "error invalid-reference: '${}' is not a reference: names joined by dots",
  "{a: !interpolate '${'}": "error invalid-reference: this '${' has no '}'",
  "{a: !interpolate '${self.a${self.b}}'}":
    "error invalid-reference: '${self.a${self.b}' is not a reference: names joined by dots",
  "{a: !interpolate 1}": "error invalid-form: 'interpolate' takes a string",
  "{a: !concat []}": '{"a": []}',
  "{a: !concat [[1], [], [2, [3]]]}": '{"a": [1,2,[3]]}',
  "{a: !concat [[1], {$ref: self.x}, []]}": '{"a": {"$concat": [[1],{"$ref": "self.x"}]}}',
  "{a: !concat [[], {$concat: [{$ref: self.x}, [1]]}]}":
    '{"a": {"$concat": [{"$ref": "self.x"},[1]]}}',
  "{a: !concat [!nix '[]']}":
    "error invalid-form: 'concat' joins lists, but this is something else",
  "{a: !concat [null]}": "error invalid-form: 'concat' joins lists, but this is null",
  "{a: !concat [!ref builtins.x]}":
    "error invalid-reference: a reference cannot start with 'builtins', which would become an argument of the output",
  "{a: !concat {x: []}}": "error invalid-form: 'concat' takes a list of lists: [[a, b], [c]]",
  "{a: !value x}": "error unknown-value: no value is named 'x'",
  "{a: !value [x]}": "error invalid-form: 'value' takes the name of a value",
  "{a: !modulesIn ./m}":
    "error misplaced-form: 'modulesIn' is a list of modules, which belongs in 'extraModules' or 'imports'",
  "{a: !nix '1 + 1'}": '{"a": {"$nix": "1 + 1"}}',
  "{a: !nix ' '}": "error invalid-form: 'nix' takes Nix code as a string",
  "{a: !mkForce }": '{"a": {"$mkForce": null}}',
  "{a: !mkForce 42}": '{"a": {"$mkForce": 42}}',
  "{a: !mkForce {$mkBefore: [1]}}": '{"a": {"$mkForce": {"$mkBefore": [1]}}}',
  "{a: !mkOverride [10, 1]}": '{"a": {"$mkOverride": [10,1]}}',
  "{a: !mkOverride [1.5, 1]}":
    "error invalid-form: 'mkOverride' takes a list of an integer and a value: [10, value]",
  "{a: !mkOverride [1]}":
    "error invalid-form: 'mkOverride' takes a list of an integer and a value: [10, value]",
  "{a: !mkOrder 7}":
    "error invalid-form: 'mkOrder' takes a list of an integer and a value: [10, value]",
  "{a: !mkBefore {$mkForce: 1}}":
    "error form-nesting: 'mkForce' is not allowed inside 'mkBefore', where Nix would not see it",
  "{a: !mkForce {$mkForce: 1}}":
    "error form-nesting: 'mkForce' is not allowed inside 'mkForce', where Nix would not see it",
  "{a: !mkBefore {$mkAfter: 1}}":
    "error form-nesting: 'mkAfter' is not allowed inside 'mkBefore', where Nix would not see it",
  "{a: !mkForce {_type: if, condition: true, content: 1}}":
    "error form-nesting: 'mkIf' is not allowed inside 'mkForce', where Nix would not see it",
  "{a: {_type: if, condition: true, content: {_type: merge, contents: [!mkForce {$mkAfter: [1]}]}}}":
    '{"a": {"_type": "if","condition": true,"content": {"_type": "merge","contents": [{"$mkForce": {"$mkAfter": [1]}}]}}}',
  "{a: {_type: override, priority: 50, content: 1}}": '{"a": {"$mkForce": 1}}',
  "{a: {_type: order, priority: 500, content: [1]}}": '{"a": {"$mkBefore": [1]}}',
  "{a: {_type: override, content: 1}}":
    "error invalid-form: '_type: override' takes exactly 'priority' and 'content'",
  "{a: {_type: override, priority: 50, content: 1, more: 1}}":
    "error invalid-form: '_type: override' takes exactly 'priority' and 'content'",
  "{a: {_type: override, priority: high, content: 1}}":
    "error invalid-form: 'priority' must be an integer",
  "{a: {_type: if, condition: 1, content: 1}}":
    "error invalid-form: 'condition' must be true or false",
  "{a: {_type: merge, contents: {}}}": "error invalid-form: 'contents' must be a list",
  "{a: {_type: merge}}": "error invalid-form: '_type: merge' takes exactly 'contents'",
  "{a: {_type: overide, priority: 10, content: 1}}":
    "warning form-like-key: '_type: overide' is not a special form; did you mean 'override'?",
  "{a: {_type: If, condition: true, content: 1}}":
    "warning form-like-key: '_type: If' is not a special form; did you mean 'if'?",
  "{a: {_type: overide, price: 10}}": '{"a": {"_type": "overide","price": 10}}',
  "{a: {_type: image, content: 1}}": '{"a": {"_type": "image","content": 1}}',
  "{a: {_type: definition, value: 1}}":
    "error invalid-form: '_type: definition' is internal to the module system and cannot be a setting",
  "{a: {_type: toString, x: 1}}": '{"a": {"_type": "toString","x": 1}}',
  "{a: {$path: ./a, b: 1}}":
    "warning form-like-key: '$path' is a special form only as the sole key of its map; here it is an ordinary setting",
  "{a: {$paht: ./a}}":
    "warning form-like-key: '$paht' is not a special form; did you mean '$path'?",
  "{a: {$schema: x}}": '{"a": {"$schema": "x"}}',
  "{a: {$: x}}": '{"a": {"$": "x"}}',
  "{__functor: 1, b: {__toString: 1}}":
    "error callable-key: '__functor' cannot be a key: Nix would call it as a function; error callable-key: '__toString' cannot be a key: Nix would call it as a function",
  "{a: [{b: !path x}, [!path y]]}": '{"a": [{"b": {"$path": "./sub/x"}},[{"$path": "./sub/y"}]]}',
  "{__proto__: !path x, b: {__proto__: {__proto__: !path y}}}":
    '{"__proto__": {"$path": "./sub/x"},"b": {"__proto__": {"__proto__": {"$path": "./sub/y"}}}}',
  "!mkForce {a: 1}":
    "error lost-form: Nix would silently drop 'mkForce' around the whole of 'settings'",
  "!mkBefore {a: 1}":
    "error lost-form: Nix would silently drop 'mkBefore' around the whole of 'settings'",
  "!path ./a": "error invalid-type: settings must be a map",
  "!ref self.a": "error invalid-type: settings must be a map",
  "{_type: merge, contents: [{a: 1}]}":
    "error lost-form: Nix would silently drop 'mkMerge' around the whole of 'settings'",
  "{_type: if, condition: true, content: {a: 1}}": '{"a": 1}',
  "{_type: if, condition: false, content: {a: 1}}": "",
  "{_type: if, condition: true, content: !mkForce {a: 1}}":
    "error lost-form: Nix would silently drop 'mkForce' around the whole of 'settings'",
  "{config: {a: 1}}": '{"a": 1}',
  "{config: {a: 1}, b: 1}":
    "error reserved-setting: 'config' is the long form of settings and must be their only key",
  "{config: {imports: 1, options: 1, config: 1}}": '{"config": 1,"imports": 1,"options": 1}',
  "{config: !mkForce {a: 1, b: !mkDefault 1}}":
    "error form-nesting: 'mkDefault' is not allowed inside 'mkForce', where Nix would not see it",
  "{config: !mkBefore {a: 1}}":
    "error lost-form: Nix would silently drop 'mkBefore' around the whole of 'settings'",
  "{config: {_type: merge, contents: [{a: 1}, {b: 1}]}}": '{"a": 1} and {"b": 1}',
  "{config: 1}": "error invalid-type: settings must be a map",
  "{config: null}": "error invalid-type: settings must be a map",
  "{config: {_type: if, condition: false, content: {a: 1}}}": "",
  "{config: {_type: if, condition: false, content: 1}}":
    "error invalid-type: settings must be a map",
  "{config: {_type: if, condition: true, content: null}}":
    "error invalid-type: settings must be a map",
  "{imports: []}": "error reserved-setting: settings cannot contain 'imports'",
  "{options: {}}": "error reserved-setting: settings cannot contain 'options'",
  "{_module: {}}": "error reserved-setting: settings cannot contain '_module'",
  "{config: {_module: {}}}": "error reserved-setting: settings cannot contain '_module'",
  "{a: {imports: [], config: 1, _module: 1}}": '{"a": {"_module": 1,"config": 1,"imports": []}}',
  "{key: 1, _file: 1}": '{"_file": 1,"key": 1}',
};

for (const [text, expected] of Object.entries(settings)) {
  test(`settings ${text}`, () => {
    const { result, findings } = collect((report) => readSettings(dataOf(text), context, report));
    assert.is(
      shown(
        result.map(({ value }) => value),
        findings,
      ),
      expected,
    );
  });
}

const modules: { readonly [text: string]: string } = {
  "../nixosModules/borgbackup.nix": '{"$path": "./nixosModules/borgbackup.nix"}',
  "self.nixosModules.a":
    "warning reference-as-path: 'self.nixosModules.a' is treated as a file path",
  "inputs.a.nix": '{"$path": "./sub/inputs.a.nix"}',
  "self/a.b": '{"$path": "./sub/self/a.b"}',
  "!ref self.nixosModules.a": '{"$ref": "self.nixosModules.a"}',
  "!nix '{ }'": '{"$nix": "{ }"}',
  "!fileContents a": "error invalid-module: a module must be a path, a '!ref' or a map",
  "1": "error invalid-module: a module must be a path, a '!ref' or a map",
  "[a]": "error invalid-module: a module must be a path, a '!ref' or a map",
  "{imports: [./a.nix, !ref self.b, {imports: [c.nix]}], services: {foo: {enable: true}}}":
    '{"imports": [{"$path": "./sub/a.nix"},{"$ref": "self.b"},{"imports": [{"$path": "./sub/c.nix"}]}],"services": {"foo": {"enable": true}}}',
  "{imports: ./a.nix}": "error invalid-module: expected a list, found a string",
  "{imports: , a: 1}": '{"a": 1,"imports": []}',
  "{imports: [1]}": "error invalid-module: a module must be a path, a '!ref' or a map",
  "{imports: [], keyFile: !path ./k}": '{"imports": [],"keyFile": {"$path": "./sub/k"}}',
  "!mkForce {a: 1}": '{"$mkForce": {"a": 1}}',
  "!mkForce {a: !mkBefore [1]}": '{"$mkForce": {"a": {"$mkBefore": [1]}}}',
  "!mkForce {a: !mkDefault 1}":
    "error form-nesting: 'mkDefault' is not allowed inside 'mkForce', where Nix would not see it",
  "!mkForce ./a.nix":
    "error invalid-module: 'mkForce' as a module takes a map of options, not another module",
  "!mkForce":
    "error invalid-module: 'mkForce' as a module takes a map of options, not another module",
  "!mkForce {$ref: self.a}": '{"$mkForce": {"$ref": "self.a"}}',
  "!mkForce {$path: ./a.nix}":
    "error invalid-module: 'mkForce' as a module takes a map of options, not another module",
  "{_type: if, condition: false, content: ./a.nix}":
    "error invalid-module: 'mkIf' as a module takes a map of options, not another module",
  "{_type: if, condition: true, content: {imports: [./a.nix]}}":
    "error invalid-module: 'mkIf' as a module takes a map of options, not another module",
  "{_type: if, condition: true, content: {_type: merge, contents: [{a: 1}, !mkForce {b: 2}]}}":
    '{"_type": "if","condition": true,"content": {"_type": "merge","contents": [{"a": 1},{"$mkForce": {"b": 2}}]}}',
  "{_type: if, condition: true, content: {_type: merge, contents: [./a.nix]}}":
    "error invalid-module: 'mkIf' as a module takes a map of options, not another module",
  "{_type: if, condition: true, content: !mkBefore {a: [1]}}":
    "error invalid-module: 'mkIf' as a module takes a map of options, not another module",
  "{_type: merge, contents: [{a: 1}]}":
    "error invalid-module: a module must be a path, a '!ref' or a map",
  "!mkBefore {a: 1}": "error invalid-module: a module must be a path, a '!ref' or a map",
  "!modulesIn ./m": '[{"$modulesIn": "./sub/m"}]',
  "!modulesIn ''": "error invalid-path: a path cannot be empty",
  "!interpolate '${self.x}'": "error invalid-module: a module must be a path, a '!ref' or a map",
  "!concat [[a], [b]]": '{"$path": "./sub/a"} and {"$path": "./sub/b"}',
  "!concat [[a], !ref self.l]": '{"$path": "./sub/a"} and {"$concat": [{"$ref": "self.l"}]}',
  "!concat [a]": "error invalid-form: 'concat' joins lists, but this is something else",
  "{imports: !modulesIn ./m}": '{"imports": [{"$modulesIn": "./sub/m"}]}',
  "{imports: [a, !modulesIn ./m, b]}":
    '{"imports": [{"$path": "./sub/a"},{"$modulesIn": "./sub/m"},{"$path": "./sub/b"}]}',
  "{imports: !concat [[a], !ref self.l]}":
    '{"imports": {"$concat": [[{"$path": "./sub/a"}],{"$ref": "self.l"}]}}',
  "!mkForce {$concat: [[a]]}":
    "error invalid-module: 'mkForce' as a module takes a map of options, not another module",
  "{__proto__: 1, imports: []}": '{"__proto__": 1,"imports": []}',
};

for (const [text, expected] of Object.entries(modules)) {
  test(`module ${text}`, () => {
    const { result, findings } = collect((report) =>
      readRole({ extraModules: [located(dataOf(text))] }, context, report),
    );
    assert.is(
      shown(
        result.extraModules.map(({ value }) => value),
        findings,
      ),
      expected,
    );
  });
}

test("values without a form are the objects that were read", () => {
  const data = dataOf("{a: {b: [1, {c: 2}]}}");
  assert.is(readSettings(data, context, () => {})[0]!.value, data);
});

test("raw Nix needs permission", () => {
  const { findings } = collect((report) =>
    readSettings(dataOf("a: !nix x"), { ...context, allowNix: false }, report),
  );
  assert.is(findings, "error raw-nix: raw Nix is not allowed\n");
});

test("findings point at the argument of a form, or at the key", () => {
  const places: string[] = [];
  const note = ({ place }: { place: unknown }) => void places.push(placeOf(place as Origin));
  readSettings(
    dataOf(
      "{a: [!path ''], b: {__functor: 1}, c: {_type: override, priority: x, content: 1}, imports: []}",
    ),
    context,
    note,
  );
  assert.equal(places, ["0: a.0.$path", "0: b.__functor#", "0: c.priority", "0: imports#"]);
});

/** The source lies in a folder of its own. */
const context = { folder: "/sub", allowNix: true };

function readSettings(data: Data, forms: typeof context, report: Report) {
  return readRole({ settings: [located(data)] }, forms, report).settings;
}

function located(value: Data) {
  return { value, origin: Origin.root(numbered(0)) };
}

function dataOf(text: string) {
  return parse({ name: "", text }, completeOptions({}).limits).document!.value;
}

function shown(values: readonly Value[], findings: string): string {
  const texts = values.map((value) => writeJson(toData(value, ownForm)).replace(/\n */g, ""));
  return findings === "" ? texts.join(" and ") : findings.trimEnd().replaceAll("\n", "; ");
}

test.run();
