/** The trees that `pathAt` walks, over what the readers keep of a text. */

import type { WrittenEntry, WrittenNode } from "../model/written-tree.js";
import type { Node as JsonNode, MapNode } from "./json-tree.js";
import { Kind, type OffsetTable } from "./offset-table.js";
import type { Slot, Syntax, Node as SyntaxNode } from "./syntax.js";

/** YAML that was read in one pass. */
export class TableNode implements WrittenNode {
  constructor(
    private readonly table: OffsetTable,
    private readonly record = 0,
  ) {}

  get kind(): WrittenNode["kind"] {
    switch (this.table.kindOf(this.record)) {
      case Kind.Map:
        return "map";
      case Kind.List:
        return "list";
      case Kind.Form:
        return "form";
      default:
        return "scalar";
    }
  }

  get start(): number {
    return this.table.startOf(this.record);
  }

  get end(): number {
    return this.table.writtenEnd(this.record);
  }

  *entries(): Generator<WrittenEntry> {
    const { table, record, kind } = this;
    let index = 0;
    for (const child of kind === "form" ? [record] : table.children(record)) {
      const at = index++;
      if (kind === "list") {
        yield { value: new TableNode(table, child), step: () => at };
      } else {
        const key = { start: table.startOf(child), end: table.endOf(child) };
        yield { key, value: new TableNode(table, child + 1), step: () => table.stepOf(child) };
      }
    }
  }
}

/** JSON that was read into a tree. */
export function jsonTree(node: JsonNode): WrittenNode {
  const { kind, start, end } = node;
  const entries = () =>
    node.kind === "list" ? jsonItems(node.items) : node.kind === "map" ? jsonMembers(node) : [];
  return { kind, start, end, entries };
}

function* jsonItems(items: readonly JsonNode[]): Generator<WrittenEntry> {
  for (const [index, item] of items.entries()) {
    yield { value: jsonTree(item), step: () => index };
  }
}

function* jsonMembers({ members }: MapNode): Generator<WrittenEntry> {
  for (const [name, { key, value }] of members) {
    yield { key, value: jsonTree(value), step: () => name };
  }
}

/** What was read to be edited. */
export function syntaxTree({ root }: Syntax): WrittenNode {
  return root.value === undefined
    ? { kind: "scalar", start: root.start, end: root.end, entries: () => [] }
    : slotNode(root.value);
}

function slotNode(node: SyntaxNode): WrittenNode {
  const { kind, content: start, end } = node;
  switch (kind) {
    case "form": {
      const { tag, slot, name } = node;
      const entry = { key: tag, value: slot.value && slotNode(slot.value), step: () => name };
      return { kind, start: tag.start, end, entries: () => [entry] };
    }
    case "map":
    case "list":
      return { kind, start, end, entries: () => slotEntries(node.slots) };
    default:
      return { kind: "scalar", start, end, entries: () => [] };
  }
}

function* slotEntries(slots: readonly Slot[]): Generator<WrittenEntry> {
  for (const [index, { key, value, headEnd }] of slots.entries()) {
    const empty: WrittenNode = { kind: "scalar", start: headEnd, end: headEnd, entries: () => [] };
    yield {
      ...(key !== undefined && { key }),
      value: value === undefined ? empty : slotNode(value),
      step: () => (key === undefined ? index : key.isMerge ? undefined : key.text),
    };
  }
}
