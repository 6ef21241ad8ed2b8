import { getOrInsertComputed } from "../model/maps.js";
import { type Position, TextDocument } from "./protocol.js";

/** In which units an editor counts the characters of a line. */
export type PositionEncoding = "utf-8" | "utf-16";

/** Of long lines, after how many units the bytes so far are known. */
const step = 1024;

/** Offsets of a text, in UTF-16 units, as positions of the protocol, and back. */
export class Positions {
  /** Of lines that were asked for, the bytes before every {@link step}th unit. */
  private readonly bytes = new Map<number, readonly number[]>();

  constructor(
    private readonly document: TextDocument,
    private readonly encoding: PositionEncoding,
  ) {}

  static of(text: string, encoding: PositionEncoding): Positions {
    return new Positions(TextDocument.create("", "", 0, text), encoding);
  }

  position(offset: number): Position {
    const position = this.document.positionAt(offset);
    if (this.encoding === "utf-16") {
      return position;
    }
    const { line } = position;
    const text = this.line(line);
    const known = Math.floor(position.character / step);
    let character = this.bytesIn(line, text)[known]!;
    for (let at = known * step; at < position.character; at++) {
      character += bytesOf(text.charCodeAt(at));
    }
    return { line, character };
  }

  /** The nearest offset, where the text has no such position. */
  offset(position: Position): number {
    return this.document.offsetAt(this.inUtf16(position));
  }

  private inUtf16(position: Position): Position {
    if (this.encoding === "utf-16") {
      return position;
    }
    const { line } = position;
    const text = this.line(line);
    const bytes = this.bytesIn(line, text);
    const behind = bytes.findIndex((count) => count > position.character);
    const known = Math.max((behind < 0 ? bytes.length : behind) - 1, 0);
    let character = known * step;
    let left = position.character - bytes[known]!;
    for (; left > 0 && character < text.length; character++) {
      left -= bytesOf(text.charCodeAt(character));
    }
    return { line, character };
  }

  private line(line: number): string {
    return this.document.getText({
      start: { line, character: 0 },
      end: { line: line + 1, character: 0 },
    });
  }

  private bytesIn(line: number, text: string): readonly number[] {
    return getOrInsertComputed(this.bytes, line, () => {
      const known = [0];
      let bytes = 0;
      for (let at = 0; at < text.length; at++) {
        bytes += bytesOf(text.charCodeAt(at));
        if ((at + 1) % step === 0) {
          known.push(bytes);
        }
      }
      return known;
    });
  }
}

/** The bytes that a UTF-16 unit adds to the UTF-8 of a text. */
export function bytesOf(unit: number): number {
  if (unit < 0x80) return 1;
  if (unit < 0x800) return 2;
  // Four bytes for the two halves of a pair.
  return unit >= 0xd800 && unit < 0xe000 ? 2 : 3;
}
