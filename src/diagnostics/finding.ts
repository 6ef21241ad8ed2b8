import { Origin, type Path } from "../model/origin.js";
import { spaceLookalikes } from "../model/space-lookalikes.js";
import type { Code } from "./codes.js";
import type { Finding, Place, ProposedFix, RelatedPlace } from "./diagnostic.js";
import { clipped, codePoint } from "./words.js";

/** An error. What is longer than anyone reads is cut: messages, helps, and lists of places. */
export function error(
  code: Code,
  place: Place,
  message: string,
  { help, related = [], fixes = [], hides, outranks }: FindingDetails = {},
): Finding {
  const hidden = related.length - maxRelated;
  return {
    code,
    severity: "error",
    message: `${visible(clipped(message, maxMessage))}${hidden > 0 ? ` (and in ${hidden} more places)` : ""}`,
    place,
    related: hidden > 0 ? related.slice(0, maxRelated) : related,
    ...(help !== undefined && { help: clipped(help, maxMessage) }),
    ...(fixes.length > 0 && { fixes }),
    ...(hides !== undefined && { hides }),
    ...(outranks !== undefined && { outranks }),
  };
}

const maxMessage = 1000;
const maxRelated = 20;

export function warning(
  code: Code,
  place: Place,
  message: string,
  more: FindingDetails = {},
): Finding {
  return { ...error(code, place, message, more), severity: "warning" };
}

export function note(
  code: Code,
  place: Place,
  message: string,
  more: FindingDetails = {},
): Finding {
  return { ...error(code, place, message, more), severity: "note" };
}

/** What findings about one place share; none where that is a stretch of text. */
export function addressOf(place: Place): string | undefined {
  return place instanceof Origin ? place.address : undefined;
}

export interface FindingDetails {
  help?: string;
  related?: readonly RelatedPlace[];
  fixes?: readonly ProposedFix[];
  outranks?: readonly Code[];
  hides?: readonly Path[];
}

/** Shows the characters that only look like spaces, or like nothing. */
function visible(message: string): string {
  return message.replace(lookalikes, (character) => `<${codePoint(character)}>`);
}

const lookalikes = new RegExp(`[${spaceLookalikes}\\ufeff]`, "g");
