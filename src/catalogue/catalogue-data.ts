import type { Report } from "../diagnostics/diagnostic.js";
import { invalidType, unknownKey } from "../diagnostics/shape-messages.js";
import { type Data, type DataMap, isDataMap } from "../model/data.js";
import type { Origin } from "../model/origin.js";
import type { Schema } from "../model/setting-schema.js";

/** What the parts of one catalogue share while it is made from data. */
export interface Context {
  readonly report: Report;
  /**
   * Whether the schemas are known to be right: looking at each takes longer than a small inventory
   * does.
   */
  readonly trustsSchemas: boolean;
  /** The longest chain of schemas that each of them leads to for one value. */
  readonly counts: Map<Schema, number>;
}

/** Each entry of a map, converted; what is not a map is reported. */
export function mapOf<T>(
  data: Data | undefined,
  origin: Origin,
  context: Context,
  convert: (data: Data, origin: Origin, key: string) => T,
): ReadonlyMap<string, T> {
  const map = data === undefined ? {} : asMap(data, origin, context);
  return new Map(Object.keys(map).map((key) => [key, convert(map[key]!, origin.at(key), key)]));
}

export function asMap(data: Data, origin: Origin, { report }: Context): DataMap {
  if (isDataMap(data)) {
    return data;
  }
  report(invalidType(origin, ["object"], data));
  return {};
}

export function textAt(
  map: DataMap,
  key: string,
  origin: Origin,
  { report }: Context,
): string | undefined {
  const text = map[key] ?? undefined;
  if (typeof text === "string" || text === undefined) {
    return text;
  }
  report(invalidType(origin.at(key), ["string"], text));
  return undefined;
}

export function textsAt(
  map: DataMap,
  key: string,
  origin: Origin,
  { report }: Context,
): readonly string[] {
  const texts = map[key] ?? [];
  if (Array.isArray(texts)) {
    const all: readonly Data[] = texts;
    const wrong = all.findIndex((text) => typeof text !== "string");
    if (wrong !== -1) {
      report(invalidType(origin.at(key).at(wrong), ["string"], all[wrong]!));
    }
    return all.filter((text) => typeof text === "string");
  }
  report(invalidType(origin.at(key), ["array"], texts));
  return [];
}

export function countAt(
  map: DataMap,
  key: string,
  origin: Origin,
  { report }: Context,
): number | undefined {
  const count = map[key] ?? undefined;
  if (count === undefined || (typeof count === "number" && Number.isInteger(count))) {
    return count;
  }
  report(invalidType(origin.at(key), ["integer"], count));
  return undefined;
}

export function reportOtherKeys(
  map: DataMap,
  known: readonly string[],
  origin: Origin,
  { report }: Context,
): void {
  for (const key of Object.keys(map)) {
    if (!known.includes(key)) {
      report(unknownKey(origin.keyAt(key), key, known));
    }
  }
}
