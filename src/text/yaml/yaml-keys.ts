import type { DataMap } from "../../model/data.js";
import { unholdable } from "../scalars.js";
import { Char, Unsure } from "./yaml-chars.js";
import type { Key } from "./yaml-parts.js";
import type { Values } from "./yaml-values.js";

/** Reads a key on one line; `pos` is left anywhere. */
export function readKey({ scanner, text }: Values, isInFlow: boolean): Key {
  const { pos: start, lineStart, current } = scanner;
  if (current !== Char.DoubleQuote && current !== Char.SingleQuote) {
    if (!scanner.isPlainStart(isInFlow)) {
      throw new Unsure();
    }
    const end = scanner.plainEnd(start, isInFlow);
    return { text: text.slice(start, end), start, end, isPlain: true };
  }
  const quoted = scanner.quoted(-1);
  const isHeld = !scanner.hasEscapes || unholdable(quoted) === undefined;
  if (scanner.lineStart !== lineStart || !isHeld) {
    throw new Unsure();
  }
  return { text: quoted, start, end: scanner.pos, isPlain: false };
}

/** Whether a map has a key of its own. */
export function isSet(map: DataMap, key: string): boolean {
  return map[key] !== undefined && Object.hasOwn(map, key);
}
