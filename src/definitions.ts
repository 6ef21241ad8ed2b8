/** What nixpkgs' module system does with several definitions of one option whose type is not known (SPEC 3.2). */
import {
  FileContents,
  Float,
  If,
  isList,
  isMap,
  Merge,
  Order,
  Override,
  PathValue,
  RawNix,
  Reference,
  setEntry,
  type Layer,
  type Value,
  type ValueMap,
} from "./inventory.js";
import type { Origin } from "./source.js";

/** A value that one layer defines for one setting, without the properties around it. */
export interface LayeredValue {
  readonly value: Value;
  readonly priority: number;
  readonly order: number;
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

const defaultPriority = 100;
const defaultOrder = 1000;

/**
 * Merges the settings of layers that are given in order of definition. What
 * depends on the type of an option, or on definitions that the service adds,
 * stays as a `merge` of the parts: maps of different priority, parts of
 * different order, and strings, which some options join.
 */
export function mergeLayers(layers: readonly Layer[], onConflict: OnConflict): ValueMap {
  return mergeMaps(definitionsOf(layers), [], onConflict);
}

/** The settings of layers, in order of definition. */
export function definitionsOf(layers: readonly Layer[]): readonly LayeredValue[] {
  return layers.flatMap((layer) => layer.definitions.map(({ value, origin }) => bare(value, origin, layer)));
}

function bare(value: Value, origin: Origin, layer: Layer): LayeredValue {
  return { value, origin, layer, priority: defaultPriority, order: defaultOrder };
}

/** At each key of any of the maps, what the definitions there come to. */
function mergeMaps(definitions: readonly LayeredValue[], path: readonly string[], onConflict: OnConflict): ValueMap {
  if (definitions.length === 1) return simplify(definitions[0]!, path, onConflict);
  const merged: { [key: string]: Value } = {};
  for (const [key, entries] of entriesByKey(definitions)) {
    const value = mergeValues(entries, [...path, key], onConflict);
    if (value !== undefined) setEntry(merged, key, value);
  }
  return merged;
}

/** What definitions that are maps define for each of their keys. */
export function entriesByKey(definitions: readonly LayeredValue[]): ReadonlyMap<string, readonly LayeredValue[]> {
  const byKey = new Map<string, LayeredValue[]>();
  for (const definition of definitions) {
    const map = definition.value as ValueMap;
    for (const key of Object.keys(map)) {
      const entry = bare(map[key]!, definition.origin.at(key), definition.layer);
      const entries = byKey.get(key);
      if (entries === undefined) byKey.set(key, [entry]);
      else entries.push(entry);
    }
  }
  return byKey;
}

/** One map on its own, its properties simplified inside; the same object where that changes nothing. */
function simplify(definition: LayeredValue, path: readonly string[], onConflict: OnConflict): ValueMap {
  const map = definition.value as ValueMap;
  let copy: { [key: string]: Value } | undefined;
  for (const key of Object.keys(map)) {
    const value = map[key]!;
    if (typeof value !== "object" || value === null || isList(value)) continue;
    const simple = mergeValues([bare(value, definition.origin.at(key), definition.layer)], [...path, key], onConflict);
    if (simple === value) continue;
    copy ??= Object.fromEntries(Object.entries(map));
    if (simple === undefined) delete copy[key];
    else setEntry(copy, key, simple);
  }
  return copy ?? map;
}

/** What the definitions of one setting come to; `undefined` where all of them are conditional on `false`. */
function mergeValues(definitions: readonly LayeredValue[], path: readonly string[], onConflict: OnConflict): Value | undefined {
  const discharged = definitions.flatMap(discharge);
  if (discharged.length === 0) return undefined;
  const lowest = discharged.reduce((least, { priority }) => Math.min(least, priority), Infinity);
  const strongest = discharged.filter(({ priority }) => priority === lowest);
  const merged = mergeEqualPriority(strongest, path, onConflict);
  if (!strongest.every(({ value }) => isMap(value))) return merged;

  // An option that takes maps whole drops the weaker ones; one whose parts are
  // options of their own looks at each part. Only Nix knows which it is.
  const maps = discharged.filter(({ value }) => isMap(value));
  return maps.length === strongest.length ? merged : apart(maps, path);
}

function mergeEqualPriority(definitions: readonly LayeredValue[], path: readonly string[], onConflict: OnConflict): Value {
  const first = definitions[0]!;
  if (definitions.length === 1) return wrap(isMap(first.value) ? simplify(first, path, onConflict) : first.value, first);
  const sameOrder = definitions.every(({ order }) => order === first.order);

  if (definitions.every(({ value }) => isMap(value))) {
    const merged = mergeMaps(inOrder(definitions), path, onConflict);
    return sameOrder ? wrap(merged, first) : apart(definitions, path);
  }
  if (definitions.every(({ value }) => isList(value))) return concatenate(inOrder(definitions));
  if (definitions.some(({ value }) => isOpaque(value))) return apart(definitions, path);

  const same = definitions.every(({ value }) => equalScalars(value, first.value));
  const isText = definitions.every(({ value }) => typeof value === "string" || value instanceof FileContents);
  const isOrdered = definitions.some(({ order }) => order !== defaultOrder);
  if (!same && !(isText && isOrdered)) onConflict({ path, definitions, isText });
  return same && !isText ? wrap(first.value, { ...first, order: sameOrder ? first.order : defaultOrder }) : apart(definitions, path);
}

/** One list of each run of lists of equal order. */
function concatenate(lists: readonly LayeredValue[]): Value {
  const runs: (LayeredValue & { readonly value: Value[] })[] = [];
  for (const list of lists) {
    if (runs.at(-1)?.order !== list.order) runs.push({ ...list, value: [] });
    for (const item of list.value as readonly Value[]) runs.at(-1)!.value.push(item);
  }
  return runs.length === 1 ? wrap(runs[0]!.value, runs[0]!) : new Merge(runs.map((run) => wrap(run.value, run)), runs[0]!.origin);
}

/** The definitions side by side, for Nix to merge. */
function apart(definitions: readonly LayeredValue[], path: readonly string[]): Value {
  const contents = definitions.map((definition) => wrap(isMap(definition.value) ? simplify(definition, path, ignore) : definition.value, definition));
  return new Merge(contents, definitions[0]!.origin);
}

/** Conflicts inside parts that stand side by side have been reported, or are for Nix to judge. */
function ignore(): void {}

/** Takes the properties off: false `if`s vanish, `merge`s fall apart, priority and order are noted. */
export function discharge(definition: LayeredValue): readonly LayeredValue[] {
  const { value } = definition;
  if (value instanceof If) return value.condition ? discharge({ ...definition, value: value.content, origin: value.origin }) : [];
  if (value instanceof Merge) {
    return value.contents.flatMap((content, index) => discharge({ ...definition, value: content, origin: value.origin.at(index) }));
  }
  if (value instanceof Override) return discharge({ ...definition, value: value.content, origin: value.origin, priority: value.priority });
  if (value instanceof Order) return [{ ...definition, value: value.content, origin: value.origin, order: value.priority }];
  return [definition];
}

/** Puts priority and order around a value again, where they say anything. */
function wrap(value: Value, { priority, order, origin }: Pick<LayeredValue, "priority" | "order" | "origin">): Value {
  const ordered = order === defaultOrder ? value : new Order(order, value, origin);
  return priority === defaultPriority ? ordered : new Override(priority, ordered, origin);
}

function inOrder(definitions: readonly LayeredValue[]): readonly LayeredValue[] {
  return [...definitions].sort((a, b) => a.order - b.order);
}

/** Whether only Nix knows what the value is. */
function isOpaque(value: Value): boolean {
  return value instanceof Reference || value instanceof RawNix;
}

function equalScalars(a: Value, b: Value): boolean {
  if (a instanceof Float && b instanceof Float) return a.value === b.value;
  if (a instanceof PathValue && b instanceof PathValue) return a.path === b.path && a.absolute === b.absolute;
  if (a instanceof FileContents && b instanceof FileContents) return equalScalars(a.file, b.file);
  return a === b && (typeof a !== "object" || a === null);
}
