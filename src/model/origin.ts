import type { Source } from "./source.js";

/** Keys and list indices from the root of a document down to a value. */
export type Path = readonly (string | number)[];

/** Whether a path leads to `around`, or to something in it. */
export function isWithin(path: Path, around: Path): boolean {
  return around.every((key, index) => path[index] === key);
}

/**
 * Where a value comes from: a linked list of keys from the value up to the root of its source. It
 * costs one small object; a range is looked up only when a diagnostic needs it.
 */
export class Origin {
  #address: Address | undefined;

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

  /** {@link at}, pointing at the key. */
  keyAt(key: string): Origin {
    return new Origin(this.source, this, key, true);
  }

  /** What is at a path below it. */
  to(path: Path): Origin {
    return path.reduce<Origin>((origin, key) => origin.at(key), this);
  }

  /** The same entry, pointing at its key. */
  asKey(): Origin {
    return new Origin(this.source, this.around, this.key, true);
  }

  /** The map or list that it is in; the root is in itself. */
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

  /**
   * A short text that two origins of an inventory share if they are of the same entry, and else
   * share as good as never: it is a hash of the path, because names may be very long.
   */
  get address(): string {
    return this.addressParts().join();
  }

  private addressParts(): Address {
    // A path is no longer than an inventory may be deep.
    this.#address ??=
      this.around === undefined
        ? hash([0x811c9dc5, 0x9e3779b9], this.source.path ?? this.source.name)
        : hash(this.around.addressParts(), this.key);
    return this.#address;
  }
}

/** Two numbers of 32 bits. */
type Address = readonly [number, number];

/** What a key adds to the address of what is around it. */
function hash([a, b]: Address, key: string | number): Address {
  const text = typeof key === "number" ? `[${key}` : `.${key}`;
  let [first, second] = [a, b];
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    first = Math.imul(first ^ unit, 0x01000193);
    second = Math.imul((second << 5) ^ (second >>> 27) ^ unit, 0x85ebca6b);
  }
  return [first ^ text.length, second];
}

/** A scalar of the fixed shape, and where it comes from. */
export interface Located<T> {
  readonly value: T;
  readonly origin: Origin;
}
