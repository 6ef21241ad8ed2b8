import type { WrongValue } from "../diagnostics/setting-messages.js";
import type { KnownNames } from "../diagnostics/suggest.js";
import type { Origin, Path } from "../model/origin.js";

/** Something in a value that its schema does not allow. */
export type Mismatch = UnknownKey | WrongValue;

export interface UnknownKey {
  readonly kind: "unknown";
  /** Keys and indices from the root of the value, through special forms. */
  readonly path: Path;
  /** Of the key. */
  readonly origin: Origin;
  /** The keys that are allowed instead. */
  readonly known: KnownNames;
  /** What a key with dots stands for in Nix, where that is known. */
  readonly nested: readonly string[] | undefined;
  /** The setting beside it that has such a key inside, and all keys here that are meant to be there. */
  readonly owner: { readonly name: string; readonly keys: readonly string[] } | undefined;
  /** Whether the key has no value. */
  readonly isBare: boolean;
}
