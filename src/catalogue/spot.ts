import { fingerprint } from "../model/fingerprint.js";
import type { Origin, Path } from "../model/origin.js";
import type { Schema } from "../model/setting-schema.js";
import {
  type Concatenation,
  isSpecial,
  type ListPart,
  type Value,
  type ValueMap,
} from "../model/value.js";
import type { Mismatch } from "./mismatch.js";

/**
 * A value and the path that led to it. Few values are wrong, so the path is spelt out only for
 * these. Where alternatives are tried, the results are kept, for the value and for those inside:
 * schemas that share parts would try them again and again.
 */
export class Spot {
  /** Absent where no alternatives are tried. */
  tried?: Tried;
  private print?: string;

  private constructor(
    readonly value: Value,
    private readonly around: Spot | undefined,
    /** Absent where `around` is a special form that holds the value. */
    private readonly key: string | number | undefined,
    /** Absent where it follows from `around`. */
    private readonly stated: Origin | undefined,
  ) {}

  static root(value: Value, origin: Origin): Spot {
    return new Spot(value, undefined, undefined, origin);
  }

  /** The value at a key of a map, or an index of a list. */
  inside(key: string | number): Spot {
    return new Spot((this.value as ValueMap)[key]!, this, key, undefined);
  }

  held(value: Value, origin: Origin): Spot {
    return new Spot(value, this, undefined, origin);
  }

  /** Keeps results from now on. */
  startTrying(): Tried {
    return (this.tried ??= { mismatches: new Map(), inside: new Map() });
  }

  get fingerprint(): string {
    return (this.print ??= fingerprint(this.value));
  }

  get path(): Path {
    if (this.around === undefined) {
      return [];
    }
    return this.key === undefined ? this.around.path : [...this.around.path, this.key];
  }

  get origin(): Origin {
    return this.stated ?? this.around!.origin.at(this.key!);
  }
}

/** The results of trying alternatives. */
interface Tried {
  readonly mismatches: Map<Schema, readonly Mismatch[]>;
  readonly inside: Map<string | number, readonly Spot[]>;
}

/** The values that a special form holds; none where only Nix knows what it is. */
export function spotsOf(spot: Spot): readonly Spot[] {
  const { value } = spot;
  if (!isSpecial(value)) {
    return [spot];
  }
  switch (value.kind) {
    case "path":
    case "fileContents":
    case "interpolate":
      return [spot];
    case "concat":
      return listsIn(value).map(({ items, origin }) => spot.held(items, origin));
    case "override":
    case "order":
      return spotsOf(spot.held(value.content, value.origin));
    case "if":
      return value.condition ? spotsOf(spot.held(value.content, value.origin)) : [];
    case "merge":
      return value.contents.flatMap((content, index) =>
        spotsOf(spot.held(content, value.origin.at(index))),
      );
    case "ref":
    case "modulesIn":
    case "nix":
    case "unreadable":
      return [];
  }
}

/** The lists that are known of a concatenation; an empty one where there is none, since it is a list. */
function listsIn({ parts, origin }: Concatenation): readonly Pick<ListPart, "items" | "origin">[] {
  const lists = parts.filter((part) => part.kind === "list");
  return lists.length === 0 ? [{ items: [], origin }] : lists;
}

/** The same for the value at a key or index; made once where alternatives are tried at `around`. */
export function spotsInside(around: Spot, key: string | number): readonly Spot[] {
  const { tried } = around;
  const known = tried?.inside.get(key);
  if (known !== undefined) {
    return known;
  }
  const spots = spotsOf(around.inside(key));
  if (tried === undefined) {
    return spots;
  }
  for (const spot of spots) {
    spot.startTrying();
  }
  tried.inside.set(key, spots);
  return spots;
}
