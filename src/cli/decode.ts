import { Buffer, isUtf8 } from "node:buffer";
import { invalidUtf8, type Finding } from "../diagnostics.js";

/** The text of the source with this index, and what is wrong with its bytes. */
export function decode(bytes: Buffer, document: number): { readonly text: string; readonly finding?: Finding } {
  const text = bytes.toString("utf8");
  if (isUtf8(bytes)) return { text };
  const start = firstInvalid(text, bytes);
  return { text, finding: invalidUtf8({ document, start, end: start + 1 }) };
}

const replacement = Buffer.from("\ufffd");

/** The first replacement character in `text` that does not stand in `bytes`. */
function firstInvalid(text: string, bytes: Buffer): number {
  let offset = 0;
  for (let at = 0; ; at++) {
    const found = text.indexOf("\ufffd", at);
    offset += Buffer.byteLength(text.slice(at, found));
    if (!bytes.subarray(offset, offset + replacement.length).equals(replacement)) return found;
    offset += replacement.length;
    at = found;
  }
}
