import * as glue from "inventory2nix:evaluator/glue@0.1.0";
import { callFunction, getBool, type Handle, makePath } from "inventory2nix:evaluator/nix@0.1.0";
import { inputFileOf } from "../../src/cli/bytes.js";
import type { Entry, FileSystem } from "../../src/cli/file-system.js";
import type { Host } from "../../src/cli/host.js";
import { posixPaths } from "../../src/cli/posix-paths.js";
import { SystemError } from "../../src/cli/system-error.js";
import { decodeUtf8, encodeUtf8 } from "../utf8.js";
import { textName } from "./arguments.js";
import { type Functions, type Request, readText, readTextMap } from "./request.js";

/** Nix as a host: files to read, and messages that are kept. */
export function nixHost({ src, text, project, functions }: Request): Host & { messages(): string } {
  const cwd = project ?? (src === undefined ? "/" : posixPaths.dirname(src));
  const written: string[] = [];
  return {
    cwd,
    env: {},
    files: withText(nixFiles(functions), posixPaths.join(cwd, textName), text),
    paths: posixPaths,
    stdinKind: refuse,
    stderrIsTerminal: false,
    stdin: { read: refuse },
    stdout: { write: refuse },
    stderr: {
      write: (bytes) => {
        written.push(decodeUtf8(bytes));
        return bytes.length;
      },
    },
    decode: decodeUtf8,
    encode: encodeUtf8,
    uniqueWord: refuse,
    hasEnded: refuse,
    uninterrupted: refuse,
    messages: () => written.join(""),
  };
}

/** Files as Nix shows them: what it forbids, it forbids by an error of its own. */
function nixFiles(functions: Functions): FileSystem {
  const { fileSystem, pathExists, readFileType, readDir } = functions;
  const at = (path: string) => makePath(fileSystem, path.slice(1));
  const ask = (question: Handle, path: string) => callFunction(question, Uint32Array.of(at(path)));
  /** What is not there would stop the evaluation. */
  const kindOf = (path: string): Entry["kind"] => {
    if (getBool(ask(pathExists, path)) === 0) {
      throw new SystemError("ENOENT");
    }
    return kinds[readText(ask(readFileType, path))] ?? "other";
  };
  return {
    stat: (path) => {
      const kind = kindOf(path);
      // A link counts as one to a file, because Nix does not say where it leads.
      return { kind: kind === "link" ? "file" : kind, size: 0, revision: "" };
    },
    list: (path) => {
      if (kindOf(path) !== "folder") {
        throw new SystemError("ENOTDIR");
      }
      return Array.from(readTextMap(ask(readDir, path), functions), ([name, type]) => ({
        name,
        kind: kinds[type] ?? "other",
      }));
    },
    open: (path) => {
      if (kindOf(path) === "folder") {
        throw new SystemError("EISDIR");
      }
      return inputFileOf(glue.readFile(at(path)));
    },
    realPath: refuse,
    readLink: refuse,
    create: refuse,
    openInPlace: refuse,
    rename: refuse,
    remove: refuse,
  };
}

const kinds: { readonly [type: string]: Entry["kind"] } = {
  directory: "folder",
  regular: "file",
  symlink: "link",
};

/** `files` and, at `path`, a file with the text, if there is one. */
function withText(files: FileSystem, path: string, text: Uint8Array | undefined): FileSystem {
  if (text === undefined) {
    return files;
  }
  return {
    ...files,
    stat: (other) =>
      other === path ? { kind: "file", size: text.length, revision: "" } : files.stat(other),
    open: (other) => (other === path ? inputFileOf(text) : files.open(other)),
  };
}

function refuse(): never {
  throw new SystemError("EROFS");
}
