import process from "node:process";
import { isatty } from "node:tty";

/** What the command line gets from outside, but for files. */
export interface Host {
  /** The working folder, absolute. */
  readonly cwd: string;
  readonly env: { readonly [name: string]: string | undefined };
  readonly stdinIsTerminal: boolean;
  readonly stderrIsTerminal: boolean;
  stdin(): AsyncIterable<Uint8Array>;
  writeStdout(text: string): Promise<void>;
  writeStderr(text: string): Promise<void>;
  /** Resolves when the user ends the program; where nobody has called it, that kills it. */
  interrupted(): Promise<void>;
}

/** The process itself. */
export function nodeHost(): Host {
  return {
    cwd: process.cwd(),
    env: process.env,
    stdinIsTerminal: isatty(0),
    stderrIsTerminal: isatty(2),
    stdin: () => process.stdin,
    writeStdout: (text) => write(process.stdout, text),
    writeStderr: (text) => write(process.stderr, text),
    interrupted: () =>
      new Promise((resolve) => {
        for (const signal of ["SIGINT", "SIGTERM"] as const) {
          process.once(signal, () => resolve());
        }
      }),
  };
}

/** A reader that has gone away (`| head`) is no failure. */
function write(stream: NodeJS.WriteStream, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    // The stream tells a failure twice: to the callback, and by an event that is thrown where
    // nobody listens.
    if (stream.listenerCount("error") === 0) {
      stream.on("error", () => {});
    }
    stream.write(text, (error: NodeJS.ErrnoException | null | undefined) =>
      error && error.code !== "EPIPE" ? reject(error) : resolve(),
    );
  });
}
