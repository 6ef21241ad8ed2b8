/** A map with the same keys in the same order. */
export function mapValues<K, V, W>(
  map: ReadonlyMap<K, V>,
  transform: (value: V, key: K) => W,
): Map<K, W> {
  const transformed = new Map<K, W>();
  for (const [key, value] of map) {
    transformed.set(key, transform(value, key));
  }
  return transformed;
}

/** {@link mapValues} with values that are made each time they are asked for, and not kept. */
export class MappedMap<K, V, W> implements ReadonlyMap<K, W> {
  constructor(
    private readonly map: ReadonlyMap<K, V>,
    private readonly transform: (value: V, key: K) => W,
  ) {}

  get size(): number {
    return this.map.size;
  }

  has(key: K): boolean {
    return this.map.has(key);
  }

  get(key: K): W | undefined {
    const value = this.map.get(key);
    return value === undefined && !this.map.has(key) ? undefined : this.transform(value!, key);
  }

  forEach(visit: (value: W, key: K, map: ReadonlyMap<K, W>) => void): void {
    this.map.forEach((value, key) => visit(this.transform(value, key), key, this));
  }

  keys(): MapIterator<K> {
    return this.map.keys();
  }

  *values(): MapIterator<W> {
    for (const [key, value] of this.map) {
      yield this.transform(value, key);
    }
  }

  *entries(): MapIterator<[K, W]> {
    for (const [key, value] of this.map) {
      yield [key, this.transform(value, key)];
    }
  }

  [Symbol.iterator](): MapIterator<[K, W]> {
    return this.entries();
  }
}

/** As `Map.prototype.getOrInsertComputed` of ECMAScript, which Node 20 lacks. */
export function getOrInsertComputed<K, V extends {} | null>(
  map: { get(key: K): V | undefined; set(key: K, value: V): unknown },
  key: K,
  compute: (key: K) => V,
): V {
  const known = map.get(key);
  if (known !== undefined) {
    return known;
  }
  const computed = compute(key);
  map.set(key, computed);
  return computed;
}
