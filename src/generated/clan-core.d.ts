import type { CatalogueFile } from "../model/catalogue.js";

/** The catalogue of clan-core's services that this version has built in. */
export function clanCore(): CatalogueFile;
