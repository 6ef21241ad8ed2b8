import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { codes } from "../src/index.js";
import {
  actualFiles,
  type Case,
  diagnosticsFile,
  expectedMessages,
  flagsFor,
  goldenFolder,
  readCases,
  readExpected,
  strayFiles,
} from "./cases.js";
import { filesWith, inFolder, inventory, type Run, run } from "./host.js";
import { withNix } from "./nix.js";

const cases = readCases();
const bin = path.join(import.meta.dirname, "../dist/bin.js");

for (const golden of cases) {
  const { name, folder, operand, options, outputFile } = golden;

  test(`${name}: the library gives what is expected`, () => {
    for (const [file, text] of Object.entries(actualFiles(golden))) {
      assert.is(text, readExpected(folder, file), file);
    }
  });

  test(`${name}: the files are as its name says`, () => {
    assert.equal(strayFiles(golden), []);
    assert.is(readExpected(folder, outputFile) === "", name.startsWith("error-"));
  });

  const args = flagsFor(options);
  if (args === undefined) {
    continue;
  }

  test(`${name}: the command line gives the same`, async () => {
    const result =
      typeof options.rootDefault === "string" && options.rootDefault !== operand
        ? await runElsewhere(golden, args)
        : await run([operand, ...args], inFolder(folder));
    assertExpected(result, golden);
  });
}

for (const name of [
  "error-unknown-machine",
  "export-to-yaml",
  "kitchen-sink",
  "split-by-site",
  "warning-unknown-tag",
]) {
  test(`${name}: the built command gives the same`, () => {
    const golden = cases.find((golden) => golden.name === name)!;
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [bin, golden.operand, ...flagsFor(golden.options)!],
      {
        cwd: golden.folder,
        encoding: "utf8",
      },
    );
    assertExpected({ exitCode: status!, stdout, stderr }, golden);
  });
}

/** Codes of what is not an inventory: a file of bytes, a catalogue. */
const withoutCase: readonly string[] = ["invalid-encoding", "invalid-schema"];

test("every diagnostic code has a case, or the command alone makes it", async () => {
  const files = filesWith({ "in.yaml": inventory });
  const { stderr: unreadable } = await run(["none.yaml"], { files });
  const { stderr: stale } = await run(["in.yaml", "-o", "out.nix", "--check"], { files });
  const texts = cases.map(({ folder }) => readExpected(folder, diagnosticsFile));
  const seen = [...texts, unreadable, stale].join("");
  assert.equal(
    Object.keys(codes).filter((code) => !seen.includes(` [${code}]`)),
    withoutCase,
  );
});

withNix(test)("Nix parses every expected output", () => {
  const files = cases
    .map(({ name, outputFile }) => `${name}/${outputFile}`)
    .filter((file) => file.endsWith(".nix"));
  const existing = files.filter((file) => readExpected(goldenFolder, file) !== "");
  const { status, stderr } = spawnSync("nix-instantiate", ["--parse", ...existing], {
    cwd: goldenFolder,
    encoding: "utf8",
  });
  assert.is(status, 0, stderr);
});

function assertExpected({ exitCode, stdout, stderr }: Run, golden: Case): void {
  const { name, folder, outputFile } = golden;
  assert.is(stderr, expectedMessages(golden));
  assert.is(stdout, readExpected(folder, outputFile));
  assert.is(exitCode, name.startsWith("error-") ? 1 : 0);
}

/** Writes to a file from which the sources are where `rootDefault` says. */
async function runElsewhere(
  { folder, operand, options, outputFile }: Case,
  args: readonly string[],
): Promise<Run> {
  const temporary = mkdtempSync(path.join(tmpdir(), "inventory2nix-"));
  try {
    const output = path.join(temporary, "some/folder", outputFile);
    const root = path.resolve(path.dirname(output), options.rootDefault!);
    const cwd = operand === "inventory" ? path.dirname(root) : root;
    for (const folder of [path.dirname(output), cwd]) {
      mkdirSync(folder, { recursive: true });
    }
    cpSync(path.join(folder, operand), path.join(cwd, operand), { recursive: true });
    const result = await run([operand, ...args, "-o", output], inFolder(cwd));
    return { ...result, stdout: readFileSync(output, "utf8") };
  } finally {
    rmSync(temporary, { recursive: true });
  }
}

test.run();
