import { nearest } from "../diagnostics/suggest.js";
import { sortedNames } from "../model/name-order.js";
import { commands } from "./command-table.js";
import type { Entry, FileStatus } from "./file-system.js";
import { findInventoryJson } from "./find-inventory-json.js";
import { findMachines, type MachineFolders } from "./find-machines.js";
import type { Host } from "./host.js";
import { toSlashes } from "./host-paths.js";
import { kindOf } from "./kind-of.js";
import { type Invocation, valueOf } from "./parse-arguments.js";
import type { Place } from "./place.js";
import { attempt, reasonFor, SystemError, unlessRefused } from "./system-error.js";
import type { Unreadable } from "./unreadable.js";

/** Where the input of a command is. */
export interface Places {
  readonly files: readonly Place[];
  /** What Clan reads itself. */
  readonly inventoryJson: Place | undefined;
  readonly machines: MachineFolders;
  /** What could not be found. */
  readonly problems: readonly Unreadable[];
  /** Folders with files that are not read, by the path of the first file beside them that is. */
  readonly skipped: ReadonlyMap<string, readonly string[]>;
}

/** What standard input is called unless the user names it. */
export const unnamedInput = "<stdin>";

/**
 * Finds the files that an inventory's names mean, those in folders included, and the known machines.
 */
export function findPlaces(names: readonly string[], invocation: Invocation, host: Host): Places {
  const { cwd, paths } = host;
  const problems: Unreadable[] = [];
  const files = new Map<string, Place>();
  const skipped = new Map<string, readonly string[]>();
  const stdinName = valueOf(invocation, "stdin-filename") ?? unnamedInput;
  for (const name of names) {
    const written = name === "-" ? stdinName : name;
    const place = { name: toSlashes(written, paths), path: paths.resolve(cwd, written) };
    const found = attempt(
      () => (name === "-" ? { files: [{ ...place, isStdin: true }] } : lookAt(place, host)),
      ({ message }) => void problems.push({ ...place, why: message }),
    );
    if (found?.skipped !== undefined) {
      skipped.set(found.files[0]!.path, found.skipped);
    }
    for (const file of found?.files ?? []) {
      // Under the name of a file, standard input takes its place.
      if (file.isStdin || !files.has(file.path)) files.set(file.path, file);
    }
  }
  const [operand = "-"] = names;
  const start = paths.resolve(cwd, operand === "-" ? stdinName : operand);
  const [first, ...others] = files.values();
  for (const { name, path } of others) {
    if (paths.isAbsolute(path) !== paths.isAbsolute(first!.path)) {
      const why = `no folder is known that holds this file and '${first!.name}'`;
      problems.push({ name, path, why });
    }
  }
  return {
    files: [...files.values()],
    inventoryJson: findInventoryJson(invocation, host, start, new Set(files.keys())),
    machines: findMachines(invocation, host, start, problems),
    problems,
    skipped: withoutRead(skipped, files, host),
  };
}

/** The file, or those in a folder with the folders in it that are not read. */
function lookAt(
  { name, path }: Omit<Place, "isStdin">,
  host: Host,
): { readonly files: readonly Place[]; readonly skipped?: readonly string[] } {
  const { files, paths } = host;
  const file = { name, path, isStdin: false };
  const status = unlessRefused(() => files.stat(path), ["ENOENT"]);
  if (status === undefined) {
    throw new SystemError("ENOENT", `${reasonFor("ENOENT")}${commandHint(name)}`);
  }
  if (status.kind !== "folder") {
    return { files: [file] };
  }
  const entries = listNames(path, host, (name, kind) => kind === "file" && isInventory(name));
  if (entries.length === 0) {
    throw new SystemError("ENOENT", "this folder has no .yaml, .yml or .json file");
  }
  const inside = entries.map((entry) => ({
    ...file,
    name: `${name.replace(/\/+$/, "")}/${entry}`,
    path: paths.join(path, entry),
  }));
  return { files: inside, skipped: foldersIn({ name, path }, host) };
}

/** The folders in a folder that have files like those of an inventory. */
function foldersIn({ name, path }: Omit<Place, "isStdin">, host: Host): readonly string[] {
  const holdsFiles = (folder: string) =>
    attempt(
      () =>
        listNames(folder, host, (entry, kind) => kind === "file" && isInventory(entry)).length > 0,
      () => false,
    );
  return listNames(path, host, (entry, kind) => kind === "folder" && entry !== "machines")
    .filter((entry) => holdsFiles(host.paths.join(path, entry)))
    .map((entry) => `${name.replace(/\/+$/, "")}/${entry}`);
}

/** Those folders of which no file is read. */
function withoutRead(
  skipped: ReadonlyMap<string, readonly string[]>,
  files: ReadonlyMap<string, Place>,
  { cwd, paths }: Host,
): ReadonlyMap<string, readonly string[]> {
  const read = new Set([...files.keys()].map((path) => paths.dirname(path)));
  const left = [...skipped].map(
    ([path, folders]) =>
      [path, folders.filter((folder) => !read.has(paths.resolve(cwd, folder)))] as const,
  );
  return new Map(left.filter(([, folders]) => folders.length > 0));
}

function isInventory(name: string): boolean {
  return /\.(yaml|yml|json)$/.test(name);
}

/** Names in a folder, sorted by byte, without hidden ones; a link counts as what it leads to. */
function listNames(
  folder: string,
  host: Host,
  isWanted: (name: string, kind: FileStatus["kind"]) => boolean,
): string[] {
  const wanted = host.files
    .list(folder)
    .filter(({ name }) => !name.startsWith("."))
    .filter((entry) => isWanted(entry.name, kindIn(folder, entry, host)));
  return sortedNames(wanted.map(({ name }) => name));
}

/** The kind of an entry; a link that leads nowhere is said to be missing once it is read. */
function kindIn(folder: string, { name, kind }: Entry, host: Host): FileStatus["kind"] {
  return kind === "link" ? (kindOf(host.paths.join(folder, name), host) ?? "file") : kind;
}

function commandHint(operand: string): string {
  const [command] = nearest(operand, Object.keys(commands));
  return command === undefined ? "" : `; did you mean the command '${command}'?`;
}
