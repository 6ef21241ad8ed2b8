import type { Span } from "./source.js";

/** A comment `# inventory2nix: ignore[CODE, CODE] why`. */
export interface IgnoreComment extends Span {
  /** The words in its brackets, each where it is. */
  readonly codes: readonly NamedCode[];
  /** Which line it is about, from 1. */
  readonly line: number;
}

export interface NamedCode extends Span {
  readonly name: string;
}
