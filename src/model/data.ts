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
