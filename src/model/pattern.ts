import { predefinedTags } from "./machine-fields.js";

/** Whether the text holds `*` or `?`. */
export function isPattern(text: string): boolean {
  return text.includes("*") || text.includes("?");
}

/**
 * Whether an entry of the selector of tag `self` means `tag`: by name, or by a pattern, which
 * passes by predefined tags and itself.
 */
export function meansTag(entry: string, tag: string, self: string): boolean {
  if (!isPattern(entry)) {
    return tag === entry;
  }
  return tag !== self && !predefinedTags.includes(tag) && matches(tag, entry);
}

/** Whether `*` (any text) and `?` (one character) in the pattern can be filled to give the name. */
export function matches(name: string, pattern: string): boolean {
  let at = 0;
  let next = 0;
  let star = -1;
  let retry = 0;
  while (at < name.length) {
    if (pattern[next] === "*") {
      star = next++;
      retry = at;
    } else if (pattern[next] === "?") {
      next++;
      at += widthAt(name, at);
    } else if (pattern[next] === name[at]) {
      next++;
      at++;
    } else if (star >= 0) {
      next = star + 1;
      at = retry += widthAt(name, retry);
    } else {
      return false;
    }
  }
  while (pattern[next] === "*") {
    next++;
  }
  return next === pattern.length;
}

/**
 * The number of texts, longer ones counted by every eight letters: to match two takes the product of
 * their lengths at worst.
 */
export function countEights(texts: Iterable<string>): number {
  let count = 0;
  for (const { length } of texts) {
    count += Math.max(1, Math.ceil(length / 8));
  }
  return count;
}

/** The length of a character in UTF-16 units. */
function widthAt(text: string, at: number): number {
  return text.codePointAt(at)! > 0xffff ? 2 : 1;
}
