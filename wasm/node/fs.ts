import packageFiles from "inventory2nix:package-files";
import { once } from "../streams.js";
import { readWhole } from "./fs/promises.js";

/** What cannot be read is an error when it is read, not before. */
export function createReadStream(path: string): AsyncIterable<Uint8Array> {
  return { [Symbol.asyncIterator]: () => once(readWhole(path))[Symbol.asyncIterator]() };
}

/** The component has no files of its own but those of the package that were built into it. */
export function readFileSync(name: string): string {
  return packageFiles[name]!;
}

/** Removes what a signal would leave behind; WASI has no signals. */
export function rmSync(): void {}
