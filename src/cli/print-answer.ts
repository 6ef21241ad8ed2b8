import { type Answer, showJson } from "../show/show-json.js";
import { TextTooLong } from "../text/line-buffer.js";
import type { Invocation } from "./arguments.js";
import { fail } from "./fail.js";
import type { Host } from "./host.js";

/**
 * Prints an answer: as JSON where the flag says so, else as `show` has it for people. The exit
 * code, of which 0 means that it is printed.
 */
export async function printAnswer<T extends Answer>(
  answer: T,
  show: (answer: T) => string,
  { command, flags }: Invocation,
  host: Host,
): Promise<0 | 2> {
  try {
    await host.writeStdout(flags.has("json") ? showJson(answer) : show(answer));
    return 0;
  } catch (error) {
    if (!(error instanceof TextTooLong)) {
      throw error;
    }
    const help =
      command === "plan" ? ": choose some of it with '--machine', '--instance' or '--tag'" : "";
    return fail(host, [`${error.message}${help}`]);
  }
}
