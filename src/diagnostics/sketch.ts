import type { Data } from "../model/data.js";
import { isDataMap } from "../model/data.js";
import type { Path } from "../model/origin.js";
import { Float, isList, setEntry } from "../model/value.js";
import { clipped, yaml11Boolean } from "./words.js";

/** Of a long value only so many characters are shown, and of a deep one so many levels. */
const maxLength = 60;
const maxDepth = 8;

/** Data as YAML on one line, as in `deploy: { targetHost: root@a }`; what is left out is `…`. */
export function sketch(value: Data): string {
  return isDataMap(value) && Object.keys(value).length > 0
    ? entries(value, 0).join(", ")
    : flow(value, 0);
}

/** The data that has `value` at `path`, and nothing else. */
export function nestedIn(path: Path, value: Data): Data {
  return path.reduceRight<Data>((inner, key) => {
    const outer = {};
    setEntry(outer, String(key), inner);
    return outer;
  }, value);
}

function flow(value: Data, depth: number): string {
  if (isList(value)) {
    return value.length === 0 ? "[]" : `[${items(value, depth).join(", ")}]`;
  }
  if (isDataMap(value)) {
    const shown = depth === maxDepth ? ["…"] : entries(value, depth);
    return shown.length === 0 ? "{}" : `{ ${shown.join(", ")} }`;
  }
  return scalar(value);
}

function items(list: readonly Data[], depth: number): readonly string[] {
  return depth === maxDepth ? ["…"] : shortened(list, (item) => flow(item, depth + 1));
}

function entries(map: { readonly [key: string]: Data }, depth: number): readonly string[] {
  return shortened(Object.keys(map), (key) => {
    const value = map[key]!;
    return value === null ? `${scalar(key)}:` : `${scalar(key)}: ${flow(value, depth + 1)}`;
  });
}

function shortened<T>(parts: readonly T[], show: (part: T) => string): readonly string[] {
  const shown: string[] = [];
  let length = 0;
  for (const part of parts) {
    if (length > maxLength) {
      return [...shown, "…"];
    }
    const text = show(part);
    length += text.length;
    shown.push(text);
  }
  return shown;
}

function scalar(value: Data): string {
  if (value instanceof Float) {
    return value.value.toFixed(1);
  }
  if (typeof value !== "string") {
    return String(value);
  }
  const isPlain =
    /^(?:…|<\w+>|[A-Za-z_./](?:[\w./@+-]|:(?=\w))*)$/.test(value) &&
    yaml11Boolean(value) === undefined &&
    value.toLowerCase() !== "null" &&
    !/^\.(?:inf|nan|\d)/i.test(value);
  return isPlain ? clipped(value) : JSON.stringify(clipped(value));
}
