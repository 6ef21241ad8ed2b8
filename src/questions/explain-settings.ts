import type { Tracer } from "../diagnostics/tracer.js";
import { sortedEntries } from "../model/name-order.js";
import type { Origin, Path } from "../model/origin.js";
import { isWithin } from "../model/setting-path.js";
import {
  defaultOrder,
  defaultPriority,
  If,
  isMap,
  type Value,
  type ValueMap,
} from "../model/value.js";
import { ownForm, toData } from "../model/value-to-data.js";
import {
  discharge,
  entriesByKey,
  type LayeredValue,
  strongestOf,
} from "../module-system/merge-definitions.js";
import type { Settled } from "../module-system/settle.js";
import type {
  DefinitionExplanation,
  Fate,
  Places,
  RangeOf,
  SettingExplanation,
  ValueSource,
} from "./explanation.js";

interface SettingsContext {
  readonly settled: Settled;
  readonly rangeOf: RangeOf;
  /** Absent where nobody asks what values come from. */
  readonly tracer?: Tracer;
}

/** What is defined at each key of any of the maps, and below. */
export function explainMaps(
  maps: readonly LayeredValue[],
  path: Path,
  context: SettingsContext,
): readonly SettingExplanation[] {
  return sortedEntries(entriesByKey(maps)).flatMap(([key, entries]) =>
    explainValues(entries, [...path, key], context),
  );
}

function explainValues(
  entries: readonly LayeredValue[],
  path: Path,
  context: SettingsContext,
): readonly SettingExplanation[] {
  const strongest = strongestOf(entries.flatMap((entry) => discharge(entry)));
  const fateOf = ({ priority }: LayeredValue): Fate =>
    priority > strongest[0]!.priority ? "lost" : strongest.length > 1 ? "merged" : "won";
  const definitions = entries.flatMap((entry) => {
    const parts = discharge(entry);
    return parts.length === 0
      ? [explainDefinition(withoutCondition(entry), "off", context)]
      : parts.map((part) => explainDefinition(part, fateOf(part), context));
  });

  const areMaps = strongest.length > 0 && strongest.every(({ value }) => isMap(value));
  const inside = areMaps
    ? explainMaps(
        [...strongest].sort((a, b) => a.order - b.order),
        path,
        context,
      )
    : [];
  const isPlain = definitions.every(
    ({ priority, order, fate }) =>
      priority === defaultPriority && order === defaultOrder && fate !== "off",
  );
  if (inside.length > 0 && isPlain) {
    return inside;
  }
  const value = inside.length > 0 ? undefined : valueAt(context.settled.value, path);
  const undecided = context.settled.undecided.some((other) => isWithin(path, other));
  return [
    { path, ...(value !== undefined && { value: toData(value, ownForm) }), undecided, definitions },
    ...inside,
  ];
}

function withoutCondition(definition: LayeredValue): LayeredValue {
  return definition.value instanceof If
    ? withoutCondition({ ...definition, value: definition.value.content })
    : definition;
}

function explainDefinition(
  { layer, origin, value, priority, order }: LayeredValue,
  fate: Fate,
  { rangeOf, tracer }: SettingsContext,
): DefinitionExplanation {
  const sources = tracer === undefined ? [] : sourcesOf(origin, { rangeOf, tracer });
  return {
    layer: { kind: layer.kind, name: layer.name },
    range: rangeOf(origin),
    value: toData(value, ownForm),
    ...(sources.length > 0 && { sources }),
    priority,
    order,
    fate,
  };
}

/** The values that lead to the one at a place, then the parts that it is joined of. */
function sourcesOf(origin: Origin, places: Places): readonly ValueSource[] {
  const { rangeOf, tracer } = places;
  const shared = tracer
    .trace(origin)
    .slice(1)
    .map((place) => ({ range: rangeOf(place), name: String(place.path[1]) }));
  const parts = tracer.partsAt(origin).flatMap((part): readonly ValueSource[] => {
    const inside = sourcesOf(part, places);
    return [{ range: rangeOf(part), value: tracer.writtenAt(part).data }, ...inside];
  });
  return [...shared, ...parts];
}

function valueAt(settings: ValueMap, path: Path): Value | undefined {
  let value: Value | undefined = settings;
  for (const key of path) {
    value =
      value !== undefined && isMap(value) && Object.hasOwn(value, key) ? value[key] : undefined;
  }
  return value;
}
