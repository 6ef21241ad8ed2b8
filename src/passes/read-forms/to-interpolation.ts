import {
  formArgument,
  idleInterpolation,
  interpolatedCode,
  unclosedInterpolation,
} from "../../diagnostics/form-messages.js";
import { similarReference } from "../../diagnostics/habit-messages.js";
import type { Data } from "../../model/data.js";
import type { Origin } from "../../model/origin.js";
import { Interpolation, Reference, Unreadable } from "../../model/value.js";
import type { FormContext } from "./form-context.js";
import { findMisspelling, findProblem, namesFrom } from "./to-reference.js";

/** A text in which `${self.domain}` is a reference, and `$${` stands for `${`. */
export function toInterpolation(
  data: Data,
  origin: Origin,
  { report }: FormContext,
): string | Interpolation | Unreadable {
  if (typeof data !== "string") {
    report(formArgument(origin, "$interpolate", "a string"));
    return new Unreadable(origin);
  }
  if (!data.includes("${") && /[${]|\b(?:self|inputs)\./.test(data)) {
    // Of the value, which is the text from here on, nothing else is said.
    report(idleInterpolation(origin.parent));
  }
  const parts: (string | Reference)[] = [];
  let text = "";
  let at = 0;
  for (const { index, 0: sign } of data.matchAll(/\$?\$\{/g)) {
    if (index < at) {
      continue;
    }
    text += data.slice(at, index);
    at = index + sign.length;
    if (sign === "$${") {
      text += "${";
      continue;
    }
    const { names, end } = namesFrom(data, at) ?? {};
    if (names === undefined || data[end!] !== "}") {
      report(
        data.includes("}", at)
          ? interpolatedCode(origin, data.slice(index, data.indexOf("}", at) + 1))
          : unclosedInterpolation(origin),
      );
      return new Unreadable(origin);
    }
    const problem = findProblem(names, data.slice(at, end), origin);
    if (problem !== undefined) {
      report(problem);
      return new Unreadable(origin);
    }
    const misspelling = findMisspelling(names);
    if (misspelling !== undefined) {
      const { name, near } = misspelling;
      const corrected = data.slice(0, at) + data.slice(at).replace(name, near);
      report(similarReference(origin, name, near, corrected));
    }
    parts.push(text, new Reference(names, origin));
    text = "";
    at = end! + 1;
  }
  parts.push(text + data.slice(at));
  return parts.length === 1
    ? (parts[0] as string)
    : new Interpolation(
        parts.filter((part) => part !== ""),
        origin,
      );
}
