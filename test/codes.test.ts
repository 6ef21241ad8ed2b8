import { test } from "uvu";
import * as assert from "uvu/assert";
import type { Example } from "../src/diagnostics/codes/code-table.js";
import { type Code, codes, type Diagnostic } from "../src/index.js";
import { filesWith, run } from "./host.js";

/** Codes of what is wrong with files rather than texts. */
const withoutExample: readonly string[] = ["invalid-encoding", "stale-output", "unreadable-input"];

test("every code has an example, except those that no text can have", () => {
  assert.equal(
    Object.keys(codes).filter((code) => codes[code as Code].example === undefined),
    withoutExample,
  );
});

for (const [code, { severity, example, instead }] of Object.entries(codes)) {
  if (example === undefined) {
    continue;
  }
  test(`the example of ${code} has this finding alone`, async () => {
    assert.equal(await findingsIn(example), [`${severity} ${code}`]);
  });
  if (instead !== undefined) {
    test(`what to write instead of the example of ${code} has no finding`, async () => {
      assert.equal(await findingsIn(instead), []);
    });
  }
}

async function findingsIn(example: Example): Promise<readonly string[]> {
  const { files, flags = [] } =
    "files" in example ? example : { files: { "inventory.yaml": example } };
  const { stderr } = await run(
    [...Object.keys(files).filter((name) => name !== "services.json"), ...flags, "--format=json"],
    {
      files: filesWith(
        Object.fromEntries(
          Object.entries(files).map(([name, lines]) => [name, `${lines.join("\n")}\n`]),
        ),
      ),
    },
  );
  return stderr
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Diagnostic)
    .map(({ severity, code }) => `${severity} ${code}`);
}

test.run();
