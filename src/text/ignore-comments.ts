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
  return findComments(text)
    .filter(({ start, end }) => pattern.test(text.slice(start, end)))
    .map((span) => ({
      ...span,
      codes: codesIn(text, span),
      line: lines.position(isAlone(text, span) ? nextContent(text, span.end) : span.start).line,
    }));
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

/** Where the first thing after `offset` is that is neither space nor a comment. */
function nextContent(text: string, offset: number): number {
  const space = /(?:\s+(?:#[^\n]*)?)*/y;
  space.lastIndex = offset;
  space.test(text);
  return space.lastIndex;
}
