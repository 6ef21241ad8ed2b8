import { type Assembly, type Branch, isBranch, isEmpty, type Tree } from "../model/assembly.js";
import type { Selector, Tag } from "../model/inventory.js";
import { mapValues } from "../model/maps.js";

/**
 * An assembled inventory as people write it, the other way round from `spellOut`: computed tags as
 * their selectors, and the short forms where they say everything.
 */
export function abbreviate(
  tree: Assembly["tree"],
  tags: ReadonlyMap<string, Tag>,
): Assembly["tree"] {
  const parts: { [part: string]: (part: Tree) => Tree } = {
    machines: abbreviateMembers,
    tags: (lists) => mapBranch(lists, (list, tag) => selectorTree(tags.get(tag)) ?? list),
    instances: (instances) => mapBranch(instances, abbreviateInstance),
  };
  return Object.fromEntries(
    Object.entries(tree).map(([name, part]) => [name, parts[name]?.(part) ?? part]),
  );
}

function selectorTree(tag: Tag | undefined): Tree | undefined {
  if (tag?.kind !== "computed") {
    return undefined;
  }
  const lists = selectorKeys.flatMap((key): [string, readonly string[]][] => {
    const list = tag[key];
    return list === undefined ? [] : [[key, list.map(({ value }) => value)]];
  });
  return new Map(lists);
}

const selectorKeys = [
  "anyOf",
  "allOf",
  "noneOf",
  "machines",
  "except",
] as const satisfies readonly (keyof Selector)[];

function abbreviateInstance(instance: Tree): Tree {
  return mapBranch(instance, (part, key) =>
    key === "module" ? abbreviateModule(part) : mapBranch(part, abbreviateRole),
  );
}

/** A module that has only a name is its name. */
function abbreviateModule(module: Tree): Tree {
  return isBranch(module) && module.size === 1 ? (module.get("name") ?? module) : module;
}

function abbreviateRole(role: Tree): Tree {
  return mapBranch(role, (part, key) => (key === "machines" ? abbreviateMembers(part) : part));
}

/** Machines of which nothing is said are a list of names. */
function abbreviateMembers(members: Tree): Tree {
  return isBranch(members) && [...members.values()].every(isEmpty) ? [...members.keys()] : members;
}

function mapBranch(tree: Tree, change: (part: Tree, key: string) => Tree): Tree {
  return isBranch(tree) ? (mapValues(tree, change) satisfies Branch) : tree;
}
