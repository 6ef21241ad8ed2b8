import packageFiles from "inventory2nix:package-files";
import { readWhole } from "./fs/promises.js";

export async function* createReadStream(path: string): AsyncIterable<Uint8Array> {
  yield readWhole(path);
}

/** The component has no files of its own but those of the package that were built into it. */
export function readFileSync(name: string): string {
  return packageFiles[name]!;
}

/** Removes what a signal would leave behind; WASI has no signals. */
export function rmSync(): void {}
