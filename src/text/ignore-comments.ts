import { LineIndex } from "../diagnostics/line-index.js";
import type { IgnoreComment, NamedCode } from "../model/ignore-comment.js";
import type { Span } from "../model/source.js";
import { findComments } from "./yaml-comments.js";

/**
 * The comments of a YAML text that silence findings. One behind something is about its own line, one
 * on a line of its own about the next line with anything but a comment.
 */
export function readIgnoreComments(text: string): readonly IgnoreComment[] {
  if (!text.includes(marker)) {
    return [];
  }
  const lines = new LineIndex(text);
  const comments = findComments(text);
  const ignores: IgnoreComment[] = [];
  let below = text.length;
  for (let index = comments.length - 1; index >= 0; index--) {
    const span = comments[index]!;
    const gap = text.slice(span.end, comments[index + 1]?.start).search(/\S/);
    below = gap < 0 ? below : span.end + gap;
    if (pattern.test(text.slice(span.start, span.end))) {
      const target = isAlone(text, span) ? below : span.start;
      ignores.push({ ...span, codes: codesIn(text, span), line: lines.position(target).line });
    }
  }
  return ignores.reverse();
}

const marker = "inventory2nix:";
const pattern = /^#+\s*inventory2nix:/;

function codesIn(text: string, { start, end }: Span): readonly NamedCode[] {
  const [, lead, list] =
    /^(#+\s*inventory2nix:\s*ignore\s*\[)([^\]]*)\]/.exec(text.slice(start, end)) ?? [];
  return [...(list ?? "").matchAll(/[^\s,]+/g)].map(({ 0: name, index }) => {
    const at = start + lead!.length + index;
    return { name, start: at, end: at + name.length };
  });
}

function isAlone(text: string, { start }: Span): boolean {
  return text.slice(text.lastIndexOf("\n", start - 1) + 1, start).trim() === "";
}
