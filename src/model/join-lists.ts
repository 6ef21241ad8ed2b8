import type { Origin } from "./origin.js";
import { Concatenation, isList, type ListPart, ModulesIn, type Value } from "./value.js";

type Parts = Concatenation["parts"];

/** One list of several: a plain one, unless only Nix knows one of them. */
export function joinLists(parts: Parts, origin: Origin): readonly Value[] | Concatenation {
  const lists = parts.filter((part): part is ListPart => part.kind === "list");
  return lists.length === parts.length
    ? lists.flatMap(({ items }) => items)
    : new Concatenation(
        parts.filter((part) => part.kind !== "list" || part.items.length > 0),
        origin,
      );
}

/** The list of these modules, in which what stands for several takes its place. */
export function joinModules(
  modules: readonly Value[],
  origin: Origin,
): readonly Value[] | Concatenation {
  const parts: Parts[number][] = [];
  let items: Value[] = [];
  const add = (part: Parts[number]) => {
    if (part.kind === "list") {
      part.items.forEach(addModule);
    } else {
      parts.push({ kind: "list", items, origin }, part);
      items = [];
    }
  };
  const addModule = (module: Value) => {
    if (module instanceof ModulesIn) {
      add(module);
    } else if (module instanceof Concatenation) {
      module.parts.forEach(add);
    } else if (isList(module)) {
      module.forEach(addModule);
    } else {
      items.push(module);
    }
  };
  modules.forEach(addModule);
  parts.push({ kind: "list", items, origin });
  return joinLists(parts, origin);
}
