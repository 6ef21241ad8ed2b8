import { builtInDays, findRevision } from "../catalogue/clan-core-revisions.js";
import { readFlakeLock } from "../catalogue/read-flake-lock.js";
import type { Finding } from "../diagnostics/diagnostic.js";
import { applySeverities } from "../diagnostics/severities.js";
import { type Catalogue, defaultInput } from "../model/catalogue.js";
import type { ClanCoreVersion } from "../model/options.js";
import { findUpward } from "./find-upward.js";
import type { Host } from "./host.js";
import { toSlashes } from "./host-paths.js";
import { kindOf } from "./kind-of.js";
import { type Invocation, valueOf } from "./parse-arguments.js";
import { readSeverities } from "./read-severities.js";
import { readSources } from "./read-sources.js";
import type { Refusal } from "./refusal.js";

export interface ClanCore {
  readonly clanCore?: ClanCoreVersion;
  readonly notes: readonly Finding[];
}

/**
 * The clan-core that `--clan-core` names, or else the `flake.lock` beside the nearest `flake.nix` upward
 * from a folder.
 */
export function findClanCore(
  invocation: Invocation,
  host: Host,
  folder: string,
  services: Catalogue | null | undefined,
): ClanCore | Refusal {
  const version = valueOf(invocation, "clan-core");
  if (version !== undefined) {
    return findRevision(version) === undefined
      ? { problems: [unknownVersion(version)] }
      : { clanCore: { version, from: "--clan-core" }, notes: [] };
  }
  // Nothing is checked against the built-in catalogue.
  if (services === null || services?.inputs.has(defaultInput)) {
    return { notes: [] };
  }
  return readLock(invocation, host, folder);
}

function unknownVersion(version: string): string {
  const [first, last] = builtInDays();
  const days = `those from ${first} to ${last} are: write a day, such as ${last}, or latest`;
  return version === "stable"
    ? `no stable clan-core is built in, only its main branch; ${days}`
    : `no clan-core '${version}' is built in; ${days}`;
}

/** Where the `flake.lock` of the project is that a folder belongs to, if there is one. */
export function findFlakeLock(folder: string, host: Host): string | undefined {
  // A build sees no more of a flake than its lock.
  const project = findUpward("flake.nix", folder, host) ?? findUpward("flake.lock", folder, host);
  return project === undefined ? undefined : host.paths.join(project, "flake.lock");
}

/** What is not there or cannot be read pins nothing. */
function readLock(invocation: Invocation, host: Host, folder: string): ClanCore {
  const { paths, cwd } = host;
  const path = findFlakeLock(folder, host);
  // Reading a pipe would wait for what nobody writes.
  if (path === undefined || kindOf(path, host) !== "file") {
    return { notes: [] };
  }
  const name = toSlashes(paths.relative(cwd, path) ?? path, paths);
  const { sources } = readSources([{ name, path, isStdin: false }], "json", host);
  const [lock] = sources;
  if (lock === undefined) {
    return { notes: [] };
  }
  const { clanCore, findings } = readFlakeLock(lock, valueOf(invocation, "clan-core-input"));
  const { severities } = readSeverities(invocation);
  return {
    ...(clanCore !== undefined && { clanCore }),
    notes: applySeverities(findings, severities),
  };
}
