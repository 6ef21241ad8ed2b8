import { inputFileOf, joinBytes } from "../src/cli/bytes.js";
import type {
  Entry,
  FileStatus,
  FileSystem,
  InputFile,
  OutputFile,
  Permissions,
} from "../src/cli/file-system.js";
import { posixPaths } from "../src/cli/posix-paths.js";
import { SystemError } from "../src/cli/system-error.js";

/** Files in memory, with the paths of POSIX. */
export class MemoryFiles implements FileSystem {
  private readonly root: Folder = { kind: "folder", entries: new Map() };
  private revisions = 0;

  /** Puts a file at an absolute path; a path that ends with `/` is a folder. */
  put(path: string, content: string | Uint8Array = ""): void {
    const folder = this.makeFolder(posixPaths.dirname(path));
    const name = posixPaths.basename(path);
    if (name !== "") {
      const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
      folder.entries.set(name, { ...this.newFile(), bytes });
    }
  }

  /** Puts a link at an absolute path. */
  link(path: string, target: string): void {
    const folder = this.makeFolder(posixPaths.dirname(path));
    folder.entries.set(posixPaths.basename(path), { kind: "link", target });
  }

  /** Puts a device at an absolute path: `write` gets what is written to it. */
  putDevice(path: string, write: (bytes: Uint8Array) => number): void {
    const folder = this.makeFolder(posixPaths.dirname(path));
    folder.entries.set(posixPaths.basename(path), { kind: "device", write });
  }

  text(path: string): string {
    return new TextDecoder().decode(this.fileAt(path).bytes);
  }

  /** Removes a file, a link, or a folder with all that is in it. */
  removeAll(path: string): void {
    const { folder, name } = this.find(path, false);
    folder.entries.delete(name);
  }

  stat(path: string): FileStatus {
    const node = existing(this.find(path, true).node);
    if (node.kind !== "file") {
      return { kind: node.kind === "folder" ? "folder" : "other", size: 0, revision: "" };
    }
    const { bytes, revision, permissions } = node;
    return { kind: "file", size: bytes.length, revision: `${revision}`, permissions };
  }

  list(path: string): readonly Entry[] {
    const { node } = this.find(path, true);
    return [...asFolder(existing(node)).entries].map(([name, { kind }]) => ({
      name,
      kind: kind === "device" ? "other" : kind,
    }));
  }

  realPath(path: string): string {
    const { node, realPath } = this.find(path, true);
    existing(node);
    return realPath;
  }

  readLink(path: string): string {
    const node = existing(this.find(path, false).node);
    if (node.kind !== "link") {
      throw new SystemError("EINVAL");
    }
    return node.target;
  }

  open(path: string): InputFile {
    return inputFileOf(this.fileAt(path).bytes);
  }

  create(path: string): OutputFile {
    const { folder, name, node } = this.find(path, false);
    if (node !== undefined) {
      throw new SystemError("EEXIST");
    }
    const file = this.newFile();
    folder.entries.set(name, file);
    return {
      write: (bytes) => {
        file.bytes = joinBytes([file.bytes, bytes]);
        return bytes.length;
      },
      setPermissions: (permissions) => void (file.permissions = permissions),
      flush: () => {},
      close: () => {},
    };
  }

  openInPlace(path: string): OutputFile {
    const node = existing(this.find(path, true).node);
    if (node.kind !== "device") {
      throw new SystemError(node.kind === "folder" ? "EISDIR" : "EINVAL");
    }
    return { write: node.write, setPermissions: () => {}, flush: () => {}, close: () => {} };
  }

  rename(from: string, to: string): void {
    const source = this.find(from, false);
    const target = this.find(to, false);
    const node = existing(source.node);
    if (target.node?.kind === "folder") {
      throw new SystemError("EISDIR");
    }
    source.folder.entries.delete(source.name);
    target.folder.entries.set(target.name, node);
  }

  remove(path: string): void {
    const { folder, name, node } = this.find(path, false);
    if (existing(node).kind === "folder") {
      throw new SystemError("EPERM");
    }
    folder.entries.delete(name);
  }

  private fileAt(path: string): File {
    const node = existing(this.find(path, true).node);
    if (node.kind !== "file") {
      throw new SystemError(node.kind === "folder" ? "EISDIR" : "ENXIO");
    }
    return node;
  }

  private newFile(): File {
    const permissions = { mode: 0o644, owner: 0, group: 0 };
    return { kind: "file", bytes: new Uint8Array(0), revision: ++this.revisions, permissions };
  }

  private makeFolder(path: string): Folder {
    let folder = this.root;
    for (const name of path.split("/").filter((name) => name !== "")) {
      const node = folder.entries.get(name) ?? { kind: "folder", entries: new Map() };
      folder.entries.set(name, node);
      folder = asFolder(node);
    }
    return folder;
  }

  /** Walks a path name by name, as systems do; the last name need not exist. */
  private find(path: string, followsLast: boolean): Found {
    const found: Step[] = [{ name: "", folder: this.root, node: this.root }];
    let waiting = path.split("/").reverse();
    for (let links = 0; waiting.length > 0; ) {
      const name = waiting.pop()!;
      if (name === "" || name === ".") {
        continue;
      }
      const folder = asFolder(existing(found.at(-1)!.node));
      if (name === "..") {
        found.length = Math.max(1, found.length - 1);
        continue;
      }
      const node = folder.entries.get(name);
      if (node?.kind !== "link" || (waiting.length === 0 && !followsLast)) {
        found.push({ name, folder, node });
        continue;
      }
      if (++links > maxLinks) {
        throw new SystemError("ELOOP");
      }
      if (node.target.startsWith("/")) {
        found.length = 1;
      }
      waiting = [...waiting, ...node.target.split("/").reverse()];
    }
    const names = found.slice(1).map(({ name }) => name);
    return { ...found.at(-1)!, realPath: `/${names.join("/")}` };
  }
}

const maxLinks = 40;

type Node = Folder | File | Link | Device;

interface Folder {
  readonly kind: "folder";
  readonly entries: Map<string, Node>;
}

interface File {
  readonly kind: "file";
  bytes: Uint8Array;
  readonly revision: number;
  permissions: Permissions;
}

interface Link {
  readonly kind: "link";
  readonly target: string;
}

interface Device {
  readonly kind: "device";
  readonly write: (bytes: Uint8Array) => number;
}

/** The last name of a path, the folder that holds it, and what is there. */
interface Step {
  readonly name: string;
  readonly folder: Folder;
  readonly node: Node | undefined;
}

interface Found extends Step {
  readonly realPath: string;
}

function existing(node: Node | undefined): Node {
  if (node === undefined) {
    throw new SystemError("ENOENT");
  }
  return node;
}

function asFolder(node: Node): Folder {
  if (node.kind !== "folder") {
    throw new SystemError("ENOTDIR");
  }
  return node;
}
