import { closing, comeNext, readAll, sameBytes, writeAll } from "./bytes.js";
import type { Writer } from "./file-system.js";
import type { Host } from "./host.js";
import { attempt, blaming, SystemError, unlessRefused } from "./system-error.js";

/** What a file holds, or `undefined` where there is none. A device or a pipe may never end. */
export function readTarget(target: string, { files }: Host): Uint8Array | undefined {
  if (unlessRefused(() => files.stat(target), ["ENOENT"])?.kind === "other") {
    throw new SystemError("EINVAL", "not a regular file");
  }
  const file = unlessRefused(() => files.open(target), ["ENOENT"]);
  return file && closing(file, () => readAll(file).bytes);
}

/** What is to become the whole content of a file, which messages call by its name. */
export interface Content {
  readonly name: string;
  readonly target: string;
  readonly pieces: Iterable<Uint8Array>;
}

/**
 * Writes a file whole, or leaves it as it was. Whether it had to be written: a file that holds the
 * bytes already is not touched.
 */
export function writeFile(content: Content, host: Host): boolean {
  const { name, target, pieces } = content;
  return blaming(name, () => {
    const old = unlessRefused(() => host.files.stat(target), ["ENOENT"]);
    if (old !== undefined && old.kind !== "file") {
      // A device or a pipe can be written to, but must not be replaced.
      const file = host.files.openInPlace(target);
      closing(file, () => writePieces(file, pieces));
      return true;
    }
    if (old?.size === sizeOf(pieces) && holds(target, pieces, host)) {
      return false;
    }
    host.uninterrupted(() => {
      removeLeftovers([target], host);
      fill(content, host).replace();
    });
    return true;
  });
}

function writePieces(writer: Writer, pieces: Iterable<Uint8Array>): void {
  for (const piece of pieces) {
    writeAll(writer, piece);
  }
}

function sizeOf(pieces: Iterable<Uint8Array>): number {
  let size = 0;
  for (const { length } of pieces) {
    size += length;
  }
  return size;
}

/** Whether a file starts with these bytes. */
function holds(target: string, pieces: Iterable<Uint8Array>, { files }: Host): boolean {
  const file = unlessRefused(() => files.open(target), ["ENOENT"]);
  if (file === undefined) {
    return false;
  }
  return closing(file, () => {
    for (const piece of pieces) {
      if (!comeNext(file, piece)) return false;
    }
    return true;
  });
}

/**
 * Writes files whole, all or none: the disk holds all that is new before the first old file goes.
 * `before` is what they hold now, `undefined` for a new file. One that holds something else, because
 * somebody else has written it, is not replaced.
 */
export function writeFiles(
  contents: readonly (Content & { readonly before: Uint8Array | undefined })[],
  host: Host,
): void {
  host.uninterrupted(() => {
    removeLeftovers(
      contents.map(({ target }) => target),
      host,
    );
    const undo: (() => void)[] = [];
    try {
      const filled = contents.map((content) => {
        const file = blaming(content.name, () => fill(content, host));
        undo.push(file.discard);
        return file;
      });
      filled.forEach((file, index) => {
        const { name, target, before } = contents[index]!;
        blaming(name, () => {
          mustHold(target, before, host);
          file.replace();
        });
        undo[index] = () =>
          before === undefined
            ? host.files.remove(target)
            : fill({ name, target, pieces: [before] }, host).replace();
      });
    } catch (error) {
      // What went wrong before matters more than that this may fail as well.
      undo.forEach(quietly);
      throw error;
    }
  });
}

function mustHold(target: string, expected: Uint8Array | undefined, host: Host): void {
  const held = readTarget(target, host);
  if (
    held === undefined || expected === undefined ? held !== expected : !sameBytes(held, expected)
  ) {
    throw changedMeanwhile();
  }
}

/** Why a file is not written whose content would be lost. */
export function changedMeanwhile(): SystemError {
  return new SystemError("EBUSY", "not written, because the file has changed meanwhile");
}

/** A temporary file beside the target that is ready to replace it. */
interface Filled {
  readonly replace: () => void;
  readonly discard: () => void;
}

function fill({ target, pieces }: Content, host: Host): Filled {
  const { files, paths } = host;
  const permissions = unlessRefused(() => files.stat(target), ["ENOENT"])?.permissions;
  const { temporary, file } = createTemporary(paths.dirname(target), host);
  const discard = () => files.remove(temporary);
  orElse(discard, () =>
    closing(file, () => {
      writePieces(file, pieces);
      if (permissions !== undefined) {
        file.setPermissions(permissions);
      }
      file.flush();
    }),
  );
  return { replace: () => orElse(discard, () => files.rename(temporary, target)), discard };
}

/** Creates a file in a folder; a run that was killed may have left the name that comes first. */
function createTemporary(folder: string, { files, paths, uniqueWord }: Host) {
  for (let tries = 1; ; tries++) {
    const temporary = paths.join(folder, `.inventory2nix-${uniqueWord()}.tmp`);
    const file = unlessRefused(() => files.create(temporary), tries < maxTries ? ["EEXIST"] : []);
    if (file !== undefined) {
      return { temporary, file };
    }
  }
}

const maxTries = 100;

/** Removes the temporary files of runs that were killed before they could do so themselves. */
function removeLeftovers(targets: readonly string[], { files, paths, hasEnded }: Host): void {
  for (const folder of new Set(targets.map((target) => paths.dirname(target)))) {
    // A folder that cannot be listed, or a file that stays, does no harm.
    const entries = attempt(
      () => files.list(folder),
      () => [],
    );
    for (const { name } of entries) {
      const word = /^\.inventory2nix-(.+)\.tmp$/.exec(name)?.[1];
      if (word !== undefined && hasEnded(word)) {
        quietly(() => files.remove(paths.join(folder, name)));
      }
    }
  }
}

/** Runs `work`; where it fails, cleans up before its error goes on. */
function orElse(cleanUp: () => void, work: () => void): void {
  try {
    work();
  } catch (error) {
    quietly(cleanUp);
    throw error;
  }
}

/** Runs what need not succeed. */
function quietly(work: () => void): void {
  attempt(work, () => {});
}
