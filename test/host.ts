import { Buffer } from "node:buffer";
import type { Host } from "../src/cli/host.js";
import { main } from "../src/cli/main.js";

export interface Run {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command line in this process. */
export async function run(
  args: readonly string[],
  host: Partial<Host> & { readonly cwd: string; readonly input?: string | Uint8Array },
): Promise<Run> {
  let stdout = "";
  let stderr = "";
  const exitCode = await main(args, {
    env: {},
    stdinIsTerminal: false,
    stderrIsTerminal: false,
    stdin: async function* () {
      yield Buffer.from(host.input ?? "");
    },
    writeStdout: async (text) => void (stdout += text),
    writeStderr: async (text) => void (stderr += text),
    interrupted: () => new Promise(() => {}),
    ...host,
  });
  return { exitCode, stdout, stderr };
}
