import type { Data } from "../../model/data.js";
import type { Path } from "../../model/origin.js";
import type { CursorPlace } from "../cursor-place.js";
import { type Frame, pathOf, slotSteps } from "./tolerant-frames.js";

/** Where a tolerant reader met the cursor; what comes behind it may still change what it is. */
export interface Mark {
  readonly wants: CursorPlace["wants"];
  readonly frame: Frame;
  readonly path: Path;
  /** How many maps and lists the frame is in, itself included. */
  readonly depth: number;
  /** The entry or item of the frame that it is in. */
  readonly slot: number;
  readonly start: number;
  readonly end: number;
  readonly quote: Frame["quote"];
  /** Where its line starts. */
  readonly line: number;
  /** Before the word, after the indentation: `- `, or a space. */
  readonly lead?: string;
  /** The column where it belongs in a block; that where it is, unless this is wrong. */
  readonly column?: number;
  readonly commaBefore?: number;
  /** The key or the index that it is itself. */
  readonly own?: string | number;
  readonly hasColon?: boolean;
  readonly needsComma?: boolean;
  /** Whether it is behind a key or a dash, so that nothing can be written above what is below. */
  readonly isOnLine?: boolean;
  /** The map or list below it, once it is met. */
  readonly child?: Frame;
  /** Whether what is behind it can change nothing more. */
  readonly isSettled?: boolean;
}

/** A key in a map, or the value that comes now. */
export function markIn(
  frame: Frame,
  wants: Mark["wants"],
  place: Pick<Mark, "start" | "end" | "quote" | "line"> & Partial<Mark>,
): Mark {
  const path = wants === "key" ? pathOf(frame) : [...pathOf(frame), ...slotSteps(frame)];
  return { ...place, wants, frame, path, depth: depthOf(frame), slot: frame.slot };
}

function depthOf(frame: Frame): number {
  let depth = 0;
  for (let at = frame; at.kind !== "root"; at = at.parent) {
    depth++;
  }
  return depth;
}

/** What the mark says in the end. */
export function placeOf(mark: Mark, text: string, cursor: number): CursorPlace | undefined {
  const { child, wants } = mark;
  if (child !== undefined && mark.isOnLine) {
    return undefined;
  }
  const isItem = child === undefined ? mark.lead === "- " : child.kind === "list";
  const actual = mark.start - mark.line;
  const isInline = wants === "value" && !mark.frame.isFlow;
  const column = child?.column ?? mark.column ?? (isInline ? mark.frame.column : actual);
  const isMoved = wants !== "value" && !mark.frame.isFlow && column !== actual;
  const frame = child ?? mark.frame;
  const lead = isItem ? "- " : child === undefined ? (mark.lead ?? "") : "";
  const isQuoted = mark.quote !== "";
  const found = child?.kind === "map" ? "key" : wants;
  return {
    path: child?.kind === "list" ? [...mark.path, 0] : mark.path,
    wants: found,
    typed: text.slice(mark.start, Math.max(mark.start, cursor)),
    span: { start: isMoved ? mark.line : mark.start, end: mark.end },
    lead: isMoved ? " ".repeat(column) + lead : lead,
    siblings: siblingsIn(frame, child === undefined ? mark.own : undefined, found),
    hasColon: mark.hasColon ?? false,
    ...(mark.commaBefore !== undefined && { commaBefore: mark.commaBefore }),
    needsComma: mark.needsComma ?? false,
    isFlow: mark.frame.isFlow,
    quote: isQuoted ? mark.quote : isLikeJson(frame) ? frame.quote : "",
    isQuoted,
    column,
  };
}

/** Whether the whole text is in brackets. */
function isLikeJson(frame: Frame): boolean {
  let at = frame;
  while (at.parent.kind !== "root") {
    at = at.parent;
  }
  return at.isFlow;
}

function siblingsIn(
  { kind, value }: Frame,
  own: string | number | undefined,
  wants: CursorPlace["wants"],
): readonly string[] {
  if (Array.isArray(value)) {
    const texts = (item: Data, index: number) => typeof item === "string" && index !== own;
    return kind === "list" ? (value.filter(texts) as string[]) : [];
  }
  return wants === "key" ? Object.keys(value).filter((key) => key !== own) : [];
}
