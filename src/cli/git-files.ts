import { getOrInsertComputed } from "../model/maps.js";
import { inputFileOf } from "./bytes.js";
import type { FileSystem } from "./file-system.js";
import type { Host } from "./host.js";
import { toSlashes } from "./host-paths.js";
import { SystemError } from "./system-error.js";

/**
 * The files of the repository around the working folder as they were at a revision, at the paths that
 * they have in the working tree. They can only be read.
 */
export function filesAtRevision(revision: string, host: Host): FileSystem {
  const { cwd, git, paths } = host;
  if (git === undefined) {
    throw new SystemError("ENOTCAPABLE", "git cannot be run here");
  }
  if (revision.startsWith("-")) {
    throw new SystemError("EINVAL", "the name of a revision does not start with '-'");
  }
  const ask = (...args: readonly string[]) => git(args, cwd);
  const line = (...args: readonly string[]) => host.decode(ask(...args)).replace(/\n$/, "");
  const names = line("rev-parse", "--show-prefix")
    .split("/")
    .filter((name) => name !== "");
  const top = names.reduce((folder) => paths.dirname(folder), cwd);
  const root: GitObject = {
    kind: "folder",
    id: line("rev-parse", "--verify", `${revision}^{tree}`),
  };
  const listings = new Map<string, ReadonlyMap<string, GitObject>>();
  const list = (tree: string) =>
    getOrInsertComputed(listings, tree, () =>
      readListing(host.decode(ask("ls-tree", "-z", "--full-tree", tree))),
    );

  const find = (path: string, links = 0): GitObject => {
    const inside = toSlashes(paths.relative(top, path) ?? "..", paths);
    if (inside === ".git") {
      return { kind: "folder", id: "" };
    }
    const names = inside.split("/").filter((name) => name !== "");
    let entry = root;
    for (const [index, name] of names.entries()) {
      entry = entryOf(entry, name, list);
      if (entry.kind === "link") {
        const folder = paths.resolve(top, names.slice(0, index).join("/"));
        const target = paths.resolve(folder, host.decode(ask("cat-file", "blob", entry.id)));
        return find(paths.resolve(target, names.slice(index + 1).join("/")), countLink(links));
      }
    }
    return entry;
  };
  const folderAt = (path: string) => {
    const { kind, id } = find(path);
    return kind === "folder" ? list(id) : refuse("ENOTDIR");
  };
  const blobAt = (path: string) => {
    const { kind, id } = find(path);
    return kind === "file" ? ask("cat-file", "blob", id) : refuse("EISDIR");
  };
  return {
    stat: (path) => {
      const { kind, id } = find(path);
      return { kind: kind === "link" ? "other" : kind, size: 0, revision: id };
    },
    list: (folder) => [...folderAt(folder)].map(([name, { kind }]) => ({ name, kind })),
    realPath: (path) => {
      find(path);
      return path;
    },
    open: (path) => inputFileOf(blobAt(path)),
    readLink: () => refuse("EINVAL"),
    create: () => refuse("EROFS"),
    openInPlace: () => refuse("EROFS"),
    rename: () => refuse("EROFS"),
    remove: () => refuse("EROFS"),
  };
}

/** An object of git: its kind as a file, and its name. */
interface GitObject {
  readonly kind: "file" | "folder" | "link" | "other";
  readonly id: string;
}

/** What `git ls-tree -z` prints: `mode type id`, a tab, the name, NUL. */
function readListing(text: string): ReadonlyMap<string, GitObject> {
  const entries = [...text.matchAll(/(\d+) (\w+) (\w+)\t([^\0]*)\0/g)];
  return new Map(
    entries.map(([, mode, type, id, name]) => [name!, { kind: kindOf(mode!, type!), id: id! }]),
  );
}

function kindOf(mode: string, type: string): GitObject["kind"] {
  if (mode === "120000") {
    return "link";
  }
  return type === "blob" ? "file" : type === "tree" ? "folder" : "other";
}

function entryOf(
  folder: GitObject,
  name: string,
  list: (tree: string) => ReadonlyMap<string, GitObject>,
): GitObject {
  return (
    (folder.kind === "folder" ? list(folder.id) : refuse("ENOTDIR")).get(name) ?? refuse("ENOENT")
  );
}

const maxLinks = 40;

function countLink(links: number): number {
  return links < maxLinks ? links + 1 : refuse("ELOOP");
}

function refuse(code: string): never {
  throw new SystemError(code);
}
