/** Work, findings and answers are bounded on any input. */
import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  check,
  compile,
  type Diagnostic,
  diff,
  formatDiagnostics,
  isEmptyDifference,
  plan,
  readCatalogue,
  showPlan,
} from "../src/index.js";
import { heavy, inMap, loud, numbered, wide } from "./hostile-inputs.js";

/** More than the machine of any test would take for what is bounded. */
const maxSeconds = 20;

function bounded<T>(work: () => T): T {
  const start = process.cpuUsage();
  const result = work();
  const seconds = process.cpuUsage(start).user / 1e6;
  assert.ok(seconds < maxSeconds, `${seconds} s`);
  return result;
}

for (const [what, text] of Object.entries(heavy)) {
  test(`${what} ends in time`, () => {
    bounded(() => compile({ name: "inventory", text }));
  });
}

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

/** Fifty schemas; each refers to the next one twice, through another. */
const doublingSteps = {
  $ref: "#/$defs/s0",
  $defs: {
    ...Object.fromEntries(
      numbered("s", 50).map((name, level) => [
        name,
        {
          allOf: ["a", "b"].map((title) => ({
            title,
            properties: { x: { $ref: `#/$defs/s${level + 1}` } },
          })),
        },
      ]),
    ),
    s50: {},
  },
};
const fiftyDeep = (value: unknown) =>
  Array.from({ length: 50 }).reduce((inner) => ({ x: inner }), value);

/** Schemas of a service, and settings, that would exhaust any machine if nothing stopped them. */
const hostileSchemas: {
  readonly [what: string]: readonly [schema: unknown, settings: unknown, code: string];
} = {
  "parts that double with every step": [doublingSteps, fiftyDeep(1), "limit-exceeded"],
  "very many alternatives for each of very many values": [
    {
      additionalProperties: {
        anyOf: numbered("t", 10_000).map((title) => ({ title, type: "object" })),
      },
    },
    inMap(numbered("k", 10_000), 1),
    "limit-exceeded",
  ],
  "very many names to suggest for as many unknown ones": [
    {
      properties: inMap(numbered("a-somewhat-long-name", 50_000), true),
      additionalProperties: false,
    },
    inMap(numbered("a-somewhat-lone-nam", 50_000), 1),
    "unknown-setting",
  ],
  "very many values to list for as many wrong ones": [
    { additionalProperties: { enum: numbered("a-somewhat-long-value", 50_000) } },
    inMap(numbered("k", 50_000), "a-somewhat-lone-valu"),
    "setting-type",
  ],
};

for (const [what, [schema, settings, code]] of Object.entries(hostileSchemas)) {
  test(`${what} end in time`, () => {
    const { catalogue } = readCatalogue({
      name: "services.json",
      text: JSON.stringify({ self: { s: { r: schema } } }),
    });
    const text = JSON.stringify({
      machines: ["m"],
      instances: { s: { module: { input: "self" }, roles: { r: { machines: ["m"], settings } } } },
    });
    const start = process.cpuUsage();
    const { diagnostics } = check({ name: "inventory.json", text }, { services: catalogue });
    const { user } = process.cpuUsage(start);
    assert.is(diagnostics[0]?.code, code);
    assert.ok(user < 20e6, `${user / 1e6} s`);
    assert.ok(JSON.stringify(diagnostics).length < 2e6);
  });
}

test.run();
