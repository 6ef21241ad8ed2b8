import type { Span } from "../model/source.js";

/**
 * Where the comments of a YAML text are, in order. Nothing has to be right with the text; it is only
 * told apart what is in quotes, in a block string or part of a plain text.
 */
export function findComments(text: string): readonly Span[] {
  const comments: Span[] = [];
  let depth = 0;
  let at = 0;
  while (at < text.length) {
    const start = at;
    const kind = text[at]!;
    if (kind === "#") {
      at = lineEndAfter(text, at);
      comments.push({ start, end: text[at - 1] === "\r" ? at - 1 : at });
    } else if (kind === '"' || kind === "'") {
      at = afterQuoted(text, at);
    } else if ((kind === "|" || kind === ">") && depth === 0) {
      at = afterBlockString(text, at, comments);
    } else if (/[[{]/.test(kind)) {
      depth++;
      at++;
    } else if (/[\]}]/.test(kind)) {
      depth = Math.max(0, depth - 1);
      at++;
    } else {
      at =
        match(/[\s,]+|[-?:](?=\s|$)|[!&*][^\s,[\]{}]*/y, text, at) ?? afterPlain(text, at, depth);
    }
  }
  return comments;
}

/** Two quotes in a row are the end of one string and the start of another, which comes to the same. */
function afterQuoted(text: string, start: number): number {
  const quote = text[start]!;
  const stops = quote === '"' ? /\\[^]|"/g : /'/g;
  stops.lastIndex = start + 1;
  for (;;) {
    const found = stops.exec(text)?.[0];
    if (found === undefined || found === quote) {
      return found === undefined ? text.length : stops.lastIndex;
    }
  }
}

/** Plain text goes on to a comment, to the end of a key, of its line, or of its place in brackets. */
function afterPlain(text: string, start: number, depth: number): number {
  const end = depth > 0 ? /(?=[,[\]{}\n]|:[\s,[\]{}]|\s#)/g : /(?=\n|:\s|\s#)/g;
  end.lastIndex = start + 1;
  return end.exec(text)?.index ?? text.length;
}

/**
 * Where the block string ends that starts at `start`: at a line that is indented less than its first
 * one. A header that is none is plain text.
 */
function afterBlockString(text: string, start: number, comments: Span[]): number {
  const headerEnd = match(/[|>][-+\d]*[ \t]*(?=#|\r?\n|$)/y, text, start);
  if (headerEnd === undefined) {
    return afterPlain(text, start, 0);
  }
  const lineEnd = lineEndAfter(text, headerEnd);
  if (text[headerEnd] === "#") {
    comments.push({ start: headerEnd, end: lineEnd });
  }
  const isExplicit = /\d/.test(text.slice(start, headerEnd));
  let indent = indentAround(text, start) + 1;
  let isFirst = true;
  let at = lineEnd + 1;
  while (at < text.length) {
    const content = match(/ */y, text, at)!;
    const isBlank = /[\r\n]/.test(text[content] ?? "\n");
    if (!isBlank && content - at < indent) {
      return at;
    }
    if (!isBlank && isFirst && !isExplicit) {
      indent = content - at;
    }
    isFirst &&= isBlank;
    at = lineEndAfter(text, content) + 1;
  }
  return text.length;
}

/** The indentation that every line of a block string exceeds whose `|` is at `at`; -1 for the root. */
function indentAround(text: string, at: number): number {
  const line = text.slice(text.lastIndexOf("\n", at - 1) + 1, at);
  const dashes = /^ *(?:[-?:] +)*/.exec(line)![0];
  const isBare = /^(?:[!&]\S*\s*)?$/.test(line.slice(dashes.length));
  return isBare
    ? Math.max(dashes.lastIndexOf("-"), dashes.lastIndexOf("?"), dashes.lastIndexOf(":"))
    : dashes.length;
}

function lineEndAfter(text: string, at: number): number {
  const end = text.indexOf("\n", at);
  return end < 0 ? text.length : end;
}

/** Where the sticky pattern ends that matches at `at`. */
function match(pattern: RegExp, text: string, at: number): number | undefined {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}
