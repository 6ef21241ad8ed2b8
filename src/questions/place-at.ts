import type { Document } from "../model/document.js";
import type { Source } from "../model/source.js";
import type { TextPlace } from "../model/written-tree.js";
import { pathAt } from "../text/path-at.js";
import { sharedLines } from "../text/shared-lines.js";
import type { At, View } from "./view.js";

/** What is at a place of a source. */
export interface SourcePlace extends TextPlace {
  readonly source: Source;
}

/**
 * What is under the cursor; `undefined` where there is no such source, or its text has mistakes and
 * the line was not there when it was last read.
 */
export function placeAt({ documents, lastRead }: View, at: At): SourcePlace | undefined {
  const index = [...documents.keys()].findIndex(({ name }) => name === at.source);
  const [source, document] = [...documents][index] ?? [];
  if (source === undefined || at.offset < 0 || at.offset > source.text.length) {
    return undefined;
  }
  if (document !== undefined) {
    const place = placeIn(source, document, at.offset);
    return place && { source, ...place };
  }
  const [earlier, known] = [...lastRead][index]!;
  const shared = sharedLines(earlier.text, source.text);
  const then = shared.toFirst({ start: at.offset, end: at.offset });
  const place = then && placeIn(earlier, known, then.start);
  const span = place && shared.toSecond(place.span);
  return span && { source, ...place, span };
}

/** The same where the cursor touches something that is written, and no comment. */
export function wordAt(view: View, at: At): SourcePlace | undefined {
  const place = placeAt(view, at);
  const { start, end } = place?.span ?? { start: 0, end: 0 };
  return start < end && start <= at.offset && at.offset <= end ? place : undefined;
}

function placeIn(source: Source, document: Document | undefined, offset: number) {
  const tree = document?.tree();
  return tree && pathAt(source.text, tree, offset);
}
