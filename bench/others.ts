/**
 * Measures what people would use instead, side by side in one run, and prints the tables of
 * docs/benchmarks.md:
 *
 *     npm run bench:others -- [--quick] [--clan-core FOLDER --nixpkgs FOLDER]
 *
 * Needs Nix and GNU time. Other tools that are not on the PATH are named and left out, and so is Clan
 * without checkouts of clan-core and nixpkgs. `--quick` leaves out the fleet of 10,000 machines.
 */
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import path from "node:path";
import process from "node:process";
import { parseArgs } from "node:util";
import { convert } from "./others/convert.js";
import { evaluate, evaluateAll, mistakesOfClan } from "./others/evaluate.js";
import { findProgram } from "./others/find-program.js";
import { type Inputs, writeInputs } from "./others/inputs.js";
import { gnuTime } from "./others/run-measured.js";
import { conversionTable, evaluationTable, memory, timeAndRatio } from "./others/tables.js";
import { ways } from "./others/ways.js";

const { values: flags } = parseArgs({
  options: {
    quick: { type: "boolean" },
    "clan-core": { type: "string" },
    nixpkgs: { type: "string" },
  },
});
const { "clan-core": clanCore, nixpkgs } = flags;
if ((clanCore === undefined) !== (nixpkgs === undefined)) {
  console.error("bench: --clan-core and --nixpkgs need each other");
  process.exit(2);
}
const nix = findProgram({ program: "nix-instantiate", version: ["--version"] });
if (nix === undefined || !existsSync(gnuTime)) {
  console.error("bench: needs Nix and GNU time");
  process.exit(2);
}
const checkouts =
  clanCore === undefined || nixpkgs === undefined ? undefined : { clanCore, nixpkgs };

const folder = mkdtempSync(path.join(tmpdir(), "inventory2nix-bench-"));
try {
  const date = new Date().toISOString().slice(0, 10);
  console.log(`${date}, Node ${process.version}, Nix ${nix.version}, ${cpus()[0]!.model}\n`);
  compare(writeInputs(folder, flags.quick ? [1000] : [1000, 10_000]));
} finally {
  rmSync(folder, { recursive: true });
}

function compare(inputs: Inputs): void {
  const found = ways.flatMap((way) => {
    const program = findProgram(way);
    return program === undefined ? [] : [{ way, program }];
  });
  const conversions = convert(found, inputs);
  print(conversionTable(conversions, inputs.sizes));
  for (const { way, mistakes } of conversions) {
    printMistakes(way.name, mistakes, inputs);
  }

  if (checkouts !== undefined) {
    const all = evaluateAll(checkouts, inputs);
    const ours = conversions[0]!.runs[0]!;
    print([
      "",
      `Clan, all settings of ${inputs.sizes[0]} machines: ${timeAndRatio(all, ours)}, ${memory(all)}`,
    ]);
    printMistakes("Clan", mistakesOfClan(checkouts, inputs), inputs);
    print(["", ...evaluationTable(evaluate(checkouts, inputs), inputs.sizes)]);
  }

  const missing = ways.filter((way) => !found.some((one) => one.way === way));
  const leftOut = [
    ...missing.map(({ name }) => name),
    ...(checkouts === undefined ? ["Clan (needs --clan-core and --nixpkgs)"] : []),
  ];
  if (leftOut.length > 0) {
    print(["", `left out: ${leftOut.join(", ")}`]);
  }
}

/** Names the mistakes, or those that are missing, whichever are fewer. */
function printMistakes(name: string, found: readonly string[], { mistakes }: Inputs): void {
  const missed = mistakes.filter((mistake) => !found.includes(mistake));
  const [verb, named] = found.length < missed.length ? ["finds", found] : ["misses", missed];
  const total = `${found.length} of ${mistakes.length}`;
  print([`${name} finds ${total}${named.length > 0 ? `; ${verb} ${named.join(", ")}` : ""}`]);
}

function print(lines: readonly string[]): void {
  console.log(lines.join("\n"));
}
