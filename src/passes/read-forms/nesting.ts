import type { Report } from "../../diagnostics/diagnostic.js";
import { formNesting } from "../../diagnostics/form-messages.js";
import { nameOfProperty } from "../../model/special-forms.js";
import {
  isProperty,
  type Order,
  Override,
  setEntry,
  Unreadable,
  type Value,
  type ValueMap,
} from "../../model/value.js";

/** Nix takes properties off in one order only: if and merge, then override, then order. */
export function checkNesting(
  outer: Override | Order,
  report: Report,
): Override | Order | Unreadable {
  const inner = outer.content;
  const isLegal = !isProperty(inner) || (outer.kind === "override" && inner.kind === "order");
  if (isLegal) {
    return outer;
  }
  report(formNesting(outer.origin, nameOfProperty(outer), nameOfProperty(inner)));
  return new Unreadable(outer.origin);
}

/** The map in an `Override`, with the priority on its values. */
export function pushPriority({ priority, content, origin }: Override, report: Report): ValueMap {
  const pushed = {};
  for (const [key, value] of Object.entries(content as ValueMap)) {
    setEntry<Value>(
      pushed,
      key,
      checkNesting(new Override(priority, value, origin.at(key)), report),
    );
  }
  return pushed;
}
