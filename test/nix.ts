import { spawnSync } from "node:child_process";
import type { Test } from "uvu";

/**
 * Registers a test that needs Nix: `test` if `nix-instantiate` is on the PATH, otherwise `test.skip`,
 * except in CI, where a missing Nix is a failure.
 */
export function withNix<T>(test: Test<T>): Test<T> | Test<T>["skip"] {
  const { error } = spawnSync("nix-instantiate", ["--version"]);
  if (error === undefined || process.env["CI"] === "true") {
    return test;
  }
  console.log(
    "nix-instantiate is not on the PATH (apt-get install nix-bin): tests that need it are skipped",
  );
  return test.skip;
}

/**
 * The value of Nix code, through JSON. Compare floats inside Nix, because older versions round them
 * here.
 */
export function evaluate(code: string): unknown {
  const { status, stdout, stderr, error } = spawnSync(
    "nix-instantiate",
    ["--eval", "--strict", "--json", "-"],
    {
      input: code,
      encoding: "utf8",
      maxBuffer: 1 << 30,
    },
  );
  if (error !== undefined) {
    throw error;
  }
  if (status !== 0) {
    throw new Error(stderr);
  }
  return JSON.parse(stdout);
}
