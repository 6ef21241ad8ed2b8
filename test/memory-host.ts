import { readerOf } from "../src/cli/bytes.js";
import type { Host } from "../src/cli/host.js";
import { posixPaths } from "../src/cli/posix-paths.js";
import { MemoryFiles } from "./memory-files.js";

/** A host whose streams are kept, and which does the same each time. */
export interface MemoryHost extends Host {
  /** What has been written to standard output. */
  output(): string;
  /** What has been written to standard error. */
  messages(): string;
}

/**
 * A host in memory; `given` replaces parts of it. `input` is what is piped into standard input. There
 * is nothing to poll for, and no git, unless given.
 */
export function memoryHost(
  given: Partial<Host> & { readonly input?: string | Uint8Array } = {},
): MemoryHost {
  const { input, ...parts } = given;
  const encode = (text: string) => new TextEncoder().encode(text);
  const { cwd = "/work" } = parts;
  const stdout = recorder();
  const stderr = recorder();
  let words = 0;
  return {
    cwd,
    env: {},
    files: emptyFolder(cwd),
    paths: posixPaths,
    stdinKind: () => (input === undefined ? "nothing" : "input"),
    stderrIsTerminal: false,
    stdin: readerOf(typeof input === "object" ? input : encode(input ?? "")),
    stdout,
    stderr,
    decode: (bytes) => new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes),
    encode,
    uniqueWord: () => `${++words}`,
    hasEnded: () => false,
    uninterrupted: (work) => work(),
    ...parts,
    output: stdout.text,
    messages: stderr.text,
  };
}

function emptyFolder(path: string): MemoryFiles {
  const files = new MemoryFiles();
  files.put(`${path}/`);
  return files;
}

function recorder() {
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  let text = "";
  return {
    write: (bytes: Uint8Array) => {
      text += decoder.decode(bytes, { stream: true });
      return bytes.length;
    },
    text: () => text,
  };
}
