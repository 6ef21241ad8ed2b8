import { readCatalogue } from "../catalogue/read-catalogue.js";
import { type Catalogue, uniteCatalogues } from "../model/catalogue.js";
import { fail } from "./fail.js";
import type { Host } from "./host.js";
import { toSlashes } from "./host-paths.js";
import type { Invocation } from "./parse-arguments.js";
import { readSources } from "./read-sources.js";
import { report, reportFindings } from "./report.js";
import { unreadableFinding } from "./unreadable.js";

/**
 * The catalogue that `--services` gives, `null` for `none`, `undefined` without the flag. A mistake
 * in one is reported, and its exit code given.
 */
export function readServices(
  invocation: Invocation,
  host: Host,
): Catalogue | null | undefined | number {
  const given = invocation.flags.get("services");
  if (given === undefined) {
    return undefined;
  }
  if (given.includes("none")) {
    return given.length === 1
      ? null
      : fail(host, ["'--services none' cannot be combined with a catalogue"]);
  }

  const files = given.map((name) => ({
    name: toSlashes(name, host.paths),
    path: host.paths.resolve(host.cwd, name),
    isStdin: false,
  }));
  const { sources, findings, unread } = readSources(files, undefined, host);
  if (unread.length > 0) {
    reportFindings(unread.map(unreadableFinding), invocation, host);
    return 2;
  }
  if (findings.length > 0) {
    return reportFindings(findings, invocation, host);
  }
  const readings = sources.map((source) => ({ source, ...readCatalogue(source) }));
  for (const { source, diagnostics } of readings) {
    if (diagnostics.length > 0) return report(diagnostics, { sources: [source] }, invocation, host);
  }
  return readings.map(({ catalogue }) => catalogue!).reduce(uniteCatalogues);
}
