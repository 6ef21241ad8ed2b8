import { type Data, isDataMap, valueAt } from "../model/data.js";
import type { DataChange } from "../model/data-change.js";

/** The changes that a draft makes. */
export type SimpleChange = Extract<
  DataChange,
  { readonly kind: "replaceValue" | "replaceKey" | "removeEntry" | "insertEntry" }
>;

/**
 * The data after a change, which shares what stays the same; a key that is new or has changed is
 * behind the others. Maps that are missing on the way are made.
 */
export function changeData(data: Data, change: SimpleChange): Data {
  const [key, ...rest] = change.path;
  if (rest.length > 0) {
    const inner = valueAt(data, [key!]) ?? null;
    const value = changeData(inner, { ...change, path: rest });
    return changeData(data, { kind: "replaceValue", path: [key!], value });
  }
  if (key === undefined) {
    return "value" in change ? change.value : data;
  }
  return Array.isArray(data)
    ? changeItem(data, Number(key), change)
    : changeEntry(data, String(key), change);
}

function changeItem(list: readonly Data[], index: number, change: SimpleChange): Data {
  const next = change.kind === "insertEntry" ? index : index + 1;
  const items = "value" in change ? [change.value] : [];
  return [...list.slice(0, index), ...items, ...list.slice(next)];
}

function changeEntry(data: Data, name: string, change: SimpleChange): Data {
  const { [name]: old, ...others } = isDataMap(data) ? data : {};
  switch (change.kind) {
    case "removeEntry":
      return others;
    case "replaceKey":
      return { ...others, [change.key]: old! };
    case "replaceValue":
    case "insertEntry":
      return { ...others, [name]: change.value };
  }
}
