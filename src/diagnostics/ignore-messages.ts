/** Messages about comments that silence findings. */
import type { Finding, Place } from "./diagnostic.js";
import { warning } from "./finding.js";
import { guess } from "./fixes.js";
import { clipped } from "./words.js";

export function emptyIgnore(place: Place): Finding {
  return warning("unused-ignore", place, "this comment ignores nothing", {
    help: "write # inventory2nix: ignore[CODE], with codes that 'inventory2nix codes' lists",
  });
}

export function unknownIgnore(place: Place, word: string, codes: Iterable<string>): Finding {
  const { suggestion, fixes } = guess(place, word, codes);
  return warning("unused-ignore", place, `no code is named '${clipped(word)}'${suggestion}`, {
    fixes,
  });
}

export function unsilenceable(place: Place, code: string): Finding {
  return warning("unused-ignore", place, `'${code}' cannot be ignored`, {
    help: "it leaves nothing to compile in its place",
  });
}

export function unusedIgnore(place: Place, code: string, line: number): Finding {
  return warning("unused-ignore", place, `there is no '${code}' to ignore on line ${line}`);
}
