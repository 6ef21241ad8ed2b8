import type { Finding } from "../diagnostics/diagnostic.js";
import { newerClanCore } from "../diagnostics/service-messages.js";
import { defaultInput } from "../model/catalogue.js";
import { type Data, type DataMap, isDataMap, valueAt } from "../model/data.js";
import { type ClanCoreVersion, completeOptions } from "../model/options.js";
import type { Path } from "../model/origin.js";
import type { Source } from "../model/source.js";
import { parse } from "../text/parse.js";
import { builtInDays, findRevision, isNewer, revisionAt } from "./clan-core-revisions.js";

/**
 * The clan-core that a `flake.lock` pins, for the option `clanCore`: the built-in catalogue of its
 * revision, or else of its day. Absent where the lock does not say. A note says that it is newer than
 * what is built in.
 */
export function readFlakeLock(
  source: Source,
  clanCoreInput: string = defaultInput,
): { readonly clanCore?: ClanCoreVersion; readonly findings: readonly Finding[] } {
  const { document } = parse(source, completeOptions({}).limits);
  const lock = document?.value;
  const path = nodeOf(lock, clanCoreInput);
  const node = path === undefined ? undefined : valueAt(lock, path);
  if (path === undefined || !isDataMap(node)) {
    return { findings: [] };
  }
  const { rev, lastModified } = isDataMap(node["locked"]) ? node["locked"] : ({} as DataMap);
  const time = typeof lastModified === "number" ? lastModified : undefined;
  const date = time === undefined ? undefined : new Date(time * 1000).toISOString().slice(0, 10);
  const pinned = typeof rev === "string" ? findRevision(rev) : undefined;
  const from = source.name;
  if (pinned !== undefined) {
    return { clanCore: { version: pinned.revision, from, date }, findings: [] };
  }
  if (time === undefined || Math.abs(time) > latestTime) {
    return { findings: [] };
  }
  if (!isNewer(time)) {
    const { revision: version } = revisionAt(releaseEnd(node["original"], time))!;
    return { clanCore: { version, from, date }, findings: [] };
  }
  const place = document!.locate([...path, "locked", "lastModified"], false);
  const note = newerClanCore({ source, ...place }, date!, builtInDays()[1]);
  return { findings: [note] };
}

/** In seconds; dates beyond the year 9999 have other texts. */
const latestTime = 253402300799;

/** The node of an input of the flake itself; an input may follow one of another. */
function nodeOf(lock: Data | undefined, input: string): Path | undefined {
  const nodes = valueAt(lock, ["nodes"]);
  const root = valueAt(lock, ["root"]);
  let names: readonly Data[] = [input];
  // Each input that is followed takes the place of one of at most as many names as there are.
  for (let left = 100; left > 0; left--) {
    let at: Data | undefined = root;
    let reference: Data | undefined;
    for (const name of names) {
      reference =
        typeof at === "string" && typeof name === "string"
          ? valueAt(nodes, [at, "inputs", name])
          : undefined;
      at = reference;
      if (Array.isArray(reference)) {
        break;
      }
    }
    if (typeof reference === "string") {
      return ["nodes", reference];
    }
    if (!Array.isArray(reference)) {
      return undefined;
    }
    names = reference as readonly Data[];
  }
  return undefined;
}

/** The services of a release are those of the month that it is named after: later ones only mend them. */
function releaseEnd(original: Data | undefined, time: number): number {
  const text = isDataMap(original) ? `${String(original["ref"])} ${String(original["url"])}` : "";
  const [, year, month] = /(?:^|[^\d.])(\d\d)\.(05|11)(?!\d|\.\d)/.exec(text) ?? [];
  const end =
    year === undefined ? time : Date.UTC(2000 + Number(year), Number(month), 1) / 1000 - 1;
  return Math.min(time, end);
}
