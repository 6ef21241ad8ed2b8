/**
 * A text to compile. `name` is what diagnostics call it: a path with `/`,
 * relative to one folder for all sources, or absolute. Relative paths in the
 * text are relative to the folder of `path`, which is `name` where it is absent.
 * `format` is found out from name and text where it is absent.
 */
export interface Source {
  readonly name: string;
  readonly path?: string | undefined;
  readonly text: string;
  readonly format?: SourceFormat | undefined;
  /**
   * Clan reads it itself, beside the output, as its own `inventory.json`: what is in it counts, and
   * the output does not repeat it. Such sources come last.
   */
  readonly isCompanion?: boolean | undefined;
}

export type SourceFormat = "yaml" | "json";

/** The format that is certain without a look at the text. */
export function formatOf({ format, name }: Source): SourceFormat | undefined {
  return format ?? (name.endsWith(".json") ? "json" : undefined);
}

/** `line` and `column` count from 1, columns and the `offset` (from 0) in UTF-16 units. */
export interface Position {
  readonly line: number;
  readonly column: number;
  readonly offset: number;
}

/** A half-open stretch of the source named `source`. */
export interface Range {
  readonly source: string;
  readonly start: Position;
  readonly end: Position;
}

/** Offsets into the text of one source, half-open. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Replaces a stretch of a text with `text`, or inserts it where the stretch is empty. */
export interface TextEdit extends Span {
  readonly text: string;
}

/** Whether two sources have the same text, and are read the same way. */
export function isSameSource(a: Source, b: Source): boolean {
  return (
    a.text === b.text &&
    a.name === b.name &&
    a.path === b.path &&
    a.format === b.format &&
    a.isCompanion === b.isCompanion
  );
}
