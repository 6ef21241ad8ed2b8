/**
 * What nixpkgs' module system does with several definitions of one option whose type is not known.
 */
import type { Layer } from "../model/inventory.js";
import { mapValues } from "../model/maps.js";
import type { Origin } from "../model/origin.js";
import {
  defaultOrder,
  defaultPriority,
  FileContents,
  Float,
  If,
  isList,
  isMap,
  isOpaque,
  isProperty,
  Merge,
  Order,
  Override,
  PathValue,
  setEntry,
  type Value,
  type ValueMap,
} from "../model/value.js";

/** A value without the properties around it. */
export interface Discharged {
  readonly value: Value;
  readonly priority: number;
  readonly order: number;
  readonly origin?: Origin;
}

/** The same, that one layer defines for one setting. */
export interface LayeredValue extends Discharged {
  readonly origin: Origin;
  readonly layer: Layer;
}

/** Definitions of one setting that cannot be merged. */
export interface Conflict {
  /** Keys from the root of the settings. */
  readonly path: readonly string[];
  readonly definitions: readonly LayeredValue[];
  /** Whether an option that joins lines could take them. */
  readonly isText: boolean;
}

export type OnConflict = (conflict: Conflict) => void;

/**
 * What one walk over definitions is for. Where parts stay side by side it parts
 * as well: into one that only looks for conflicts, and one that only builds.
 * Each goes on alone, so that nested parts are not walked ever more often.
 */
interface Walk {
  readonly finds: boolean;
  readonly builds: boolean;
  readonly onConflict: OnConflict;
}

/**
 * Merges the settings of layers that are given in order of definition. What
 * depends on the type of an option, or on definitions that the service adds,
 * stays as a `merge` of the parts: maps of different priority, parts of
 * different order, strings, which some options join, and maps in which lists
 * or strings meet.
 */
export function mergeLayers(layers: readonly Layer[], onConflict: OnConflict): ValueMap {
  return mergeMaps(definitionsOf(layers), [], { finds: true, builds: true, onConflict });
}

/** The settings of layers, in order of definition. */
export function definitionsOf(layers: readonly Layer[]): readonly LayeredValue[] {
  return layers.flatMap((layer) =>
    layer.definitions.map(({ value, origin }) => bare(value, origin, layer)),
  );
}

function bare(value: Value, origin: Origin, layer: Layer): LayeredValue {
  return { value, origin, layer, priority: defaultPriority, order: defaultOrder };
}

/** At each key of any of the maps, the merged definitions. */
function mergeMaps(
  definitions: readonly LayeredValue[],
  path: readonly string[],
  walk: Walk,
): ValueMap {
  if (definitions.length === 1) {
    return simplify(definitions[0]!, path, walk);
  }
  const merged: { [key: string]: Value } = {};
  for (const [key, maps] of mapsByKey(definitions)) {
    const value = mergeEntries(key, maps, path, walk);
    if (value !== undefined) {
      setEntry(merged, key, value);
    }
  }
  return merged;
}

/** What definitions that are maps define for each of their keys. */
export function entriesByKey(
  definitions: readonly LayeredValue[],
): ReadonlyMap<string, readonly LayeredValue[]> {
  return mapValues(mapsByKey(definitions), (maps, key) => entriesAt(key, maps));
}

/** For each key, the definitions that have it; most keys are in one, and share its list. */
function mapsByKey(
  definitions: readonly LayeredValue[],
): ReadonlyMap<string, readonly LayeredValue[]> {
  const byKey = new Map<string, LayeredValue[]>();
  for (const definition of definitions) {
    const alone = [definition];
    for (const key of Object.keys(definition.value as ValueMap)) {
      const maps = byKey.get(key);
      if (maps === undefined) {
        byKey.set(key, alone);
      } else if (maps.length === 1) {
        byKey.set(key, [maps[0]!, definition]);
      } else {
        maps.push(definition);
      }
    }
  }
  return byKey;
}

/** What maps, which all have a key, define for it. */
function entriesAt(key: string, maps: readonly LayeredValue[]): readonly LayeredValue[] {
  return maps.map(({ value, origin, layer }) =>
    bare((value as ValueMap)[key]!, origin.at(key), layer),
  );
}

