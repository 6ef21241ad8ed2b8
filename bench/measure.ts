/**
 * Measures one thing in a process of its own, as `main.ts` asks, and writes what it found as JSON.
 */
import { readFileSync, writeFileSync } from "node:fs";
import process from "node:process";
import { load as loadYaml } from "js-yaml";
import { parse as parseYaml } from "yaml";
import { check, compile, diff, plan, readCatalogue, type Source } from "../src/index.js";
import { completeOptions } from "../src/model/options.js";
import { Origin } from "../src/model/origin.js";
import { readForms } from "../src/passes/read-forms.js";
import { spellOut } from "../src/passes/spell-out.js";
import { validate } from "../src/passes/validate.js";
import { parse } from "../src/text/parse.js";
import { catalogueText, withoutMistake, withSyntaxMistake } from "./fleet.js";
import { median } from "./median.js";
import { phaseNames, timePhases } from "./phases.js";

const [subject = "", file = "", rounds = "1", output] = process.argv.slice(2);
const text = subject === "idle" ? "" : readFileSync(file, "utf8");
const source: Source = { name: file, text };
const isJson = file.endsWith(".json");

/** The bare parser: for those who need neither positions nor all digits. */
const bare = (): unknown => (isJson ? JSON.parse(text) : parseYaml(text, { uniqueKeys: false }));

const subjects: { readonly [name: string]: () => object } = {
  idle: peak,
  bare: () => (bare(), peak()),
  compile: compilePeak,
  broken: () => (check({ ...source, text: withSyntaxMistake(text) }), peak()),
  times,
};
process.stdout.write(JSON.stringify(subjects[subject]!()));

/** The peak memory of the whole process so far, in MiB. */
function peak(): object {
  return { peak: process.resourceUsage().maxRSS / 1024 };
}

function compilePeak(): object {
  const { text: nix } = compile(source);
  const found = {
    ...peak(),
    inputBytes: Buffer.byteLength(text),
    outputBytes: Buffer.byteLength(nix!),
  };
  if (output !== undefined) {
    writeFileSync(output, nix!);
  }
  return found;
}

/**
 * Measures everything side by side, round by round, so that a busy machine slows all of it. Each
 * round starts with another task, so that each pays for the garbage of others. Returns medians in
 * milliseconds; several rounds are preceded by one to warm up. Garbage is collected in advance only
 * before a single round: that spares the next task, but also drops optimized code.
 */
function times(): object {
  const count = Number(rounds);
  const tidy = count > 1 ? () => {} : globalThis.gc!;
  const catalogue = readCatalogue({ name: "catalogue.json", text: catalogueText() }).catalogue!;
  const planned = plan(source).plan!;
  const works: { readonly [name: string]: () => unknown } = {
    bare,
    jsYaml: isJson ? bare : () => loadYaml(text),
    parsed: () => parse(source, completeOptions({}).limits),
    compile: () => compile(source),
    clean: () => compile({ ...source, text: withoutMistake(text) }),
    checked: () => compile(source, { services: catalogue }),
    read,
    plan: () => plan(source),
    diff: () => diff(planned, plan(source).plan!),
  };
  const samples: { [name: string]: number[] } = {};
  const note = (name: string, sample: number) => (samples[name] ??= []).push(sample);
  for (let round = count > 1 ? 0 : 1; round <= count; round++) {
    const isWarmUp = round === 0;
    const order = Object.entries(works);
    order.push(...order.splice(0, round % order.length));
    for (const [name, work] of order) {
      tidy();
      const start = performance.now();
      work();
      if (!isWarmUp) {
        note(name, performance.now() - start);
      }
    }
    tidy();
    const phases = timePhases(source);
    if (!isWarmUp) {
      for (const name of phaseNames) note(name, phases[name]);
    }
  }
  return Object.fromEntries(
    Object.entries(samples).map(([name, values]) => [name, median(values)]),
  );
}

/** From text to a validated value. */
function read(): unknown {
  const fail = () => {
    throw new Error(`${file} is not an inventory`);
  };
  const { document } = parse(source, completeOptions({}).limits);
  const root = Origin.root(source);
  const written = spellOut(validate(document!, root, fail), root, fail);
  return readForms(written, { folder: "", allowNix: false }, fail);
}
