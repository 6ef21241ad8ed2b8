import { didYouMean, nearest } from "../diagnostics/suggest.js";
import type { NameKind } from "../questions/occurrences.js";
import type { Draft } from "./draft.js";

/** `no machine is named 'lapto'; did you mean 'laptop'?` */
export function unknownName(draft: Draft, of: NameKind, name: string): string {
  return `no ${of} is named '${name}'${didYouMean(nearest(name, draft.names(of)))}`;
}
