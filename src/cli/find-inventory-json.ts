import { findUpward } from "./find-upward.js";
import type { Host } from "./host.js";
import { toSlashes } from "./host-paths.js";
import { folderOf, kindOf } from "./kind-of.js";
import { type Invocation, valueOf } from "./parse-arguments.js";
import type { Place } from "./place.js";

/**
 * The `inventory.json` that Clan reads by itself beside the flake of an inventory, a file or a folder,
 * unless it is one of the inventory's own files, `read`.
 */
export function findInventoryJson(
  invocation: Invocation,
  host: Host,
  inventory: string,
  read: ReadonlySet<string>,
): Place | undefined {
  const { cwd, paths } = host;
  if (invocation.flags.has("no-inventory-json")) {
    return undefined;
  }
  const given = valueOf(invocation, "inventory-json");
  const flake =
    given === undefined ? findUpward("flake.nix", folderOf(inventory, host), host) : undefined;
  const path =
    given !== undefined ? paths.resolve(cwd, given) : flake && paths.join(flake, "inventory.json");
  if (path === undefined || read.has(path)) {
    return undefined;
  }
  const isThere = given !== undefined || kindOf(path, host) === "file";
  const name = given ?? paths.relative(cwd, path) ?? path;
  return isThere ? { name: toSlashes(name, paths), path, isStdin: false } : undefined;
}
