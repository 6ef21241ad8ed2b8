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
}

export type SourceFormat = "yaml" | "json";

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

/** Keys and list indices from the root of a document down to a value. */
export type Path = readonly (string | number)[];

/**
 * Where a value stands: a linked list of keys from the value up to the root of
 * its document, `document` being the index of its source. It costs one small
 * object; a range is looked up only when a diagnostic needs it.
 */
export class Origin {
  private constructor(
    readonly document: number,
    private readonly parent: Origin | undefined,
    private readonly key: string | number,
    /** Whether the key of the entry is meant, not its value. */
    readonly isKey: boolean,
  ) {}

  static root(document: number): Origin {
    return new Origin(document, undefined, "", false);
  }

  at(key: string | number): Origin {
    return new Origin(this.document, this, key, false);
  }

  /** The same entry, pointing at its key. */
  asKey(): Origin {
    return new Origin(this.document, this.parent, this.key, true);
  }

  get path(): Path {
    const path: (string | number)[] = [];
    for (let at: Origin = this; at.parent !== undefined; at = at.parent) path.push(at.key);
    return path.reverse();
  }

  /** A text that two origins share exactly if they are of the same entry. */
  get address(): string {
    return JSON.stringify([this.document, this.path]);
  }
}

/** Turns offsets of one text into positions; lines end with LF (CRLF counts as its LF). It looks no further than it is asked. */
export class LineIndex {
  /** Where lines start, as far as was looked; ends with infinity where the last one was found. */
  private readonly starts: number[] = [0];

  constructor(private readonly text: string) {}

  position(offset: number): Position {
    this.findStarts(offset);
    let low = 0;
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.starts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - this.starts[low]! + 1, offset };
  }

  /** Finds the starts of all lines up to the one after `offset`. */
  private findStarts(offset: number): void {
    let last = this.starts.at(-1)!;
    while (last <= offset) {
      const end = this.text.indexOf("\n", last);
      last = end < 0 ? Infinity : end + 1;
      this.starts.push(last);
    }
  }
}

/** The folder that all sources have in common, and each source's own below it: empty for the same, else `/sub/folder`. */
export function commonFolder(sources: readonly Source[]): { readonly root: string; readonly folders: readonly string[] } {
  const folders = sources.map(({ name, path = name }) => path.split("/").slice(0, -1).filter((part, index) => part !== "." && (part !== "" || index === 0)));
  let shared = folders[0] ?? [];
  for (const folder of folders) shared = shared.slice(0, firstDifference(shared, folder));
  const root = shared.length === 1 && shared[0] === "" ? "/" : shared.join("/");
  return { root: root === "" ? "." : root, folders: folders.map((folder) => folder.slice(shared.length).map((part) => `/${part}`).join("")) };
}

/** Resolves `.` and inner `..`; the rest starts with `/`, or is empty for the root. `..` beyond the root stays. */
export function normalizePath(path: string): string {
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === "" || part === ".") continue;
    if (part === ".." && parts.length > 0 && parts.at(-1) !== "..") parts.pop();
    else parts.push(part);
  }
  return parts.map((part) => `/${part}`).join("");
}

function firstDifference(a: readonly string[], b: readonly string[]): number {
  const at = a.findIndex((part, index) => part !== b[index]);
  return at < 0 ? a.length : at;
}
