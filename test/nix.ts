import { spawnSync } from "node:child_process";
import type { Test } from "uvu";

/**
 * What to register a test with that needs Nix: `test` where `nix-instantiate`
 * is on the PATH; where it is not, `test.skip`, but in CI `test`, so that a
 * missing Nix fails there.
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
 * The value of Nix code, as JSON carries it: compare floats inside Nix, because older versions
 * round them here.
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
