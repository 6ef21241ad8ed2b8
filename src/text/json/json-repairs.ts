import type { Applicability, ProposedFix, SourceSpan } from "../../diagnostics/diagnostic.js";
import type { SyntaxProblem } from "../../diagnostics/syntax-problems.js";
import { clipped } from "../../diagnostics/words.js";
import type { TextEdit } from "../../model/source.js";

/** What makes JSON of what people write for JSON, where it is known. */
export function jsonRepairs(
  place: SourceSpan,
  problem: SyntaxProblem,
  sign: string,
): readonly ProposedFix[] {
  const { source, start, end } = place;
  const found = source.text.slice(start, end);
  const fix = (title: string, edit: TextEdit, applicability: Applicability = "safe") => [
    { title, applicability, source, changes: [edit] },
  ];
  switch (problem) {
    case "trailingComma":
      return fix("remove the comma", { start, end, text: "" });
    case "extraComma":
      return fix("remove the comma", { start, end, text: "" }, "unsafe");
    case "missingComma": {
      const at = endBefore(source.text, start);
      return fix("insert a comma", { start: at, end: at, text: "," }, "unsafe");
    }
    case "strayText":
    case "extraBracket":
      return fix("remove it", { start, end, text: "" }, "unsafe");
    case "wrongSeparator":
      return fix("write a comma", { start, end, text: "," }, "unsafe");
    case "missingQuote":
      return fix(
        "insert the quote",
        { start, end: start + (/^[\u2018-\u201f\u00ab\u00bb]/.test(found) ? 1 : 0), text: '"' },
        "unsafe",
      );
    case "missingBracket":
      return fix("insert it", { start: end, end, text: ` ${sign}` }, "unsafe");
    case "missingBrace":
      return fix("insert it", { start, end: start, text: "{" }, "unsafe");
    case "unquotedKey":
      return fix("put it in quotes", { start, end, text: JSON.stringify(found) });
    case "singleQuotes":
      return /["\\]/.test(found)
        ? []
        : fix(`write "${clipped(found.slice(1, -1))}"`, {
            start,
            end,
            text: `"${found.slice(1, -1)}"`,
          });
    default:
      return [];
  }
}

/** Where the text before an offset ends. */
function endBefore(text: string, offset: number): number {
  let end = offset;
  while (end > 0 && /\s/.test(text.charAt(end - 1))) {
    end--;
  }
  return end;
}
