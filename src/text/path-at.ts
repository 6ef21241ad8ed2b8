import { partitionPoint } from "../model/partition-point.js";
import type { Span } from "../model/source.js";
import type { TextPlace, WrittenEntry, WrittenNode } from "../model/written-tree.js";
import { lineStart } from "./lines.js";

/**
 * What is at an offset of a text whose root is `root`. Where nothing is written, the column says to
 * which map or list a new entry would belong.
 */
export function pathAt(text: string, root: WrittenNode, offset: number): TextPlace {
  return new Descent(text, offset).from(root);
}

/** The map with the key that an offset is in or right behind. */
export function mapOfKeyAt(root: WrittenNode, offset: number): WrittenNode | undefined {
  for (let node: WrittenNode | undefined = root; node !== undefined; ) {
    const { entry } = entriesAround(node, offset);
    if (entry?.key !== undefined && offset <= entry.key.end) {
      return node;
    }
    node = entry?.value;
  }
  return undefined;
}

/** A map or list around the offset, and how many steps lead to it. */
interface Level {
  readonly node: WrittenNode;
  readonly steps: number;
}

/** What is in front of a gap, in which nothing is written. */
interface Before {
  /** Where what is written ends. */
  readonly end: number;
  /** The entry whose value is missing or behind the gap. */
  readonly pending?: WrittenEntry;
  /** The value that ends. */
  readonly value?: WrittenNode;
}

/** The way from the root down to an offset. */
class Descent {
  private readonly path: (string | number)[] = [];
  private readonly levels: Level[] = [];

  constructor(
    private readonly text: string,
    private readonly offset: number,
  ) {}

  from(root: WrittenNode): TextPlace {
    const { offset, path, text } = this;
    const isEmpty = root.start === root.end;
    if (isEmpty || offset < root.start) {
      return this.inGap({ end: 0 });
    }
    let isMerged = false;
    for (let node = root; ; ) {
      const { kind } = node;
      const isFlow = this.isFlow(node);
      if (kind === "scalar" || isFlow) {
        const { end } = node;
        if (offset > end) {
          return this.inGap({ end, value: node });
        }
        if (!isFlow || offset === node.start || offset === end) {
          return this.at("value", node);
        }
      }
      if (kind !== "form") {
        this.levels.push({ node, steps: path.length });
      }
      const { entry, next } = entriesAround(node, offset);
      if (kind === "list" && !isFlow && next !== undefined && this.isBehindDash(node, next)) {
        if (!isMerged) path.push(next.step()!);
        return this.at("value");
      }
      if (entry === undefined) {
        return this.inGap({ end: node.start + 1 });
      }
      const { key, value } = entry;
      const step = entry.step();
      const isOnKey = key !== undefined && offset <= key.end;
      if (isOnKey || (step !== undefined && !(isMerged && kind === "list"))) {
        path.push(step ?? text.slice(key!.start, key!.end));
      }
      if (isOnKey) {
        return this.at("key", key);
      }
      if (value === undefined || value.start === value.end || offset < value.start) {
        return this.inGap({ end: key?.end ?? value?.start ?? node.start, pending: entry });
      }
      isMerged = step === undefined || (isMerged && kind === "form");
      node = value;
    }
  }

  /** Behind a key, behind a value, in a comment, or where another entry would be. */
  private inGap(before: Before): TextPlace {
    const { text, offset, levels } = this;
    const { node, steps } = levels.at(-1) ?? { node: undefined, steps: 0 };
    const gap = text.slice(before.end, offset);
    const isSameLine = !gap.includes("\n");
    const line = lineStart(text, offset);
    const comment = commentIn(text, Math.max(line, before.end), offset);
    if (node === undefined) {
      return this.inside(0, comment === undefined ? "entry" : "comment");
    }
    const isFlow = this.isFlow(node);
    if (comment !== undefined && (isFlow || isSameLine)) {
      return this.inside(this.path.length, "comment");
    }
    if (isFlow ? !withoutComments(gap).includes(",") : isSameLine) {
      const isUnended = before.pending?.key !== undefined && !this.isBehindSign(before.pending.key);
      const found = isUnended ? before.pending.key : (before.value ?? before.pending?.value);
      if (found !== undefined || before.pending !== undefined) {
        return this.at(isUnended ? "key" : "value", found);
      }
    }
    if (isFlow) {
      return this.inside(steps);
    }
    const column = (comment ?? offset) - line;
    const part = comment === undefined ? "entry" : "comment";
    if (before.pending !== undefined && column > this.columnOf(node)) {
      const isEmpty = (before.pending.value?.kind ?? "scalar") === "scalar";
      return this.inside(this.path.length, isEmpty && part === "entry" ? "value" : part);
    }
    return this.inside(this.levelAt(column).steps, part);
  }

  /** The innermost map or list in lines whose entries start at a column, or before it. */
  private levelAt(column: number): Level {
    const { levels } = this;
    let at = levels.length - 1;
    for (; at > 0; at--) {
      const own = this.columnOf(levels[at]!.node);
      // A list may be at the column of the key that it is of: another key is more likely there.
      const isShared = own === column && this.columnOf(levels[at - 1]!.node) === column;
      if (own <= column && !isShared) {
        break;
      }
    }
    return levels[at]!;
  }

  private at(part: TextPlace["part"], written?: Span): TextPlace {
    const { offset } = this;
    const isWritten = written !== undefined && written.start < written.end;
    const { start, end } = isWritten ? written : { start: offset, end: offset };
    return { path: this.path, part, span: { start, end } };
  }

  private inside(steps: number, part: TextPlace["part"] = "entry"): TextPlace {
    const { offset, path } = this;
    return { path: path.slice(0, steps), part, span: { start: offset, end: offset } };
  }

  /** Whether the offset is behind the colon of a key; what has a tag needs none. */
  private isBehindSign({ start, end }: Span): boolean {
    const { text, offset } = this;
    return text[start] === "!" || withoutComments(text.slice(end, offset)).includes(":");
  }

  /** Whether the offset is between the dash of an item and its value, maybe on a later line. */
  private isBehindDash(list: WrittenNode, { value }: WrittenEntry): boolean {
    const { text, offset } = this;
    const column = this.columnOf(list);
    for (let at = value?.start ?? 0; at > offset; ) {
      const line = lineStart(text, at);
      if (line + column < at && text[line + column] === "-") {
        return line + column < offset;
      }
      at = line - 1;
    }
    return false;
  }

  private isFlow({ kind, start }: WrittenNode): boolean {
    return (kind === "map" || kind === "list") && /[[{]/.test(this.text[start] ?? "");
  }

  private columnOf({ start }: WrittenNode): number {
    return start - lineStart(this.text, start);
  }
}

/** The last entry that starts at an offset or before it, and the one behind. */
function entriesAround(node: WrittenNode, offset: number) {
  const entries = node.entries();
  const next = partitionPoint(entries, ({ key, value }) => (key ?? value!).start <= offset);
  return { entry: entries[next - 1], next: entries[next] };
}

/** Where the comment starts that `offset` is in or right behind, if it is in one. */
function commentIn(text: string, from: number, offset: number): number | undefined {
  const match = /(?:^|(?<=[\s,[\]{}]))(?:#|\/\/|\/\*)/.exec(text.slice(from, offset));
  const isWhole = match !== null && (match.index > 0 || /^$|\s/.test(text[from - 1] ?? ""));
  return isWhole ? from + match.index : undefined;
}

function withoutComments(gap: string): string {
  return gap.replace(/(?:^|\s)(?:#|\/\/).*/g, "");
}
