import { test } from "uvu";
import * as assert from "uvu/assert";
import type { Data, DataMap } from "../src/model/data.js";
import { completeOptions, type Limits } from "../src/model/options.js";
import type { Path } from "../src/model/origin.js";
import { Float, isList, isMap } from "../src/model/value.js";
import { parseJson } from "../src/text/json.js";
import fc from "./fast-check.js";
import { documentOf, located, reading, shown, type TextReading, withoutCode } from "./reading.js";

function json(text: string, limits: Partial<Limits> = {}): TextReading {
  return reading(text, { name: "inventory.json", limits });
}

/** What is found in a text. */
function faults(text: string, limits?: Partial<Limits>): string[] {
  return shown(json(text, limits));
}

test("JSON values come out as they are", () => {
  const text =
    '{"a": [null, true, false, "x", -1, 0.5, {}, []], "": {"__proto__": 1, "constructor": 2}}';
  assert.equal(documentOf(json(text)).value, JSON.parse(text));
  assert.ok(Object.hasOwn((documentOf(json(text)).value as DataMap)[""] as DataMap, "__proto__"));
});

test("any value may be the root, with white space around it", () => {
  for (const text of ["null", " 1 ", '\t"x"\r\n', "[\n]"]) {
    assert.equal(documentOf(json(text)).value, JSON.parse(text));
  }
});

test("an empty or blank text has no value", () => {
  for (const text of ["", " \n"]) {
    assert.equal(faults(text), [`empty-input: the input is empty «${text}»`]);
  }
});

test("words are read where the native parser does not suffice", () => {
  assert.equal(documentOf(json("[1.0, true, false, null]")).value, [
    new Float(1),
    true,
    false,
    null,
  ]);
});

test("JSON has no words of habit, so that none of it is ambiguous", () => {
  for (const text of ['{"a": "yes"}', '{"a": "yes", "b": 1.0}']) {
    assert.equal(documentOf(json(text)).ambiguous, []);
  }
});

test("text from an offset on is read, with positions in the whole", () => {
  const { limits } = completeOptions({});
  for (const value of ["1", "1.0"]) {
    const text = `{"a": ${value}}`;
    const source = { name: "a.json", text: `\ufeff${text}` };
    const { locate } = parseJson(source, limits, () => assert.unreachable())!;
    assert.equal(locate(["a"], false), { start: 7, end: 7 + value.length });
  }
});

test("only what is not even well-formed, or nests too deep, goes elsewhere", () => {
  const { limits } = completeOptions({ limits: { depth: 2, values: 3, size: 100 } });
  const elsewhere = {
    value: "elsewhere",
    ambiguous: [],
    unread: [],
    locate: () => ({ start: 0, end: 0 }),
  };
  const read = (text: string) => {
    const codes: string[] = [];
    const document = parseJson(
      { name: "a.json", text },
      limits,
      ({ code }) => codes.push(code),
      () => elsewhere,
    );
    return codes.length > 0 ? codes : document?.value;
  };
  for (const text of ['{"a": yes}', '{"a": [{}]}', '{"a": [{"b": 1.0}]}', "{"]) {
    assert.is(read(text), "elsewhere", text);
  }
  assert.equal(read('{"a": 1}'), { a: 1 });
  assert.equal(read('{"a": 1.0}'), { a: new Float(1) });
  assert.equal(read('{"a": "\\ud83d\\ude00"}'), { a: "😀" });
  assert.equal(read('{"a": 1, "a": 2}'), ["duplicate-key"]);
  assert.equal(read('{"a": [1, 2]}'), ["limit-exceeded"]);
});

test("limits hold whether the native parser suffices or not", () => {
  for (const number of ["1", "1.0"]) {
    const text = `{"a": [${number}], "b": {"c": [${number}]}}`;
    assert.is.not(json(text, { depth: 3, values: 6 }).document, undefined);
    assert.equal(faults(text, { depth: 2 }), [
      "limit-exceeded: maps and lists are nested deeper than 2 levels «[»",
    ]);
    assert.equal(faults(text, { values: 5 }), [
      `limit-exceeded: the inventory has more than 5 values, counting aliases as what they refer to «${number[0]}»`,
    ]);
    assert.equal(faults(`[[${number}], [[{}]]]`, { depth: 3 }), [
      "limit-exceeded: maps and lists are nested deeper than 3 levels «{»",
    ]);
  }
});

