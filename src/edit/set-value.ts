import { didYouMean, nearest } from "../diagnostics/suggest.js";
import { kind } from "../diagnostics/words.js";
import { type Data, isDataMap, valueAt } from "../model/data.js";
import type { Path } from "../model/origin.js";
import { readPath, writePath } from "../model/setting-path.js";
import { roleAt } from "../questions/setting-place.js";
import type { Draft, Part } from "./draft.js";
import type { UnsetValue } from "./inventory-change.js";

/**
 * Sets the value at a place, of which the maps on the way are made; answers what keeps it from being
 * set.
 */
export function setValue(draft: Draft, place: string, value: Data): string | undefined {
  const keys = readPath(place);
  const part = draft.beside(keys);
  for (let length = 1; length < keys.length; length++) {
    // A name in a list has no room for what is to be set in it.
    const path = toIndices(part, keys.slice(0, length));
    const names = valueAt(part.value, path);
    if (holdsNames(path) && Array.isArray(names) && names.includes(keys[length])) {
      draft.toMap(part, path);
    }
  }
  const path = toIndices(part, keys);
  const mistake = noRoom(part, path);
  if (mistake === undefined) {
    draft.put(part, path, value);
  }
  return mistake;
}

/** Whether names may be in a list or in a map there. */
function holdsNames(path: Path): boolean {
  const isOfRole = roleAt(path) !== undefined && (path[4] === "machines" || path[4] === "tags");
  return path.length === 1 || (isOfRole && path.length === 5);
}

/** What is on the way to a place and has no room for it: a list without the item, or no map. */
function noRoom({ value }: Part, path: Path): string | undefined {
  for (const [length, key] of path.entries()) {
    const holder = path.slice(0, length);
    const at = valueAt(value, holder) ?? {};
    if (Array.isArray(at)) {
      if (typeof key === "string" || key > at.length) {
        const suggestion = didYouMean(nearest(String(key), at.filter(isText)));
        return `'${writePath(holder)}' is a list, and has no item '${key}'${suggestion}`;
      }
    } else if (!isDataMap(at)) {
      return `'${writePath(holder)}' is ${kind(at)}, not a map`;
    }
  }
  return undefined;
}

/** Removes the value at a place; answers what keeps it from being removed. */
export function unsetValue(draft: Draft, { place }: UnsetValue): string | undefined {
  const keys = readPath(place);
  const holders = draft.parts
    .map((part) => ({ part, path: toIndices(part, keys) }))
    .filter(({ part, path }) => valueAt(part.value, path) !== undefined);
  for (const { part, path } of holders) {
    draft.change(part, { kind: "removeEntry", path });
  }
  return holders.length > 0 ? undefined : nothingAt(draft, keys);
}

/** The path with a number where it leads into a list, by index or by the name there. */
function toIndices({ value }: Part, keys: Path): Path {
  const path: (string | number)[] = [];
  for (const key of keys) {
    const list = valueAt(value, path);
    const named = Array.isArray(list) ? list.indexOf(key) : -1;
    path.push(
      !Array.isArray(list) ? key : named >= 0 ? named : /^\d+$/.test(`${key}`) ? +key : key,
    );
  }
  return path;
}

function isText(item: Data): item is string {
  return typeof item === "string";
}

function nothingAt(draft: Draft, keys: Path): string {
  const last = keys.findIndex((_, index) => draft.holding(keys.slice(0, index + 1)) === undefined);
  const known = draft.parts.flatMap(({ value }) => {
    const holder = valueAt(value, keys.slice(0, last));
    return isDataMap(holder) ? Object.keys(holder) : [];
  });
  const suggestion = didYouMean(nearest(String(keys[last]), known));
  return `there is nothing at '${writePath(keys.slice(0, last + 1))}'${suggestion}`;
}
