import type { Diagnostic, Place } from "../diagnostics/diagnostic.js";
import type { Documents } from "../diagnostics/locate.js";
import type { Catalogue } from "../model/catalogue.js";
import type { ResolvedInventory } from "../model/inventory.js";
import type { Files } from "../model/options.js";
import type { Range } from "../model/source.js";

/** What the questions of an editor see of an analysis: an `Analysis` is one. */
export interface View {
  /** @internal The sources as they are, each with what its text says. */
  readonly documents: Documents;
  /** @internal The same; of a text that says nothing at the moment the source as it was last read. */
  readonly lastRead: Documents;
  /** @internal What is meant by what was last read; absent where there is nothing to go by. */
  readonly inventory: ResolvedInventory | undefined;
  /** @internal */
  readonly catalogue: Catalogue;
  readonly diagnostics: readonly Diagnostic[];
  /** @internal Shows which files paths may lead to. */
  readonly files: Files;
  /** @internal Where something is in the texts as they are; absent if it is in a line that has changed. */
  rangeOf(place: Place): Range | undefined;
}

/** A place in one of the sources. */
export interface At {
  /** The name of the source. */
  readonly source: string;
  /** Into its text, in UTF-16 units. */
  readonly offset: number;
}
