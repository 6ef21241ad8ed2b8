import type { SyntaxProblem } from "../diagnostics/syntax-problems.js";
import { clipped } from "../diagnostics/words.js";
import type { Span, TextEdit } from "../model/source.js";

/** A way to correct a mistake in the text. */
export interface Repair {
  readonly title: string;
  readonly edits: readonly TextEdit[];
  /** What the mistake was and where, if it was not where it was found. */
  readonly problem?: SyntaxProblem;
  readonly place?: Span;
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
  const title = text === " " ? "insert a space" : `insert '${text.trim()}'`;
  return { title, edits: [{ start: at, end: at, text }] };
}

export function replace(start: number, found: string, text: string): Repair {
  const title = `replace '${clipped(found.trim())}' with '${text.trim()}'`;
  return { title, edits: [{ start, end: start + found.length, text }] };
}

export function remove(start: number, found: string): Repair {
  const title = `remove '${clipped(found)}'`;
  return { title, edits: [{ start, end: start + found.length, text: "" }] };
}
