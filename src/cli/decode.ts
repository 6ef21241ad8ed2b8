import { Buffer, isUtf8 } from "node:buffer";
import type { Finding } from "../diagnostics/diagnostic.js";
import { invalidUtf8 } from "../diagnostics/text-messages.js";
import type { Source } from "../model/source.js";

/** A source with the text of these bytes, without a byte order mark, and what is wrong with them. */
export function decode(
  bytes: Buffer,
  about: Omit<Source, "text">,
): { readonly source: Source; readonly finding?: Finding } {
  const content = startsWith(bytes, byteOrderMark) ? bytes.subarray(byteOrderMark.length) : bytes;
  const text = content.toString("utf8");
  const source: Source = { ...about, text };
  if (isUtf8(content)) {
    return { source };
  }
  const start = firstInvalid(text, content);
  return { source, finding: invalidUtf8({ source, start, end: start + 1 }) };
}

const byteOrderMark = Buffer.from("\ufeff");
const replacement = Buffer.from("\ufffd");

/** The first replacement character in `text` that does not stand in `bytes`. */
function firstInvalid(text: string, bytes: Buffer): number {
  let offset = 0;
  for (let at = 0; ; ) {
    const found = text.indexOf("\ufffd", at);
    offset += Buffer.byteLength(text.slice(at, found));
    if (!startsWith(bytes.subarray(offset), replacement)) {
      return found;
    }
    offset += replacement.length;
    at = found + 1;
  }
}

function startsWith(bytes: Buffer, prefix: Buffer): boolean {
  return bytes.subarray(0, prefix.length).equals(prefix);
}
