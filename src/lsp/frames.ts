import { joinBytes } from "../cli/bytes.js";

/**
 * Cuts a stream of bytes into the bodies of messages. Whatever comes where a header should be is
 * passed over up to the next length of a body, so that one broken message costs no other.
 */
export class Frames {
  /** What has come since the last body, or of it. */
  private pieces: Uint8Array[] = [];
  private size = 0;
  /** The length of the body that comes now; absent within a header. */
  private length: number | undefined;
  /** Whether no header has come since a bad one, which is reported once. */
  private isLost = false;

  constructor(
    private readonly decode: (bytes: Uint8Array) => string,
    private readonly reportBadHeader: () => void,
  ) {}

  /** The bodies that are complete with these bytes. */
  *add(bytes: Uint8Array): Generator<Uint8Array> {
    this.pieces.push(bytes);
    this.size += bytes.length;
    for (;;) {
      this.length ??= this.takeHeader();
      if (this.length === undefined || this.size < this.length) {
        return;
      }
      yield this.take(this.length);
      this.length = undefined;
    }
  }

  /** The length that the next header states; bytes that state none are dropped. */
  private takeHeader(): number | undefined {
    for (;;) {
      const held = this.join();
      const end = headerEnd(held);
      if (end === undefined) {
        if (held.length > maxHeader) {
          this.lose();
          this.take(held.length - maxHeader / 2);
        }
        return undefined;
      }
      const header = this.decode(this.take(end).subarray(-maxHeader));
      const length = Number(
        /content-length[ \t]*:[ \t]*(\d+)[ \t]*\r?\n(?!.*content-length)/is.exec(header)?.[1],
      );
      if (length <= maxBody) {
        this.isLost = false;
        return length;
      }
      this.lose();
    }
  }

  private lose(): void {
    if (!this.isLost) {
      this.isLost = true;
      this.reportBadHeader();
    }
  }

  private take(length: number): Uint8Array {
    const held = this.join();
    this.pieces = [held.subarray(length)];
    this.size -= length;
    return held.subarray(0, length);
  }

  private join(): Uint8Array {
    const all = joinBytes(this.pieces);
    this.pieces = [all];
    return all;
  }
}

/** In bytes. */
const maxHeader = 4096;
const maxBody = 2 ** 28;

/** Where the empty line behind a header ends. */
function headerEnd(bytes: Uint8Array): number | undefined {
  const [lineFeed, carriageReturn] = [10, 13];
  for (let at = bytes.indexOf(lineFeed); at >= 0; at = bytes.indexOf(lineFeed, at + 1)) {
    const next = bytes[at + 1] === carriageReturn ? at + 2 : at + 1;
    if (bytes[next] === lineFeed) {
      return next + 1;
    }
  }
  return undefined;
}
