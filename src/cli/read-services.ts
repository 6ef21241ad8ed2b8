import path from "node:path";
import { readCatalogue } from "../catalogue/read-catalogue.js";
import { locateOffsets } from "../diagnostics/locate.js";
import { type Catalogue, uniteCatalogues } from "../model/catalogue.js";
import type { Invocation } from "./arguments.js";
import { fail } from "./fail.js";
import { slashed } from "./find-places.js";
import type { Host } from "./host.js";
import { readSources } from "./read-sources.js";
import { report } from "./report.js";

/**
 * What `--services` says: the catalogues given, `null` for none at all. Where one is wrong it says
 * why, and gives the exit code.
 */
export async function readServices(
  invocation: Invocation,
  host: Host,
): Promise<Catalogue | null | undefined | number> {
  const given = invocation.flags.get("services");
  if (given === undefined) {
    return undefined;
  }
  if (given.includes("none")) {
    return given.length === 1 ? null : fail(host, ["'--services none' stands alone"]);
  }

  const files = given.map((name) => ({
    name: slashed(name),
    path: path.resolve(host.cwd, name),
    isStdin: false,
  }));
  const { sources, findings, unread } = await readSources(files, undefined, host);
  if (unread.length > 0) {
    return fail(host, unread);
  }
  if (findings.length > 0) {
    return report(locateOffsets(findings, sources), sources, invocation, host);
  }
  const readings = sources.map((source) => ({ source, ...readCatalogue(source) }));
  for (const { source, diagnostics } of readings) {
    if (diagnostics.length > 0) return report(diagnostics, [source], invocation, host);
  }
  return readings.map(({ catalogue }) => catalogue!).reduce(uniteCatalogues);
}
