import type { Descriptor, DescriptorFlags, OpenFlags } from "wasi:filesystem/types@0.2.12";
import type { Entry, FileSystem, InputFile, OutputFile } from "../src/cli/file-system.js";
import { posixPaths } from "../src/cli/posix-paths.js";
import { SystemError, unlessRefused } from "../src/cli/system-error.js";
import { ask } from "./wasi-errors.js";

/** A folder that was granted, and the path by which it is granted. */
export interface Grant {
  readonly folder: Descriptor;
  readonly path: string;
}

/** The files in the folders that were granted; a path that leaves them is refused. */
export function wasiFiles(grants: readonly Grant[]): FileSystem {
  const find = (path: string) => findGrant(path, grants);
  const open = (path: string, openFlags: OpenFlags, flags: DescriptorFlags) => {
    const { folder, rest } = find(path);
    return ask(() => folder.openAt(follow, rest, openFlags, flags));
  };
  const files: FileSystem = {
    stat: (path) => {
      const { folder, rest } = find(path);
      const { type, size } = ask(() => folder.statAt(follow, rest));
      return { kind: kinds[type] ?? "other", size, revision: "" };
    },
    list: (path) => listEntries(open(path, { directory: true }, { read: true })),
    realPath: (path) => {
      files.stat(path);
      return followLinks(path, files);
    },
    readLink: (path) => {
      const { folder, rest } = find(path);
      return ask(() => folder.readlinkAt(rest));
    },
    open: (path) => inputFile(open(path, {}, { read: true })),
    create: (path) => outputFile(open(path, { create: true, exclusive: true }, { write: true })),
    openInPlace: (path) => outputFile(open(path, { truncate: true }, { write: true })),
    rename: (from, to) => {
      const [source, target] = [find(from), find(to)];
      ask(() => source.folder.renameAt(source.rest, target.folder, target.rest));
    },
    remove: (path) => {
      const { folder, rest } = find(path);
      ask(() => folder.unlinkFileAt(rest));
    },
  };
  return files;
}

const follow = { symlinkFollow: true };

const kinds: { readonly [type: string]: "file" | "folder" } = {
  directory: "folder",
  "regular-file": "file",
};

/** The innermost grant that holds a path, and the rest of the path, whose `..` WASI minds. */
function findGrant(
  path: string,
  grants: readonly Grant[],
): { readonly folder: Descriptor; readonly rest: string } {
  const names = namesIn(path);
  let best: { readonly folder: Descriptor; readonly depth: number } | undefined;
  for (const grant of grants) {
    const outer = namesIn(posixPaths.resolve(".", grant.path));
    const holds =
      posixPaths.isAbsolute(grant.path) === posixPaths.isAbsolute(path) &&
      outer.every((name, at) => name === names[at]) &&
      names[outer.length] !== "..";
    if (holds && (best === undefined || outer.length > best.depth)) {
      best = { folder: grant.folder, depth: outer.length };
    }
  }
  if (best === undefined) {
    throw new SystemError("ENOTCAPABLE");
  }
  return { folder: best.folder, rest: names.slice(best.depth).join("/") || "." };
}

function namesIn(path: string): string[] {
  return path.split("/").filter((name) => name !== "" && name !== ".");
}

/** Follows links one name after the other, in the path of something that exists. */
function followLinks(path: string, files: FileSystem): string {
  let real = posixPaths.isAbsolute(path) ? "/" : ".";
  let waiting = path.split("/").reverse();
  while (waiting.length > 0) {
    const next = posixPaths.resolve(real, waiting.pop()!);
    const link = unlessRefused(() => files.readLink(next), ["EINVAL", "ENOTCAPABLE"]);
    if (link === undefined) {
      real = next;
    } else {
      real = posixPaths.isAbsolute(link) ? "/" : real;
      waiting = [...waiting, ...link.split("/").reverse()];
    }
  }
  return real;
}

function listEntries(folder: Descriptor): Entry[] {
  try {
    const stream = ask(() => folder.readDirectory());
    const entries: Entry[] = [];
    for (;;) {
      const entry = ask(() => stream.readDirectoryEntry());
      if (entry === null) {
        return entries;
      }
      const { name, type } = entry;
      entries.push({ name, kind: type === "symbolic-link" ? "link" : (kinds[type] ?? "other") });
    }
  } finally {
    folder[Symbol.dispose]();
  }
}

function inputFile(source: Descriptor): InputFile {
  let offset = 0;
  return {
    read: (limit) => {
      for (;;) {
        const [piece, isEnd] = ask(() => source.read(limit, offset));
        offset += piece.length;
        if (piece.length > 0 || isEnd) {
          return piece;
        }
      }
    },
    close: () => source[Symbol.dispose](),
  };
}

function outputFile(target: Descriptor): OutputFile {
  const maxWrite = 64 * 1024;
  let offset = 0;
  return {
    write: (bytes) => {
      const length = ask(() => target.write(bytes.subarray(0, maxWrite), offset));
      offset += length;
      return length;
    },
    /** WASI knows no permissions. */
    setPermissions: () => {},
    flush: () => ask(() => target.sync()),
    close: () => target[Symbol.dispose](),
  };
}
