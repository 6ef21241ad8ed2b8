import { showJson, type Answer } from "../show/json.js";
import type { Invocation } from "./arguments.js";
import type { Host } from "./host.js";

/** Prints an answer: as JSON where the flag says so, else as `show` has it for people. */
export async function printAnswer<T extends Answer>(answer: T, show: (answer: T) => string, { flags }: Invocation, host: Host): Promise<void> {
  await host.writeStdout(flags.has("json") ? showJson(answer) : show(answer));
}
