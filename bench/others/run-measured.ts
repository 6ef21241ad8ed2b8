import { spawnSync } from "node:child_process";
import { closeSync, existsSync, openSync, readFileSync } from "node:fs";

/** A program and its arguments. */
export type Command = readonly [program: string, ...args: readonly string[]];

export interface Run {
  readonly milliseconds: number;
  /** In MiB; `undefined` without GNU time. */
  readonly peak: number | undefined;
  readonly status: number | null;
  readonly stderr: string;
}

const gnuTime = "/usr/bin/time";
const rounds = 5;

/**
 * Runs commands in turns, so that a busy machine slows all of them, and returns the fastest run of
 * each. What a command prints is in `outputs` afterwards. Throws if one fails.
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
      fastest[index] = best === undefined || run.milliseconds < best.milliseconds ? run : best;
    }
  }
  return fastest;
}

/** Runs a program from cold; what it prints is in the file `output` afterwards. */
export function runMeasured(command: Command, output: string): Run {
  const hasPeak = existsSync(gnuTime);
  const peakFile = `${output}.peak`;
  const [program, ...args]: Command = hasPeak
    ? [gnuTime, "--format=%M", `--output=${peakFile}`, ...command]
    : command;
  const stdout = openSync(output, "w");
  const start = performance.now();
  const { status, stderr, error } = spawnSync(program, args, {
    stdio: ["ignore", stdout, "pipe"],
    encoding: "utf8",
    maxBuffer: 1 << 30,
  });
  const milliseconds = performance.now() - start;
  closeSync(stdout);
  if (error !== undefined) {
    throw error;
  }
  const kibibytes = hasPeak ? /\d+\n$/.exec(readFileSync(peakFile, "utf8"))![0] : undefined;
  const peak = kibibytes === undefined ? undefined : Number(kibibytes) / 1024;
  return { milliseconds, peak, status, stderr };
}
