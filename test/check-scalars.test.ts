import { test } from "uvu";
import * as assert from "uvu/assert";
import { check } from "../src/index.js";

/** Settings in lines, each with what is found in it, if anything, and the text after its first fix. */
const cases: readonly (readonly [setting: string, message?: string, fixed?: string])[] = [
  ["a: yes", "'yes' is a string in YAML 1.2", "a: true"],
  ["a: Off", "'Off' is a string in YAML 1.2", "a: false"],
  ["a: 0644", "YAML 1.2 reads 0644 as the integer 644", 'a: "0644"'],
  ["a: 1.10", "YAML 1.2 reads 1.10 as the float 1.1", 'a: "1.10"'],
  ["a: -12.250", "YAML 1.2 reads -12.250 as the float -12.25", 'a: "-12.250"'],
  ["a: .50", "YAML 1.2 reads .50 as the float 0.5", 'a: ".50"'],
  ["a: 1.00", "YAML 1.2 reads 1.00 as the float 1.0", 'a: "1.00"'],
  ["a: [0, 1234e05]", "YAML 1.2 reads 1234e05 as the float 123400000.0", 'a: [0, "1234e05"]'],
  ["a: +4912345", "YAML 1.2 reads +4912345 as the integer 4912345", 'a: "+4912345"'],
  ["a: 1_000", "'1_000' is a string in YAML 1.2", "a: 1000"],
  ["a: 10_000_000", "'10_000_000' is a string in YAML 1.2", "a: 10000000"],
  ["a: >5", "'>5' starts an empty block string", 'a: ">5"'],
  ["a: &b", "'&b' is an anchor without a value", 'a: "&b"'],
  ["a: #1e1e2e", "'#1e1e2e' is a comment, so there is no value", 'a: "#1e1e2e"'],
  ["a: [\n  #fff\n]"],
  ["a:\n- #fff", "'#fff' is a comment, so there is no value", 'a:\n- "#fff"'],
  ["a: { b: #fff\n}", "'#fff' is a comment, so there is no value", 'a: { b: "#fff"\n}'],
  ["a: b #c d \t", "'#c d' is a comment, so the text ends before it", 'a: "b #c d" \t'],
  ["a: b #c d", "'#c d' is a comment, so the text ends before it", 'a: "b #c d"'],
  ["a: [ b #c\n]", "'#c' is a comment, so the text ends before it", 'a: [ "b #c"\n]'],
  ["a: b # c"],
  ["a: # c"],
  ["a: 22 #ssh"],
  ["a: 'b' #c"],
  ["a: #TODO"],
  ["a: 1.0"],
  ["a: 1.5e3"],
  ["a: 1e300"],
  ["a: 12:30"],
  ["a: 'no'"],
  ["a: ~"],
  ["no: 1"],
];

for (const [setting, message, fixed] of cases) {
  test(`${setting}: ${message ?? "fine"}`, () => {
    const text = inRole(setting);
    const [found, ...others] = check({ name: "a.yaml", text }).diagnostics;
    assert.equal(others, []);
    assert.is(found?.message, message);
    assert.is(found === undefined || found.code === "ambiguous-scalar", true);
    const [edit] = found?.fixes?.[0]?.edits ?? [];
    const { start, end } = edit?.range ?? {};
    const result = edit && text.slice(0, start!.offset) + edit.text + text.slice(end!.offset);
    assert.is(result, fixed && inRole(fixed));
  });
}

test("only settings and modules are looked at", () => {
  const text =
    "machines: { a: { description: yes } }\ninstances: { i: { module: { input: self }, roles: { r: { machines: [a], extraModules: [{ x: yes }] } } } }\n";
  assert.equal(found(text), ["2:yes"]);
});

test("a value as the catalogue expects it is fine", () => {
  const schema = {
    type: "object",
    properties: {
      ratio: { type: "number" },
      list: { type: "array", items: { $ref: "#/properties/ratio" } },
      either: { type: ["string", "number"] },
      mode: { enum: ["no", "once"] },
      flag: { type: "boolean" },
      text: { type: ["string", "null"] },
    },
  };
  const roles = { r: { settings: schema } };
  const service = {
    description: undefined,
    categories: [],
    readme: undefined,
    maxInstances: undefined,
    roles: new Map(Object.entries(roles)),
  };
  const set = {
    input: "self",
    severity: "error",
    date: undefined,
    revision: undefined,
    services: new Map([["i", service]]),
  } as never;
  const settings = [
    "ratio: !mkForce 1.10",
    "list: [2.50]",
    "mode: no",
    "either: 1.20",
    "flag: no",
    "text: #dev",
  ];
  const text = inRole(settings.join("\n"));
  assert.equal(
    check(
      { name: "a.yaml", text },
      { services: { inputs: new Map([["self", set]]) } },
    ).diagnostics.map(
      ({ code, range }) => `${code} ${text.split("\n")[range.start.line - 1]!.trim()}`,
    ),
    ["ambiguous-scalar either: 1.20", "setting-type flag: no", "ambiguous-scalar text: #dev"],
  );
});

function inRole(settings: string): string {
  return `machines: [a]
instances:
  i:
    module: { input: self }
    roles:
      r:
        machines: [a]
        settings:
          ${settings.replaceAll("\n", "\n          ")}
`;
}

/** The line and the text of each finding. */
function found(text: string): readonly string[] {
  return check({ name: "a.yaml", text }).diagnostics.map(
    ({ range: { start, end } }) => `${start.line}:${text.slice(start.offset, end.offset)}`,
  );
}

test.run();