/** The merged definitions of a key that all of the maps have. */
function mergeEntries(
  key: string,
  maps: readonly LayeredValue[],
  path: readonly string[],
  walk: Walk,
): Value | undefined {
  return isPlainIn(key, maps)
    ? (maps[0]!.value as ValueMap)[key]
    : mergeValues(entriesAt(key, maps), [...path, key], walk);
}

/** Whether one map alone has a key, with a value that is as simple as can be. */
function isPlainIn(key: string, maps: readonly LayeredValue[]): boolean {
  const value = (maps[0]!.value as ValueMap)[key]!;
  return maps.length === 1 && (typeof value !== "object" || value === null || isList(value));
}

/**
 * One map on its own, its properties simplified inside; the same object where that changes nothing.
 */
function simplify(definition: LayeredValue, path: readonly string[], walk: Walk): ValueMap {
  const map = definition.value as ValueMap;
  const alone = [definition];
  let copy: { [key: string]: Value } | undefined;
  for (const key of Object.keys(map)) {
    const simple = mergeEntries(key, alone, path, walk);
    if (simple === map[key]) {
      continue;
    }
    copy ??= Object.fromEntries(Object.entries(map));
    if (simple === undefined) {
      delete copy[key];
    } else {
      setEntry(copy, key, simple);
    }
  }
  return copy ?? map;
}

/**
 * The merged definitions of one setting; `undefined` where all of them are conditional on
 * `false`.
 */
function mergeValues(
  definitions: readonly LayeredValue[],
  path: readonly string[],
  walk: Walk,
): Value | undefined {
  const discharged = definitions.some(({ value }) => isProperty(value))
    ? definitions.flatMap(discharge)
    : definitions;
  if (discharged.length === 0) {
    return undefined;
  }
  const strongest = strongestOf(discharged);
  const maps = discharged.filter(({ value }) => isMap(value));
  if (maps.length === strongest.length || !strongest.every(({ value }) => isMap(value))) {
    return mergeEqualPriority(strongest, path, walk);
  }

  // An option that takes maps whole drops the weaker ones; one whose parts are
  // options of their own looks at each part. Only Nix knows which it is.
  if (walk.finds) {
    mergeEqualPriority(strongest, path, { ...walk, builds: false });
  }
  return apart(maps, path, walk);
}

function mergeEqualPriority(
  definitions: readonly LayeredValue[],
  path: readonly string[],
  walk: Walk,
): Value {
  const first = definitions[0]!;
  if (definitions.length === 1) {
    return wrap(isMap(first.value) ? simplify(first, path, walk) : first.value, first);
  }
  const sameOrder = definitions.every(({ order }) => order === first.order);

  if (definitions.every(({ value }) => isMap(value))) {
    if (sameOrder && !(walk.builds && orderMatters(definitions))) {
      return wrap(mergeMaps(definitions, path, walk), first);
    }
    if (walk.finds) {
      mergeMaps(inOrder(definitions), path, { ...walk, builds: false });
    }
    return apart(definitions, path, walk);
  }
  if (definitions.every(({ value }) => isList(value))) {
    return concatenate(inOrder(definitions));
  }
  if (definitions.some(({ value }) => isOpaque(value))) {
    return apart(definitions, path, walk);
  }

  const same = definitions.every(({ value }) => equalScalars(value, first.value));
  const areTexts = definitions.every(({ value }) => isText(value));
  const isOrdered = definitions.some(({ order }) => order !== defaultOrder);
  if (walk.finds && !same && !(areTexts && isOrdered)) {
    walk.onConflict({ path, definitions, isText: areTexts });
  }
  return same && !areTexts
    ? wrap(first.value, { ...first, order: sameOrder ? first.order : defaultOrder })
    : apart(definitions, path, walk);
}

/**
 * Whether lists, texts or the like meet inside the maps. A submodule reverses
 * the order of its definitions, so the result depends on the option.
 */