const numbers: readonly (readonly [text: string, value: Data])[] = [
  ["1", 1],
  ["-15", -15],
  ["-0", 0],
  ["9007199254740991", 9007199254740991],
  ["9007199254740992", 9007199254740992n],
  ["9007199254740993", 9007199254740993n],
  ["9223372036854775807", 9223372036854775807n],
  ["-9223372036854775808", -9223372036854775808n],
  ["1.0", new Float(1)],
  ["1e3", new Float(1000)],
  ["1E+300", new Float(1e300)],
  ["0.0", new Float(0)],
  ["-0.0", new Float(-0)],
  ["1e-400", new Float(0)],
  ["0.99999999999999999999", new Float(1)],
  ["0.30000000000000004", 0.1 + 0.2],
  ["1E-2", 0.01],
  ["123456789012345.75", 123456789012345.75],
];

test("integers keep their 64 bits and floats their kind", () => {
  const sign = (value: Data): boolean =>
    Object.is(value instanceof Float ? value.value : value, -0);
  for (const [text, value] of numbers) {
    const [alone, among] = [json(`[${text}]`), json(`[1.0, ${text}]`)].map(
      (parsed) => (documentOf(parsed).value as readonly Data[]).at(-1)!,
    );
    assert.equal(
      [alone, among, sign(alone!), sign(among!)],
      [value, value, sign(value), sign(value)],
      text,
    );
  }
});

test("numbers that Nix cannot hold are errors, each at its place", () => {
  assert.equal(faults('{"a": [9223372036854775808, 1e400, -1e400, -9223372036854775809]}'), [
    "invalid-number: 9223372036854775808 does not fit in a 64-bit integer «9223372036854775808»",
    "invalid-number: Nix cannot represent 1e400 «1e400»",
    "invalid-number: Nix cannot represent -1e400 «-1e400»",
    "invalid-number: -9223372036854775809 does not fit in a 64-bit integer «-9223372036854775809»",
  ]);
});

test("duplicate keys are all reported, with the first of their kind", () => {
  const text = '{"a": {"b": 1, "c": 2, "b": 3, "\\u0062": 4}, "a": 5}';
  const { findings } = json(text);
  assert.equal(
    findings.map(({ message }) => message),
    ["duplicate key 'b'", "duplicate key 'b'", "duplicate key 'a'"],
  );
  assert.equal(faults(text), [
    'duplicate-key: duplicate key \'b\' «"b"»; first here «"b"»',
    'duplicate-key: duplicate key \'b\' «"\\u0062"»; first here «"b"»',
    'duplicate-key: duplicate key \'a\' «"a"»; first here «"a"»',
  ]);
  assert.is(json('{"__proto__": 1, "__proto__": 2}').findings[0]!.code, "duplicate-key");
});

test("what cannot be read has its place", () => {
  const unread: { readonly [text: string]: readonly Path[] | undefined } = {
    '{"a": [1, 01, {"b": none}], "c": 9223372036854775808}': [["a", 1], ["a", 2, "b"], ["c"]],
    '{"a": {"b": "\\ud800", "c": "\\q"}, "d": }': [["a", "b"], ["a", "c"], ["d"]],
    '{"a": {"b": 1, "b": 2}}': [["a", "b"]],
    '{"a": {"b": [{"c": 2}], "\\ud800": 1}}': [["a"]],
    '{"a": 1}}': [[]],
    "{'a': [1,,], /**/ b: 2}": [],
    '{"a": [1': undefined,
  };
  for (const [text, paths] of Object.entries(unread)) {
    assert.equal(json(text).document?.unread, paths, text);
  }
});

