import type { InputStream, OutputStream } from "wasi:io/streams@0.2.12";

const pieceSize = 64 * 1024;

/** `blockingWriteAndFlush` takes no more at once. */
const maxWrite = 4096;

/** All bytes of a stream, until it ends. */
export function readAll(stream: InputStream): Uint8Array {
  const pieces: Uint8Array[] = [];
  try {
    for (;;) pieces.push(stream.blockingRead(pieceSize));
  } catch (error) {
    if (!isClosed(error)) throw error;
  }
  return joined(pieces);
}

/** Writes until all is written, or the reader has gone away (`| head`), which is no failure. */
export function writeAll(stream: OutputStream, bytes: Uint8Array): void {
  try {
    for (let at = 0; at < bytes.length; at += maxWrite) stream.blockingWriteAndFlush(bytes.subarray(at, at + maxWrite));
  } catch (error) {
    if (!isClosed(error)) throw error;
  }
}

/** One piece as an asynchronous sequence. An async generator would be a native one, whose promises nobody settles. */
export function once(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  const pieces = [bytes];
  const next = async (): Promise<IteratorResult<Uint8Array>> => {
    const value = pieces.pop();
    return value === undefined ? { done: true, value } : { value };
  };
  return { [Symbol.asyncIterator]: () => ({ next }) };
}

export function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(pieces.reduce((size, { length }) => size + length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}

function isClosed(error: unknown): boolean {
  return (error as { payload?: { tag?: unknown } }).payload?.tag === "closed";
}
