import { readFileSync } from "node:fs";
import path from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { compile } from "../src/index.js";
import { goldenFolder, readCases, readExpected, servicesFile } from "./cases.js";
import {
  type ComponentResult,
  chromium,
  componentFile,
  diagnosticRecords,
  newestNode,
  python,
  runInChromium,
  runInNode,
  runProgram,
  toComponentOptions,
  withFiles,
} from "./component-hosts.js";

const cases = readCases();
const componentCases = cases.map(({ folder, sources, options }) => {
  const services = readExpected(folder, servicesFile);
  return {
    sources,
    options: toComponentOptions(
      options,
      services === "" ? undefined : [{ name: servicesFile, text: services }],
    ),
  };
});

withFiles(test, componentFile)(
  "every case comes out of the transpiled component as out of the library",
  async () => {
    assertSame(await runInNode(process.execPath, componentCases));
  },
);

withFiles(
  test,
  componentFile,
  newestNode,
)("so it does in the newest Node", async () => {
  assertSame(await runInNode(newestNode, componentCases));
});

withFiles(
  test,
  componentFile,
  chromium,
)("so it does in a page and in a module worker of Chromium", async () => {
  const { page, worker } = await runInChromium(componentCases);
  assertSame(page);
  assertSame(worker);
});

withFiles(
  test,
  componentFile,
  python,
)("Python compiles with it, every import being a trap", async () => {
  const folder = path.join(goldenFolder, "clan-borgbackup-minimal");
  const program = path.join(import.meta.dirname, "hosts/python.py");
  const input = readFileSync(path.join(folder, "inventory.yaml"));
  const { exitCode, stdout, stderr } = await runProgram(python, [program, componentFile], input);
  assert.is(stderr, "");
  assert.is(stdout, readExpected(folder, "expected.nix"));
  assert.is(exitCode, 0);
});

function assertSame(results: readonly ComponentResult[]): void {
  assert.is(results.length, cases.length);
  for (const [index, { name, sources, options }] of cases.entries()) {
    const { text, diagnostics } = compile(sources, { ...options, files: undefined });
    const result = results[index]!;
    assert.is(result.text ?? "", text ?? "", name);
    assert.equal(diagnosticRecords(result.diagnostics), diagnosticRecords(diagnostics), name);
  }
}

test.run();
