import environment from "wasi:cli/environment@0.2.12";
import stderr from "wasi:cli/stderr@0.2.12";
import stdin from "wasi:cli/stdin@0.2.12";
import stdout from "wasi:cli/stdout@0.2.12";
import terminalStderr from "wasi:cli/terminal-stderr@0.2.12";
import terminalStdin from "wasi:cli/terminal-stdin@0.2.12";
import preopens from "wasi:filesystem/preopens@0.2.12";
import insecureSeed from "wasi:random/insecure-seed@0.2.12";
import type { Host } from "../src/cli/host.js";
import { posixPaths } from "../src/cli/posix-paths.js";
import { unlessRefused } from "../src/cli/system-error.js";
import { readerOf, writerOf } from "./streams.js";
import { decodeUtf8, encodeUtf8 } from "./utf8.js";
import { wasiFiles } from "./wasi-files.js";

/** What WASI grants this run. It knows no signals, and does not wait. */
export function wasiHost(): Host {
  // The same for the whole run; how random is up to the host.
  const seed = insecureSeed.insecureSeed();
  let words = 0;
  const grants = preopens.getDirectories().map(([folder, name]) => ({ folder, path: name }));
  return {
    cwd: environment.initialCwd() ?? workingFolder(grants.map(({ path }) => path)),
    env: Object.fromEntries(environment.getEnvironment()),
    files: wasiFiles(grants),
    paths: posixPaths,
    ...standardInput(),
    stderrIsTerminal: terminalStderr.getTerminalStderr() !== null,
    stdout: writerOf(stdout.getStdout()),
    stderr: writerOf(stderr.getStderr()),
    decode: decodeUtf8,
    encode: encodeUtf8,
    uniqueWord: () => [...seed, ++words].join("-"),
    // WASI knows no other processes.
    hasEnded: () => false,
    uninterrupted: (work) => work(),
  };
}

/** WASI knows terminals; whether anything else holds an input shows the first byte. */
function standardInput(): Pick<Host, "stdin" | "stdinKind"> {
  const reader = readerOf(stdin.getStdin());
  let ahead: Uint8Array | undefined;
  return {
    stdinKind: () => {
      if (terminalStdin.getTerminalStdin() !== null) {
        return "terminal";
      }
      // Standard input may be a folder.
      ahead ??= unlessRefused(() => reader.read(64 * 1024), ["EISDIR"]);
      return ahead !== undefined && ahead.length > 0 ? "input" : "nothing";
    },
    stdin: {
      read: (limit) => {
        const piece = ahead?.subarray(0, limit) ?? reader.read(limit);
        ahead = ahead !== undefined && ahead.length > limit ? ahead.subarray(limit) : undefined;
        return piece;
      },
    },
  };
}

/** Grants with relative names (`--dir .`) are seen from a working folder whose name is not told. */
function workingFolder(grants: readonly string[]): string {
  return grants.every(posixPaths.isAbsolute) ? "/" : ".";
}
