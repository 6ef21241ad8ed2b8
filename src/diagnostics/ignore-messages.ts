/** Messages about comments that silence findings. */
import type { IgnoreComment, NamedCode } from "../model/ignore-comment.js";
import type { Source, Span } from "../model/source.js";
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

export function unusedIgnore(source: Source, comment: IgnoreComment, code: NamedCode): Finding {
  const { name, start, end } = code;
  const message = `there is no '${name}' to ignore on line ${comment.line}`;
  return warning("unused-ignore", { source, start, end }, message, {
    fixes: [
      {
        title: comment.codes.length > 1 ? `remove '${name}'` : "remove the comment",
        applicability: "safe",
        source,
        changes: [{ ...spanOf(code, comment, source.text), text: "" }],
      },
    ],
  });
}

/** A code with its comma; a lone one with its comment, and that with its line if nothing else is there. */
function spanOf(code: NamedCode, { codes, start, end }: IgnoreComment, text: string): Span {
  const index = codes.indexOf(code);
  if (codes.length > 1) {
    return index === 0
      ? { start: code.start, end: codes[1]!.start }
      : { start: codes[index - 1]!.end, end: code.end };
  }
  let from = start;
  while (/[ \t]/.test(text.charAt(from - 1))) {
    from--;
  }
  const isAlone = from === 0 || text[from - 1] === "\n";
  const lineEnd = text.indexOf("\n", end);
  return { start: from, end: isAlone ? (lineEnd < 0 ? text.length : lineEnd + 1) : end };
}
