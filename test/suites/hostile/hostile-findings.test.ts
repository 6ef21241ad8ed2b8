/** Findings and answers are bounded on any input. */
import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  compile,
  type Diagnostic,
  diff,
  edit,
  fix,
  formatDiagnostics,
  isEmptyDifference,
  plan,
  readCatalogue,
  showPlan,
} from "../../../src/index.js";
import { bounded, inMap, loud, numbered, wide } from "./hostile-inputs.js";

for (const [what, text] of Object.entries(loud)) {
  test(`${what}: the findings are bounded in every format`, () => {
    const source = { name: "inventory", text };
    const { diagnostics } = bounded(() => compile(source, { emit: "declared" }));
    checkSizes(diagnostics);
    for (const format of ["text", "json", "github", "sarif"] as const) {
      const shown = bounded(() =>
        formatDiagnostics(diagnostics, [source], { format, color: true }),
      );
      assert.ok(Buffer.byteLength(shown) < 1e6, `${format}: ${shown.length}`);
    }
  });
}

function checkSizes(diagnostics: readonly Diagnostic[]): void {
  assert.ok(diagnostics.length <= 21_000);
  for (const { message, help = "", related } of diagnostics) {
    assert.ok(message.length < 1100, message);
    assert.ok(help.length <= 1000, help);
    assert.ok(related.length <= 20, `${related.length} places`);
  }
}

for (const [what, text] of Object.entries(wide)) {
  test(`${what}: every answer ends in time`, () => {
    const source = { name: "inventory", text };
    bounded(() => compile(source));
    const planned = bounded(() => plan(source)).plan;
    if (planned === undefined) {
      return;
    }
    assert.ok(isEmptyDifference(bounded(() => diff(planned, plan(source).plan!))));
    assert.ok(showPlan(planned).length < 2 ** 26);
  });
}

test("fixes of a long text, each of which uncovers another, end in time", () => {
  const { applied } = bounded(() =>
    fix({ name: "a.yaml", text: "a: ]\n".repeat(200_000) }, {}, "unsafe"),
  );
  assert.ok(applied > 0);
});

test("fixes of a short text of brackets, whose repairs read it often, end in time", () => {
  const { applied } = bounded(() =>
    fix({ name: "a.yaml", text: "]a: 1\n".repeat(1700) }, {}, "unsafe"),
  );
  assert.ok(applied > 0);
});

test("fixes of very many findings in one long text end in time", () => {
  const settings = numbered("k", 10_000).map((key) => `    ${key}: [yes, 012, 1_000, 12:30, on]\n`);
  const text = `machines: [m]\ninstances:\n i:\n  module: {input: x}\n  roles:\n   r:\n    machines: [m]\n    settings:\n ${settings.join(" ")}`;
  const { applied } = bounded(() => fix({ name: "a.yaml", text }, {}, "unsafe"));
  assert.ok(applied >= 10_000);
});

test("fixes of a thousand misspelt settings, of forty thousand that there are, end in time", () => {
  const properties = inMap(numbered("p", 40_000), {});
  const settings = inMap(numbered("q", 1000), 1);
  const text = JSON.stringify({
    machines: ["m"],
    instances: {
      s: { module: { name: "s", input: "self" }, roles: { r: { machines: ["m"], settings } } },
    },
  });
  const schema = { self: { s: { r: { properties, additionalProperties: false } } } };
  const { catalogue } = readCatalogue({ name: "services.json", text: JSON.stringify(schema) });
  bounded(() => fix({ name: "a.json", text }, { services: catalogue! }, "unsafe"));
});

test("a change of one of twenty thousand files ends in time", () => {
  const sources = numbered("f", 20_000).map((name) => ({
    name: `${name}.yaml`,
    text: `machines: {${name}: }\n`,
  }));
  const change = { kind: "set", place: "machines.f9.description", value: "x" } as const;
  const { edits } = bounded(() => edit(sources, change));
  assert.is(edits.length, 1);
});

test("of a hundred thousand unknown machines, against as many known ones, a thousand are reported", () => {
  const count = 100_000;
  const named = (name: string) => Array.from({ length: count }, (_, index) => `${name}-${index}`);
  const text = JSON.stringify({
    machines: named("machine"),
    instances: { i: { roles: { r: { machines: named("mashine") } } } },
  });
  const { diagnostics } = compile({ name: "a.json", text }, { services: null });
  assert.is(diagnostics.length, 1000);
  assert.match(
    diagnostics[0]!.message,
    "no machine is named 'mashine-0'; did you mean 'machine-0'",
  );
  assert.is(diagnostics.at(-1)!.message, "no machine is named 'mashine-999'");
});

test("of a flood of warnings ten thousand are reported, and the compilation goes on", () => {
  const text = JSON.stringify({
    machines: Array.from({ length: 10_001 }, (_, index) => `a_${index}`),
  });
  const { text: nix, diagnostics } = compile({ name: "a.json", text }, { services: null });
  assert.is(diagnostics.length, 10_000);
  assert.match(nix!, "a_10000 = { };");
});

test.run();
