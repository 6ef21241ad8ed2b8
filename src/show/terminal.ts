/** The number of columns that the text takes on a terminal. */
export function width(text: string): number {
  let sum = 0;
  for (const char of text) {
    sum += columns(char);
  }
  return sum;
}

export function columns(char: string): number {
  if (zeroWidth.test(char)) {
    return 0;
  }
  return doubleWidth.test(char) ? 2 : 1;
}

// Our own ranges, because what \p{…} matches depends on the engine.
const zeroWidth =
  /[\u0300-\u036f\u200b-\u200d\u20d0-\u20ff\ufe00-\ufe0f\u{1f3fb}-\u{1f3ff}\u{e0100}-\u{e01ef}]/u;
const doubleWidth =
  /[\u1100-\u115f\u231a\u231b\u23e9-\u23f3\u2614\u2615\u26a1\u2705\u2728\u274c\u2753-\u2757\u2795-\u2797\u2b50\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1f3fa}\u{1f400}-\u{1f64f}\u{1f680}-\u{1f6ff}\u{1f900}-\u{1f9ff}\u{1fa70}-\u{1faff}\u{20000}-\u{3fffd}]/u;
