/** Names with `*` (any text) and `?` (any one character). */

/** Whether the text holds `*` or `?`. */
export function isPattern(text: string): boolean {
  return text.includes("*") || text.includes("?");
}

/** Whether `*` (any text) and `?` (one character) in the pattern can be filled to give the name. */
export function matches(name: string, pattern: string): boolean {
  const [characters, wanted] = [[...name], [...pattern]];
  let at = 0;
  let next = 0;
  let star = -1;
  let retry = 0;
  while (at < characters.length) {
    if (wanted[next] === "*") {
      star = next++;
      retry = at;
    } else if (wanted[next] === "?" || (next < wanted.length && wanted[next] === characters[at])) {
      next++;
      at++;
    } else if (star >= 0) {
      next = star + 1;
      at = ++retry;
    } else {
      return false;
    }
  }
  return wanted.slice(next).every((character) => character === "*");
}
