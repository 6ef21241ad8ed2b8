import { valueAt } from "../model/data.js";
import type { Draft, Place } from "./draft.js";
import type { TagMachines } from "./inventory-change.js";
import { unknownName } from "./unknown-name.js";

/** Gives tags to machines, or takes their own ones away; answers what keeps that from being done. */
export function tagMachines(draft: Draft, { kind, machines, tags }: TagMachines) {
  const declared = draft.declarations("machine");
  for (const machine of new Set(machines)) {
    const place = declared.get(machine);
    if (place === undefined) {
      return unknownName(draft, "machine", machine);
    }
    const mistake = kind === "tag" ? addTags(draft, place, tags) : removeTags(draft, place, tags);
    if (mistake !== undefined) {
      return mistake;
    }
  }
  return undefined;
}

function addTags(draft: Draft, { part, name }: Place, tags: readonly string[]): undefined {
  draft.toMap(part, ["machines"]);
  const path = ["machines", name, "tags"];
  for (const tag of tags) {
    const own = valueAt(part.value, path);
    if (!Array.isArray(own)) {
      draft.put(part, path, [tag]);
    } else if (!own.includes(tag)) {
      draft.change(part, { kind: "insertEntry", path: [...path, own.length], value: tag });
    }
  }
}

function removeTags(draft: Draft, { part, name }: Place, tags: readonly string[]) {
  const path = ["machines", name, "tags"];
  for (const tag of new Set(tags)) {
    const own = valueAt(part.value, path);
    const index = Array.isArray(own) ? own.indexOf(tag) : -1;
    if (index < 0) {
      return `machine '${name}' has no tag '${tag}' of its own`;
    }
    draft.removeName(part, [...path, index]);
  }
  return undefined;
}
