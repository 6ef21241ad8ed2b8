import { places } from "../../generated/shape.js";
import { findShapeErrors } from "../../generated/validator.js";
import { type Data, isDataMap } from "../../model/data.js";
import type { YamlReading } from "./yaml-reading.js";

/** What {@link senseOf} answers for an inventory in which nothing looks misplaced. */
export const mostSense = 2;

/**
 * How much sense a text makes by its own shape: 0 if it is no inventory, 1 if something in it looks
 * misplaced, or {@link mostSense}.
 */
export function senseOf({ findings, said }: YamlReading): number {
  if (said === undefined || findings.length > 0 || findShapeErrors(said.value).length > 0) {
    return 0;
  }
  const isTextOdd = said.ambiguous.some(({ items }) => items !== undefined);
  return isTextOdd || hasMisplaced(said.value) ? 1 : mostSense;
}

/** Whether a name is a field's, a field that takes a map is empty, or settings hold a key of the role. */
function hasMisplaced(root: Data): boolean {
  const left: (readonly [place: string, data: Data])[] = [["", root]];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const [place, data] = next;
    const fields = places[place];
    for (const [key, value] of isDataMap(data) ? Object.entries(data) : []) {
      const inside = join(place, fields === undefined ? "*" : key);
      const isMap = isMapPlace(inside);
      const isSettings = inside.endsWith(".settings");
      if (fields === undefined ? isField(key) : isMap && value === null) {
        return true;
      }
      if (isSettings && isDataMap(value) && Object.keys(value).some(isOfRole)) {
        return true;
      }
      if (isMap) {
        left.push([inside, value]);
      }
    }
  }
  return false;
}

function join(place: string, key: string): string {
  return place === "" ? key : `${place}.${key}`;
}

/** Whether a map of the fixed shape may be at a place. */
function isMapPlace(place: string): boolean {
  return places[place] !== undefined || places[`${place}.*`] !== undefined;
}

function isOfRole(key: string): boolean {
  return places["instances.*.roles.*"]!.includes(key);
}

function isField(key: string): boolean {
  return Object.keys(places).some((place) => place !== "meta" && places[place]!.includes(key));
}
