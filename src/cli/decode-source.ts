import type { Finding } from "../diagnostics/diagnostic.js";
import { invalidUtf8, invalidUtf16 } from "../diagnostics/text-messages.js";
import type { Source } from "../model/source.js";
import { isUtf16 } from "../text/encodings.js";
import { sameBytes } from "./bytes.js";
import type { Host } from "./host.js";

/** A source with the text of these bytes, without a byte order mark, and its first bad byte. */
export function decodeSource(
  bytes: Uint8Array,
  about: Omit<Source, "text">,
  host: Host,
): { readonly source: Source; readonly finding?: Finding } {
  const content = sameBytes(bytes.subarray(0, 3), byteOrderMark) ? bytes.subarray(3) : bytes;
  const text = host.decode(content);
  const source: Source = { ...about, text };
  const start = findInvalid(text, content, host);
  if (start < 0) {
    return { source };
  }
  const place = { source, start, end: start + 1 };
  return { source, finding: isUtf16(text) ? invalidUtf16(place) : invalidUtf8(place) };
}

const byteOrderMark = Uint8Array.of(0xef, 0xbb, 0xbf);
const replacement = Uint8Array.of(0xef, 0xbf, 0xbd);

/** Where `text` has the first replacement character that is not in `bytes`; -1 for none. */
function findInvalid(text: string, bytes: Uint8Array, host: Host): number {
  let offset = 0;
  let at = 0;
  for (;;) {
    const found = text.indexOf("\ufffd", at);
    if (found < 0) {
      return -1;
    }
    offset += host.encode(text.slice(at, found)).length;
    if (!sameBytes(bytes.subarray(offset, offset + replacement.length), replacement)) {
      return found;
    }
    offset += replacement.length;
    at = found + 1;
  }
}
