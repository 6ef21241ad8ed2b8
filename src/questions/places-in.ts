import { Tracer } from "../diagnostics/tracer.js";
import type { Places } from "./explanation.js";
import type { View } from "./view.js";

/** The places in what was last read, for explanations of values that are in the texts as they are. */
export function placesIn(view: View): Places {
  return {
    rangeOf: (origin) => view.rangeOf(origin)!,
    tracer: new Tracer(view.lastRead),
  };
}
