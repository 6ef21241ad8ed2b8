/** Runs the test file that is named without Nix: what `stryker.config.json` calls for each mutant. */
import process from "node:process";

process.env["PATH"] = "";
await import(`./${process.argv[2]}.test.ts`);
