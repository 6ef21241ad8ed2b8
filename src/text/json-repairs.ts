import type { Applicability, ProposedFix, SourceSpan } from "../diagnostics/diagnostic.js";
import type { SyntaxProblem } from "../diagnostics/syntax-problems.js";
import { clipped } from "../diagnostics/words.js";
import type { TextEdit } from "../model/source.js";

/** What makes JSON of what people write for JSON, where it is known. */
export function jsonRepairs(place: SourceSpan, problem: SyntaxProblem): readonly ProposedFix[] {
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
