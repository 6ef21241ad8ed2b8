import type { Data, DataMap } from "../../model/data.js";
import { isDataMap } from "../../model/data.js";
import type { Path } from "../../model/origin.js";
import { formKeys } from "../../model/special-forms.js";
import { setEntry } from "../../model/value.js";

/**
 * What to leave out of a map or list, or what of its parts. `null` says nothing anywhere in the
 * fixed shape.
 */
export type Wrong = Map<string | number, Wrong | "absent" | "null">;

/** Marks the value at a path, or its whole entry. */
export function leaveOut(wrong: Wrong, path: Path, isKey: boolean): void {
  // For a tag, null would be a list without machines.
  mark(wrong, path, isKey || (path[0] === "tags" && path.length === 2) ? "absent" : "null");
}

function mark(wrong: Wrong, [key, ...rest]: Path, how: "absent" | "null"): void {
  const known = wrong.get(key!);
  if (typeof known === "string") {
    return;
  }
  if (rest.length === 0) {
    wrong.set(key!, how);
    return;
  }
  const inner: Wrong = known ?? new Map();
  wrong.set(key!, inner);
  mark(inner, rest, how);
}

/** Whether the value at a path is left out. */
export function isWithin(wrong: Wrong, [key, ...rest]: Path): boolean {
  const inner = key === undefined ? undefined : wrong.get(key);
  return inner !== undefined && (typeof inner === "string" || isWithin(inner, rest));
}

/** The data without what is left out. */
export function without(data: Data, wrong: Wrong): Data {
  const part = (value: Data, inner: Wrong | "null" | undefined): Data =>
    inner === undefined ? value : inner === "null" ? null : without(value, inner);
  // Items keep their places: what is said of them later is looked up by these.
  if (Array.isArray(data)) {
    return data.map((item: Data, index) =>
      part(item, wrong.get(index) as Wrong | "null" | undefined),
    );
  }
  const kept: { [key: string]: Data } = {};
  for (const [key, value] of Object.entries(data as DataMap)) {
    const inner = wrong.get(key);
    if (inner !== "absent") {
      setEntry(kept, key, part(value, inner));
    }
  }
  return kept;
}

/**
 * The path of what is not known because something at `path` is unread: a null there, or the special
 * form that it is in; nothing where it is another part of a map.
 */
export function lostPart(data: Data, path: Path): Path | undefined {
  let at: Data | undefined = data;
  for (const [index, key] of path.entries()) {
    if (isForm(at)) {
      return path.slice(0, index);
    }
    at =
      typeof at === "object" && at !== null && Object.hasOwn(at, key)
        ? (at as DataMap)[key]
        : undefined;
  }
  return at === null || isForm(at) ? path : undefined;
}

function isForm(data: Data | undefined): boolean {
  return isDataMap(data) && ["_type", ...formKeys].some((key) => Object.hasOwn(data, key));
}
