import type { DataChange } from "../model/data-change.js";
import type { Origin, Path } from "../model/origin.js";
import type { Range, Source, Span, TextEdit } from "../model/source.js";
import type { Code } from "./codes.js";

export type Severity = "error" | "warning" | "note";

/** A finding as callers of the library get it. */
export interface Diagnostic {
  readonly code: Code;
  readonly severity: Severity;
  readonly message: string;
  readonly range: Range;
  readonly related: readonly { readonly message: string; readonly range: Range }[];
  readonly help?: string;
  /**
   * The applicability of the best correction that is known, before it is tried on the text: to ask
   * for `fixes` reads the text once more.
   */
  readonly fixable?: Applicability;
  /** Ways to correct the mistake, the best first. */
  readonly fixes?: readonly Fix[];
}

/** Edits of one source that correct a mistake, sorted and apart. */
export interface Fix {
  /** What it does, as in "replace with 'laptop'". */
  readonly title: string;
  readonly applicability: Applicability;
  readonly edits: readonly { readonly range: Range; readonly text: string }[];
}

/** `safe` if no other correction is possible; `unsafe` for a guess. */
export type Applicability = "safe" | "unsafe";

/** Offsets into the text of a source. */
export interface SourceSpan extends Span {
  readonly source: Source;
}

export type Place = Origin | SourceSpan;

/** A diagnostic before its places are looked up. */
export interface Finding {
  readonly code: Code;
  readonly severity: Severity;
  readonly message: string;
  readonly place: Place;
  readonly related: readonly RelatedPlace[];
  readonly help?: string;
  readonly fixes?: readonly ProposedFix[];
  /** Codes whose findings at, or with, the same place are about the same mistake, and say less of it. */
  readonly outranks?: readonly Code[];
  /** Where parts of the inventory belong that are elsewhere, and so are missing there. */
  readonly hides?: readonly Path[];
}

/** A fix before its edits are made: changes of what the source says, or of its text. */
export interface ProposedFix {
  readonly title: string;
  readonly applicability: Applicability;
  readonly source: Source;
  readonly changes: readonly DataChange[] | readonly TextEdit[];
}

export interface RelatedPlace {
  readonly message: string;
  readonly place: Place;
}

/** Records a finding; the pass goes on. */
export type Report = (finding: Finding) => void;
