import { test } from "uvu";
import * as assert from "uvu/assert";
import { type CompileOptions, check } from "../src/index.js";

function found(text: string, options: CompileOptions = {}, name = "inventory.yaml"): string[] {
  return check({ name, text }, options).diagnostics.map(
    ({ code, range: { start } }) => `${start.line} ${code}`,
  );
}

test("a comment silences a code on its line", () => {
  assert.equal(found("machines:\n  a_1:\n  b_1:"), ["2 machine-name", "3 machine-name"]);
  assert.equal(found("machines:\n  a_1: # inventory2nix: ignore[machine-name] why\n  b_1:"), [
    "3 machine-name",
  ]);
  assert.equal(found("machines:\r\n  a_1: #inventory2nix:ignore[ machine-name ]\r\n"), []);
});

test("a comment that is alone on its line silences the next one that holds something", () => {
  for (const between of ["", "\n", "  # and so on\n", "\n  # and\n\n  # so on\n"]) {
    assert.equal(
      found(`machines:\n  # inventory2nix: ignore[machine-name]\n${between}  a_1:\n  b_1:`),
      [`${4 + between.split("\n").length - 1} machine-name`],
    );
  }
  const stacked =
    "machines:\n  # inventory2nix: ignore[machine-name]\n  # inventory2nix: ignore[unknown-key]\n  a_1: { rack: 1 }";
  assert.equal(found(stacked), []);
});

test("a comment may list codes, and silences no other", () => {
  const text = (codes: string) => `machines:\n  a_1: { rack: 1 } # inventory2nix: ignore[${codes}]`;
  assert.equal(found(text("machine-name, unknown-key")), []);
  assert.equal(found(text("machine-name,unknown-key")), []);
  assert.equal(found(text("unknown-key")), ["2 machine-name"]);
});

test("a comment that silences nothing is a warning, which an option can ignore", () => {
  const text = "machines:\n  a: # inventory2nix: ignore[machine-name]";
  const { diagnostics } = check({ name: "inventory.yaml", text });
  assert.equal(
    diagnostics.map(({ severity, message }) => `${severity}: ${message}`),
    ["warning: there is no 'machine-name' to ignore on line 2"],
  );
  assert.equal(found(text, { severities: [{ code: "unused-ignore", severity: "ignore" }] }), []);
  assert.equal(found("a: 1 # inventory2nix: off\n").slice(1), ["1 unused-ignore"]);
});

test("a comment for a finding that an error may hide is not called unused", () => {
  const text = "machines: { a_1: } # inventory2nix: ignore[machine-name]\nx-broken: [";
  assert.equal(found(text), ["2 unclosed-bracket"]);
});

test("a comment silences nothing that leaves nothing to compile in its place", () => {
  assert.equal(
    found("machines:\n  a: { installedAt: .inf } # inventory2nix: ignore[invalid-number]"),
    ["2 invalid-number", "2 unused-ignore"],
  );
});

test("a comment is for a finding even if an option ignores its code", () => {
  const text = "machines:\n  a_1: # inventory2nix: ignore[machine-name]";
  assert.equal(found(text, { severities: [{ code: "machine-name", severity: "ignore" }] }), []);
});

test("text in quotes, in a block string and in JSON is no comment", () => {
  const settings = (value: string) =>
    `machines: [a]\ninstances: { x: { module: { input: self }, roles: { r: { machines: [a], settings: { v: ${value} } } } } }`;
  assert.equal(found(settings('"# inventory2nix: ignore[machine-name]"')), []);
  assert.equal(found("x-text: |\n  # inventory2nix: ignore[machine-name]\n"), []);
  assert.equal(
    found(
      '{"machines": {"a_1": {}}, "x-t": "# inventory2nix: ignore[machine-name]"}',
      {},
      "a.json",
    ),
    ["1 machine-name"],
  );
  const withComment = '{"machines": {"a_1": {}}} # inventory2nix: ignore[machine-name]';
  assert.equal(found(withComment, {}, "a.json"), ["1 machine-name", "1 json5-syntax"]);
});

test("of endless comments that silence nothing, a thousand are reported", () => {
  const list = Array.from({ length: 5000 }, () => "machine-name").join(",");
  assert.is(found(`# inventory2nix: ignore[${list}]\nmachines: [a]\n`).length, 1000);
});

test.run();
