import environment from "wasi:cli/environment@0.2.12";
import exit from "wasi:cli/exit@0.2.12";
import stderr from "wasi:cli/stderr@0.2.12";
import stdin from "wasi:cli/stdin@0.2.12";
import stdout from "wasi:cli/stdout@0.2.12";
import terminalStderr from "wasi:cli/terminal-stderr@0.2.12";
import terminalStdin from "wasi:cli/terminal-stdin@0.2.12";
import type { Host } from "../src/cli/host.js";
import { main } from "../src/cli/main.js";
import { encodeUtf8 } from "./node/utf8.js";
import { runJobs } from "./promise.js";
import { piecesOf, writeAll } from "./streams.js";

/** The interface `wasi:cli/run`: the command line over what WASI offers. */
export const run = {
  run(): void {
    let exitCode = 101;
    void main(environment.getArguments().slice(1), wasiHost()).then((code) => (exitCode = code));
    runJobs();
    if (exitCode !== 0) {
      exit.exitWithCode(exitCode);
    }
  },
};

function wasiHost(): Host {
  return {
    cwd: environment.initialCwd() ?? "/",
    env: Object.fromEntries(environment.getEnvironment()),
    stdinIsTerminal: terminalStdin.getTerminalStdin() !== null,
    stderrIsTerminal: terminalStderr.getTerminalStderr() !== null,
    stdin: () => piecesOf(stdin.getStdin()),
    writeStdout: async (text) => writeAll(stdout.getStdout(), encodeUtf8(text)),
    writeStderr: async (text) => writeAll(stderr.getStderr(), encodeUtf8(text)),
    interrupted: () => new Promise(() => {}),
  };
}
