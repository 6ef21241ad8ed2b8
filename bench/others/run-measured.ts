import { spawnSync } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";

/** A program and its arguments. */
export type Command = readonly [program: string, ...args: readonly string[]];

export interface Run {
  /** CPU time in milliseconds, which a busy machine hardly changes. */
  readonly time: number;
  /** In MiB. */
  readonly peak: number;
  readonly status: number | null;
  readonly stderr: string;
}

export const gnuTime = "/usr/bin/time";
const rounds = 3;

/**
 * Runs commands in turns, so that a busy machine slows all of them, and returns the fastest run of
 * each. What a command prints is in its file of `outputs` afterwards. Throws if one fails.
 */
export function runInTurns(
  commands: readonly Command[],
  outputs: readonly string[],
): readonly Run[] {
  const fastest: Run[] = [];
  for (let round = 0; round < rounds; round++) {
    for (const [index, command] of commands.entries()) {
      const run = runMeasured(command, outputs[index]!);
      if (run.status !== 0) {
        throw new Error(`${command.join(" ")}\n${run.stderr}`);
      }
      const best = fastest[index];
      fastest[index] = best === undefined || run.time < best.time ? run : best;
    }
  }
  return fastest;
}

/** Runs a program from cold; what it prints is in the file `output` afterwards. */
export function runMeasured(command: Command, output: string): Run {
  const usageFile = `${output}.usage`;
  const stdout = openSync(output, "w");
  const { status, stderr, error } = spawnSync(
    gnuTime,
    ["--format=%U %S %M", `--output=${usageFile}`, ...command],
    { stdio: ["ignore", stdout, "pipe"], encoding: "utf8", maxBuffer: 1 << 30 },
  );
  closeSync(stdout);
  if (error !== undefined) {
    throw error;
  }
  // Before it there may be a line about the exit code.
  const usage = readFileSync(usageFile, "utf8").trimEnd().split("\n").at(-1)!;
  const [user, system, kibibytes] = usage.split(" ").map(Number) as [number, number, number];
  return { time: (user + system) * 1000, peak: kibibytes / 1024, status, stderr };
}
