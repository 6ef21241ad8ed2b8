/**
 * The files that the command can reach. Every operation either does what it says or throws a
 * `SystemError`, with the same words on every system; relative paths are the host's to forbid.
 */
export interface FileSystem {
  /** What is at a path, links followed. */
  stat(path: string): FileStatus;
  /** What is in a folder, in no particular order. */
  list(folder: string): readonly Entry[];
  /** The path of something that exists, without links and without `..`. */
  realPath(path: string): string;
  /** Where a link leads, as it is written in it. */
  readLink(path: string): string;
  /** Opens a file to read. */
  open(path: string): InputFile;
  /** Creates a file, which must not exist yet. */
  create(path: string): OutputFile;
  /** Opens what must not be replaced, such as a device or a pipe, to write to it. */
  openInPlace(path: string): OutputFile;
  /** Moves a file, in one step, to where another may be. */
  rename(from: string, to: string): void;
  remove(path: string): void;
}

export interface FileStatus {
  readonly kind: "file" | "folder" | "other";
  /** In bytes. */
  readonly size: number;
  /** Another text whenever the file has changed. */
  readonly revision: string;
  /** Absent where files have none. */
  readonly permissions?: Permissions;
}

export interface Permissions {
  readonly mode: number;
  readonly owner: number;
  readonly group: number;
}

export interface Entry {
  readonly name: string;
  /** A link counts as a link, whatever it leads to. */
  readonly kind: "file" | "folder" | "link" | "other";
}

/** Bytes that come one piece after the other. */
export interface Reader {
  /** The next bytes, at most `limit`; none at the end. */
  read(limit: number): Uint8Array;
}

/** Where bytes go, one piece after the other. */
export interface Writer {
  /** Writes at least one of the bytes, in order, and tells how many. */
  write(bytes: Uint8Array): number;
}

export interface InputFile extends Reader {
  close(): void;
}

export interface OutputFile extends Writer {
  /** Gives the file the mode, and as far as the user may, the owner and the group of another. */
  setPermissions(permissions: Permissions): void;
  /** Waits until the disk holds what has been written. */
  flush(): void;
  close(): void;
}
