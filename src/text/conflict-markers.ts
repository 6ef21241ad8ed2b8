import { maxErrors } from "../diagnostics/budget.js";
import type { Finding } from "../diagnostics/diagnostic.js";
import { mergeConflict } from "../diagnostics/text-messages.js";
import type { Source, Span } from "../model/source.js";

/** What starts a line that Git, and others, leave in a text that they could not merge. */
const markers = /^([<=>|])\1{6}(?=[ \r\n]|$)[^\r\n]*/gm;

interface Marker extends Span {
  readonly sign: string;
}

/**
 * The merge conflicts in a text, each once, and the markers that are left of one. Without a conflict
 * that starts, markers are looked for only in a text that `isBroken`: what is in brackets may have
 * such lines.
 */
export function findConflicts(source: Source, isBroken: boolean): readonly Finding[] {
  const { text } = source;
  if (!isBroken && !/^<{7}(?:[ \r\n]|$)/m.test(text)) {
    return [];
  }
  return conflictsIn(text)
    .slice(0, maxErrors)
    .map((conflict) => {
      const [first, ...others] = conflict.map((marker) => ({ ...marker, source }));
      const isWhole = ["<", "=", ">"].every((sign) =>
        conflict.some((marker) => marker.sign === sign),
      );
      return isWhole
        ? mergeConflict(first!, others)
        : mergeConflict(
            first!,
            others,
            conflict.map((marker) => lineOf(text, marker)),
          );
    });
}

/** The markers of each conflict. */
function conflictsIn(text: string): readonly (readonly Marker[])[] {
  const conflicts: Marker[][] = [];
  let last = ">";
  for (const { 0: found, 1: sign = "", index: start } of text.matchAll(markers)) {
    if (last === ">" || sign === "<") {
      conflicts.push([]);
    }
    conflicts.at(-1)!.push({ sign, start, end: start + found.length });
    last = sign;
  }
  return conflicts;
}

function lineOf(text: string, { start, end }: Span): Span {
  const newline = text.indexOf("\n", end);
  return { start, end: newline < 0 ? text.length : newline + 1 };
}