function orderMatters(maps: readonly LayeredValue[]): boolean {
  return [...mapsByKey(maps)].some(([key, maps]) => {
    if (isPlainIn(key, maps)) {
      return false;
    }
    const discharged = entriesAt(key, maps).flatMap(discharge);
    if (discharged.length < 2) {
      return false;
    }
    const { priority, order } = discharged[0]!;
    if (discharged.every(({ value }) => isMap(value))) {
      return (
        discharged.some((other) => other.priority !== priority || other.order !== order) ||
        orderMatters(discharged)
      );
    }
    const strongest = strongestOf(discharged);
    return (
      strongest.length > 1 &&
      strongest.some(({ value }) => isList(value) || isText(value) || isOpaque(value))
    );
  });
}

/** Those with the lowest priority number, the only ones that Nix looks at. */
export function strongestOf<D extends Discharged>(definitions: readonly D[]): readonly D[] {
  const lowest = definitions.reduce((least, { priority }) => Math.min(least, priority), Infinity);
  return definitions.every(({ priority }) => priority === lowest)
    ? definitions
    : definitions.filter(({ priority }) => priority === lowest);
}

/** One list of each run of lists of equal order. */
function concatenate(lists: readonly LayeredValue[]): Value {
  const runs: (LayeredValue & { readonly value: Value[] })[] = [];
  for (const list of lists) {
    if (runs.at(-1)?.order !== list.order) {
      runs.push({ ...list, value: [] });
    }
    for (const item of list.value as readonly Value[]) {
      runs.at(-1)!.value.push(item);
    }
  }
  return runs.length === 1
    ? wrap(runs[0]!.value, runs[0]!)
    : new Merge(
        runs.map((run) => wrap(run.value, run)),
        runs[0]!.origin,
      );
}

/**
 * The definitions side by side, for Nix to merge. Conflicts inside of them have been found, or are
 * for Nix to judge.
 */
function apart(definitions: readonly LayeredValue[], path: readonly string[], walk: Walk): Value {
  if (!walk.builds) {
    return null;
  }
  const inside = { ...walk, finds: false };
  const contents = definitions.map((definition) =>
    wrap(
      isMap(definition.value) ? simplify(definition, path, inside) : definition.value,
      definition,
    ),
  );
  return new Merge(contents, definitions[0]!.origin);
}

/**
 * Takes the properties off: false `if`s vanish, `merge`s fall apart, priority and order are noted.
 */
export function discharge<D extends Discharged>(definition: D): readonly D[] {
  const { value } = definition;
  if (value instanceof If) {
    return value.condition
      ? discharge({ ...definition, value: value.content, origin: value.origin })
      : [];
  }
  if (value instanceof Merge) {
    return value.contents.flatMap((content, index) =>
      discharge({ ...definition, value: content, origin: value.origin.at(index) }),
    );
  }
  if (value instanceof Override) {
    return discharge({
      ...definition,
      value: value.content,
      origin: value.origin,
      priority: value.priority,
    });
  }
  if (value instanceof Order) {
    return [{ ...definition, value: value.content, origin: value.origin, order: value.priority }];
  }
  return [definition];
}

/** Puts priority and order around a value again, where they say anything. */
function wrap(
  value: Value,
  { priority, order, origin }: Pick<LayeredValue, "priority" | "order" | "origin">,
): Value {
  const ordered = order === defaultOrder ? value : new Order(order, value, origin);
  return priority === defaultPriority ? ordered : new Override(priority, ordered, origin);
}

function inOrder(definitions: readonly LayeredValue[]): readonly LayeredValue[] {
  return [...definitions].sort((a, b) => a.order - b.order);
}

function isText(value: Value): boolean {
  return typeof value === "string" || value instanceof FileContents;
}

function equalScalars(a: Value, b: Value): boolean {
  if (a instanceof Float && b instanceof Float) {
    return a.value === b.value;
  }
  if (a instanceof PathValue && b instanceof PathValue) {
    return a.path === b.path && a.absolute === b.absolute;
  }
  if (a instanceof FileContents && b instanceof FileContents) {
    return equalScalars(a.file, b.file);
  }
  return a === b && (typeof a !== "object" || a === null);
}
