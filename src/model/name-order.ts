/** Compares as Nix sorts attribute names: by the bytes of their UTF-8, which is by code point. */
function compareNames(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at++) {
    const x = a.charCodeAt(at);
    const y = b.charCodeAt(at);
    if (x !== y) {
      return codePointOrder(x) - codePointOrder(y);
    }
  }
  return a.length - b.length;
}

export function sortedKeys(map: object): string[] {
  return sort(Object.keys(map));
}

export function sortedNames<Name extends string>(names: Iterable<Name>): Name[] {
  return sort([...names]);
}

/** Most names are in order already, which is quicker to see than to sort them. */
function sort<Name extends string>(names: Name[]): Name[] {
  const isOwnOrder = isEnginesOrder(names);
  if (isSorted(names, isOwnOrder)) {
    return names;
  }
  return isOwnOrder ? names.sort() : names.sort(compareNames);
}

/** Whether the engine orders these names as Nix does: all without surrogates. It is faster by far. */
function isEnginesOrder(names: readonly string[]): boolean {
  return names.length < 2 || !/[\ud800-\udfff]/.test(names.join(""));
}

function isSorted(names: readonly string[], isOwnOrder: boolean): boolean {
  return isOwnOrder
    ? names.every((name, index) => index === 0 || names[index - 1]! <= name)
    : names.every((name, index) => index === 0 || compareNames(names[index - 1]!, name) <= 0);
}

/**
 * The keys of a map in its own order; all by byte where JavaScript puts some
 * first because they are written like indices (`9` before `10`).
 */
export function orderedKeys(map: object): string[] {
  const keys = Object.keys(map);
  return keys.length > 1 && /^\d+$/.test(keys[0]!) ? sort(keys) : keys;
}

/** The entries in order: the map itself where they are already. */
export function sortedMap<V>(map: ReadonlyMap<string, V>): ReadonlyMap<string, V> {
  const names = [...map.keys()];
  if (isSorted(names, isEnginesOrder(names))) {
    return map;
  }
  const sorted = new Map<string, V>();
  for (const name of sort(names)) {
    sorted.set(name, map.get(name)!);
  }
  return sorted;
}

export function sortedEntries<V>(map: ReadonlyMap<string, V>): [string, V][] {
  return [...sortedMap(map)];
}

/** The names that are in both, sorted; found without a look at all of the larger one. */
export function commonNames(a: NameSet, b: NameSet): string[] {
  const [small, large] = a.size < b.size ? [a, b] : [b, a];
  return sort([...small.keys()].filter((name) => large.has(name)));
}

/** What sets of names and maps by name have in common. */
type NameSet = Pick<ReadonlySet<string>, "size" | "has" | "keys">;

/** Surrogates encode code points above all other UTF-16 units. */
function codePointOrder(unit: number): number {
  return unit >= 0xd800 && unit < 0xe000 ? unit + 0x2800 : unit;
}
