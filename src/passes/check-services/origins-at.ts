import type { Origin, Path } from "../../model/origin.js";
import { If, isMap, Merge, Order, Override, type Value } from "../../model/value.js";

/** The origins of the values at a path, which special forms are no part of. */
export function originsAt(value: Value, origin: Origin, path: Path): readonly Origin[] {
  if (value instanceof Override || value instanceof Order || value instanceof If) {
    return originsAt(value.content, value.origin, path);
  }
  if (value instanceof Merge) {
    return value.contents.flatMap((content, index) =>
      originsAt(content, value.origin.at(index), path),
    );
  }
  const [key, ...rest] = path;
  if (key === undefined) {
    return [origin];
  }
  if (typeof key === "number" || !isMap(value) || !Object.hasOwn(value, key)) {
    return [];
  }
  return originsAt(value[key]!, origin.at(key), rest);
}
