import { existsSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { compile } from "../../../src/index.js";
import { compiler as adapter } from "../../../wasm/compiler.js";
import {
  type ComponentCase,
  type ComponentResult,
  componentFile,
  toComponentOptions,
  withFiles,
} from "../../component-hosts.js";
import { bounded, numbered } from "./hostile-inputs.js";

interface Compiler {
  compile(sources: ComponentCase["sources"], options: object): ComponentResult;
  check(sources: ComponentCase["sources"], options: object): ComponentResult["diagnostics"];
  plan(sources: ComponentCase["sources"], options: object): ComponentResult;
  explain(sources: ComponentCase["sources"], question: object, options: object): ComponentResult;
  diff(
    before: ComponentCase["sources"],
    after: ComponentCase["sources"],
    options: object,
  ): { readonly after: ComponentResult["diagnostics"] };
  graph(sources: ComponentCase["sources"], options: object): ComponentResult;
  applyFixes(
    sources: ComponentCase["sources"],
    options: object,
    applicability: "safe" | "unsafe",
  ): { readonly applied: number };
  readonly Analysis: {
    analyze(
      sources: ComponentCase["sources"],
      options: object,
    ): { complete(at: { readonly source: string; readonly offset: number }): object };
  };
}

const test = suite("hostile input through the component");
const withComponent = withFiles(test, componentFile);
const good = "machines: { a: }\n";
let compiler: Compiler;

test.before(async () => {
  const loader = path.join(import.meta.dirname, "../../../dist/component/index.js");
  if (existsSync(loader)) {
    compiler = await (
      (await import(pathToFileURL(loader).href)) as { instantiate(): Promise<Compiler> }
    ).instantiate();
  }
});

const inputs: { readonly [title: string]: string } = {
  "3,000 nested brackets": "[".repeat(3000),
  "3,000 nested brackets that are closed": `machines: ${"[".repeat(3000)}${"]".repeat(3000)}`,
  "3,000 nested braces in JSON": '{"a":'.repeat(3000),
  "nesting at the limit": `x-a: ${"[".repeat(62)}${"]".repeat(62)}\n${good}`,
  "an alias bomb": `x-0: &x0 [a, a]\n${Array.from({ length: 40 }, (_, n) => `x-${n + 1}: &x${n + 1} [*x${n}, *x${n}]\n`).join("")}${good}`,
  "more than 64 Mi characters": `# ${"x".repeat(64 * 1024 * 1024)}`,
  "lone surrogates": "machines: { \ud800: , '\\udfff': }\n\"\\ud800\": 1",
  NUL: "machines: { a\0b: }",
  "a long line": `machines: [${"a, ".repeat(20_000)}]`,
};

for (const [title, text] of Object.entries(inputs)) {
  withComponent(`${title}: the library's diagnostics, and the same instance goes on`, () => {
    const sources = [{ name: "inventory.yaml", text }];
    const result = compiler.compile(sources, toComponentOptions({}));
    // Strings of a component are well-formed: what is not arrives as U+FFFD.
    const expected = compile([{ name: "inventory.yaml", text: text.toWellFormed() }]);
    assert.equal(
      JSON.parse(JSON.stringify(result)),
      JSON.parse(JSON.stringify({ text: expected.text, diagnostics: expected.diagnostics })),
    );
    assert.is(
      compiler.compile([{ name: "good.yaml", text: good }], toComponentOptions({})).text,
      compile({ name: "good.yaml", text: good }).text,
    );
  });
}

withComponent("limits of zero are limits", () => {
  const { diagnostics } = compiler.compile(
    [{ name: "a.yaml", text: good }],
    toComponentOptions({ limits: { size: 0 } }),
  );
  assert.equal(
    diagnostics.map(({ code }) => code),
    ["limit-exceeded"],
  );
});

// Its engine takes a hundred times as long as Node's to find the end of a line.
withComponent("many words in one long line are completed and corrected", () => {
  const options = toComponentOptions({ services: null });
  const machines = numbered("some-machine-", 30_000);
  const json = { name: "inventory.json", text: JSON.stringify({ machines }) };
  const analysis = compiler.Analysis.analyze([json], options);
  bounded(() => analysis.complete({ source: json.name, offset: 0 }));
  const settings = "{ s: [yes, 012], t: [on, 1_0] }, ".repeat(2500);
  const text = `machines: [m]\ninstances: { i: { module: { name: x, input: self }, roles: { r: { machines: [m], settings: { l: [${settings}] } } } } }\n`;
  const { applied } = bounded(() =>
    compiler.applyFixes([{ name: "inventory.yaml", text }], options, "unsafe"),
  );
  assert.is(applied, 7500);
});

for (const [depth, codes] of [
  [64, []],
  [1000, ["limit-exceeded"]],
] as const) {
  withComponent(
    `${depth} levels, where more are allowed: every function answers, and the same instance goes on`,
    () => {
      const settings = `${"[".repeat(depth - 10)}${"]".repeat(depth - 10)}`;
      const text = `machines: { a: { tags: [t] } }\ninstances: { i: { module: { name: x, input: self }, roles: { r: { tags: { t: { settings: { s: ${settings} } } }, settings: { s: ${settings} } } } } }\n`;
      const sources = [{ name: "inventory.yaml", text }];
      const options = toComponentOptions({ limits: { depth: 1_000_000 } });
      const found = [
        compiler.compile(sources, options).diagnostics,
        compiler.check(sources, options),
        compiler.plan(sources, options).diagnostics,
        compiler.explain(sources, { machine: "a", instance: "i" }, options).diagnostics,
        compiler.diff(sources, sources, options).after,
        compiler.graph(sources, options).diagnostics,
      ];
      for (const diagnostics of found) {
        assert.equal(
          diagnostics.map(({ code }) => code),
          codes,
        );
      }
    },
  );
}

withComponent(
  "an answer that repeats a setting beyond all memory is refused, and the same instance goes on",
  () => {
    const text = (value: string) =>
      `machines: [${Array.from({ length: 300 }, (_, index) => `m${index}`).join()}]\ninstances: { i: { roles: { r: { tags: [all], settings: { s: ${value} } } } } }\n`;
    const sources = [{ name: "inventory.yaml", text: text("x".repeat(2 ** 20)) }];
    const before = [{ name: "inventory.yaml", text: text("y") }];
    const options = toComponentOptions({ services: null });
    const plan = compiler.plan(sources, options);
    const difference = compiler.diff(before, sources, options).after;
    for (const diagnostics of [plan.diagnostics, difference]) {
      assert.equal(
        diagnostics.map(({ code, message }) => [code, message]),
        [["limit-exceeded", "the answer would be longer than 67108864 characters"]],
      );
    }
    assert.equal(compiler.plan(before, options).diagnostics, []);
    assert.equal(
      compiler.explain(sources, { machine: "m0", instance: "i" }, options).diagnostics,
      [],
    );
  },
);

test("a bug of the compiler is thrown as text, which the WIT promises: all else would trap", () => {
  const calls: { readonly [name: string]: (argument: never) => unknown } = {
    compile: (argument) => adapter.compile(argument, argument),
    check: (argument) => adapter.check(argument, argument),
    plan: (argument) => adapter.plan(argument, argument),
    explain: (argument) => adapter.explain(argument, argument, argument),
    diff: (argument) => adapter.diff(argument, argument, argument),
    graph: (argument) => adapter.graph(argument, argument),
  };
  for (const [name, call] of Object.entries(calls)) {
    assert.throws(
      () => call({} as never),
      (error: unknown) => typeof error === "string",
      name,
    );
  }
});

test.run();
