import type { InputStream, OutputStream } from "wasi:io/streams@0.2.12";

const pieceSize = 64 * 1024;

/** `blockingWriteAndFlush` takes no more at once. */
const maxWrite = 4096;

/** The pieces of a stream until it ends. */
export function piecesOf(stream: InputStream): AsyncIterable<Uint8Array> {
  return sequence(() => {
    try {
      return stream.blockingRead(pieceSize);
    } catch (error) {
      if (!isClosed(error)) {
        throw error;
      }
      return undefined;
    }
  });
}

/**
 * What `read` gives until it gives nothing, each piece read when it is asked
 * for, so that the reader may stop; then, or at the end, `close` is called. An
 * async generator would be a native one, whose promises nobody settles.
 */
export function sequence(
  read: () => Uint8Array | undefined,
  close?: () => void,
): AsyncIterable<Uint8Array> {
  const end = async (): Promise<IteratorResult<Uint8Array>> => {
    close?.();
    return { done: true, value: undefined };
  };
  const next = async (): Promise<IteratorResult<Uint8Array>> => {
    const value = read();
    return value === undefined ? end() : { value };
  };
  return { [Symbol.asyncIterator]: () => ({ next, return: end }) };
}

/** Writes until all is written, or the reader has gone away (`| head`), which is no failure. */
export function writeAll(stream: OutputStream, bytes: Uint8Array): void {
  try {
    for (let at = 0; at < bytes.length; at += maxWrite) {
      stream.blockingWriteAndFlush(bytes.subarray(at, at + maxWrite));
    }
  } catch (error) {
    if (!isClosed(error)) {
      throw error;
    }
  }
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
