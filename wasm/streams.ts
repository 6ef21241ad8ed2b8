import type { InputStream, OutputStream } from "wasi:io/streams@0.2.12";
import type { Reader, Writer } from "../src/cli/file-system.js";
import { unlessRefused } from "../src/cli/system-error.js";
import { ask } from "./wasi-errors.js";

/** `blockingWriteAndFlush` takes no more at once. */
const maxWrite = 4096;

export function readerOf(stream: InputStream): Reader {
  const end = new Uint8Array(0);
  return {
    // At the end the stream is closed, which is told like a pipe that nobody reads.
    read: (limit) => unlessRefused(() => ask(() => stream.blockingRead(limit)), ["EPIPE"]) ?? end,
  };
}

export function writerOf(stream: OutputStream): Writer {
  return {
    write: (bytes) => {
      const piece = bytes.subarray(0, maxWrite);
      ask(() => stream.blockingWriteAndFlush(piece));
      return piece.length;
    },
  };
}
