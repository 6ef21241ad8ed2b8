import type { Origin } from "./origin.js";

/**
 * A value in settings. A `number` is a Nix int where it is an integer, else a
 * Nix float; {@link Float} holds the floats that look like ints (`1.0`,
 * `1e300`), `bigint` the ints beyond 2^53. Maps are plain objects, whose own properties
 * alone count, because any name may be a key: read them with
 * `Object.keys` and `Object.hasOwn`, write them with {@link setEntry}.
 */
export type Value =
  | null
  | boolean
  | string
  | number
  | bigint
  | readonly Value[]
  | ValueMap
  | Float
  | Special;

export interface ValueMap {
  readonly [key: string]: Value;
}

/** What sets the values that JSON has no literal for apart from plain maps. */
abstract class NonJson {}

/** A Nix float whose value is an integer, or -0.0. */
export class Float extends NonJson {
  readonly kind = "float";
  constructor(readonly value: number) {
    super();
  }

  /** `JSON.stringify` makes a number of it, though `1.0` becomes `1`. */
  toJSON(): number {
    return this.value;
  }
}

/**
 * A special form: one of the leaves, or a property of the module system around a value. `origin` is
 * the argument's.
 */
export type Special =
  | PathValue
  | FileContents
  | Reference
  | Interpolation
  | Concatenation
  | ModulesIn
  | RawNix
  | Property
  | Unreadable;

/** A wrapper that the module system takes off, as `lib.mkForce` makes one. */
export type Property = Override | Order | If | Merge;

/** A Nix path: below `root` (`/keys/a.pub`, `/../x`, empty for `root` itself), or absolute. */
export class PathValue extends NonJson {
  readonly kind = "path";
  constructor(
    readonly path: string,
    readonly absolute: boolean,
    readonly origin: Origin,
  ) {
    super();
  }
}

/** The text of a file without its final newline, read by Nix. */
export class FileContents extends NonJson {
  readonly kind = "fileContents";
  constructor(
    readonly file: PathValue,
    readonly origin: Origin,
  ) {
    super();
  }
}

/** An attribute of an argument of the output: `["inputs", "srvos", …]`. */
export class Reference extends NonJson {
  readonly kind = "ref";
  constructor(
    readonly names: readonly string[],
    readonly origin: Origin,
  ) {
    super();
  }
}

/** A string with references in it: at least one, between texts. */
export class Interpolation extends NonJson {
  readonly kind = "interpolate";
  constructor(
    readonly parts: readonly (string | Reference)[],
    readonly origin: Origin,
  ) {
    super();
  }
}

/**
 * Lists one after the other, of which only Nix knows at least one. A list of modules may have folders
 * of modules among them.
 */
export class Concatenation extends NonJson {
  readonly kind = "concat";
  constructor(
    readonly parts: readonly (ListPart | Reference | ModulesIn)[],
    readonly origin: Origin,
  ) {
    super();
  }
}

/** A part of a {@link Concatenation} that is known; the origin of `items[n]` is `origin.at(n)`. */
export interface ListPart {
  readonly kind: "list";
  readonly items: readonly Value[];
  readonly origin: Origin;
}

/** The modules in a folder: a list, which Nix reads. */
export class ModulesIn extends NonJson {
  readonly kind = "modulesIn";
  constructor(
    readonly folder: PathValue,
    readonly origin: Origin,
  ) {
    super();
  }
}

/** Nix code as the user wrote it. */
export class RawNix extends NonJson {
  readonly kind = "nix";
  constructor(
    readonly code: string,
    readonly origin: Origin,
  ) {
    super();
  }
}

/** A form with a mistake, which has been reported: like raw Nix, a value that nothing is known of. */
export class Unreadable extends NonJson {
  readonly kind = "unreadable";
  constructor(readonly origin: Origin) {
    super();
  }
}

/** The priority of a definition without `mkOverride`, and the order of one without `mkOrder`. */
export const defaultPriority = 100;
export const defaultOrder = 1000;

/** `lib.mkOverride priority content`; `origin` is the content's, in all properties. */
export class Override extends NonJson {
  readonly kind = "override";
  constructor(
    readonly priority: number,
    readonly content: Value,
    readonly origin: Origin,
  ) {
    super();
  }
}

/** `lib.mkOrder priority content` */
export class Order extends NonJson {
  readonly kind = "order";
  constructor(
    readonly priority: number,
    readonly content: Value,
    readonly origin: Origin,
  ) {
    super();
  }
}

/** `lib.mkIf condition content` */
export class If extends NonJson {
  readonly kind = "if";
  constructor(
    readonly condition: boolean,
    readonly content: Value,
    readonly origin: Origin,
  ) {
    super();
  }
}

/** `lib.mkMerge contents`; the origin of `contents[n]` is `origin.at(n)`. */
export class Merge extends NonJson {
  readonly kind = "merge";
  constructor(
    readonly contents: readonly Value[],
    readonly origin: Origin,
  ) {
    super();
  }
}

export function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

export function isMap(value: Value): value is ValueMap {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof NonJson)
  );
}

export function isSpecial(value: Value): value is Special {
  return value instanceof NonJson && value.kind !== "float";
}

/** Whether only Nix knows what the value is; of some it is known that they are texts or lists. */
export function isOpaque(value: Value): boolean {
  return (
    value instanceof Reference ||
    value instanceof RawNix ||
    value instanceof Interpolation ||
    value instanceof Concatenation ||
    value instanceof ModulesIn ||
    value instanceof Unreadable
  );
}

export function isProperty(value: Value): value is Property {
  return (
    value instanceof Override ||
    value instanceof Order ||
    value instanceof If ||
    value instanceof Merge
  );
}

/** Sets an own property, also where the key is `__proto__`. */
export function setEntry<V>(map: { [key: string]: V }, key: string, value: V): void {
  if (key === "__proto__") {
    Object.defineProperty(map, key, {
      value,
      enumerable: true,
      configurable: true,
      writable: true,
    });
  } else {
    map[key] = value;
  }
}

export function copyMap(map: ValueMap): { [key: string]: Value } {
  const copy = {};
  for (const key of Object.keys(map)) {
    setEntry(copy, key, map[key]!);
  }
  return copy;
}