test("strings that Nix cannot hold are errors, as values and as keys", () => {
  assert.equal(faults('{"a": "\\u0000", "\\ud800": 1, "b": "\\ude00\\ud83d", "c": "\ud83d"}'), [
    'invalid-string: a Nix string cannot contain a NUL character «"\\u0000"»',
    'invalid-string: a Nix string cannot contain half of a surrogate pair «"\\ud800"»',
    'invalid-string: a Nix string cannot contain half of a surrogate pair «"\\ude00\\ud83d"»',
    'invalid-string: a Nix string cannot contain half of a surrogate pair «"\ud83d"»',
  ]);
  for (const string of ["\\u0000", "\\uD800", "\\udfff", "\ud83d"]) {
    assert.is(json(`{"a": "${string}"}`).findings[0]!.code, "invalid-string");
  }
  assert.equal(documentOf(json('["\\ud83d\\ude00", "😀", "\\\\u0000"]')).value, [
    "😀",
    "😀",
    "\\u0000",
  ]);
});

test("habits from other languages are named, and parsing goes on after them", () => {
  const text = '{\n  // note\n  \'a\': 1,\n  b: [1 2,, 3,],\n  "c": True,\n  "d": 01,\n}';
  assert.equal(faults(text), [
    "json5-syntax: JSON does not allow comments «//»",
    "json5-syntax: JSON strings use double quotes «'a'»",
    "json5-syntax: 'b' needs double quotes in JSON «b»",
    "missing-separator: missing ',' before this «2»",
    "missing-value: missing value before this comma «,»",
    "json5-syntax: JSON does not allow a comma after the last entry «,»",
    "json-syntax: 'True' is not a JSON value «True»",
    "json-syntax: '01' is not a JSON number «01»",
    "json5-syntax: JSON does not allow a comma after the last entry «,»",
  ]);
});

test("comments are named, of any kind and at any place", () => {
  assert.equal(
    faults("# note\n[ /* some\n*/ 1 //\n, /**/ 2] // end"),
    ["#", "/*", "//", "/*", "//"].map(
      (found) => `json5-syntax: JSON does not allow comments «${found}»`,
    ),
  );
  assert.equal(faults("[] #"), ["json5-syntax: JSON does not allow comments «#»"]);
});

const broken: readonly (readonly [text: string, finding: string])[] = [
  ['{"a" 1}', "missing ':' after this key «\"a\"»"],
  ['{"a": }', "missing value «}»"],
  ["{,}", "missing value before this comma «,»"],
  ["[1", "the text ends before its value is complete «»; it starts here «[»"],
  ['{"a": 1', "the text ends before its value is complete «»; it starts here «{»"],
  ["{", "the text ends before its value is complete «»; it starts here «{»"],
  ['{"a": 1,', "the text ends before its value is complete «»; it starts here «{»"],
  ['{"a":', "the text ends before its value is complete «»"],
  ["[1,", "the text ends before its value is complete «»"],
  [
    "[1 /* 2]",
    "JSON does not allow comments «/*»\nthe text ends before its value is complete «»; it starts here «[»",
  ],
  ["// 1", "JSON does not allow comments «//»\nthe text ends before its value is complete «»"],
  [
    '{"a": 1 "b": 2 c: 3}',
    "missing ',' before this «\"»\nmissing ',' before this «c»\n'c' needs double quotes in JSON «c»",
  ],
  ['{"a": 1 2}', "unexpected '2' «2»"],
  ['{"a": @}', "unexpected '@' «@»"],
  ['{"a", "b": 1}', "missing ':' after this key «\"a\"»"],
  ['{"a" = 1, "b" = 2}', "missing ':' after this key «\"a\"»\nmissing ':' after this key «\"b\"»"],
  ['{"a": {"b": 1]}', "unmatched ']' «]»"],
  ["[1}", "unmatched '}' «}»"],
  ["[1] [2]", "unexpected text after the end of the JSON value «[»"],
  ["{1: 2}", "'1' needs double quotes in JSON «1»"],
  ["{[1]: 2}", "JSON keys are strings in double quotes «[»"],
  ['["a]', 'unterminated string «"»'],
  ['["a\nb"]', 'a string cannot contain a line break «"a»'],
  ['["a\tb"]', "the control character U+0009 is not allowed here «\t»"],
  ['["C:\\dir"]', "invalid escape '\\d' «\\d»"],
  ['["\\u12"]', "invalid escape '\\u' «\\u»"],
  ['["a\\\nb"]', 'a string cannot contain a line break «"a\\»'],
  ['["a\\', 'unterminated string «"»'],
  ["['it\\'s']", "JSON strings use double quotes «'it\\'s'»"],
  ['["it\\\'s"]', "invalid escape '\\'' «\\'»"],
  ["['\\😀']", "invalid escape '\\😀' «\\😀»\nJSON strings use double quotes «'\\😀'»"],
  ["[\\n]", "unexpected '\\' «\\»"],
  ["[.5]", "'.5' is not a JSON number «.5»"],
  ["[-.5]", "'-.5' is not a JSON number «-.5»"],
  ["[1-x]", "'1-x' is not a JSON number «1-x»"],
  ["[NaN]", "'NaN' is not a JSON value «NaN»"],
  ["machines:\n  a:\n", "this looks like YAML, but is parsed as JSON «machines:»"],
  ["---\na: 1", "this looks like YAML, but is parsed as JSON «---»"],
  ["- a\n- b", "this looks like YAML, but is parsed as JSON «-»"],
  ["-1:2", "unexpected text after the end of the JSON value «:»"],
  ["[v1.0]", "'v1.0' is not a JSON value «v1.0»"],
  ["[-Infinity]", "'-Infinity' is not a JSON value «-Infinity»"],
  ["[\u00a01]", "unexpected 'U+00A0' «\u00a0»"],
];

