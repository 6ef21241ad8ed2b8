/**
 * Compares outputs with the real Clan; run by hand, because it needs checkouts:
 *
 *     node --import tsx test/clan-core/compare.ts CLAN_CORE NIXPKGS_LIB [--runs N] [--first N]
 * [--seed S] [--nix PATH]
 *
 * Random fleets are written twice: as Clan's own inventory, and in this
 * project's words, which are compiled in both modes. The real Clan evaluates
 * all three, and must find the same machines, modules, members and settings,
 * and refuse the same. What disagrees stays in a folder for a closer look.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { compile, type Diagnostic } from "../../src/index.js";
import { type Fleet, writeJson } from "./fleet.js";
import { generate, type Schemas } from "./generate.js";
import { Random } from "./random.js";
import { reference } from "./reference.js";
import { spell } from "./spell.js";

const modes = ["resolved", "declared"] as const;
type Mode = (typeof modes)[number];

const batchSize = 25;

interface Trial {
  readonly name: string;
  readonly fleet: Fleet;
  /** The modes in which the compiler made an output. */
  readonly compiled: readonly Mode[];
  readonly diagnostics: Readonly<Record<Mode, readonly Diagnostic[]>>;
}

/** What the real Clan says of a trial; `evaluate.nix` makes it. */
interface Verdict {
  readonly members: number;
  /** Members whose settings Clan refuses in the source. */
  readonly refused: readonly string[];
  /** How each output differs from the source. */
  readonly differences: Readonly<Partial<Record<Mode, readonly string[]>>>;
}

interface Clan {
  readonly schemas: Schemas;
  judge(trials: readonly Trial[]): readonly Verdict[];
}

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    runs: { type: "string", default: "300" },
    first: { type: "string", default: "0" },
    seed: { type: "string", default: "1" },
    nix: { type: "string", default: "nix-instantiate" },
  },
});
const [clanCore, nixpkgs] = positionals;
if (clanCore === undefined || nixpkgs === undefined) {
  throw new Error("needed: the folders of clan-core and of nixpkgs");
}
const folder = mkdtempSync(join(tmpdir(), "inventory2nix-"));
const clan = realClan(values.nix, resolve(clanCore), resolve(nixpkgs));
const disagreeing = compare(clan, Number(values.seed), Number(values.first), Number(values.runs));
if (disagreeing === 0) {
  rmSync(folder, { recursive: true });
}
process.exitCode = disagreeing === 0 ? 0 : 1;

/** Prints the figures, and what disagrees; returns the number of fleets that do. */
function compare(clan: Clan, seed: number, first: number, runs: number): number {
  const figures = {
    fleets: 0,
    services: {} as Record<string, number>,
    members: 0,
    refusedMembers: 0,
    refusedFleets: 0,
    leftToNix: 0,
  };
  const compiled = { resolved: 0, declared: 0 };
  let disagreeing = 0;
  for (let start = first; start < first + runs; start += batchSize) {
    const length = Math.min(batchSize, first + runs - start);
    const trials = Array.from({ length }, (_, index) => prepare(seed, start + index, clan.schemas));
    clan.judge(trials).forEach((verdict, index) => {
      const trial = trials[index]!;
      figures.fleets++;
      figures.members += verdict.members;
      figures.refusedMembers += verdict.refused.length;
      figures.refusedFleets += Number(verdict.refused.length > 0);
      figures.leftToNix += Number(trial.compiled.length === 1);
      for (const mode of trial.compiled) {
        compiled[mode]++;
      }
      for (const { module } of Object.values(trial.fleet.instances)) {
        figures.services[module.name] = (figures.services[module.name] ?? 0) + 1;
      }

      const complaints = modes.flatMap((mode) =>
        disagreements(trial, mode, verdict).map((complaint) => `${mode}: ${complaint}`),
      );
      if (complaints.length === 0) {
        return rmSync(join(folder, trial.name), { recursive: true });
      }
      disagreeing++;
      console.log(`${join(folder, trial.name)}\n  ${complaints.join("\n  ")}`);
    });
  }
  console.log({ ...figures, compiled, disagreeing });
  return disagreeing;
}

