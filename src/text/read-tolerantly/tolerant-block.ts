import { FlowReader } from "./tolerant-flow.js";
import type { Frame } from "./tolerant-frames.js";
import { type Mark, markIn } from "./tolerant-mark.js";

/** Finds the map or list that a line is in, by the column of its first word. */
export class BlockReader extends FlowReader {
  /** Where a line has nothing, its column says what may be written there. */
  protected override markBlank(column: number, line: number): void {
    let frame = this.around(this.frames.top, column);
    if (isListOfKey(frame) && frame.column === column) {
      frame = frame.parent;
    }
    const spot = { ...this.spot(this.cursor, this.cursor), line, isSettled: true };
    if (frame.column < column && frame.content === "none") {
      this.mark = markIn(frame, "either", spot);
    } else if (frame.kind === "map") {
      this.mark = markIn(frame, "key", { ...spot, column: frame.column });
    } else if (frame.kind === "list") {
      this.mark = this.newItem(frame, spot);
    }
  }

  protected newItem(
    frame: Frame,
    spot: Omit<Mark, "wants" | "frame" | "path" | "depth" | "slot">,
  ): Mark {
    const index = (frame.value as readonly unknown[]).length;
    const mark = markIn(frame, "either", { ...spot, column: frame.column, lead: "- " });
    return { ...mark, path: [...markIn(frame, "key", spot).path, index], slot: -1 };
  }

  /**
   * The innermost frame that a line with this column is in; a line between the columns of two is in
   * the inner one.
   */
  protected around(top: Frame, column: number): Frame {
    let frame = top;
    while (frame.column > column && frame.parent.column >= column) {
      frame = frame.parent;
    }
    return frame;
  }

  protected closeTo(column: number): void {
    const frame = this.around(this.frames.top, column);
    while (this.frames.top !== frame) {
      this.frames.pop();
    }
  }

  protected enterList(column: number): void {
    this.closeTo(column);
    const { top } = this.frames;
    const isOfKey = top.kind === "map" && top.column === column && top.content === "none";
    if (top.kind !== "list" || top.column < column || isOfKey) {
      this.push("list", column, "block");
    }
    this.frames.startItem();
  }

  protected enterMap(column: number): void {
    this.closeTo(column);
    if (isListOfKey(this.frames.top) && this.frames.top.column === column) {
      this.frames.pop();
    }
    const { top } = this.frames;
    const isFree = top.column < column && top.content !== "collection";
    if (top.kind !== "map" || isFree) {
      this.push("map", column, "block");
    }
  }
}

/** Whether its dashes may be below the first letter of the key whose value it is. */
export function isListOfKey({ kind, column, parent }: Frame): boolean {
  return kind === "list" && parent.kind === "map" && parent.column === column;
}
