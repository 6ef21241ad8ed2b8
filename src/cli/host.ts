import type { FileSystem, Reader, Writer } from "./file-system.js";
import type { Paths } from "./host-paths.js";
import type { Invocation } from "./parse-arguments.js";

/**
 * What the command gets from outside. It answers at once, with no promises, because in the
 * component nothing runs their jobs; only `poll` lasts.
 */
export interface Host {
  /** The working folder; throws a {@link SystemError} where somebody has removed it. */
  readonly cwd: string;
  readonly env: { readonly [name: string]: string | undefined };
  readonly files: FileSystem;
  readonly paths: Paths;
  /** May wait for the first byte, where a host cannot tell in another way. */
  readonly stdinKind: () => StdinKind;
  readonly stderrIsTerminal: boolean;
  /** How wide the terminal is that standard output goes to; absent where it goes elsewhere. */
  readonly stdoutColumns?: number | undefined;
  readonly stdin: Reader;
  readonly stdout: Writer;
  readonly stderr: Writer;
  /** The text of UTF-8 bytes, a byte order mark included; U+FFFD for each part that is not UTF-8. */
  readonly decode: (bytes: Uint8Array) => string;
  /** The UTF-8 bytes of a text; those of U+FFFD for a lone surrogate. */
  readonly encode: (text: string) => Uint8Array;
  /** A word for the name of a file, another one each time; hardly ever one of another run. */
  readonly uniqueWord: () => string;
  /** Whether the run that made such a word has ended for sure. */
  readonly hasEnded: (word: string) => boolean;
  /** Runs `work`, which leaves a mess when it is cut short: a signal to end waits for it. */
  readonly uninterrupted: <T>(work: () => T) => T;
  /**
   * Calls `look` now and then again and again, so many milliseconds apart, until the user ends the
   * program. Absent where a program cannot wait.
   */
  readonly poll?: (milliseconds: number, look: () => void) => Promise<void>;
  /**
   * What git prints for these arguments in a folder, or a `SystemError` with what it complains
   * about. Absent where no other program can be run.
   */
  readonly git?: (args: readonly string[], folder: string) => Uint8Array;
  /** Serves an editor, and gives the exit code. Absent where messages cannot be waited for. */
  readonly serve?: (invocation: Invocation, host: Host) => Promise<number>;
}

/**
 * `input` is a pipe, a file or a socket; `nothing` is what nobody writes to, such as `/dev/null` or a
 * closed descriptor.
 */
export type StdinKind = "terminal" | "input" | "nothing";
