import { type Data, type DataMap, isDataMap, valueAt } from "../model/data.js";
import { fingerprint } from "../model/fingerprint.js";
import type { Path } from "../model/origin.js";
import type { Draft, Part } from "./draft.js";

/**
 * Moves what Clan wrote into its own file to the files that people write; answers what keeps it from
 * being moved. What stays is what `clan` goes on writing, what both define differently, and modules,
 * whose paths mean something else there.
 */
export function adoptCompanions(draft: Draft): string | undefined {
  const companions = draft.parts.filter(({ source }) => source.isCompanion);
  if (companions.length === 0) {
    return "there is no inventory.json beside flake.nix to adopt";
  }
  for (const part of companions) {
    for (const key of ["meta", "machines", "tags", "instances"]) {
      const value = valueAt(part.value, [key]);
      if (value !== undefined && move([key], value, part, draft)) {
        draft.change(part, { kind: "removeEntry", path: [key] });
      }
    }
  }
  return undefined;
}

/** Moves a value, or what of it can be moved; answers whether nothing of it stays. */
function move(path: Path, value: Data, from: Part, draft: Draft): boolean {
  if (isKept(path)) {
    return false;
  }
  const to = draft.beside(path);
  const own = valueAt(to.value, path);
  if (isDataMap(value) && !isSettings(path)) {
    return moveEntries(path, value, from, draft);
  }
  if (Array.isArray(value) && !isSettings(path)) {
    for (const name of value) {
      draft.addName(path, String(name));
    }
    return own == null || Array.isArray(own) || isNames(path);
  }
  if (own == null) {
    draft.put(to, path, value);
    return true;
  }
  return fingerprint(own) === fingerprint(value);
}

/** Moves the entries of a map one by one, and makes room for them. */
function moveEntries(path: Path, map: DataMap, from: Part, draft: Draft): boolean {
  const to = draft.beside(path);
  const own = valueAt(to.value, path);
  if (Array.isArray(own)) {
    if (!isNames(path)) {
      return false;
    }
    draft.toMap(to, path);
  } else if (own == null) {
    draft.put(to, path, {});
  } else if (!isDataMap(own)) {
    return false;
  }
  const moved = Object.keys(map).filter((key) => move([...path, key], map[key]!, from, draft));
  const isAll = moved.length === Object.keys(map).length;
  for (const key of isAll ? [] : moved) {
    draft.change(from, { kind: "removeEntry", path: [...path, key] });
  }
  return isAll;
}

/** What `clan` writes by itself, and refuses to write where it is defined elsewhere; and modules. */
function isKept(path: Path): boolean {
  return (
    path.at(-1) === (path[0] === "machines" ? "installedAt" : "extraModules") && path.length > 2
  );
}

/** Settings are moved as a whole: Clan takes one definition of them. */
function isSettings(path: Path): boolean {
  return path[0] === "instances" && path.at(-1) === "settings" && path.length > 4;
}

/** Whether names may be in a list or in a map there. */
function isNames([part, , , , names]: Path): boolean {
  return part === "machines" || names === "machines" || names === "tags";
}
