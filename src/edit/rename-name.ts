import { defaultInput } from "../model/catalogue.js";
import { isDataMap, valueAt } from "../model/data.js";
import { predefinedTags } from "../model/machine-fields.js";
import type { Path } from "../model/origin.js";
import { isPattern, matches } from "../model/pattern.js";
import type { Draft, Part } from "./draft.js";
import type { RenameName } from "./inventory-change.js";
import { unknownName } from "./unknown-name.js";

/** Renames a machine, tag or instance in every place; answers what keeps it from being renamed. */
export function renameName(draft: Draft, change: RenameName): string | undefined {
  const { of, name, newName } = change;
  const places = draft.places(of, name);
  const mistake =
    places.length === 0 ? unknownName(draft, of, name) : findClash(change, draft.names(of));
  if (mistake !== undefined) {
    return mistake;
  }
  if (of === "instance") {
    keepService(draft, name, newName);
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

/**
 * An instance that names no service has the one of its own name, which is named once the instance is
 * renamed, behind all else. There it goes on the way back, so that this leaves the same bytes. A
 * `module` that people put there themselves, though it says nothing, goes as well: where it was is not
 * known any more.
 */
function keepService(draft: Draft, name: string, newName: string): void {
  const path = ["instances", name, "module"];
  const declaring = draft.holding(path.slice(0, -1));
  // One in a list, which is no instance yet.
  if (declaring === undefined) {
    return;
  }
  const naming = draft.parts.filter(({ value }) => {
    const module = valueAt(value, path);
    return typeof module === "string" || valueAt(value, [...path, "name"]) != null;
  });
  const part = draft.holding(path) ?? declaring;
  const isMap = isDataMap(valueAt(part.value, path));
  const [first, ...others] = naming;
  if (first === undefined) {
    const at = isMap ? [...path, "name"] : path;
    draft.put(part, at, name);
  } else if (others.length === 0 && first === (isMap ? part : declaring)) {
    dropService(draft, first, path, newName);
  }
}

/** Takes out the name of a service that is as {@link keepService} writes it. */
function dropService(draft: Draft, part: Part, module: Path, service: string): void {
  const value = valueAt(part.value, module);
  const path = isDataMap(value) ? [...module, "name"] : module;
  const holder = valueAt(part.value, path.slice(0, -1));
  const isLast = isDataMap(holder) && Object.keys(holder).at(-1) === path.at(-1);
  // Clan writes both in its own order; nobody else names the input that it would be anyway, or writes
  // a map without a word.
  const isOfPeople =
    isDataMap(value) && (value["input"] === defaultInput || Object.keys(value).length === 1);
  if (isLast && !isOfPeople && valueAt(part.value, path) === service && isBare(part, path)) {
    draft.change(part, { kind: "removeEntry", path });
  }
}

/** Whether an entry has no comment that would go with it. */
function isBare({ source: { text }, document }: Part, path: Path): boolean {
  const { start } = document.locate(path, true);
  const { end } = document.locate(path, false);
  const isCommentAbove = /\n[ \t]*[#/*][^\n]*\n[ \t]*$/.test(text.slice(0, start).slice(-500));
  return !isCommentAbove && /^\s*(?:$|[^\s#/])/.test(text.slice(end, end + 500));
}
