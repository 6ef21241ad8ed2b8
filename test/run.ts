/**
 * Runs every test file in a process of its own, the slowest first, and ends with one line: `N
 * passed, N failed`, and `N skipped` if any are. `--suite NAME` runs those in `test/suites/NAME`
 * instead of the others; other words select the files whose path contains one of them.
 */
import { spawn } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { bundleTests } from "./bundle-tests.js";

interface Result {
  readonly file: string;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly seconds: number;
  readonly output: string;
}

/**
 * About how many seconds the longest files take, for a machine that has not run them yet: the last
 * file to start should be a short one.
 */
const usualSeconds: { readonly [name: string]: number } = {
  playground: 50,
  evaluator: 20,
  edit: 15,
  "edit-inventory": 15,
  "component-command": 15,
  compile: 10,
  fuzz: 10,
  component: 10,
  fix: 8,
  limits: 8,
  "component-answers": 8,
  "yaml-reader": 8,
  "nix-build": 6,
  "nix-flake": 6,
  "editor-schema": 5,
  unread: 5,
};

const folder = import.meta.dirname;
const timesFile = path.join(folder, "../node_modules/.test-times.json");
const { values, positionals: words } = parseArgs({
  options: { suite: { type: "string" } },
  allowPositionals: true,
});
const isChosen = (file: string) => words.length === 0 || words.some((word) => file.includes(word));
const times = readTimes();
const files = testFiles(values.suite)
  .filter(isChosen)
  .sort((a, b) => secondsOf(b) - secondsOf(a));

const bundled = await bundleTests(files);
const waiting = [...files];
const results: Result[] = [];
// One more than there are cores: the tests of the page and of signals wait most of their time.
await Promise.all(Array.from({ length: availableParallelism() + 1 }, runFiles));

const measured = results.map(({ file, seconds }): [string, number] => [file, seconds]);
writeFileSync(timesFile, JSON.stringify({ ...times, ...Object.fromEntries(measured) }));
const [passed, failed, skipped] = [total("passed"), total("failed"), total("skipped")];
const reasons = new Set(results.flatMap(({ output }) => output.match(/^.*are skipped$/gm) ?? []));
for (const reason of reasons) {
  console.log(`skipped: ${reason}`);
}
if (files.length === 0) {
  console.log("no test file found");
}
console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`);
const mustRunAll = process.env["CI"] === "true";
process.exitCode = failed > 0 || passed === 0 || (mustRunAll && skipped > 0) ? 1 : 0;

/** Paths in `test`: those of one suite, or of none. */
function testFiles(suite: string | undefined): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) => {
    const [room, name] = file.split(path.sep);
    const isMeant = suite === undefined ? room !== "suites" : room === "suites" && name === suite;
    return isMeant && file.endsWith(".test.ts");
  });
}

/** How long each file took the last time it ran here. */
function readTimes(): { readonly [file: string]: number } {
  try {
    return JSON.parse(readFileSync(timesFile, "utf8"));
  } catch {
    return {};
  }
}

function secondsOf(file: string): number {
  return times[file] ?? usualSeconds[path.basename(file, ".test.ts")] ?? 0;
}

async function runFiles(): Promise<void> {
  for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) {
    const result = await runFile(file);
    results.push(result);
    const { passed, failed, skipped, seconds, output } = result;
    console.log(
      `${failed > 0 ? "FAILED" : "ok    "} ${file}: ${passed} passed, ${failed} failed, ${skipped} skipped (${seconds.toFixed(1)} s)`,
    );
    if (failed > 0) {
      console.log(output);
    }
  }
}

async function runFile(file: string): Promise<Result> {
  const start = performance.now();
  const { exitCode, output } = await runNode(["--enable-source-maps", bundled(file)]);
  const seconds = (performance.now() - start) / 1000;
  const [ran, passed, skipped] = ["Total", "Passed", "Skipped"].map((label) =>
    Number(new RegExp(`^ {2}${label}: +(\\d+)$`, "m").exec(output)?.[1] ?? 0),
  ) as [number, number, number];
  const failed = ran - passed;
  const problem = findProblem(exitCode, failed, ran + skipped);
  return {
    file,
    passed,
    failed: problem === undefined ? failed : failed + 1,
    skipped,
    seconds,
    output: problem === undefined ? output : `${output}${file} ${problem}\n`,
  };
}

/** What uvu does not count as a failure. */
function findProblem(exitCode: number | null, failed: number, tests: number): string | undefined {
  if (exitCode === null) {
    return "was killed, or took too long";
  }
  if (exitCode !== 0 && failed === 0) {
    return `ended with exit code ${exitCode}`;
  }
  if (tests === 0) {
    return "has no test, or does not call test.run()";
  }
  return undefined;
}

function runNode(args: readonly string[]): Promise<{ exitCode: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      timeout: 600_000,
      env: { ...process.env, NO_COLOR: "1" },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => (output += text));
    }
    child.on("error", reject);
    child.on("close", (exitCode) => resolve({ exitCode, output }));
  });
}

function total(kind: "passed" | "failed" | "skipped"): number {
  return results.reduce((sum, result) => sum + result[kind], 0);
}
