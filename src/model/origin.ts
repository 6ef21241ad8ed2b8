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
    for (let at: Origin = this; at.parent !== undefined; at = at.parent) {
      path.push(at.key);
    }
    return path.reverse();
  }

  /** A text that two origins share exactly if they are of the same entry. */
  get address(): string {
    return JSON.stringify([this.document, this.path]);
  }
}

/** A scalar of the fixed shape, and where it stands. */
export interface Located<T> {
  readonly value: T;
  readonly origin: Origin;
}
