import { partitionPoint } from "../model/partition-point.js";
import type { Position } from "../model/source.js";

/**
 * Turns offsets of one text into positions; lines end with LF (CRLF counts as its LF). It looks no
 * further than it is asked.
 */
export class LineIndex {
  /** Where lines start, as far as was looked; ends with infinity where the last one was found. */
  private readonly starts: number[] = [0];

  constructor(private readonly text: string) {}

  position(offset: number): Position {
    const line = this.lineOf(offset);
    return { line, column: offset - this.starts[line - 1]! + 1, offset };
  }

  /** Where the line with an offset starts. */
  startOf(offset: number): number {
    return this.starts[this.lineOf(offset) - 1]!;
  }

  private lineOf(offset: number): number {
    this.findStarts(offset);
    return partitionPoint(this.starts, (start) => start <= offset);
  }

  /** Finds the starts of all lines up to the one after `offset`. */
  private findStarts(offset: number): void {
    let last = this.starts.at(-1)!;
    while (last <= offset) {
      const end = this.text.indexOf("\n", last);
      last = end < 0 ? Infinity : end + 1;
      this.starts.push(last);
    }
  }
}
