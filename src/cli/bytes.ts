import type { InputFile, Reader, Writer } from "./file-system.js";
import { SystemError } from "./system-error.js";

const pieceSize = 64 * 1024;

/** All bytes that come, or the first piece of them where they are more than `limit`. */
export function readAll(
  reader: Reader,
  limit: number = Infinity,
): { readonly bytes: Uint8Array; readonly isWhole: boolean } {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for (let piece = reader.read(pieceSize); piece.length > 0; piece = reader.read(pieceSize)) {
    pieces.push(piece);
    size += piece.length;
    if (size > limit) {
      return { bytes: pieces[0]!, isWhole: false };
    }
  }
  return { bytes: joinBytes(pieces), isWhole: true };
}

/** The pieces as one, which is itself where it is the only one. */
export function joinBytes(pieces: readonly Uint8Array[]): Uint8Array {
  if (pieces.length === 1) {
    return pieces[0]!;
  }
  const all = new Uint8Array(pieces.reduce((size, { length }) => size + length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}

/** Writes all the bytes: what a short write leaves over is written next, or the error thrown. */
export function writeAll(writer: Writer, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) {
    const written = writer.write(bytes.subarray(at));
    if (written === 0) {
      throw new SystemError("EIO");
    }
    at += written;
  }
}

export function readerOf(bytes: Uint8Array): Reader {
  let at = 0;
  return {
    read: (limit) => bytes.subarray(at, (at += Math.min(limit, bytes.length - at))),
  };
}

/** An open file that holds these bytes. */
export function inputFileOf(bytes: Uint8Array): InputFile {
  return { ...readerOf(bytes), close: () => {} };
}

/** Uses a file, and closes it also where that fails. */
export function closing<T>(file: { close(): void }, use: () => T): T {
  try {
    return use();
  } finally {
    file.close();
  }
}

export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) {
    return false;
  }
  for (let at = 0; at < a.length; at++) {
    if (a[at] !== b[at]) {
      return false;
    }
  }
  return true;
}

/** Whether the next bytes that come are these. */
export function comeNext(reader: Reader, bytes: Uint8Array): boolean {
  for (let at = 0; at < bytes.length; ) {
    const piece = reader.read(Math.min(pieceSize, bytes.length - at));
    if (piece.length === 0 || !sameBytes(piece, bytes.subarray(at, at + piece.length))) {
      return false;
    }
    at += piece.length;
  }
  return true;
}
