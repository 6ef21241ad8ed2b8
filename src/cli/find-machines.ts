import { sortedNames } from "../model/name-order.js";
import { findUpward } from "./find-upward.js";
import type { Host } from "./host.js";
import { toSlashes } from "./host-paths.js";
import { folderOf } from "./kind-of.js";
import { type Invocation, valueOf } from "./parse-arguments.js";
import { absence, attempt, unlessRefused } from "./system-error.js";
import type { Unreadable } from "./unreadable.js";

/** The machines that have a folder of their own, and where that was looked for. */
export interface MachineFolders {
  /** As the user sees it; absent where nobody looked. */
  readonly folder?: string;
  /** `undefined` where there is no such folder. */
  readonly names: readonly string[] | undefined;
}

/**
 * Looks into `machines/` of the project, as Clan does: folders only, no links. What cannot be read is
 * added to `problems`.
 */
export function findMachines(
  invocation: Invocation,
  host: Host,
  inventory: string,
  problems: Unreadable[],
): MachineFolders {
  const { paths, cwd } = host;
  const given = valueOf(invocation, "machines-dir");
  if (invocation.flags.has("no-machines-dir")) {
    return { names: undefined };
  }
  const path =
    given === undefined
      ? paths.join(projectOf(inventory, host), "machines")
      : paths.resolve(cwd, given);
  const folder = given ?? (toSlashes(paths.relative(cwd, path) ?? path, paths) || ".");
  const list = () => listFolders(path, host);
  const names = attempt(
    () => (given === undefined ? unlessRefused(list, absence) : list()),
    ({ message }) => void problems.push({ name: folder, path, why: message }),
  );
  return { folder, names };
}

/**
 * The folder of the nearest `flake.nix` upward from an inventory, a file or a folder; else of the
 * nearest `.git`; else the one that holds the inventory. The functions in `nix/` look there, too.
 */
function projectOf(inventory: string, host: Host): string {
  const start = folderOf(inventory, host);
  return (
    findUpward("flake.nix", start, host) ??
    findUpward(".git", start, host) ??
    host.paths.dirname(inventory)
  );
}

function listFolders(folder: string, { files }: Host): readonly string[] {
  const folders = files.list(folder).filter(({ kind }) => kind === "folder");
  return sortedNames(folders.map(({ name }) => name));
}
