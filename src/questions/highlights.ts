import { type Reference, references } from "./references.js";
import type { At, View } from "./view.js";

/** The places in the cursor's own source with the name under it. */
export function highlights(view: View, at: At): readonly Reference[] {
  return references(view, at).filter(({ range }) => range.source === at.source);
}
