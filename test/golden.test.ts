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
  inCopy,
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
        : await inCopy(golden, (copy) => run([operand, ...args], inFolder(copy)));
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
  test(`${name}: the built command gives the same`, async () => {
    const golden = cases.find((golden) => golden.name === name)!;
    const args = [bin, golden.operand, ...flagsFor(golden.options)!];
    const { status, stdout, stderr } = await inCopy(golden, (cwd) =>
      spawnSync(process.execPath, args, { cwd, encoding: "utf8" }),
    );
    assertExpected({ exitCode: status!, stdout, stderr }, golden);
  });
}

/** Codes of what is not an inventory: a file of bytes, a catalogue, a folder. */
const withoutCase: readonly string[] = ["invalid-schema", "newer-clan-core", "skipped-folder"];

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
    const host = inFolder(cwd);
    const list: typeof host.files.list = (listed) => {
      // What is beside the output is not the case's.
      return listed === path.join(cwd, operand) ? host.files.list(listed) : [];
    };
    const files = { ...host.files, list };
    const result = await run([operand, ...args, "-o", output], { ...host, files });
    return { ...result, stdout: readFileSync(output, "utf8") };
  } finally {
    rmSync(temporary, { recursive: true });
  }
}

test.run();
