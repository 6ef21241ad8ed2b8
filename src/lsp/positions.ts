import { type Position, TextDocument, type TextDocumentContentChangeEvent } from "./protocol.js";

/** In which units an editor counts the characters of a line. */
export type PositionEncoding = "utf-8" | "utf-16";

/** Offsets of a text, in UTF-16 units, as positions of the protocol, and back. */
export class Positions {
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
    const before = this.document.getText({ start: { ...position, character: 0 }, end: position });
    let character = 0;
    for (let at = 0; at < before.length; at++) {
      character += bytesOf(before.charCodeAt(at));
    }
    return { line: position.line, character };
  }

  /** The nearest offset, where the text has no such position. */
  offset(position: Position): number {
    return this.document.offsetAt(this.inUtf16(position));
  }

  inUtf16(position: Position): Position {
    if (this.encoding === "utf-16") {
      return position;
    }
    const { line } = position;
    const text = this.document.getText({
      start: { line, character: 0 },
      end: { line: line + 1, character: 0 },
    });
    let character = 0;
    for (let left = position.character; left > 0 && character < text.length; character++) {
      left -= bytesOf(text.charCodeAt(character));
    }
    return { line, character };
  }
}

/** The document after changes whose positions are counted so. */
export function updateDocument(
  document: TextDocument,
  changes: readonly TextDocumentContentChangeEvent[],
  version: number,
  encoding: PositionEncoding,
): TextDocument {
  return changes.reduce((current, change) => {
    const positions = new Positions(current, encoding);
    const counted = !("range" in change)
      ? change
      : {
          text: change.text,
          range: {
            start: positions.inUtf16(change.range.start),
            end: positions.inUtf16(change.range.end),
          },
        };
    return TextDocument.update(current, [counted], version);
  }, document);
}

/** The bytes that a UTF-16 unit adds to the UTF-8 of a text. */
function bytesOf(unit: number): number {
  if (unit < 0x80) return 1;
  if (unit < 0x800) return 2;
  // Four bytes for the two halves of a pair.
  return unit >= 0xd800 && unit < 0xe000 ? 2 : 3;
}
