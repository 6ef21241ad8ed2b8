import type { SourceFormat } from "../../model/source.js";
import { type Frame, Frames } from "./tolerant-frames.js";
import { type Mark, markIn } from "./tolerant-mark.js";
import { WordScanner } from "./tolerant-words.js";

/** Where a tolerant reader is, the maps and lists around, and the cursor that it looks for. */
export class TolerantCursor extends WordScanner {
  readonly frames = new Frames();
  protected pos = 0;
  protected lineStart = 0;
  protected mark: Mark | undefined;
  /** Whether the cursor is where nothing can be completed. */
  protected isHidden = false;

  constructor(
    text: string,
    format: SourceFormat,
    protected readonly cursor: number,
    /** Whether only the place is asked for, not all data. */
    private readonly isForPlace: boolean,
  ) {
    super(text, format);
  }

  /** Whether all that is asked for is known: the map or list of the cursor is over. */
  protected get isDone(): boolean {
    return this.isForPlace && this.mark !== undefined && this.frames.depth < this.mark.depth;
  }

  protected get isOpen(): boolean {
    return this.mark === undefined && !this.isHidden;
  }

  protected isIn(start: number, end: number): boolean {
    return this.isOpen && start <= this.cursor && this.cursor <= end;
  }

  protected push(kind: "map" | "list", column: number, style: "block" | "flow" | "pair"): Frame {
    const { top } = this.frames;
    const frame = this.frames.push(kind, column, style);
    if (this.mark?.frame === top && this.mark.slot === top.slot && this.mark.wants !== "key") {
      this.mark = { ...this.mark, child: frame };
    }
    return frame;
  }

  /** A tag or an anchor. */
  protected readProperty(): void {
    const start = this.pos;
    const property = /[&!][^\s,[\]{}]*/y;
    property.lastIndex = start;
    const text = property.exec(this.text)![0];
    this.pos = start + text.length;
    const { top } = this.frames;
    if (this.isIn(start + 1, this.pos)) {
      this.mark = markIn(top, "value", { ...this.spot(start, this.pos), isSettled: true });
    }
    if (/^!\w/.test(text)) {
      top.forms = [...top.forms.slice(0, 10), `$${text.slice(1)}`];
    }
  }

  protected spot(start: number, end: number): Pick<Mark, "start" | "end" | "quote" | "line"> {
    return { start, end, quote: "", line: this.text.lastIndexOf("\n", start - 1) + 1 };
  }

  /** Whether a line starts with what is here. */
  protected isFirst(offset: number): boolean {
    return this.skipBlanks(this.lineStart) === offset;
  }
}
