import type { SyntaxProblem } from "../../../diagnostics/syntax-problems.js";
import { clipped } from "../../../diagnostics/words.js";
import type { Span, TextEdit } from "../../../model/source.js";

/** A way to correct a mistake in the text. */
export interface Repair {
  readonly title: string;
  readonly edits: readonly TextEdit[];
  /** What the mistake was and where, if it was not where it was found. */
  readonly problem?: SyntaxProblem;
  readonly place?: Span;
  /** It inserts a key that is not known: only a fix if the text then makes full sense. */
  readonly isGuess?: boolean;
}

/** A line of a text: its offsets, its indentation, and the text in it without a comment. */
export interface Line extends Span {
  readonly indent: number;
  readonly content: string;
  /** Where its content starts and ends. */
  readonly contentStart: number;
  readonly contentEnd: number;
}

export function insert(at: number, text: string): Repair {
  const title = text === " " ? "insert a space" : `insert '${text}'`;
  return { title, edits: [{ start: at, end: at, text }] };
}

export function replace(start: number, found: string, text: string): Repair {
  const title = `replace '${clipped(found)}' with '${text}'`;
  return { title, edits: [{ start, end: start + found.length, text }] };
}

export function remove(start: number, found: string): Repair {
  const title = `remove '${clipped(found.trim())}'`;
  return { title, edits: [{ start, end: start + found.length, text: "" }] };
}

/** How many lines above a problem may have caused it. */
export const maxAbove = 200;

export function previousLine(text: string, { start }: Line): Line | undefined {
  for (let at = start; at > 0; ) {
    const line = lineAt(text, at - 1);
    if (line.content !== "") {
      return line;
    }
    at = line.start;
  }
  return undefined;
}

export function nextLine(text: string, { end }: Line): Line | undefined {
  for (let at = end + 1; at < text.length; ) {
    const line = lineAt(text, at);
    if (line.content !== "") {
      return line;
    }
    at = line.end + 1;
  }
  return undefined;
}

export function lineAt(text: string, at: number): Line {
  const start = at === 0 ? 0 : text.lastIndexOf("\n", at - 1) + 1;
  const newline = text.indexOf("\n", at);
  const end = newline < 0 ? text.length : newline;
  const written = text.slice(start, end);
  const lead = /^[ \t]*/.exec(written)![0];
  const rest = written.slice(lead.length);
  const comment = rest.search(/(?<!\S)#/);
  const content = (comment < 0 ? rest : rest.slice(0, comment)).trimEnd();
  const contentStart = start + lead.length;
  return {
    start,
    end,
    indent: lead.length,
    content,
    contentStart,
    contentEnd: contentStart + content.length,
  };
}
