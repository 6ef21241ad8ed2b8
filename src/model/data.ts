import type { Path } from "./origin.js";
import { Float } from "./value.js";

/**
 * A value of JSON: integers beyond 2^53 are `bigint`, floats that look like integers {@link Float}.
 */
export type Data = null | boolean | string | number | bigint | Float | readonly Data[] | DataMap;

export interface DataMap {
  readonly [key: string]: Data;
}

export function isDataMap(data: Data | undefined): data is DataMap {
  return (
    typeof data === "object" && data !== null && !Array.isArray(data) && !(data instanceof Float)
  );
}

/** The value at a path, if there is one. */
export function valueAt(data: Data | undefined, path: Path): Data | undefined {
  let at = data;
  for (const key of path) {
    const isHolder = typeof at === "object" && at !== null && !(at instanceof Float);
    at = isHolder && Object.hasOwn(at as object, key) ? (at as DataMap)[key] : undefined;
  }
  return at;
}
