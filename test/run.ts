/**
 * Runs every test file in a process of its own, and ends with one line:
 * `N passed, N failed`, and `N skipped` where there are any. Words after the
 * file name select the files whose path contains one of them.
 */
import { spawn } from "node:child_process";
import { readdirSync } from "node:fs";
import { availableParallelism } from "node:os";
import path from "node:path";

interface Result {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly output: string;
}

const folder = import.meta.dirname;
const words = process.argv.slice(2);
const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
  .filter(
    (file) =>
      file.endsWith(".test.ts") &&
      (words.length === 0 || words.some((word) => file.includes(word))),
  )
  .sort();

const waiting = [...files];
const results: Result[] = [];
await Promise.all(Array.from({ length: availableParallelism() }, runFiles));

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

async function runFiles(): Promise<void> {
  for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) {
    const result = await runFile(file);
    results.push(result);
    const { passed, failed, skipped, output } = result;
    console.log(
      `${failed > 0 ? "FAILED" : "ok    "} ${file}: ${passed} passed, ${failed} failed, ${skipped} skipped`,
    );
    if (failed > 0) {
      console.log(output);
    }
  }
}

async function runFile(file: string): Promise<Result> {
  const { exitCode, output } = await runNode(["--import", "tsx", path.join(folder, file)]);
  const [ran, passed, skipped] = ["Total", "Passed", "Skipped"].map((label) =>
    Number(new RegExp(`^ {2}${label}: +(\\d+)$`, "m").exec(output)?.[1] ?? 0),
  ) as [number, number, number];
  const failed = ran - passed;
  const problem = findProblem(exitCode, failed, ran + skipped);
  return {
    passed,
    failed: problem === undefined ? failed : failed + 1,
    skipped,
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
