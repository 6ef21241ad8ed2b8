import type { CatalogueFile } from "../model/catalogue.js";
import type { DataMap } from "../model/data.js";

/** The catalogue of clan-core's services as of the latest revision, without what only people read. */
export function clanCore(): CatalogueFile;

/** One service of the latest revision, with the words. */
export function clanCoreWords(service: string): DataMap | undefined;

/** Until when the latest revision is known to be the latest, in seconds. */
export const clanCoreUntil: number;

/** The revisions that differ in their services, the latest first, each with the second since when. */
export function clanCoreRevisions(): readonly {
  readonly revision: string;
  readonly since: number;
}[];

/** What the revision after this one had in place of what this one has; `null` where it had nothing. */
export function clanCoreBefore(index: number): {
  readonly services: DataMap;
  readonly moved: DataMap;
};
