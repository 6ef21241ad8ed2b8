import { formArgument } from "../../diagnostics/form-messages.js";
import { unknownValue } from "../../diagnostics/meaning-messages.js";
import type { Data } from "../../model/data.js";
import type { Origin } from "../../model/origin.js";
import { Unreadable, type Value } from "../../model/value.js";
import type { FormContext, ReadData } from "./form-context.js";

/** The value that `!value` names, read where it is written; `origin` is the name's. */
export function toShared(data: Data, origin: Origin, context: FormContext, read: ReadData): Value {
  const { shared, report } = context;
  if (typeof data !== "string") {
    report(formArgument(origin, "$value", "the name of a value"));
    return new Unreadable(origin);
  }
  if (shared === undefined) {
    report(unknownValue(origin, data, []));
    return new Unreadable(origin);
  }
  return shared.read(data, origin, context, read);
}
