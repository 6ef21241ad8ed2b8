import packageFiles from "inventory2nix:package-files";
import { readPieces } from "./fs/promises.js";

export { readPieces as createReadStream };

/** The component has no files of its own but those of the package that were built into it. */
export function readFileSync(name: string): string {
  return packageFiles[name]!;
}

/** Removes what a signal would leave behind; WASI has no signals. */
export function rmSync(): void {}
