import { h } from "../dom.js";

/** Paragraphs, blocks of code, and words in backquotes or asterisks, as the compiler writes them. */
export function drawMarkdown(markdown: string): readonly HTMLElement[] {
  const blocks = markdown.split(/^```\w*\n([\s\S]*?)^```$/m);
  return blocks.flatMap((block, index): readonly HTMLElement[] =>
    index % 2 === 1
      ? [h("pre", {}, block.trimEnd())]
      : block
          .split(/\n{2,}/)
          .filter((paragraph) => paragraph.trim() !== "")
          .map((paragraph) => h("p", {}, ...drawWords(paragraph.trim()))),
  );
}

function drawWords(text: string): readonly (HTMLElement | string)[] {
  return text
    .split(/(`[^`\n]+`|\*\*[^*\n]+\*\*)/)
    .filter(Boolean)
    .map((part) =>
      part.startsWith("`")
        ? h("code", {}, part.slice(1, -1))
        : part.startsWith("**")
          ? h("strong", {}, part.slice(2, -2))
          : part,
    );
}
