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

/** As `Map.prototype.getOrInsertComputed` of ECMAScript, which Node 20 lacks. */
export function getOrInsertComputed<K, V extends {} | null>(
  map: Map<K, V>,
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
