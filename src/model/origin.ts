import type { Source } from "./source.js";

/** Keys and list indices from the root of a document down to a value. */
export type Path = readonly (string | number)[];

/**
 * Where a value comes from: a linked list of keys from the value up to the root of its source. It
 * costs one small object; a range is looked up only when a diagnostic needs it.
 */
export class Origin {
  private constructor(
    readonly source: Source,
    private readonly around: Origin | undefined,
    private readonly key: string | number,
    /** Whether it points at the key of the entry rather than at its value. */
    readonly isKey: boolean,
  ) {}

  static root(source: Source): Origin {
    return new Origin(source, undefined, "", false);
  }

  at(key: string | number): Origin {
    return new Origin(this.source, this, key, false);
  }

  /** What is at a path below it. */
  to(path: Path): Origin {
    return path.reduce<Origin>((origin, key) => origin.at(key), this);
  }

  /** The same entry, pointing at its key. */
  asKey(): Origin {
    return new Origin(this.source, this.around, this.key, true);
  }

  /** The map or list that it is in, if any. */
  get parent(): Origin {
    return this.around ?? this;
  }

  get path(): Path {
    const path: (string | number)[] = [];
    for (let at: Origin = this; at.around !== undefined; at = at.around) {
      path.push(at.key);
    }
    return path.reverse();
  }

  /** A text that two origins of an inventory share exactly if they are of the same entry. */
  get address(): string {
    return JSON.stringify([this.source.path ?? this.source.name, this.path]);
  }
}

/** A scalar of the fixed shape, and where it comes from. */
export interface Located<T> {
  readonly value: T;
  readonly origin: Origin;
}
