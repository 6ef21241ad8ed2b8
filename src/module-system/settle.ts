import { fingerprint } from "../model/fingerprint.js";
import type { Path } from "../model/origin.js";
import {
  defaultOrder,
  defaultPriority,
  isList,
  isMap,
  isSpecial,
  Merge,
  setEntry,
  type Value,
  type ValueMap,
} from "../model/value.js";
import { discharge, strongestOf } from "./merge-definitions.js";

/** Settings without properties: the value of an option of free form. */
export interface Settled {
  /** The same object where there was no property. */
  readonly value: ValueMap;
  /**
   * Where another type of option would have another value: maps of different priority, strings
   * that may be joined, code.
   */
  readonly undecided: readonly Path[];
}

/**
 * Takes the properties off merged settings, as an option of free form does: the
 * lowest priority wins, orders sort, maps merge key by key, lists concatenate,
 * strings become one text of several lines unless they are equal.
 */
export function settle(settings: ValueMap): Settled {
  const undecided: Path[] = [];
  return { value: settleMap(settings, [], undecided), undecided };
}

function settleValue(value: Value, path: Path, undecided: Path[]): Value {
  if (isList(value)) {
    return settleList(value, path, undecided);
  }
  return isMap(value) ? settleMap(value, path, undecided) : value;
}

function settleMap(map: ValueMap, path: Path, undecided: Path[]): ValueMap {
  const keys = Object.keys(map);
  const settled = keys.map((key) => settleParts([map[key]!], [...path, key], undecided));
  if (settled.every((value, index) => value === map[keys[index]!])) {
    return map;
  }
  return mapOf(keys, settled);
}

/** Elements of a list are settled one by one. */
function settleList(list: readonly Value[], path: Path, undecided: Path[]): readonly Value[] {
  const settled = list.map((item, index) => settleParts([item], [...path, index], undecided));
  return settled.every((value, index) => value === list[index])
    ? list
    : settled.filter((value) => value !== undefined);
}

/** The value of several parts; `undefined` where nothing is left. */
function settleParts(values: readonly Value[], path: Path, undecided: Path[]): Value | undefined {
  if (values.length === 1 && (typeof values[0] !== "object" || values[0] === null)) {
    return values[0];
  }
  const parts = values.flatMap((value) =>
    discharge({ value, priority: defaultPriority, order: defaultOrder }),
  );
  const strongest = strongestOf(parts);
  if (strongest.length === 0) {
    return undefined;
  }

  const sorted = [...strongest].sort((a, b) => a.order - b.order).map(({ value }) => value);
  const isSettled =
    parts.length === 1 ||
    (strongest.length === parts.length && (sorted.every(isMap) || sorted.every(isList)));
  if (!isSettled) {
    undecided.push(path);
  }
  if (sorted.length === 1) {
    return settleValue(sorted[0]!, path, undecided);
  }
  if (sorted.every(isMap)) {
    return settleMaps(sorted, path, undecided);
  }
  if (sorted.every(isList)) {
    return settleList(sorted.flat(), path, undecided);
  }
  return settleScalars(sorted);
}

function settleMaps(maps: readonly ValueMap[], path: Path, undecided: Path[]): ValueMap {
  const keys = [...new Set(maps.flatMap((map) => Object.keys(map)))];
  const valuesAt = (key: string) =>
    maps.filter((map) => Object.hasOwn(map, key)).map((map) => map[key]!);
  return mapOf(
    keys,
    keys.map((key) => settleParts(valuesAt(key), [...path, key], undecided)),
  );
}

/** Strings that differ become one text; what only Nix can read stays a `merge`. */
function settleScalars(values: readonly Value[]): Value {
  if (new Set(values.map(fingerprint)).size === 1) {
    return values[0]!;
  }
  const special = values.find(isSpecial);
  return special === undefined ? values.join("\n") : new Merge(values, special.origin);
}

function mapOf(keys: readonly string[], values: readonly (Value | undefined)[]): ValueMap {
  const map = {};
  values.forEach((value, index) => {
    if (value !== undefined) {
      setEntry<Value>(map, keys[index]!, value);
    }
  });
  return map;
}
