import { spawnSync } from "node:child_process";
import { closeSync, openSync } from "node:fs";

/**
 * The milliseconds that a program takes; `null` if it is not installed. Throws if it fails. `input`
 * is a file.
 */
export function run(program: string, args: readonly string[], input?: string): number | null {
  const stdin = input === undefined ? "ignore" : openSync(input, "r");
  const start = performance.now();
  const { status, signal, error, stderr } = spawnSync(program, args, {
    stdio: [stdin, "ignore", "pipe"],
    encoding: "utf8",
    maxBuffer: 1 << 30,
  });
  const time = performance.now() - start;
  if (typeof stdin === "number") {
    closeSync(stdin);
  }
  if (error !== undefined && "code" in error && error.code === "ENOENT") {
    return null;
  }
  if (error !== undefined) {
    throw error;
  }
  if (status !== 0) {
    throw new Error(
      `${[program, ...args].join(" ")}: ${signal ?? `exit code ${status}`}\n${stderr}`,
    );
  }
  return time;
}
