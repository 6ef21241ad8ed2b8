import { test } from "uvu";
import * as assert from "uvu/assert";
import { type CompileOptions, codes, compile, type SeverityRule } from "../src/index.js";
import { readCases } from "./cases.js";
import { run } from "./host.js";

const text = [
  "machines: { a_1: { rack: 7 } }",
  "instances: { sshd: { roles: { server: { machines: [b], tags: [nowhere] } } } }",
].join("\n");

test("findings have the severity of the last rule for their code", () => {
  assert.equal(found([]), [
    "warning machine-name",
    "error unknown-key",
    "error unknown-machine",
    "warning unknown-tag",
  ]);
  assert.equal(found([rule("unknown-key", "ignore"), rule("machine-name", "error")]), [
    "error machine-name",
    "error unknown-machine",
    "warning unknown-tag",
  ]);
  assert.equal(found([rule("unknown-tag", "error"), rule("unknown-tag", "ignore")]).length, 3);
  assert.equal(found([rule("unknown-tag", "ignore"), rule("all", "warning")]), [
    "warning machine-name",
    "warning unknown-key",
    "warning unknown-machine",
    "warning unknown-tag",
  ]);
  assert.equal(found([rule("all", "ignore"), rule("unknown-tag", "error")]), ["error unknown-tag"]);
});

test("there is an output if and only if no error is left", () => {
  const lowered = [rule("unknown-key", "warning"), rule("unknown-machine", "ignore")];
  const { text: output } = compiled({ severities: lowered });
  assert.match(output!, "a_1 = { };");
  assert.not.match(output!, /rack|\bb\b/);
  assert.is(compiled({ severities: [rule("unknown-key", "warning")] }).text, undefined);
  const raised = [rule("all", "ignore"), rule("unknown-tag", "error")];
  assert.is(compiled({ severities: raised }).text, undefined);
});

test("warnings that are denied are errors, also those that were errors before", () => {
  const severities = [rule("all", "ignore"), rule("unknown-key", "warning")];
  const { text: output, diagnostics } = compiled({ severities, denyWarnings: true });
  assert.is(output, undefined);
  assert.equal(
    diagnostics.map(({ severity, code }) => `${severity} ${code}`),
    ["error unknown-key"],
  );
});

test("what leaves nothing to compile in its place stays an error", () => {
  const severities = [rule("all", "ignore")];
  const role = (content: string) =>
    `machines: [a]\ninstances: { x: { module: { input: self }, roles: { r: { machines: [a], ${content} } } } }`;
  for (const broken of [
    "machines: [",
    "",
    "machines: { a: { installedAt: 1e999 } }",
    role("settings: { a: { __functor: 1 } }"),
    role('settings: { a: !nix "1" }'),
    role("settings: { a: !path ~/x }"),
    role("extraModules: [{ imports: ./a.nix }]"),
  ]) {
    const { text: output, diagnostics } = compile({ name: "a.yaml", text: broken }, { severities });
    assert.is(output, undefined);
    assert.equal(
      diagnostics.map(({ severity }) => severity),
      ["error"],
    );
  }
});

test("a search that ended early says why, whatever is ignored", () => {
  const keys = Array.from({ length: 2000 }, (_, index) => `k${index}: 1`).join("\n");
  const severities = [rule("unknown-key", "ignore")];
  const { text: output, diagnostics } = compile({ name: "a.yaml", text: keys }, { severities });
  assert.is(output, undefined);
  assert.is(diagnostics.length, 1000);
});

test("a mistake that is no error hides nothing that it causes", () => {
  const misspelt =
    "machines: [a]\ninstances: { x: { modul: sshd, roles: { r: { machines: [a] } } } }";
  const codesWith = (severities: readonly SeverityRule[]) =>
    compile({ name: "a.yaml", text: misspelt }, { severities }).diagnostics.map(({ code }) => code);
  assert.equal(codesWith([]), ["unknown-key"]);
  assert.equal(codesWith([rule("unknown-key", "ignore")]), ["unknown-service"]);

  const twice =
    "machines: { a: , a: }\ninstances: { sshd: { roles: { server: { machines: [b] } } } }";
  const { diagnostics } = compile(
    { name: "a.yaml", text: twice },
    { severities: [rule("duplicate-key", "ignore")] },
  );
  assert.equal(
    diagnostics.map(({ code }) => code),
    ["unknown-machine"],
  );
});

test("whatever is ignored, an inventory has an output or an error", () => {
  const severities = [rule("all", "ignore")];
  for (const { name, sources, options } of readCases()) {
    const { text: output, diagnostics } = compile(sources, { ...options, severities });
    assert.is(output === undefined, diagnostics.length > 0, name);
    for (const { code, severity } of diagnostics) {
      assert.is(severity, "error", name);
      assert.ok(codes[code].staysError, `${name}: ${code}`);
    }
  }
});

test("an unknown code is a TypeError with a suggestion", () => {
  assert.throws(
    () => found([rule("unknown-kye", "ignore")]),
    (error: unknown) =>
      error instanceof TypeError &&
      error.message ===
        "the option 'severities': no code is named 'unknown-kye'; did you mean 'unknown-key'?",
  );
});

test("--error, --warn and --ignore are rules in their order", async () => {
  const check = async (...flags: readonly string[]) => {
    const { exitCode, stderr } = await run(["check", ...flags, "--format=json"], { input: text });
    return [exitCode, ...stderr.matchAll(/"code":"([\w-]+)","severity":"(\w+)"/g)].map((part) =>
      typeof part === "object" ? `${part[2]} ${part[1]}` : part,
    );
  };
  assert.equal(await check("--ignore", "all"), [0]);
  assert.equal(await check("--ignore", "all", "--warn=unknown-tag", "--error", "machine-name"), [
    1,
    "error machine-name",
    "warning unknown-tag",
  ]);
  assert.equal(await check("--error", "unknown-tag", "--ignore", "all"), [0]);
  assert.equal(await check("--ignore", "all", "--warn", "unknown-tag", "--deny-warnings"), [
    1,
    "error unknown-tag",
  ]);
});

function rule(code: string, severity: SeverityRule["severity"]): SeverityRule {
  return { code, severity };
}

function compiled(options: CompileOptions) {
  return compile({ name: "inventory.yaml", text }, options);
}

function found(severities: readonly SeverityRule[]): readonly string[] {
  return compiled({ severities }).diagnostics.map(({ severity, code }) => `${severity} ${code}`);
}

test.run();
