import { forTerminal } from "../text/escape.js";
import type { Host } from "./host.js";
import type { Invocation } from "./parse-arguments.js";
import { formatOf } from "./report.js";
import { writeMessage } from "./write-text.js";

/** Tells people what was done; programs, which read another format, get nothing else. */
export function announce(text: string, invocation: Invocation, host: Host): void {
  if (formatOf(invocation) === "text" && !invocation.flags.has("quiet")) {
    writeMessage(`inventory2nix: ${forTerminal(text)}\n`, host);
  }
}
