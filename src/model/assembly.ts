import { MappedMap } from "./maps.js";
import type { Value, ValueMap } from "./value.js";

/** What is printed: the inventory as one tree, whatever the language. */
export interface Assembly {
  /** The parts in the order of the output. */
  readonly tree: { readonly [part: string]: Tree };
  /**
   * Settings that several members of a role share, with the name that Nix binds them to where it is
   * free.
   */
  readonly shared: ReadonlyMap<ValueMap, string>;
}

/**
 * Names in the order of the output, which may be very many, above values, whose keys are in any
 * order.
 */
export type Tree = Branch | Value;

export type Branch = ReadonlyMap<string, Tree>;

export function isBranch(tree: Tree): tree is Branch {
  return tree instanceof Map || tree instanceof MappedMap;
}

/** Whether it is a map or a list that holds nothing. */
export function isEmpty(tree: Tree): boolean {
  if (isBranch(tree)) {
    return tree.size === 0;
  }
  if (typeof tree !== "object" || tree === null) {
    return false;
  }
  return (Array.isArray(tree) ? tree : Object.keys(tree)).length === 0;
}
