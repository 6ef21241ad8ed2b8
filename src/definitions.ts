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

export interface MergeOptions {
  /** Whether other layers may still join: then an order is never used up. */
  readonly partial: boolean;
  readonly onConflict: (conflict: Conflict) => void;
}

const defaultPriority = 100;
const defaultOrder = 1000;

/** Merges the settings of layers that are given in order of definition. */
export function mergeLayers(layers: readonly Layer[], options: MergeOptions): ValueMap {
  const definitions = layers.flatMap((layer) =>
    layer.definitions.map(({ value, origin }): LayeredValue => ({ value, origin, layer, priority: defaultPriority, order: defaultOrder })),
  );
  return mergeMaps(definitions, [], options);
}

/** At each key of any of the maps, what the definitions there come to. */
function mergeMaps(definitions: readonly LayeredValue[], path: readonly string[], options: MergeOptions): ValueMap {
  if (definitions.length === 1) return simplify(definitions[0]!, path, options);
  const merged: { [key: string]: Value } = {};
  const byKey = new Map<string, LayeredValue[]>();
  for (const definition of definitions) {
    const map = definition.value as ValueMap;
    for (const key of Object.keys(map)) {
      const entry = { ...definition, value: map[key]!, origin: definition.origin.at(key) };
      const entries = byKey.get(key);
      if (entries === undefined) byKey.set(key, [entry]);
      else entries.push(entry);
    }
  }
  for (const [key, entries] of byKey) {
    const value = mergeValues(entries, [...path, key], options);
    if (value !== undefined) setEntry(merged, key, value);
  }
  return merged;
}

/** One map on its own, its properties simplified inside; the same object where that changes nothing. */
function simplify(definition: LayeredValue, path: readonly string[], options: MergeOptions): ValueMap {
  const map = definition.value as ValueMap;
  let copy: { [key: string]: Value } | undefined;
  for (const key of Object.keys(map)) {
    const value = map[key]!;
    if (typeof value !== "object" || value === null || isList(value)) continue;
    const simple = mergeValues([{ ...definition, value, origin: definition.origin.at(key) }], [...path, key], options);
    if (simple === value) continue;
    copy ??= Object.fromEntries(Object.entries(map));
    if (simple === undefined) delete copy[key];
    else setEntry(copy, key, simple);
  }
  return copy ?? map;
}

/** What the definitions of one setting come to; `undefined` where all of them are conditional on `false`. */
function mergeValues(definitions: readonly LayeredValue[], path: readonly string[], options: MergeOptions): Value | undefined {
  const discharged = definitions.flatMap(discharge);
  if (discharged.length === 0) return undefined;
  const lowest = discharged.reduce((least, { priority }) => Math.min(least, priority), Infinity);
  const strongest = discharged.filter(({ priority }) => priority === lowest);
  const merged = mergeEqualPriority(strongest, path, options);
  if (strongest.length === discharged.length || !strongest.every(({ value }) => isMap(value))) return merged;

  // An option that takes the map whole drops the weaker ones; one whose parts
  // are options of their own looks at each part. Nix knows which it is.
  const contents: Value[] = [];
  for (const definition of discharged) {
    if (definition === strongest[0]) contents.push(merged);
    else if (definition.priority !== lowest && isMap(definition.value)) contents.push(separate(definition, path, options));
  }
  return contents.length === 1 ? merged : new Merge(contents, definitions[0]!.origin);
}

function mergeEqualPriority(definitions: readonly LayeredValue[], path: readonly string[], options: MergeOptions): Value {
  const first = definitions[0]!;
  if (definitions.length === 1) return separate(first, path, options);
  const sameOrder = definitions.every(({ order }) => order === first.order);
  const apart = () => new Merge(definitions.map((definition) => separate(definition, path, options)), first.origin);
  const together = (value: Value) => wrap(value, { ...first, order: sameOrder ? first.order : defaultOrder });

  if (definitions.every(({ value }) => isMap(value))) {
    return options.partial && !sameOrder ? apart() : together(mergeMaps(inOrder(definitions), path, options));
  }
  if (definitions.every(({ value }) => isList(value))) {
    return options.partial && !sameOrder ? apart() : together(inOrder(definitions).flatMap(({ value }) => value as readonly Value[]));
  }
  if (definitions.some(({ value }) => isOpaque(value))) return apart();
  if (definitions.every(({ value }) => equalScalars(value, first.value))) return together(first.value);
  const isText = definitions.every(({ value }) => typeof value === "string" || value instanceof FileContents);
  if (!isText || definitions.every(({ order }) => order === defaultOrder)) options.onConflict({ path, definitions, isText });
  return apart();
}

/** Takes the properties off: false `if`s vanish, `merge`s fall apart, priority and order are noted. */
function discharge(definition: LayeredValue): readonly LayeredValue[] {
  const { value } = definition;
  if (value instanceof If) return value.condition ? discharge({ ...definition, value: value.content, origin: value.origin }) : [];
  if (value instanceof Merge) {
    return value.contents.flatMap((content, index) => discharge({ ...definition, value: content, origin: value.origin.at(index) }));
  }
  if (value instanceof Override) return discharge({ ...definition, value: value.content, origin: value.origin, priority: value.priority });
  if (value instanceof Order) return [{ ...definition, value: value.content, origin: value.origin, order: value.priority }];
  return [definition];
}

/** One definition as a value again. */
function separate(definition: LayeredValue, path: readonly string[], options: MergeOptions): Value {
  return wrap(isMap(definition.value) ? simplify(definition, path, options) : definition.value, definition);
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
  return typeof a !== "object" && a === b || a === null && b === null;
}
