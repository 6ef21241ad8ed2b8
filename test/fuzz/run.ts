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
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import * as fc from "fast-check";
import { command } from "./command.js";
import { component } from "./component.js";
import type { Front } from "./front.js";
import { languageServer } from "./language-server.js";
import { library } from "./library.js";
import { links } from "./links.js";
import { nix } from "./nix.js";

const fronts = {
  command,
  component,
  "language-server": languageServer,
  library,
  links,
  nix,
};

const { values, positionals } = parseArgs({
  options: { seconds: { type: "string", default: "20" }, seed: { type: "string" } },
  allowPositionals: true,
});
const seed = Number(values.seed ?? randomInt(2 ** 31));
const [name] = positionals;
if (name === undefined) {
  await runAll(Object.keys(fronts));
} else if (Object.hasOwn(fronts, name)) {
  await run(name, fronts[name as keyof typeof fronts] as Front<unknown>);
} else {
  throw new Error(`no front is named '${name}', but ${Object.keys(fronts).join(", ")}`);
}

async function run(name: string, { inputs, check, lacks }: Front<unknown>): Promise<void> {
  if (lacks !== undefined) {
    console.log(`${name}: skipped, because there is no ${lacks}`);
    process.exit(process.env["CI"] === "true" ? 1 : 0);
  }
  let current: unknown;
  const checkOne = async (input: unknown) => {
    current = input;
    await check(input);
  };
  // What fails behind the back of a front would end this program without a word.
  process.on("uncaughtException", (error) => fail(current, error));
  process.on("unhandledRejection", (error) => fail(current, error));
  const corpus = JSON.parse(
    readFileSync(new URL(`corpus/${name}.json`, import.meta.url), "utf8"),
  ) as readonly unknown[];
  for (const input of corpus) {
    await checkOne(input).catch((error: unknown) => fail(input, error));
  }
  const found = await fc.check(fc.asyncProperty(inputs, checkOne), {
    seed,
    numRuns: Number.MAX_SAFE_INTEGER,
    // Less than any run, so that no input can hang unseen.
    timeout: 15_000,
    interruptAfterTimeLimit: Number(values.seconds) * 1000,
  });
  if (found.counterexample !== null) {
    fail(found.counterexample[0], found.errorInstance);
  }
  console.log(`${name}: seed ${seed}, ${corpus.length} saved and ${found.numRuns} random inputs`);
  process.exit(0);
}

function fail(input: unknown, error: unknown): never {
  console.log(`${name}: seed ${seed} FAILED with this input:\n${JSON.stringify(input)}`);
  console.log(error);
  process.exit(1);
}

/** Each front in a process of its own, which may die. */
async function runAll(names: readonly string[]): Promise<void> {
  const waiting = [...names];
  let failed = 0;
  const work = async () => {
    for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
      const args = [name, "--seconds", values.seconds, "--seed", `${seed}`];
      const exitCode = await new Promise((resolve) => {
        spawn(process.execPath, [...process.execArgv, process.argv[1]!, ...args], {
          stdio: "inherit",
        }).on("close", resolve);
      });
      if (exitCode !== 0) {
        console.log(`FAILED: npm run fuzz -- ${args.join(" ")}`);
        failed++;
      }
    }
  };
  await Promise.all([work(), work()]);
  console.log(`${names.length - failed} passed, ${failed} failed`);
  process.exitCode = failed > 0 ? 1 : 0;
}
