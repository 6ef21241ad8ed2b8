import type { Code } from "./codes.js";
import type { Finding, Place, ProposedFix, RelatedPlace } from "./diagnostic.js";

export function error(
  code: Code,
  place: Place,
  message: string,
  more: FindingDetails = {},
): Finding {
  return { code, severity: "error", message, place, related: [], ...more };
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
  hides?: Code;
}
