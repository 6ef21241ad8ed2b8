import { Buffer, isUtf8 } from "node:buffer";
import type { Finding } from "../diagnostics/diagnostic.js";
import { invalidUtf8 } from "../diagnostics/text-messages.js";

/**
 * The text of the source with this index, without a byte order mark, and what is wrong with its
 * bytes.
 */
export function decode(
  bytes: Buffer,
  document: number,
): { readonly text: string; readonly finding?: Finding } {
  const content = startsWith(bytes, byteOrderMark) ? bytes.subarray(byteOrderMark.length) : bytes;
  const text = content.toString("utf8");
  if (isUtf8(content)) {
    return { text };
  }
  const start = firstInvalid(text, content);
  return { text, finding: invalidUtf8({ document, start, end: start + 1 }) };
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
