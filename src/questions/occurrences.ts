import { type Data, isDataMap, valueAt } from "../model/data.js";
import type { Path } from "../model/origin.js";

/** What a name may be of. */
export type NameKind = "machine" | "tag" | "instance";

/** A name in the data of one source. */
export interface Occurrence {
  readonly kind: NameKind;
  readonly name: string;
  readonly path: Path;
  /** Whether it is the key at the path, or the text there. */
  readonly isKey: boolean;
  /** Whether the machine, tag or instance is declared here. */
  readonly isDeclaration: boolean;
}

/**
 * Every place of the names of machines, tags and instances, in no order that matters. What does not
 * have the shape of an inventory is passed over; patterns in selectors are names of their own.
 */
export function occurrencesIn(data: Data): readonly Occurrence[] {
  const found: Occurrence[] = [];
  const at = (path: Path, kind: NameKind, isDeclaration = false) =>
    addNames(found, valueAt(data, path), { path, kind, isDeclaration });
  at(["machines"], "machine", true);
  for (const machine of keysAt(data, ["machines"])) {
    at(["machines", machine, "tags"], "tag");
  }
  at(["tags"], "tag", true);
  for (const tag of keysAt(data, ["tags"])) {
    const selector = keysAt(data, ["tags", tag]);
    if (selector.length === 0) {
      at(["tags", tag], "machine");
    }
    for (const key of selector) {
      at(["tags", tag, key], key === "machines" || key === "except" ? "machine" : "tag");
    }
  }
  at(["instances"], "instance", true);
  for (const instance of keysAt(data, ["instances"])) {
    for (const role of keysAt(data, ["instances", instance, "roles"])) {
      at(["instances", instance, "roles", role, "machines"], "machine");
      at(["instances", instance, "roles", role, "tags"], "tag");
    }
  }
  return found;
}

/** Adds the keys of a map, or the texts in a list. */
function addNames(
  found: Occurrence[],
  value: Data | undefined,
  { path, kind, isDeclaration }: Pick<Occurrence, "path" | "kind" | "isDeclaration">,
): void {
  if (Array.isArray(value)) {
    for (const [index, name] of value.entries()) {
      if (typeof name === "string") {
        found.push({ kind, name, path: [...path, index], isKey: false, isDeclaration });
      }
    }
  } else if (isDataMap(value)) {
    for (const name of Object.keys(value)) {
      found.push({ kind, name, path: [...path, name], isKey: true, isDeclaration });
    }
  }
}

function keysAt(data: Data, path: Path): readonly string[] {
  const value = valueAt(data, path);
  return isDataMap(value) ? Object.keys(value) : [];
}
