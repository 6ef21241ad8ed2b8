import {
  interpolatedReference,
  invalidReference,
  reservedReference,
} from "../../diagnostics/form-messages.js";
import type { Data } from "../../model/data.js";
import type { Origin } from "../../model/origin.js";
import { Reference, Unreadable } from "../../model/value.js";
import type { FormContext } from "./form-context.js";

/** A reference such as `inputs.srvos.nixosModules."my mod"`: names joined by dots. */
export function toReference(
  data: Data,
  origin: Origin,
  { report }: FormContext,
): Reference | Unreadable {
  const names = typeof data === "string" ? splitNames(data) : undefined;
  if (names === undefined) {
    report(invalidReference(origin));
  } else if (reservedNames.includes(names[0]!) || names[0]!.startsWith("__")) {
    report(reservedReference(origin, names[0]!));
  } else if (isInterpolated(data as string)) {
    report(interpolatedReference(origin));
  } else {
    return new Reference(names, origin);
  }
  return new Unreadable(origin);
}

/** Whether a text that is not marked as a reference may be meant as one. */
export function looksLikeReference(text: string): boolean {
  const [first = "", ...rest] = splitNames(text) ?? [];
  return ["self", "inputs"].includes(first) && rest.length > 0 && rest.at(-1) !== "nix";
}

/**
 * Names that cannot be an argument of the output: keywords, and what the output itself needs from
 * Nix, as all names with `__` may be.
 */
const reservedNames = [
  "assert",
  "builtins",
  "else",
  "false",
  "if",
  "in",
  "inherit",
  "let",
  "null",
  "or",
  "rec",
  "then",
  "true",
  "with",
];

/** Whether Nix would find an interpolation: a `${` that is not `\${`, nor `$${`. */
function isInterpolated(text: string): boolean {
  return text.replace(/\$?\\.|\$\$/g, "-").includes("${");
}

const nameInReference = /([a-zA-Z_][a-zA-Z0-9_'-]*)|"((?:[^"\\]|\\["\\$])*)"/y;

function splitNames(text: string): string[] | undefined {
  const names: string[] = [];
  let at = 0;
  while (true) {
    nameInReference.lastIndex = at;
    const match = nameInReference.exec(text);
    if (match === null || (names.length === 0 && match[1] === undefined)) {
      return undefined;
    }
    names.push(match[1] ?? match[2]!.replace(/\\(.)/g, "$1"));
    at = nameInReference.lastIndex;
    if (at === text.length) {
      return names;
    }
    if (text[at++] !== ".") {
      return undefined;
    }
  }
}
