import { fold, indent, lineWidth } from "./layout.js";
import { width } from "./terminal.js";

/**
 * Markdown as it reads well on a terminal: paragraphs are folded to the width of a line without
 * `margin`, code is indented, and a link is followed by where it leads.
 */
export function showMarkdown(text: string, margin = 0): readonly string[] {
  const lines = blocksOf(text).flatMap((block) => showBlock(block, lineWidth - margin));
  return lines.filter((line, index) => line !== "" || lines[index - 1] !== "");
}

/** What is folded as one, or stays as it is. */
type Block = Paragraph | { readonly verbatim: string };

interface Paragraph {
  /** What its first line starts with: the mark of a list, a quote or a heading. */
  readonly start: string;
  readonly words: string[];
}

function blocksOf(text: string): readonly Block[] {
  const blocks: Block[] = [];
  let paragraph: Paragraph | undefined;
  let isCode = false;
  for (const line of text.trim().split("\n")) {
    if (fence.test(line)) {
      isCode = !isCode;
      paragraph = undefined;
    } else if (isCode || line.trim() === "" || staysAsItIs(line, paragraph)) {
      blocks.push({ verbatim: isCode ? `    ${line}`.trimEnd() : line.trimEnd() });
      paragraph = undefined;
    } else {
      const [start] = mark.exec(line) ?? [""];
      if (paragraph === undefined || start !== "") {
        paragraph = { start, words: [] };
        blocks.push(paragraph);
      }
      paragraph.words.push(line.slice(start.length).trim());
    }
  }
  return blocks;
}

const fence = /^\s*(?:`{3}|~{3})/;

/** Of a list, a quote or a heading. */
const mark = /^\s*(?:[-*+] |\d+\. |#{1,6} |> ?)/;

/** Rows of tables, and code that is indented rather than the next line of a list. */
function staysAsItIs(line: string, paragraph: Paragraph | undefined): boolean {
  return /^\s*\|/.test(line) || (/^ {4}/.test(line) && paragraph === undefined && !mark.test(line));
}

function showBlock(block: Block, columns: number): readonly string[] {
  return "verbatim" in block ? [block.verbatim] : foldParagraph(block, columns);
}

function foldParagraph({ start, words }: Paragraph, columns: number): readonly string[] {
  const text = plain(words.join(" "));
  const sign = start.trim();
  if (sign.startsWith("#")) {
    return [text, "-".repeat(width(text))];
  }
  const lead = sign === ">" ? "| " : start.replace(/^(\s*)[*+]/, "$1-");
  const [first = "", ...rest] = fold(text, columns - lead.length);
  return [
    `${lead}${first}`,
    ...(sign === ">" ? rest.map((line) => `${lead}${line}`) : indent(rest, lead.length)),
  ];
}

/** Without emphasis; a link that is not its own text has its address behind it. */
function plain(text: string): string {
  return text
    .replace(/\*\*([^*]+)\*\*/g, "$1")
    .replace(/\[([^[\]]+)\]\(([^()\s]+)\)/g, (_, label: string, address: string) =>
      label === address ? label : `${label} (${address})`,
    );
}
