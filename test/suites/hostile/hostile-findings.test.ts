/** Findings and answers are bounded on any input. */
import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  compile,
  type Diagnostic,
  diff,
  formatDiagnostics,
  isEmptyDifference,
  plan,
  showPlan,
} from "../../../src/index.js";
import { bounded, loud, wide } from "./hostile-inputs.js";

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

test.run();
