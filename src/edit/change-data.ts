import { type Data, type DataMap, isDataMap } from "../model/data.js";
import type { DataChange } from "../model/data-change.js";
import type { Path } from "../model/origin.js";
import { setEntry } from "../model/value.js";

/** The changes that a draft makes. */
export type SimpleChange = Extract<
  DataChange,
  { readonly kind: "replaceValue" | "replaceKey" | "removeEntry" | "insertEntry" }
>;

/** The data after a change, which shares what stays the same. */
export function changeData(data: Data, change: SimpleChange): Data {
  return changeAt(data, change.path, change);
}

function changeAt(data: Data, [key, ...rest]: Path, change: SimpleChange): Data {
  if (key === undefined) {
    return change.kind === "replaceValue" ? change.value : data;
  }
  if (rest.length > 0) {
    const holder = data ?? (typeof key === "number" ? [] : {});
    const inner = (holder as DataMap)[key] ?? null;
    return withEntry(holder, key, changeAt(inner, rest, change));
  }
  switch (change.kind) {
    case "replaceValue":
      return withEntry(data, key, change.value);
    case "insertEntry":
      return Array.isArray(data)
        ? [...data.slice(0, Number(key)), change.value, ...data.slice(Number(key))]
        : withEntry(data ?? {}, key, change.value);
    case "removeEntry":
      return Array.isArray(data)
        ? data.filter((_, index) => index !== key)
        : fromEntries(entriesOf(data).filter(([name]) => name !== key));
    case "replaceKey":
      return fromEntries(
        entriesOf(data).map(([name, value]) => [name === key ? change.key : name, value]),
      );
  }
}

function withEntry(data: Data, key: string | number, value: Data): Data {
  if (Array.isArray(data)) {
    return Object.assign([...data], { [key]: value });
  }
  const entries = entriesOf(data).filter(([name]) => name !== key);
  return fromEntries([...entries, [String(key), value]]);
}

function entriesOf(data: Data): readonly (readonly [string, Data])[] {
  return isDataMap(data) ? Object.entries(data) : [];
}

function fromEntries(entries: readonly (readonly [string, Data])[]): Data {
  const map: { [key: string]: Data } = {};
  for (const [key, value] of entries) {
    setEntry(map, key, value);
  }
  return map;
}
