import { writeAll } from "./bytes.js";
import type { Host } from "./host.js";
import { blaming, unlessRefused } from "./system-error.js";

/** Writes a text to standard output: all of it, unless its reader has gone away (`| head`). */
export function writeOutput(text: string, host: Host): void {
  blaming("standard output", () => writeToStream("stdout", text, host));
}

/** Writes a text to standard error. */
export function writeMessage(text: string, host: Host): void {
  blaming("standard error", () => writeToStream("stderr", text, host));
}

function writeToStream(stream: "stdout" | "stderr", text: string, host: Host): void {
  unlessRefused(() => writeAll(host[stream], host.encode(text)), ["EPIPE"]);
}
