/**
 * The text of UTF-8 bytes, a byte order mark included; U+FFFD for each maximal part that is not
 * UTF-8, as in browsers and Node.
 */
export function decodeUtf8(bytes: Uint8Array): string {
  const pieces: string[] = [];
  const endOfAscii = asciiIn(bytes);
  for (let at = 0; at < bytes.length; ) {
    const end = endOfAscii(at);
    for (; at < end; at += pieceSize) {
      pieces.push(
        String.fromCharCode.apply(
          null,
          bytes.subarray(at, Math.min(at + pieceSize, end)) as unknown as number[],
        ),
      );
    }
    at = end;
    const units: number[] = [];
    while (at < bytes.length && bytes[at]! >= 0x80 && units.length < pieceSize) {
      const { point, length } = readPoint(bytes, at);
      at += length;
      if (point < 0x10000) {
        units.push(point);
      } else {
        units.push(0xd7c0 + (point >> 10), 0xdc00 + (point & 0x3ff));
      }
    }
    pieces.push(String.fromCharCode.apply(null, units));
  }
  return pieces.join("");
}

/** How many characters `String.fromCharCode` is given at once. */
const pieceSize = 4096;

/**
 * Finds the end of the ASCII at an offset, four bytes a step, because each step takes an interpreter
 * long.
 */
function asciiIn(bytes: Uint8Array): (at: number) => number {
  const lead = -bytes.byteOffset & 3;
  const words =
    bytes.length < 4
      ? []
      : new Uint32Array(bytes.buffer, bytes.byteOffset + lead, (bytes.length - lead) >> 2);
  return (at) => {
    for (;;) {
      if (((at - lead) & 3) === 0) {
        let word = (at - lead) >> 2;
        while (word < words.length && (words[word]! & 0x80808080) === 0) {
          word++;
        }
        at = lead + 4 * word;
      }
      if (at >= bytes.length || bytes[at]! >= 0x80) {
        return at;
      }
      at++;
    }
  };
}

/** The UTF-8 bytes of a text; those of U+FFFD for a lone surrogate. */
export function encodeUtf8(text: string): Uint8Array {
  const bytes = new Uint8Array(3 * text.length);
  let size = 0;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit < 0x80) {
      bytes[size++] = unit;
      continue;
    }
    let point = unit;
    if ((unit & 0xf800) === 0xd800) {
      const next = text.charCodeAt(at + 1);
      const isPair = unit < 0xdc00 && (next & 0xfc00) === 0xdc00;
      point = isPair ? ((unit - 0xd7c0) << 10) + (next - 0xdc00) : 0xfffd;
      if (isPair) {
        at++;
      }
    }
    if (point < 0x800) {
      bytes[size++] = 0xc0 | (point >> 6);
    } else {
      if (point < 0x10000) {
        bytes[size++] = 0xe0 | (point >> 12);
      } else {
        bytes[size++] = 0xf0 | (point >> 18);
        bytes[size++] = 0x80 | ((point >> 12) & 0x3f);
      }
      bytes[size++] = 0x80 | ((point >> 6) & 0x3f);
    }
    bytes[size++] = 0x80 | (point & 0x3f);
  }
  return bytes.slice(0, size);
}

/** The code point at an offset, or U+FFFD for a part of one (Unicode 3.9, table 3-7). */
function readPoint(
  bytes: Uint8Array,
  at: number,
): { readonly point: number; readonly length: number } {
  const first = bytes[at]!;
  if (first < 0x80) {
    return { point: first, length: 1 };
  }
  const size = first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
  if (size === 0) {
    return { point: 0xfffd, length: 1 };
  }
  let point = first & (0x7f >> size);
  for (let n = 1; n < size; n++) {
    const next = bytes[at + n] ?? 0;
    const low = n > 1 ? 0x80 : first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80;
    const high = n > 1 ? 0xbf : first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf;
    if (next < low || next > high) {
      return { point: 0xfffd, length: n };
    }
    point = (point << 6) | (next & 0x3f);
  }
  return { point, length: size };
}
