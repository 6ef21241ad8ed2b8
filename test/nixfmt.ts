/**
 * Asks the official formatter whether it would leave our output alone:
 * `node --import tsx test/nixfmt.ts [NIXFMT]` checks random expressions and the
 * goldens, and prints the files that it would change. Run by hand; `print.test.ts` has its answers
 * as exact texts.
 */

import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { print } from "../src/nix/print.js";
import { expression } from "./arbitrary-nix.js";
import fc from "./fast-check.js";

const nixfmt = process.argv[2] ?? "nixfmt";
const golden = join(import.meta.dirname, "../golden");
const folder = mkdtempSync(join(tmpdir(), "inventory2nix-nixfmt-"));

// A parenthesis alone on its line may hold raw code, whose layout is the user's.
const goldens = readdirSync(golden)
  .map((name) => join(golden, name, "expected.nix"))
  .filter((file) => existsSync(file) && !/^ *\($/m.test(readFileSync(file, "utf8")));
const random = fc.sample(expression, 2000).map((expr, index) => {
  const file = join(folder, `${index}.nix`);
  writeFileSync(file, print(expr));
  return file;
});

const { status, error } = spawnSync(nixfmt, ["--check", ...goldens, ...random], {
  stdio: "inherit",
});
if (error !== undefined) {
  throw error;
}
console.log(
  `${goldens.length} goldens, ${random.length} random expressions: ${status === 0 ? "all left alone" : "some would change"}`,
);
if (status === 0) {
  rmSync(folder, { recursive: true });
}
process.exitCode = status ?? 1;
