import {
  closeSync,
  type Dirent,
  fchmodSync,
  fchownSync,
  fsyncSync,
  openSync,
  readdirSync,
  readlinkSync,
  readSync,
  realpathSync,
  renameSync,
  type Stats,
  statSync,
  unlinkSync,
  writeSync,
} from "node:fs";
import { getSystemErrorMap } from "node:util";
import type { FileSystem, InputFile, OutputFile, Reader, Writer } from "./file-system.js";
import { reasonFor, SystemError, unlessRefused } from "./system-error.js";

/** Kept, because Node makes a new map each time that it is asked. */
const systemErrors = getSystemErrorMap();

/** The files of this machine. */
export const nodeFiles: FileSystem = {
  stat: (path) => {
    const stats = ask(() => statSync(path));
    const { size, ino, mtimeMs, ctimeMs, mode, uid, gid } = stats;
    return {
      kind: kindOf(stats),
      size,
      revision: [ino, size, mtimeMs, ctimeMs].join(),
      permissions: { mode: mode & 0o7777, owner: uid, group: gid },
    };
  },
  list: (folder) =>
    ask(() => readdirSync(folder, { withFileTypes: true })).map((entry) => ({
      name: entry.name,
      kind: entry.isSymbolicLink() ? "link" : kindOf(entry),
    })),
  realPath: (path) => ask(() => realpathSync.native(path)),
  readLink: (path) => ask(() => readlinkSync(path)),
  open: (path) => inputFile(ask(() => openSync(path, "r"))),
  create: (path) => outputFile(ask(() => openSync(path, "wx"))),
  openInPlace: (path) => outputFile(ask(() => openSync(path, "w"))),
  rename: (from, to) => ask(() => renameSync(from, to)),
  remove: (path) => ask(() => unlinkSync(path)),
};

/** Reads an open descriptor; waits where nothing has come yet. */
export function readerOf(descriptor: number): Reader {
  return {
    read: (limit) => {
      const piece = new Uint8Array(limit);
      const length = unlessRefused(() => patiently(() => readSync(descriptor, piece)), ["EOF"]);
      return piece.subarray(0, length ?? 0);
    },
  };
}

/** Writes to an open descriptor; waits where it takes nothing yet, as a full pipe may. */
export function writerOf(descriptor: number): Writer {
  return { write: (bytes) => patiently(() => writeSync(descriptor, bytes)) };
}

function inputFile(descriptor: number): InputFile {
  return { ...readerOf(descriptor), close: () => ask(() => closeSync(descriptor)) };
}

function outputFile(descriptor: number): OutputFile {
  return {
    ...writerOf(descriptor),
    setPermissions: ({ mode, owner, group }) => {
      // The owner first, because a new owner takes bits of the mode away.
      const own = (user: number) =>
        unlessRefused(() => ask(() => fchownSync(descriptor, user, group)) ?? true, ["EPERM"]);
      // Only root may give a file away, but everyone to a group of theirs.
      if (own(owner) === undefined) {
        own(keep);
      }
      ask(() => fchmodSync(descriptor, mode));
    },
    flush: () => ask(() => fsyncSync(descriptor)),
    close: () => ask(() => closeSync(descriptor)),
  };
}

/** The user that a file has. */
const keep = -1;

function kindOf(entry: Stats | Dirent): "file" | "folder" | "other" {
  return entry.isFile() ? "file" : entry.isDirectory() ? "folder" : "other";
}

/** A descriptor shared with another program may be set not to block. */
function patiently<T>(work: () => T): T {
  for (;;) {
    const result = unlessRefused(() => ({ value: ask(work) }), ["EAGAIN"]);
    if (result !== undefined) {
      return result.value;
    }
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
  }
}

function ask<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    const { code, errno } = error as NodeJS.ErrnoException;
    // No file has a NUL character in its path: Node does not even ask the system.
    if (code === "ERR_INVALID_ARG_VALUE") {
      throw new SystemError("ENOENT");
    }
    if (code === undefined || errno === undefined) {
      throw error;
    }
    throw new SystemError(code, reasonFor(code, systemErrors.get(errno)?.[1]));
  }
}
