import { Tracer } from "../diagnostics/tracer.js";
import type { Places } from "./explanation.js";
import type { View } from "./view.js";

/** How explanations find places; there is no range in a line that has changed since it was read. */
export function placesIn(view: View): Places {
  return { tracer: new Tracer(view.lastRead), rangeOf: (origin) => view.rangeOf(origin)! };
}
