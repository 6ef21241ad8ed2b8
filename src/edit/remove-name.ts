import type { Draft } from "./draft.js";
import type { RemoveName } from "./inventory-change.js";
import { unknownName } from "./unknown-name.js";

/** Removes a name from every place; answers what keeps it from being removed. */
export function removeName(draft: Draft, { of, name }: RemoveName): string | undefined {
  const places = draft.places(of, name);
  if (places.length === 0) {
    return unknownName(draft, of, name);
  }
  // From the end, so that the places in front stay where they are.
  for (const { part, path } of [...places].reverse()) {
    draft.change(part, { kind: "removeEntry", path });
  }
  return undefined;
}
