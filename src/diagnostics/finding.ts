import type { Code } from "./codes.js";
import type { Finding, Place, RelatedPlace } from "./diagnostic.js";

export function error(
  code: Code,
  place: Place,
  message: string,
  more: { help?: string; related?: readonly RelatedPlace[] } = {},
): Finding {
  return { code, severity: "error", message, place, related: [], ...more };
}

export function warning(
  code: Code,
  place: Place,
  message: string,
  more: { help?: string; related?: readonly RelatedPlace[] } = {},
): Finding {
  return { ...error(code, place, message, more), severity: "warning" };
}

export function note(
  code: Code,
  place: Place,
  message: string,
  more: { help?: string } = {},
): Finding {
  return { ...error(code, place, message, more), severity: "note" };
}