for (const [text, finding] of broken) {
  test(`${JSON.stringify(text)} is not JSON`, () =>
    assert.equal(faults(text).map(withoutCode), finding.split("\n")));
}

test("a path leads to its value, its key, or the nearest value around", () => {
  const parsed = json('{"a": {"b": [1, {"c": "x"}]},\n "": {\n "d": null}}');
  assert.is(located(parsed, ["a", "b", 1, "c"]), '"x"');
  assert.is(located(parsed, ["a", "b", 1, "c"], true), '"c"');
  assert.is(located(parsed, ["a", "b", 7, "c"], true), '[1, {"c": "x"}]');
  assert.is(located(parsed, ["a", "b", 0, "c"]), "1");
  assert.is(located(parsed, ["a", "b", "length"]), '[1, {"c": "x"}]');
  assert.is(located(parsed, ["a", "z"], true), '{"b": [1, {"c": "x"}]}');
  assert.is(located(parsed, ["a", 0]), '{"b": [1, {"c": "x"}]}');
  assert.is(located(json('{"1": 2}'), [1]), "2");
  assert.is(located(parsed, ["", "d"]), "null");
  assert.is(located(parsed, [""]), "{");
  assert.is(located(parsed, []), '{"a": {"b": [1, {"c": "x"}]},');
  assert.is(located(json('{"a": 1.0}'), ["a"]), "1.0");
});

test("random JSON has the value that JSON.parse gives it", () => {
  const doubles = fc
    .double({ noDefaultInfinity: true, noNaN: true })
    .filter((number) => Math.abs(number) < 2 ** 63 || Math.abs(number) >= 1e21);
  const anyNumber = fc.oneof(fc.integer(), doubles, fc.constantFrom(0, 1e15, 2 ** 53, -1e21));
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { depthSize: "small" },
      fc.constantFrom(null, true, false),
      fc.string({ unit: "grapheme" }),
      anyNumber,
      tie("list"),
      tie("map"),
    ),
    list: fc.array(tie("value"), { maxLength: 4 }),
    map: fc.dictionary(fc.string(), tie("value"), { maxKeys: 4 }),
  }));
  const property = fc.property(value, fc.constantFrom(undefined, 2, "\t"), (value, indentation) => {
    const text = JSON.stringify(value, null, indentation);
    if (text.includes("\\u0000")) {
      return;
    }
    assert.equal(
      asJson(documentOf(json(text)).value),
      JSON.parse(text, (_, value: unknown) => (value === 0 ? 0 : value)),
    );
  });
  fc.assert(property, { numRuns: 1000 });
});

/** With plain numbers, as JSON.parse makes them. */
function asJson(data: Data): unknown {
  if (data instanceof Float) {
    return data.value === 0 ? 0 : data.value;
  }
  if (typeof data === "bigint") {
    return Number(data);
  }
  if (isList(data)) {
    return data.map(asJson);
  }
  return isMap(data)
    ? Object.fromEntries(Object.entries(data).map(([key, value]) => [key, asJson(value)]))
    : data;
}

test.run();
