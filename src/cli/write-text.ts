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
  const write = () => {
    for (const piece of piecesOf(text)) {
      writeAll(host[stream], host.encode(piece));
    }
  };
  unlessRefused(write, ["EPIPE"]);
}

/** In UTF-16 units. As one piece, the bytes of a long text would take its memory once more. */
const pieceLength = 2 ** 20;

function* piecesOf(text: string): Generator<string> {
  for (let start = 0; start < text.length; ) {
    const end = start + pieceLength;
    // A pair of surrogates is one character.
    const isInPair = /[\ud800-\udbff]/.test(text.charAt(end - 1));
    yield text.slice(start, isInPair ? end + 1 : end);
    start = isInPair ? end + 1 : end;
  }
}
