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
    for (const piece of encoded(text, host)) {
      writeAll(host[stream], piece);
    }
  };
  unlessRefused(write, ["EPIPE"]);
}

/** In UTF-16 units. As one piece, the bytes of a long text would take its memory once more. */
const pieceLength = 2 ** 20;

/** The bytes of a text, in pieces that are made each time they are asked for. */
export function encoded(text: string, host: Host): Iterable<Uint8Array> {
  return { [Symbol.iterator]: () => encodedPieces(text, host) };
}

function* encodedPieces(text: string, host: Host): Generator<Uint8Array> {
  for (let start = 0; start < text.length; ) {
    const end = start + pieceLength;
    // A pair of surrogates is one character.
    const isInPair = /[\ud800-\udbff]/.test(text.charAt(end - 1));
    yield host.encode(text.slice(start, isInPair ? end + 1 : end));
    start = isInPair ? end + 1 : end;
  }
}
