import type { Data } from "../../model/data.js";
import type { Path } from "../../model/origin.js";
import type { Span } from "../../model/source.js";
import { setEntry } from "../../model/value.js";
import { firstLine } from "../spans.js";

/** JSON as a tree that knows where its values are. */
export type Node = ScalarNode | ListNode | MapNode;

export interface ScalarNode extends Span {
  readonly kind: "scalar";
  readonly value: Exclude<Data, object> | Extract<Data, { readonly kind: "float" }> | null;
}

export interface ListNode extends Span {
  readonly kind: "list";
  readonly items: readonly Node[];
}

export interface MapNode extends Span {
  readonly kind: "map";
  readonly members: ReadonlyMap<string, Member>;
}

export interface Member {
  readonly key: Span;
  readonly value: Node;
}

/** The value of a tree. */
export function treeValue(node: Node): Data {
  if (node.kind === "scalar") {
    return node.value;
  }
  if (node.kind === "list") {
    return node.items.map(treeValue);
  }
  const map: { [key: string]: Data } = {};
  for (const [key, { value }] of node.members) {
    setEntry(map, key, treeValue(value));
  }
  return map;
}

/** The value at `path`, or its key; the nearest enclosing value where there is none. */
export function locateInTree(text: string, root: Node, path: Path, isKey: boolean): Span {
  let node = root;
  for (const [index, key] of path.entries()) {
    const member: Member | undefined =
      node.kind === "map" ? node.members.get(String(key)) : undefined;
    if (member !== undefined && isKey && index === path.length - 1) {
      return member.key;
    }
    const next = node.kind === "list" && typeof key === "number" ? node.items[key] : member?.value;
    if (next === undefined) {
      break;
    }
    node = next;
  }
  return firstLine(text, node);
}
