import { didYouMean, nearest } from "../diagnostics/suggest.js";
import { isDataMap, valueAt } from "../model/data.js";
import type { Draft } from "./draft.js";
import type { AssignRole } from "./inventory-change.js";
import { unknownName } from "./unknown-name.js";

/** Gives a role to machines and tags, or takes it away; answers what keeps that from being done. */
export function assignRole(draft: Draft, change: AssignRole): string | undefined {
  const { kind, instance, role, machines, tags } = change;
  if (!draft.isDeclared("instance", instance)) {
    return unknownName(draft, "instance", instance);
  }
  const path = ["instances", instance, "roles", role];
  if (kind === "assign") {
    for (const [list, names] of [
      ["machines", machines],
      ["tags", tags],
    ] as const) {
      for (const name of names) draft.addName([...path, list], name);
    }
    return undefined;
  }
  if (draft.holding(path) === undefined) {
    return unknownRole(draft, instance, role);
  }
  return remove(draft, path, "machines", machines) ?? remove(draft, path, "tags", tags);
}

function remove(
  draft: Draft,
  role: readonly string[],
  list: "machines" | "tags",
  names: readonly string[],
): string | undefined {
  for (const name of new Set(names)) {
    const holders = draft.parts.flatMap((part) => {
      const members = valueAt(part.value, [...role, list]);
      const key = Array.isArray(members) ? members.indexOf(name) : name;
      const isThere = isDataMap(members)
        ? Object.hasOwn(members, name)
        : key !== -1 && Array.isArray(members);
      return isThere ? [{ part, path: [...role, list, key] }] : [];
    });
    if (holders.length === 0) {
      return `role '${role[3]!}' of '${role[1]!}' does not list ${list === "machines" ? "machine" : "tag"} '${name}'`;
    }
    for (const { part, path } of holders) {
      draft.removeName(part, path);
    }
  }
  return undefined;
}

function unknownRole(draft: Draft, instance: string, role: string): string {
  const roles = draft.parts.flatMap(({ value }) => {
    const known = valueAt(value, ["instances", instance, "roles"]);
    return isDataMap(known) ? Object.keys(known) : [];
  });
  return `'${instance}' has no role '${role}'${didYouMean(nearest(role, roles))}`;
}
