import type { Finding } from "../diagnostics/diagnostic.js";
import { unreadableInput } from "../diagnostics/output-messages.js";

/** An input, by its name and path, that the command could not find or read. */
export interface Unreadable {
  readonly name: string;
  readonly path: string;
  /** The reason of the system. */
  readonly why: string;
}

/** A finding about the whole input. */
export function unreadableFinding({ name, path, why }: Unreadable): Finding {
  return unreadableInput({ source: { name, path, text: "" }, start: 0, end: 0 }, why);
}
