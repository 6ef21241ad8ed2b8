import type { ShowOptions } from "../show/layout.js";
import { type Answer, showJson } from "../show/show-json.js";
import { TextTooLong } from "../text/line-buffer.js";
import { fail } from "./fail.js";
import type { Host } from "./host.js";
import type { Invocation } from "./parse-arguments.js";
import { writeOutput } from "./write-text.js";

/**
 * Prints an answer: as JSON with `--json`, else as `show` words it for people. The exit code; 0 means
 * that it is printed.
 */
export function printAnswer<T extends Answer>(
  answer: T,
  show: (answer: T, options: ShowOptions) => string,
  { command, flags }: Invocation,
  host: Host,
): 0 | 2 {
  try {
    const options = { columns: host.stdoutColumns };
    writeOutput(flags.has("json") ? showJson(answer) : show(answer, options), host);
    return 0;
  } catch (error) {
    if (!(error instanceof TextTooLong)) {
      throw error;
    }
    const help =
      command === "plan" ? ": narrow it down with '--machine', '--instance' or '--tag'" : "";
    return fail([`${error.message}${help}`], host);
  }
}
