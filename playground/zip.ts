import type { File } from "./state.js";

/**
 * A ZIP archive of text files, not compressed and without times, so that equal files give equal
 * bytes.
 */
export function zip(files: readonly File[]): Blob {
  const encoder = new TextEncoder();
  const entries: {
    readonly header: Uint8Array<ArrayBuffer>;
    readonly name: Uint8Array<ArrayBuffer>;
    readonly offset: number;
  }[] = [];
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let offset = 0;
  for (const file of files) {
    const [name, content] = [encoder.encode(file.name), encoder.encode(file.text)];
    const header = commonHeader(name, content);
    entries.push({ header, name, offset });
    parts.push(numbers([4, 0x04034b50]), header, name, content);
    offset += 4 + header.length + name.length + content.length;
  }
  const directory = entries.flatMap(({ header, name, offset }) => [
    numbers([4, 0x02014b50], [2, 20]),
    header,
    numbers([2, 0], [2, 0], [2, 0], [4, 0], [4, offset]),
    name,
  ]);
  const size = directory.reduce((sum, { length }) => sum + length, 0);
  const end = numbers(
    [4, 0x06054b50],
    [2, 0],
    [2, 0],
    [2, entries.length],
    [2, entries.length],
    [4, size],
    [4, offset],
    [2, 0],
  );
  return new Blob([...parts, ...directory, end], { type: "application/zip" });
}

/**
 * What a file's header and its entry in the directory have in common; the flag says that names are
 * UTF-8.
 */
function commonHeader(name: Uint8Array, content: Uint8Array): Uint8Array<ArrayBuffer> {
  const firstOfJanuary1980 = 0x21;
  return numbers(
    [2, 20],
    [2, 0x0800],
    [2, 0],
    [2, 0],
    [2, firstOfJanuary1980],
    [4, crc32(content)],
    [4, content.length],
    [4, content.length],
    [2, name.length],
    [2, 0],
  );
}

/** Numbers of this many bytes each, the lowest byte first. */
function numbers(
  ...fields: readonly (readonly [size: number, value: number])[]
): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(
    fields.flatMap(([size, value]) =>
      Array.from({ length: size }, (_, index) => (value >>> (8 * index)) & 0xff),
    ),
  );
}

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) {
      crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
    }
  }
  return (crc ^ 0xffffffff) >>> 0;
}
