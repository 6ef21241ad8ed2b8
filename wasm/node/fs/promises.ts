import preopens from "wasi:filesystem/preopens@0.2.12";
import type { Descriptor, DescriptorFlags, OpenFlags } from "wasi:filesystem/types@0.2.12";
import { joined, sequence } from "../../streams.js";
import { Buffer } from "../buffer.js";
import path from "../path.js";
import { refusals } from "../util.js";

const pieceSize = 64 * 1024;
const follow = { symlinkFollow: true };

export async function stat(file: string) {
  const { folder, name } = place(file);
  const { type, size } = ask(() => folder.statAt(follow, name));
  return {
    size,
    mode: undefined,
    isFile: () => type === "regular-file",
    isDirectory: () => type === "directory",
  };
}

export async function access(file: string): Promise<void> {
  await stat(file);
}

export async function readdir(file: string) {
  return using(open_(file, { directory: true }, { read: true }), (folder) => {
    const stream = ask(() => folder.readDirectory());
    const entries = [];
    for (
      let entry = ask(() => stream.readDirectoryEntry());
      entry !== null;
      entry = ask(() => stream.readDirectoryEntry())
    ) {
      const { name, type } = entry;
      entries.push({
        name,
        isDirectory: () => type === "directory",
        isSymbolicLink: () => type === "symbolic-link",
      });
    }
    return entries;
  });
}

export async function readFile(file: string): Promise<Buffer> {
  return Buffer.from(readWhole(file));
}

export async function writeFile(file: string, bytes: Uint8Array): Promise<void> {
  using(open_(file, { create: true, truncate: true }, { write: true }), (target) =>
    writeWhole(target, bytes),
  );
}

export async function readlink(file: string): Promise<string> {
  const { folder, name } = place(file);
  return ask(() => folder.readlinkAt(name));
}

/**
 * The path of something that exists, as seen by the program: links are followed one name after the
 * other.
 */
export async function realpath(file: string): Promise<string> {
  await stat(file);
  let real = "/";
  for (const name of file.split("/")) {
    const next = path.resolve(real, name);
    const link = await readlink(next).catch(() => undefined);
    real = link === undefined ? next : await realpath(path.resolve(real, link));
  }
  return real;
}

export async function rename(from: string, to: string): Promise<void> {
  const [source, target] = [place(from), place(to)];
  ask(() => source.folder.renameAt(source.name, target.folder, target.name));
}

export async function rm(file: string): Promise<void> {
  const { folder, name } = place(file);
  try {
    ask(() => folder.unlinkFileAt(name));
  } catch (error) {
    if ((error as SystemError).code !== "ENOENT") {
      throw error;
    }
  }
}

/** A file that must not exist yet, to write to. */
export async function open(file: string, _: "wx") {
  const target = open_(file, { create: true, exclusive: true }, { write: true });
  return {
    writeFile: async (bytes: Uint8Array) => writeWhole(target, bytes),
    /** WASI knows no modes. */
    chmod: async () => {},
    sync: async () => ask(() => target.sync()),
    close: async () => target[Symbol.dispose](),
  };
}

/** The pieces of a file. What cannot be read is an error when it is read, not before. */
export function readPieces(file: string): AsyncIterable<Uint8Array> {
  let source: Descriptor | undefined;
  let offset = 0;
  const read = () => {
    source ??= open_(file, {}, { read: true });
    const piece = readPiece(source, offset);
    offset += piece.length;
    return piece.length === 0 ? undefined : piece;
  };
  return sequence(read, () => source?.[Symbol.dispose]());
}

function readWhole(file: string): Uint8Array {
  return using(open_(file, {}, { read: true }), (source) => {
    const pieces: Uint8Array[] = [];
    let offset = 0;
    for (
      let piece = readPiece(source, offset);
      piece.length > 0;
      piece = readPiece(source, offset)
    ) {
      pieces.push(piece);
      offset += piece.length;
    }
    return joined(pieces);
  });
}

/** Empty at the end. */
function readPiece(source: Descriptor, offset: number): Uint8Array {
  for (;;) {
    const [piece, isEnd] = ask(() => source.read(pieceSize, offset));
    if (piece.length > 0 || isEnd) {
      return piece;
    }
  }
}

function writeWhole(target: Descriptor, bytes: Uint8Array): void {
  for (let offset = 0; offset < bytes.length; ) {
    offset += ask(() => target.write(bytes.subarray(offset, offset + pieceSize), offset));
  }
}

function open_(file: string, openFlags: OpenFlags, flags: DescriptorFlags): Descriptor {
  const { folder, name } = place(file);
  return ask(() => folder.openAt(follow, name, openFlags, flags));
}

function using<T>(descriptor: Descriptor, use: (descriptor: Descriptor) => T): T {
  try {
    return use(descriptor);
  } finally {
    descriptor[Symbol.dispose]();
  }
}

/** The innermost of the folders given (`--dir`) that holds a file, and the file's path in it. */
function place(file: string): { readonly folder: Descriptor; readonly name: string } {
  const folders = preopens
    .getDirectories()
    .map(([folder, name]) => ({ folder, path: path.resolve("/", name) }));
  const holding = folders.filter(
    (folder) =>
      file === folder.path || file.startsWith(folder.path === "/" ? "/" : `${folder.path}/`),
  );
  const [innermost] = holding.sort((a, b) => b.path.length - a.path.length);
  if (innermost === undefined) {
    throw new SystemError("ENOENT", 0, "no folder that was given with --dir holds it");
  }
  return { folder: innermost.folder, name: path.relative(innermost.path, file) || "." };
}

function ask<T>(question: () => T): T {
  try {
    return question();
  } catch (error) {
    const refusal = refusals[(error as { payload?: string }).payload ?? ""];
    if (refusal === undefined) {
      throw error;
    }
    const [code, errno, message] = refusal;
    throw new SystemError(code, errno, message);
  }
}

class SystemError extends Error {
  constructor(
    readonly code: string,
    readonly errno: number,
    message: string,
  ) {
    super(message);
  }
}
