const quote = 0x22;
const backslash = 0x5c;

/**
 * The offset of the quote that closes the string that starts here, or the end of the text. Most
 * strings are too short for a search to pay.
 */
export function endOfString(text: string, start: number): number {
  let at = start + 1;
  for (; at < text.length; at++) {
    const char = text.charCodeAt(at);
    if (char === quote) {
      break;
    }
    if (char === backslash) {
      at++;
    }
  }
  return at;
}
