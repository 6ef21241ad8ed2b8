import type { Analysis } from "../compile.js";
import { type Data, type DataMap, valueAt } from "../model/data.js";
import type { Document } from "../model/document.js";
import type { Path } from "../model/origin.js";
import type { Source } from "../model/source.js";
import { type NameKind, type Occurrence, occurrencesIn } from "../questions/occurrences.js";
import { changeData, type SimpleChange } from "./change-data.js";

/** A source, what its text says, and what is to be changed there. */
export class Part {
  readonly changes: SimpleChange[] = [];
  /** How many of the changes are made in the value. */
  private made = 0;
  private current: Data;
  /** The maps and lists of the value that are not the document's any more. */
  private readonly own = new WeakSet();
  private named: { readonly made: number; readonly occurrences: readonly Occurrence[] } | undefined;

  constructor(
    readonly source: Source,
    /** The text without the changes. */
    readonly document: Document,
  ) {
    this.current = document.value;
  }

  /** The data after the changes, made once it is asked for. Do not keep it: later ones change it. */
  get value(): Data {
    for (; this.made < this.changes.length; this.made++) {
      this.current = changeData(this.current, this.changes[this.made]!, this.own);
    }
    return this.current;
  }

  /** Every name in the value, found once after each change. */
  get occurrences(): readonly Occurrence[] {
    const { value } = this;
    if (this.named?.made !== this.made) {
      this.named = { made: this.made, occurrences: occurrencesIn(value) };
    }
    return this.named.occurrences;
  }
}

/** A name, and the part that it is in. */
export type Place = Occurrence & { readonly part: Part };

/** A draft of an inventory without changes; texts that could not be read are left out. */
export function draftOf({ documents }: Analysis): Draft {
  return new Draft(
    [...documents].flatMap(([source, document]) =>
      document === undefined ? [] : [new Part(source, document)],
    ),
  );
}

/** Collects the changes of the sources of one inventory. */
export class Draft {
  constructor(readonly parts: readonly Part[]) {}

  change(part: Part, change: SimpleChange): void {
    part.changes.push(change);
  }

  /** The last part with a value at the path. */
  holding(path: Path): Part | undefined {
    return holding(this.parts, path);
  }

  /** The parts that people write. */
  private get own(): readonly Part[] {
    return this.parts.filter(({ source }) => !source.isCompanion);
  }

  /** The part where something new at the path belongs: that of its like. */
  beside(path: Path): Part {
    for (let length = path.length; length > 0; length--) {
      const part = holding(this.own, path.slice(0, length));
      if (part !== undefined) {
        return part;
      }
    }
    return this.own[0] ?? this.parts[0]!;
  }

  /** Every place of a name, lists in order. */
  places(of: NameKind, name: string): readonly Place[] {
    return this.parts.flatMap((part) =>
      part.occurrences
        .filter((occurrence) => occurrence.kind === of && occurrence.name === name)
        .map((occurrence) => ({ ...occurrence, part })),
    );
  }

  /** The first place that declares each name. */
  declarations(of: NameKind): ReadonlyMap<string, Place> {
    const places = new Map<string, Place>();
    for (const part of this.parts) {
      for (const occurrence of part.occurrences) {
        const { kind, name, isDeclaration } = occurrence;
        if (kind === of && isDeclaration && !places.has(name)) {
          places.set(name, { ...occurrence, part });
        }
      }
    }
    return places;
  }

  isDeclared(of: NameKind, name: string): boolean {
    return this.declarations(of).has(name);
  }

  /** The names that occur. */
  names(of: NameKind): ReadonlySet<string> {
    const names = new Set<string>();
    for (const { occurrences } of this.parts) {
      for (const { kind, name } of occurrences) {
        if (kind === of) names.add(name);
      }
    }
    return names;
  }

  /**
   * Adds a name to the names at a path, unless it is there. What is missing on the way is made; with
   * `fields` a list of names becomes a map.
   */
  addName(path: Path, name: string, fields: DataMap = {}): void {
    const part = this.beside(path);
    const names = valueAt(part.value, path);
    const hasFields = Object.keys(fields).length > 0;
    if (Array.isArray(names) && hasFields) {
      this.toMap(part, path);
    }
    if (Array.isArray(names) && !hasFields) {
      if (!names.includes(name)) {
        this.change(part, { kind: "insertEntry", path: [...path, names.length], value: name });
      }
    } else if (names == null && path.length > 1) {
      this.put(part, path, hasFields ? { [name]: fields } : [name]);
    } else if (valueAt(part.value, [...path, name]) === undefined) {
      this.change(part, { kind: "insertEntry", path: [...path, name], value: fields });
    }
  }

  /** Removes a name from the names that it is among, and these with the last one. */
  removeName(part: Part, path: Path): void {
    const names = path.slice(0, -1);
    const isLast = Object.keys(valueAt(part.value, names) as DataMap).length === 1;
    this.change(part, { kind: "removeEntry", path: isLast ? names : path });
  }

  /** Puts a value where there is none, or replaces it, be it null. */
  put(part: Part, path: Path, value: Data): void {
    const isThere = valueAt(part.value, path) !== undefined;
    this.change(part, { kind: isThere ? "replaceValue" : "insertEntry", path, value });
  }

  /** Makes room for fields where names are in a list. */
  toMap(part: Part, path: Path): void {
    const names = valueAt(part.value, path);
    if (Array.isArray(names)) {
      const value = Object.fromEntries(names.map((name) => [String(name), {}]));
      this.change(part, { kind: "replaceValue", path, value });
    }
  }
}

function holding(parts: readonly Part[], path: Path): Part | undefined {
  return [...parts].reverse().find(({ value }) => valueAt(value, path) !== undefined);
}
