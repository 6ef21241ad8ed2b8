import { type Data, isDataMap, valueAt } from "../model/data.js";
import type { DataChange } from "../model/data-change.js";
import { isWithin } from "../model/origin.js";
import { setEntry } from "../model/value.js";

/** The changes that a draft makes. */
export type SimpleChange = Extract<
  DataChange,
  { readonly kind: "replaceValue" | "replaceKey" | "removeEntry" | "insertEntry" }
>;

/**
 * The data after a change; maps that are missing on the way are made. Maps and lists that are `own`
 * are changed in place; others are copied on the way, and the copies are `own` from then on.
 */
export function changeData(data: Data, change: SimpleChange, own = new WeakSet()): Data {
  const [key, ...rest] = change.path;
  if (rest.length > 0) {
    const inner = valueAt(data, [key!]) ?? null;
    const value = changeData(inner, { ...change, path: rest }, own);
    return value === inner
      ? data
      : changeData(data, { kind: "replaceValue", path: [key!], value }, own);
  }
  if (key === undefined) {
    return "value" in change ? change.value : data;
  }
  if (Array.isArray(data)) {
    const list: Data[] = own.has(data) ? data : [...(data as readonly Data[])];
    own.add(list);
    changeItem(list, Number(key), change);
    return list;
  }
  const map = isDataMap(data) ? data : {};
  const entries: Entries = own.has(map) ? map : { ...map };
  own.add(entries);
  changeEntry(entries, String(key), change);
  return entries;
}

/**
 * The same changes, fewer: what changes inside of a value that replaces another is made in that value.
 * A value that is inserted stays as it is, since it looks like its neighbors.
 */
export function combined(changes: readonly SimpleChange[]): readonly SimpleChange[] {
  const result: SimpleChange[] = [];
  const own = new WeakSet();
  for (const change of changes) {
    const last = result.at(-1);
    const isInside =
      last?.kind === "replaceValue" &&
      change.path.length > last.path.length &&
      isWithin(change.path, last.path);
    if (isInside) {
      const inside = { ...change, path: change.path.slice(last.path.length) };
      result.splice(-1, 1, { ...last, value: changeData(last.value, inside, own) });
    } else {
      result.push(change);
    }
  }
  return result;
}

type Entries = Record<string, Data>;

function changeItem(list: Data[], index: number, change: SimpleChange): void {
  if (change.kind === "insertEntry") {
    list.splice(index, 0, change.value);
  } else if (change.kind === "replaceValue") {
    list[index] = change.value;
  } else {
    list.splice(index, 1);
  }
}

/** Another key goes behind the others. */
function changeEntry(map: Entries, name: string, change: SimpleChange): void {
  if (change.kind === "replaceValue" || change.kind === "insertEntry") {
    setEntry(map, name, change.value);
    return;
  }
  const value = map[name]!;
  delete map[name];
  if (change.kind === "replaceKey") {
    setEntry(map, change.key, value);
  }
}
