import { readFileSync } from "node:fs";
import path from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { type Example, partsOf } from "../src/diagnostics/codes/code-table.js";
import { type Code, codes, type Diagnostic } from "../src/index.js";
import { codesPage } from "../src/show/codes-markdown.js";
import { filesWith, run } from "./host.js";

/** Codes of what is wrong with files rather than texts. */
const withoutExample: readonly string[] = [
  "invalid-encoding",
  "missing-file",
  "skipped-folder",
  "unreadable-input",
];

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

test("docs/diagnostics.md is current (npm run docs)", () => {
  const page = path.join(import.meta.dirname, "../docs/diagnostics.md");
  assert.is(readFileSync(page, "utf8"), codesPage());
});

test("lists the codes, or shows one, for people and for programs", async () => {
  const all = await run(["codes"]);
  assert.is(all.exitCode, 0);
  for (const code of Object.keys(codes)) {
    assert.match(all.stdout, `\n  ${code} `);
  }
  const { stdout } = await run(["codes", "unknown-machine"]);
  const { summary } = codes["unknown-machine"];
  assert.match(stdout, `unknown-machine (error)\n\n${summary} `);
  assert.match(stdout, "\nInstead:\n  inventory.yaml\n    machines: [laptop]\n");

  const listed = JSON.parse((await run(["codes", "--json"])).stdout);
  assert.equal(
    listed.map(({ code }: { code: string }) => code),
    Object.keys(codes),
  );
  const one = JSON.parse((await run(["codes", "tag-name", "--json"])).stdout);
  assert.equal(
    one,
    listed.find(({ code }: { code: string }) => code === "tag-name"),
  );
  assert.equal(one.example, {
    files: { "inventory.yaml": 'machines:\n  web: { tags: ["public, prod"] }\n' },
    flags: [],
  });
});

test("a code that there is not is a usage error with a suggestion", async () => {
  const message =
    "inventory2nix: no code is named 'unknown-machin'; did you mean 'unknown-machine'?\n";
  const { exitCode, stderr } = await run(["codes", "unknown-machin"]);
  assert.equal([exitCode, stderr], [2, message]);
  assert.is((await run(["codes", "tag-name", "tag-cycle"])).exitCode, 2);
  const flag = await run(["check", "--ignore", "unknown-machin"], { input: "{}" });
  assert.is(flag.exitCode, 2);
  assert.match(flag.stderr, "'--ignore' needs a code or 'all': no code is named 'unknown-machin'");
});

/** Files that are found, or that a flag names. */
const notOperands: readonly string[] = ["services.json", "flake.nix", "flake.lock"];

async function findingsIn(example: Example): Promise<readonly string[]> {
  const { files, flags } = partsOf(example);
  const names = files.map(({ name }) => name).filter((name) => !notOperands.includes(name));
  const { stderr } = await run([...names, ...flags, "--format=json"], {
    files: filesWith(Object.fromEntries(files.map(({ name, text }) => [name, text]))),
  });
  return stderr
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Diagnostic)
    .map(({ severity, code }) => `${severity} ${code}`);
}

test.run();
