import { joined } from "../streams.js";
import { decodeUtf8, encodeUtf8 } from "./utf8.js";

export { isUtf8 } from "./utf8.js";

/** Without the static functions, of which Node's class has others. */
const Bytes: new (buffer: ArrayBufferLike, offset: number, length: number) => Uint8Array =
  Uint8Array;

export class Buffer extends Bytes {
  static from(source: string | Uint8Array): Buffer {
    const bytes = typeof source === "string" ? encodeUtf8(source) : source;
    return new Buffer(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  static concat(pieces: readonly Uint8Array[]): Buffer {
    return Buffer.from(joined(pieces));
  }

  static byteLength(text: string): number {
    return encodeUtf8(text).length;
  }

  equals(other: Uint8Array): boolean {
    return this.length === other.length && this.every((byte, at) => byte === other[at]);
  }

  override toString(): string {
    return decodeUtf8(this);
  }
}
