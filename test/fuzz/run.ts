/**
 * Feeds a front with its corpus, `corpus/FRONT.json`, and then with random inputs for a while:
 *
 *     npm run fuzz -- FRONT --seconds 1800 --seed 7
 *
 * Without a front, feeds all of them, two at a time. A new seed each time, unless one is given; it is
 * printed, and so is an input that fails, as small as it could be made: it belongs in the corpus.
 */
import { spawn } from "node:child_process";
import { randomInt } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { exitCodes } from "./front.js";
import { frontNames } from "./fronts.js";

/** For what a front does beyond its time, with its last input: far more than any machine takes. */
const graceSeconds = 180;

const { values, positionals } = parseArgs({
  options: { seconds: { type: "string", default: "60" }, seed: { type: "string" } },
  allowPositionals: true,
});
const seconds = Number(values.seconds);
const seed = Number(values.seed ?? randomInt(2 ** 31));
for (const name of positionals) {
  if (!frontNames.includes(name)) {
    throw new Error(`no front is named '${name}', but ${frontNames.join(", ")}`);
  }
}

const folder = mkdtempSync(path.join(tmpdir(), "inventory2nix-fuzz-"));
const waiting = positionals.length > 0 ? positionals : [...frontNames];
const counts = { passed: 0, failed: 0, skipped: 0 };
await Promise.all([runNext(), runNext()]);
rmSync(folder, { recursive: true });
const others = counts.skipped > 0 ? `, ${counts.skipped} skipped` : "";
console.log(`${counts.passed} passed, ${counts.failed} failed${others}`);
process.exitCode = counts.failed > 0 ? 1 : 0;

async function runNext(): Promise<void> {
  for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
    const outcome = await run(name);
    counts[outcome]++;
  }
}

/** Runs a front in a process of its own, which may die, and is ended where an input does not end. */
async function run(name: string): Promise<keyof typeof exitCodes> {
  const inputFile = path.join(folder, `${name}.json`);
  const program = path.join(import.meta.dirname, "run-front.ts");
  const args = [program, name, `${seconds}`, `${seed}`, inputFile];
  const child = spawn(process.execPath, [...process.execArgv, ...args], {
    stdio: "inherit",
    timeout: (seconds + graceSeconds) * 1000,
    killSignal: "SIGKILL",
  });
  const [exitCode, signal] = await new Promise<[number | null, NodeJS.Signals | null]>((resolve) =>
    child.on("close", (...end) => resolve(end)),
  );
  if (exitCode === exitCodes.passed) {
    return "passed";
  }
  if (exitCode === exitCodes.skipped) {
    return "skipped";
  }
  if (exitCode !== exitCodes.failed) {
    const input = readFileSync(inputFile, "utf8");
    console.log(`${name}: seed ${seed} FAILED (${signal ?? exitCode}) in this input:\n${input}`);
  }
  console.log(`FAILED: npm run fuzz -- ${name} --seconds ${seconds} --seed ${seed}`);
  return "failed";
}
