import {
  clanCore,
  clanCoreBefore,
  clanCoreRevisions,
  clanCoreUntil,
} from "../generated/clan-core.js";
import type { CatalogueFile } from "../model/catalogue.js";
import type { Data, DataMap } from "../model/data.js";

/** A revision whose services are built in. */
export interface BuiltInRevision {
  /** How many later ones differ from it. */
  readonly index: number;
  readonly revision: string;
  /** The day that a catalogue of it is from, as `2026-08-22`. */
  readonly date: string;
}

/**
 * The revision that `latest`, a day, or the first digits of a revision mean; `undefined` where none of
 * those that are built in does.
 */
export function findRevision(version: string): BuiltInRevision | undefined {
  const revisions = clanCoreRevisions();
  if (version === "latest") {
    return builtIn(0, clanCoreUntil);
  }
  if (/^\d{4}-\d\d-\d\d$/.test(version)) {
    return revisionAt(Date.parse(`${version}T23:59:59Z`) / 1000);
  }
  const index = revisions.findIndex(({ revision }) => revision.startsWith(version));
  return index === -1 || version.length < 7
    ? undefined
    : builtIn(index, index === 0 ? clanCoreUntil : revisions[index]!.since);
}

/** The services as of a time, in seconds; of the earliest or latest revision where it is before or after. */
export function revisionAt(time: number): BuiltInRevision | undefined {
  const revisions = clanCoreRevisions();
  const index = revisions.findIndex(({ since }) => since <= time);
  const last = revisions.length - 1;
  return Number.isNaN(time)
    ? undefined
    : index === -1
      ? builtIn(last, revisions[last]!.since)
      : builtIn(index, Math.min(time, clanCoreUntil));
}

/** Whether a revision of this time may have services that are not built in. */
export function isNewer(time: number): boolean {
  return time > clanCoreUntil;
}

/** The days of the first and the last revision. */
export function builtInDays(): readonly [first: string, last: string] {
  return [dayOf(clanCoreRevisions().at(-1)!.since), dayOf(clanCoreUntil)];
}

/** The catalogue of a revision: the latest, and step by step what the ones before had instead. */
export function catalogueOf({ index, revision, date }: BuiltInRevision): CatalogueFile {
  const latest = clanCore();
  if (index === 0) {
    return latest;
  }
  const services = new Map(Object.entries(latest.services));
  const moved = new Map(Object.entries(latest["moved"] as DataMap));
  for (let step = 0; step < index; step++) {
    const before = clanCoreBefore(step);
    replace(services, before.services);
    replace(moved, before.moved);
  }
  return {
    source: latest.source,
    revision,
    date,
    services: Object.fromEntries(services),
    moved: Object.fromEntries(moved),
  };
}

function replace(entries: Map<string, Data>, changes: DataMap): void {
  for (const [name, before] of Object.entries(changes)) {
    if (before === null) {
      entries.delete(name);
    } else {
      entries.set(name, before);
    }
  }
}

function builtIn(index: number, time: number): BuiltInRevision {
  return { index, revision: clanCoreRevisions()[index]!.revision, date: dayOf(time) };
}

function dayOf(time: number): string {
  return new Date(time * 1000).toISOString().slice(0, 10);
}
