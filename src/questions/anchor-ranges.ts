import { formatOf, type Range, type Span } from "../model/source.js";
import { anchorAt } from "../text/anchors.js";
import { lineStart } from "../text/lines.js";
import type { At, View } from "./view.js";

/** Where an anchor is, and the aliases of it. */
export interface AnchorRanges {
  /** The anchor or alias that was asked about. */
  readonly here: Range;
  readonly anchor: Range;
  readonly aliases: readonly Range[];
  /** What is written behind the anchor, if no other has its name. */
  readonly value: string | undefined;
}

/** The anchor under the cursor, or that of the alias there. */
export function anchorRanges(view: View, at: At): AnchorRanges | undefined {
  const source = [...view.documents.keys()].find(({ name }) => name === at.source);
  const anchor =
    source === undefined || formatOf(source) === "json"
      ? undefined
      : anchorAt(source.text, at.offset);
  if (anchor === undefined) {
    return undefined;
  }
  const { value, aliases } = anchor;
  const rangeOf = ({ start, end }: Span) => view.rangeOf({ source: source!, start, end })!;
  const here = [anchor, ...aliases].find(
    ({ start, end }) => start <= at.offset && at.offset <= end,
  )!;
  return {
    here: rangeOf(here),
    anchor: rangeOf(anchor),
    aliases: aliases.map(rangeOf),
    value: value && unindented(source!.text, value),
  };
}

/** A stretch without the indentation that its lines share with the first. */
function unindented(text: string, { start, end }: Span): string {
  const column = start - lineStart(text, start);
  return text.slice(start, end).replaceAll(new RegExp(`\\n {0,${column}}`, "g"), "\n");
}
