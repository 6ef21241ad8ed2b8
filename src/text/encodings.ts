/** Whether every other character at the start of a text is NUL, as where UTF-16 is read as bytes. */
export function isUtf16(text: string): boolean {
  return /^[\ufeff\ufffd\xfe\xff]{0,2}(?:(?:[^\0]\0){2}|(?:\0[^\0]){2})/.test(text);
}
