import { valueAt } from "../model/data.js";
import { predefinedTags } from "../model/machine-fields.js";
import { isPattern, matches } from "../model/pattern.js";
import type { Draft } from "./draft.js";
import type { RenameName } from "./inventory-change.js";
import { unknownName } from "./unknown-name.js";

/** Renames a machine, tag or instance in every place; answers what keeps it from being renamed. */
export function renameName(draft: Draft, change: RenameName): string | undefined {
  const { of, name, newName } = change;
  const all = draft.all(of);
  const places = all.filter((place) => place.name === name);
  const mistake =
    places.length === 0
      ? unknownName(draft, of, name)
      : findClash(change, new Set(all.map((place) => place.name)));
  if (mistake !== undefined) {
    return mistake;
  }
  if (of === "instance") {
    keepService(draft, name);
  }
  for (const { part, path, isKey } of places) {
    draft.change(
      part,
      isKey
        ? { kind: "replaceKey", path, key: newName }
        : { kind: "replaceValue", path, value: newName },
    );
  }
  return undefined;
}

/** What would mean something else under the new name. */
function findClash(
  { of, name, newName }: RenameName,
  names: ReadonlySet<string>,
): string | undefined {
  if (newName === "") {
    return `the new name of ${of} '${name}' is empty`;
  }
  if (names.has(newName)) {
    return `there is already a ${of} '${newName}'`;
  }
  if (of !== "tag") {
    return undefined;
  }
  const predefined = [name, newName].find((tag) => predefinedTags.includes(tag));
  if (predefined !== undefined) {
    return `'${predefined}' is a predefined tag`;
  }
  const pattern = [...names].find(
    (tag) => isPattern(tag) && matches(name, tag) !== matches(newName, tag),
  );
  return pattern === undefined
    ? undefined
    : `the pattern '${pattern}' matches only one of '${name}' and '${newName}'`;
}

/** An instance that names no service has the one of its own name. */
function keepService(draft: Draft, name: string): void {
  const path = ["instances", name, "module"];
  const isNamed = draft.parts.some(({ value }) => {
    const module = valueAt(value, path);
    return typeof module === "string" || valueAt(value, [...path, "name"]) != null;
  });
  if (isNamed) {
    return;
  }
  const part = draft.holding(path) ?? draft.holding(path.slice(0, -1))!;
  const isMap = valueAt(part.value, path) != null;
  draft.change(part, {
    kind: "insertEntry",
    path: isMap ? [...path, "name"] : path,
    value: name,
    index: 0,
  });
}
