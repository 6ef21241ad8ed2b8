import { closing, readAll, sameBytes, writeAll } from "./bytes.js";
import type { OutputFile, Permissions } from "./file-system.js";
import type { Host } from "./host.js";
import { attempt, SystemError, unlessRefused } from "./system-error.js";

/** What a file holds, or `undefined` where there is none. A device or a pipe may never end. */
export function readTarget(target: string, { files }: Host): Uint8Array | undefined {
  if (unlessRefused(() => files.stat(target), ["ENOENT"])?.kind === "other") {
    throw new SystemError("EINVAL", "not a regular file");
  }
  const file = unlessRefused(() => files.open(target), ["ENOENT"]);
  return file && closing(file, () => readAll(file).bytes);
}

/**
 * Makes `bytes` the whole content of a file, or leaves the file as it was.
 * Whether it had to be written: a file that holds them already is not touched.
 */
export function writeTarget(target: string, bytes: Uint8Array, host: Host): boolean {
  removeLeftovers(host.paths.dirname(target), host);
  const old = unlessRefused(() => host.files.stat(target), ["ENOENT"]);
  if (old !== undefined && old.kind !== "file") {
    // A device or a pipe can be written to, but must not be replaced.
    const file = host.files.openInPlace(target);
    closing(file, () => writeAll(file, bytes));
    return true;
  }
  if (old?.size === bytes.length && sameBytes(readTarget(target, host)!, bytes)) {
    return false;
  }
  host.uninterrupted(() => replace(target, bytes, old?.permissions, host));
  return true;
}

/** Removes the temporary files of runs that were killed before they could do so themselves. */
function removeLeftovers(folder: string, { files, paths, hasEnded }: Host): void {
  // A folder that cannot be listed, or a file that stays, does no harm.
  const entries = attempt(
    () => files.list(folder),
    () => [],
  );
  for (const { name } of entries) {
    const word = /^\.inventory2nix-(.+)\.tmp$/.exec(name)?.[1];
    if (word !== undefined && hasEnded(word)) {
      attempt(
        () => files.remove(paths.join(folder, name)),
        () => {},
      );
    }
  }
}

function replace(
  target: string,
  bytes: Uint8Array,
  permissions: Permissions | undefined,
  { files, paths, uniqueWord }: Host,
): void {
  const temporary = paths.join(paths.dirname(target), `.inventory2nix-${uniqueWord()}.tmp`);
  const file = files.create(temporary);
  try {
    closing(file, () => fill(file, bytes, permissions));
    files.rename(temporary, target);
  } catch (error) {
    // What went wrong before matters more than that this may fail as well.
    attempt(
      () => files.remove(temporary),
      () => {},
    );
    throw error;
  }
}

function fill(file: OutputFile, bytes: Uint8Array, permissions: Permissions | undefined): void {
  writeAll(file, bytes);
  if (permissions !== undefined) {
    file.setPermissions(permissions);
  }
  file.flush();
}
