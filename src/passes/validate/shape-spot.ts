import { places } from "../../generated/shape.js";
import type { Data, DataMap } from "../../model/data.js";
import type { Origin } from "../../model/origin.js";
import { Float } from "../../model/value.js";

/** The value that an error is about. */
export interface Spot {
  readonly data: Data;
  readonly origin: Origin;
  /** The map or list that it is in. */
  readonly parent: Data;
  readonly key: string | number;
  /** In the fixed shape, as a key of {@link places}. */
  readonly place: string;
  /** A key of the class {@link Float}, which to the compiled schema is one more map. */
  readonly inner?: string;
}

/** The value that a JSON pointer leads to. */
export function findSpot(root: Data, origin: Origin, pointer: string): Spot {
  let spot: Spot = { data: root, origin, parent: null, key: "", place: "" };
  for (const segment of pointer.split("/").slice(1)) {
    const { data, place } = spot;
    if (data instanceof Float) {
      return { ...spot, inner: segment };
    }
    const key = Array.isArray(data)
      ? Number(segment)
      : segment.replaceAll("~1", "/").replaceAll("~0", "~");
    const step = places[place] === undefined ? "*" : key;
    spot = {
      data: (data as DataMap)[key]!,
      origin: spot.origin.at(key),
      parent: data,
      key,
      place: place === "" ? `${step}` : `${place}.${step}`,
    };
  }
  return spot;
}

/** `machines.*.deploy` as `machines.<machine>.deploy`. */
export function withNames(place: string): string {
  return place.replace(/(\w+)s\.\*/g, "$1s.<$1>");
}
