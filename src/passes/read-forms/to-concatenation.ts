import { formArgument, notAList } from "../../diagnostics/form-messages.js";
import { type Data, isDataMap } from "../../model/data.js";
import { joinLists } from "../../model/join-lists.js";
import type { Origin } from "../../model/origin.js";
import {
  Concatenation,
  isList,
  ModulesIn,
  Reference,
  Unreadable,
  type Value,
} from "../../model/value.js";
import type { FormContext, ReadData } from "./form-context.js";

/**
 * The lists that `!concat` names as one list, or as what Nix joins. What is no list is reported at
 * its place.
 */
export function toConcatenation(
  data: Data,
  origin: Origin,
  context: FormContext,
  readPart: ReadData,
): Value {
  if (!Array.isArray(data)) {
    context.report(formArgument(origin, "$concat", "a list of lists: [[a, b], [c]]"));
    return new Unreadable(origin);
  }
  const parts: Concatenation["parts"][number][] = [];
  let isBroken = false;
  data.forEach((part: Data, index) => {
    const at = origin.at(index);
    const value = readPart(part, at, context);
    if (isList(value)) {
      parts.push({ kind: "list", items: value, origin: at });
    } else if (value instanceof Concatenation) {
      for (const inner of value.parts) {
        parts.push(inner);
      }
    } else if (value instanceof Reference || value instanceof ModulesIn) {
      parts.push(value);
    } else {
      isBroken = true;
      if (!(value instanceof Unreadable)) {
        context.report(notAList(isDataMap(part) ? at.at(Object.keys(part)[0]!) : at, value));
      }
    }
  });
  return isBroken ? new Unreadable(origin) : joinLists(parts, origin);
}