function prepare(seed: number, index: number, schemas: Schemas): Trial {
  const name = `${seed}-${index}`;
  const random = new Random(seed, index);
  const fleet = generate(random, schemas);
  const sources = spell(fleet, random);
  mkdirSync(join(folder, name));
  const write = (file: string, text: string) => writeFileSync(join(folder, name, file), text);

  write("source.json", writeJson(reference(fleet)));
  for (const source of sources) {
    write(source.name, source.text);
  }
  const results = modes.map((emit) => {
    const options = { emit, knownMachines: fleet.known };
    const { text: nix, diagnostics } = compile(sources, options);
    if (nix !== undefined) {
      write(`${emit}.nix`, nix);
      write(`${emit}.json`, compile(sources, { ...options, to: "json" }).text ?? "null");
    }
    return { emit, diagnostics, isCompiled: nix !== undefined };
  });
  const diagnostics = Object.fromEntries(
    results.map(({ emit, diagnostics }) => [emit, diagnostics]),
  ) as Trial["diagnostics"];
  return {
    name,
    fleet,
    compiled: results.flatMap(({ emit, isCompiled }) => (isCompiled ? [emit] : [])),
    diagnostics,
  };
}

/** Where compiler and Clan disagree; what only Nix can know is left to it by a warning. */
function disagreements(
  { fleet, compiled, diagnostics }: Trial,
  mode: Mode,
  { refused, differences }: Verdict,
): readonly string[] {
  const isFree = Object.values(fleet.instances).every(({ module }) => module.name === "free");
  if (compiled.includes(mode)) {
    const isWarned = diagnostics[mode].some(({ code }) => code === "settings-conflict");
    return [
      ...(differences[mode] ?? []),
      ...(isFree && refused.length > 0 && !isWarned
        ? [`accepted, but Clan refuses ${refused.join(", ")}`]
        : []),
    ];
  }
  const errors = diagnostics[mode]
    .filter(({ severity }) => severity === "error")
    .map(({ code, message }) => `${message} [${code}]`);
  const mayJoin = !isFree && mode === "resolved" && compiled.includes("declared");
  const isConflict = diagnostics[mode].every(
    ({ severity, code }) => severity !== "error" || code === "settings-conflict",
  );
  return (refused.length > 0 || mayJoin) && isConflict
    ? []
    : [`refused, but Clan accepts: ${errors.join("; ")}`];
}

function realClan(nix: string, clanCore: string, nixpkgs: string): Clan {
  const evaluate = (attribute: string): unknown => {
    const file = fileURLToPath(new URL("evaluate.nix", import.meta.url));
    const args = Object.entries({ clanCore, nixpkgs, folder }).flatMap(([name, value]) => [
      "--argstr",
      name,
      value,
    ]);
    const { status, stdout, stderr, error } = spawnSync(
      nix,
      ["--eval", "--strict", "--json", file, "-A", attribute, ...args],
      {
        encoding: "utf8",
        maxBuffer: 1 << 30,
      },
    );
    if (error !== undefined) {
      throw error;
    }
    if (status === 0) {
      return JSON.parse(stdout);
    }
    writeFileSync(join(folder, "nix.log"), stderr);
    return undefined;
  };
  const verdictsOn = (cases: readonly Case[]): readonly Verdict[] | undefined => {
    writeFileSync(join(folder, "cases.json"), JSON.stringify(cases));
    return evaluate("results") as readonly Verdict[] | undefined;
  };

  /** Some mistakes break off the evaluation of all; then each inventory has to speak for itself. */
  const judgeApart = (trial: Trial): Verdict => {
    const known = trial.fleet.known;
    const together = verdictsOn([caseOf(trial)])?.[0];
    if (together !== undefined) {
      return together;
    }
    const alone = (source: string) =>
      verdictsOn([{ known, source: `${trial.name}/${source}`, outputs: {} }])?.[0];
    const source = alone("source.json");
    const differing = trial.compiled.filter(
      (mode) => (alone(`${mode}.nix`) === undefined) !== (source === undefined),
    );
    return {
      members: source?.members ?? 0,
      refused: source?.refused ?? ["everything"],
      differences: Object.fromEntries(
        differing.map((mode) => [mode, ["breaks off either with the source or with the output"]]),
      ),
    };
  };

  const schemas = evaluate("schemas");
  if (schemas === undefined) {
    throw new Error(`Nix cannot evaluate ${clanCore}; see ${folder}/nix.log`);
  }
  return {
    schemas: schemas as Schemas,
    judge: (trials) => verdictsOn(trials.map(caseOf)) ?? trials.map(judgeApart),
  };
}

/** What `evaluate.nix` reads: names of files below the folder. */
interface Case {
  readonly known: Fleet["known"];
  readonly source: string;
  readonly outputs: Readonly<Record<string, string>>;
}

function caseOf({ name, fleet, compiled }: Trial): Case {
  const outputs = Object.fromEntries(compiled.map((mode) => [mode, `${name}/${mode}`]));
  return { known: fleet.known, source: `${name}/source.json`, outputs };
}
