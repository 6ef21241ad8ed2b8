import type { Finding } from "../../diagnostics/diagnostic.js";
import {
  interpolatedReference,
  invalidReference,
  reservedReference,
} from "../../diagnostics/form-messages.js";
import { similarReference } from "../../diagnostics/habit-messages.js";
import { misspelt } from "../../diagnostics/suggest.js";
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
  const problem =
    names === undefined ? invalidReference(origin) : findProblem(names, data as string, origin);
  if (problem !== undefined) {
    report(problem);
    return new Unreadable(origin);
  }
  const misspelling = findMisspelling(names!);
  if (misspelling !== undefined) {
    const { name, near } = misspelling;
    report(similarReference(origin, name, near, (data as string).replace(name, near)));
  }
  return new Reference(names!, origin);
}

/** A name that is most likely a typo of `self` or `inputs`. */
export function findMisspelling([first, second]: readonly string[]):
  | { readonly name: string; readonly near: string }
  | undefined {
  const known = ["self", "inputs"];
  if (first !== undefined && !known.includes(first)) {
    const near = misspelt(first, known);
    return near === undefined ? undefined : { name: first, near };
  }
  const near = first === "inputs" && second !== undefined ? misspelt(second, ["self"]) : undefined;
  return near === undefined ? undefined : { name: second!, near };
}

/** What keeps names, as they are written, from being a reference. */
export function findProblem(
  names: readonly string[],
  written: string,
  origin: Origin,
): Finding | undefined {
  const [first] = names;
  if (reservedNames.includes(first!) || first!.startsWith("__")) {
    return reservedReference(origin, first!);
  }
  return isInterpolated(written) ? interpolatedReference(origin) : undefined;
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

function splitNames(text: string): readonly string[] | undefined {
  const { names, end } = namesFrom(text, 0) ?? {};
  return end === text.length ? names : undefined;
}

/** The names joined by dots that start at an offset, and where they end. */
export function namesFrom(
  text: string,
  start: number,
): { readonly names: readonly string[]; readonly end: number } | undefined {
  const names: string[] = [];
  for (let at = start; ; at++) {
    nameInReference.lastIndex = at;
    const match = nameInReference.exec(text);
    if (match === null || (names.length === 0 && match[1] === undefined)) {
      return undefined;
    }
    names.push(match[1] ?? match[2]!.replace(/\\(.)/gs, "$1"));
    at = nameInReference.lastIndex;
    if (text[at] !== ".") {
      return { names, end: at };
    }
  }
}
