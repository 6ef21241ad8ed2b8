import { readCatalogue } from "../catalogue/read-catalogue.js";
import { type Catalogue, uniteCatalogues } from "../model/catalogue.js";
import type { Host } from "./host.js";
import { toSlashes } from "./host-paths.js";
import type { Invocation } from "./parse-arguments.js";
import { readSources } from "./read-sources.js";
import type { Refusal } from "./refusal.js";
import { unreadableFinding } from "./unreadable.js";

/** The catalogue that `--services` gives, `null` for `none`, `undefined` without the flag. */
export function gatherServices(
  invocation: Invocation,
  host: Host,
): Catalogue | null | undefined | Refusal {
  const given = invocation.flags.get("services");
  if (given === undefined) {
    return undefined;
  }
  if (given.includes("none")) {
    return given.length === 1
      ? null
      : { problems: ["'--services none' cannot be combined with a catalogue"] };
  }

  const files = given.map((name) => ({
    name: toSlashes(name, host.paths),
    path: host.paths.resolve(host.cwd, name),
    isStdin: false,
  }));
  const { sources, findings, unread } = readSources(files, undefined, host);
  if (unread.length > 0) {
    return { findings: unread.map(unreadableFinding), isUnread: true };
  }
  if (findings.length > 0) {
    return { findings, isUnread: false };
  }
  const readings = sources.map((source) => ({ source, ...readCatalogue(source) }));
  for (const { source, diagnostics } of readings) {
    if (diagnostics.length > 0) return { diagnostics, source };
  }
  return readings.map(({ catalogue }) => catalogue!).reduce(uniteCatalogues);
}
