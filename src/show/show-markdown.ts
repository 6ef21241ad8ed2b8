import { fold, indent, lineWidth } from "./layout.js";

/**
 * Markdown as it reads well on a terminal: paragraphs are folded to the width of a line without
 * `margin`, code is indented, and a link is followed by where it leads.
 */
export function showMarkdown(text: string, margin = 0): readonly string[] {
  const columns = lineWidth - margin;
  const shown: string[] = [];
  let paragraph: Paragraph | undefined;
  let fence: string | undefined;
  const end = () => {
    shown.push(...(paragraph === undefined ? [] : foldParagraph(paragraph, columns)));
    paragraph = undefined;
  };
  for (const line of text.trim().split("\n")) {
    const [mark] = /^\s*(?:`{3,}|~{3,})/.exec(line) ?? [];
    if (fence !== undefined || mark !== undefined) {
      end();
      if (mark === undefined) {
        shown.push(...indent([line.trimEnd()], 4));
      }
      fence = mark === undefined ? fence : fence === undefined ? mark : undefined;
    } else if (line.trim() === "") {
      end();
      shown.push("");
    } else {
      const { start, words } = readLine(line);
      // What is indented deeper than a list's text, or is no list, is to stay as it is.
      if (/^ {4}/.test(line) && (paragraph === undefined || isTable.test(line))) {
        shown.push(line.trimEnd());
        continue;
      }
      if (paragraph === undefined || start !== "" || isTable.test(line)) {
        end();
        paragraph = { start, words: [] };
      }
      paragraph.words.push(words);
    }
  }
  end();
  return shown.filter((line, index) => line !== "" || shown[index - 1] !== "");
}

interface Paragraph {
  /** What its first line starts with: the mark of a list, a quote or a heading. */
  readonly start: string;
  readonly words: string[];
}

const isTable = /^\s*\|/;

function readLine(line: string): { readonly start: string; readonly words: string } {
  const [start] = /^\s*(?:[-*+] |\d+\. |#{1,6} |> ?)/.exec(line) ?? [""];
  const words = plain(line.slice(start.length).trim());
  return { start, words };
}

function foldParagraph({ start, words }: Paragraph, columns: number): readonly string[] {
  const text = words.join(" ");
  const mark = start.trim();
  if (mark.startsWith("#")) {
    return [text];
  }
  const lead = mark === ">" ? "| " : start.replace(/^(\s*)[*+]/, "$1-");
  const [first = "", ...rest] = fold(text, columns - lead.length);
  return [
    `${lead}${first}`,
    ...(mark === ">" ? rest.map((line) => `${lead}${line}`) : indent(rest, lead.length)),
  ];
}

/** Without emphasis; a link that is not its own text has its address behind it. */
function plain(text: string): string {
  return text
    .replace(/\*\*([^*]+)\*\*/g, "$1")
    .replace(/\[([^\]]+)\]\(([^)\s]+)\)/g, (_, label: string, address: string) =>
      label === address ? label : `${label} (${address})`,
    );
}
