/**
 * One front, in a process that may die: `run-front.ts FRONT SECONDS SEED FILE`. Before the front gets
 * an input, it is written to the file, so that whoever finds this process dead knows what it died of.
 */
import { readFileSync, writeFileSync } from "node:fs";
import * as fc from "fast-check";
import { exitCodes } from "./front.js";
import { frontOf } from "./fronts.js";

const [name, seconds, seed, inputFile] = process.argv.slice(2) as [string, string, string, string];
const { inputs, check, lacks } = frontOf(name);
if (lacks !== undefined) {
  console.log(`${name}: there is no ${lacks}`);
  process.exit(exitCodes.skipped);
}

const corpus = JSON.parse(
  readFileSync(new URL(`corpus/${name}.json`, import.meta.url), "utf8"),
) as readonly unknown[];
let current: unknown;
// What fails behind the back of a front would end this process without a word.
process.on("uncaughtException", (error) => fail(current, error));
process.on("unhandledRejection", (error) => fail(current, error));
for (const input of corpus) {
  await checkOne(input).catch((error: unknown) => fail(input, error));
}
const found = await fc.check(fc.asyncProperty(inputs, checkOne), {
  seed: Number(seed),
  numRuns: Number.MAX_SAFE_INTEGER,
  interruptAfterTimeLimit: Number(seconds) * 1000,
});
if (found.counterexample !== null) {
  fail(found.counterexample[0], found.errorInstance);
}
console.log(`${name}: seed ${seed}, ${corpus.length} saved and ${found.numRuns} random inputs`);
process.exit(exitCodes.passed);

async function checkOne(input: unknown): Promise<void> {
  current = input;
  writeFileSync(inputFile, JSON.stringify(input));
  await check(input);
}

function fail(input: unknown, error: unknown): never {
  console.log(`${name}: seed ${seed} FAILED with this input:\n${JSON.stringify(input)}`);
  console.log(error);
  process.exit(exitCodes.failed);
}
