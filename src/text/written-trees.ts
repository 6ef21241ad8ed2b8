/** The trees that `pathAt` walks, over what the readers keep of a text. */

import { once } from "../model/once.js";
import type { WrittenEntry, WrittenNode } from "../model/written-tree.js";
import type { Node as JsonNode, ListNode, MapNode } from "./json/json-tree.js";
import { Kind, type OffsetTable } from "./offset-table.js";
import type { Slot, Syntax, Node as SyntaxNode } from "./syntax.js";

/** YAML that was read in one pass. */
export class TableNode implements WrittenNode {
  readonly entries = once(() => [...this.read()]);

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

  private *read(): Generator<WrittenEntry> {
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
  const entries = once(() =>
    node.kind === "list" ? jsonItems(node) : node.kind === "map" ? jsonMembers(node) : [],
  );
  return { kind, start, end, entries };
}

function jsonItems({ items }: ListNode): readonly WrittenEntry[] {
  return items.map((item, index) => ({ value: jsonTree(item), step: () => index }));
}

function jsonMembers({ members }: MapNode): readonly WrittenEntry[] {
  return Array.from(members, ([name, { key, value }]) => ({
    key,
    value: jsonTree(value),
    step: () => name,
  }));
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
      const entries = once(() => [
        { key: tag, value: slot.value && slotNode(slot.value), step: () => name },
      ]);
      return { kind, start: tag.start, end, entries };
    }
    case "map":
    case "list":
      return { kind, start, end, entries: once(() => slotEntries(node.slots)) };
    default:
      return { kind: "scalar", start, end, entries: () => [] };
  }
}

function slotEntries(slots: readonly Slot[]): readonly WrittenEntry[] {
  return slots.map(({ key, value, headEnd }, index) => ({
    ...(key !== undefined && { key }),
    value:
      value === undefined
        ? { kind: "scalar", start: headEnd, end: headEnd, entries: () => [] }
        : slotNode(value),
    step: () => (key === undefined ? index : key.isMerge ? undefined : key.text),
  }));
}
