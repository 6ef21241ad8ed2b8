import path from "node:path";
import { findMistakes } from "./convert.js";
import type { Inputs } from "./inputs.js";
import { type Command, type Run, runInTurns } from "./run-measured.js";

export interface Evaluation {
  readonly name: string;
  /** For one machine, by the size of the fleet. */
  readonly runs: readonly Run[];
}

export interface Checkouts {
  readonly clanCore: string;
  readonly nixpkgs: string;
}

/** The real Clan computes the settings of one machine, from what the ways hand it. */
export function evaluate(checkouts: Checkouts, inputs: Inputs): readonly Evaluation[] {
  const kinds: readonly [name: string, file: string, ending: string][] = [
    ["resolved output", "resolved", "nix"],
    ["Nix as written by hand", "declared", "nix"],
    ["JSON", "fleet", "json"],
  ];
  const runs = inputs.sizes.map((size) =>
    runInTurns(
      kinds.map(([, file, ending]) =>
        clanCommand(checkouts, inputs, "oneMachine", `${file}-${size}.${ending}`),
      ),
      kinds.map(() => path.join(inputs.folder, "settings")),
    ),
  );
  return kinds.map(([name], index) => ({ name, runs: runs.map((ofSize) => ofSize[index]!) }));
}

/** The real Clan computes all settings of the smallest fleet, as it must to find every mistake. */
export function evaluateAll(checkouts: Checkouts, inputs: Inputs): Run {
  const source = `declared-${inputs.sizes[0]}.nix`;
  const command = clanCommand(checkouts, inputs, "everything", source);
  return runInTurns([command], [path.join(inputs.folder, "settings")])[0]!;
}

/** The mistakes of which the real Clan says anything when it computes all settings. */
export function mistakesOfClan(checkouts: Checkouts, inputs: Inputs): readonly string[] {
  return findMistakes(
    (file) => clanCommand(checkouts, inputs, "everything", `${path.basename(file)}.json`),
    inputs,
  );
}

function clanCommand(
  { clanCore, nixpkgs }: Checkouts,
  { folder }: Inputs,
  attribute: "oneMachine" | "everything",
  source: string,
): Command {
  const machine = attribute === "oneMachine" ? { machine: "machine-000001" } : {};
  const texts = Object.entries({ clanCore, nixpkgs, folder, source, ...machine });
  const file = path.resolve("test/clan-core/evaluate.nix");
  return [
    "nix-instantiate",
    "--eval",
    "--strict",
    "--json",
    file,
    "-A",
    attribute,
    ...texts.flatMap(([name, value]) => ["--argstr", name, value]),
  ];
}
