import { Origin } from "../model/origin.js";
import type { Range, Source, Span } from "../model/source.js";
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
}

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
}

export interface RelatedPlace {
  readonly message: string;
  readonly place: Place;
}

/** Records a finding; the pass goes on. */
export type Report = (finding: Finding) => void;
