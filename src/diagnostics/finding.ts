import type { Path } from "../model/origin.js";
import type { Code } from "./codes.js";
import type { Finding, Place, ProposedFix, RelatedPlace } from "./diagnostic.js";

export function error(
  code: Code,
  place: Place,
  message: string,
  more: FindingDetails = {},
): Finding {
  return { code, severity: "error", message: visible(message), place, related: [], ...more };
}

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

export interface FindingDetails {
  help?: string;
  related?: readonly RelatedPlace[];
  fixes?: readonly ProposedFix[];
  hides?: readonly Path[];
}

/** Shows the characters that only look like spaces, or like nothing. */
function visible(message: string): string {
  return message.replace(
    /[\u00a0\u1680\u2000-\u200b\u202f\u205f\u3000\ufeff]/g,
    (character) => `<U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}>`,
  );
}
