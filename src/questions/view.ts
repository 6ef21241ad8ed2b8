import type { Diagnostic, Place } from "../diagnostics/diagnostic.js";
import type { Documents } from "../diagnostics/locate.js";
import type { Catalogue } from "../model/catalogue.js";
import type { ResolvedInventory } from "../model/inventory.js";
import type { Range } from "../model/source.js";

/** What the questions of an editor see of an analysis. */
export interface View {
  /** The sources as they are, each with what its text says. */
  readonly documents: Documents;
  /** The same; of a text that says nothing at the moment the source as it was last read. */
  readonly lastRead: Documents;
  /** What is meant by what was last read; absent where there is nothing to go by. */
  readonly inventory: ResolvedInventory | undefined;
  readonly catalogue: Catalogue;
  readonly diagnostics: readonly Diagnostic[];
  /** Where something is in the texts as they are; absent if it is in a line that has changed. */
  rangeOf(place: Place): Range | undefined;
}

/** A place in one of the sources. */
export interface At {
  /** The name of the source. */
  readonly source: string;
  /** Into its text, in UTF-16 units. */
  readonly offset: number;
}
