import { readdir, stat } from "node:fs/promises";
import path from "node:path";
import { nearest } from "../diagnostics/suggest.js";
import { compareNames } from "../model/name-order.js";
import { type Invocation, valueOf } from "./arguments.js";
import { commands } from "./command-table.js";
import { reason } from "./fail.js";
import type { Host } from "./host.js";

/** Where the input of a command is. */
export interface Places {
  readonly files: readonly Place[];
  /** The machines that have a folder of their own. */
  readonly machines: readonly string[];
  /** What could not be found, in the words that the user gets. */
  readonly problems: readonly string[];
}

/** A source before it is read. */
export interface Place {
  /** As the user wrote it. */
  readonly name: string;
  /** Absolute; standard input stands as if in the working folder. */
  readonly path: string;
  readonly isStdin: boolean;
}

/**
 * Finds the files that the operands name, a folder standing for those in it, and the folder of
 * machines.
 */
export async function findPlaces(invocation: Invocation, host: Host): Promise<Places> {
  const problems: string[] = [];
  const files = new Map<string, Place>();
  for (const operand of invocation.operands.length > 0 ? invocation.operands : ["-"]) {
    try {
      const found = await filesOf(operand, host);
      if (found.length === 0) {
        problems.push(`${operand}: this folder holds no .yaml, .yml or .json file`);
      }
      for (const file of found) {
        if (!files.has(file.path)) files.set(file.path, file);
      }
    } catch (error) {
      problems.push(`${operand}: ${reason(error)}${commandHint(operand)}`);
    }
  }
  const [first] = files.values();
  return {
    files: [...files.values()],
    machines: await machinesOf(invocation, host, first, problems),
    problems,
  };
}

async function filesOf(operand: string, host: Host): Promise<Place[]> {
  if (operand === "-") {
    return [{ name: "<stdin>", path: path.join(host.cwd, "<stdin>"), isStdin: true }];
  }
  const place = path.resolve(host.cwd, operand);
  const file = { name: slashed(operand), path: place, isStdin: false };
  if (!(await stat(place)).isDirectory()) {
    return [file];
  }
  const names = await entries(
    place,
    (name, isFolder) => !isFolder && /\.(yaml|yml|json)$/.test(name),
  );
  return names.map((name) => ({
    ...file,
    name: `${file.name.replace(/\/+$/, "")}/${name}`,
    path: path.join(place, name),
  }));
}

async function machinesOf(
  invocation: Invocation,
  host: Host,
  first: Place | undefined,
  problems: string[],
): Promise<readonly string[]> {
  const given = valueOf(invocation, "machines-dir");
  const folder = given ?? (first && path.join(path.dirname(first.path), "machines"));
  if (folder === undefined || invocation.flags.has("no-machines-dir")) {
    return [];
  }
  try {
    return await entries(path.resolve(host.cwd, folder), (_, isFolder) => isFolder);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const isAbsent = code === "ENOENT" || code === "ENOTDIR";
    if (given !== undefined || !isAbsent) {
      problems.push(`${folder}: ${reason(error)}`);
    }
    return [];
  }
}

/** Names in a folder, sorted by byte; links count as what they lead to, hidden ones not at all. */
async function entries(
  folder: string,
  wanted: (name: string, isFolder: boolean) => boolean,
): Promise<string[]> {
  const names: string[] = [];
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (entry.name.startsWith(".")) {
      continue;
    }
    const isFolder =
      entry.isDirectory() ||
      (entry.isSymbolicLink() && (await isFolderBehind(path.join(folder, entry.name))));
    if (wanted(entry.name, isFolder)) {
      names.push(entry.name);
    }
  }
  return names.sort(compareNames);
}

async function isFolderBehind(link: string): Promise<boolean> {
  return stat(link).then(
    (target) => target.isDirectory(),
    () => false,
  );
}

/** Source names have `/` on every system. */
export function slashed(file: string): string {
  return path.sep === "/" ? file : file.replaceAll(path.sep, "/");
}

function commandHint(operand: string): string {
  const [command] = nearest(operand, Object.keys(commands));
  return command === undefined ? "" : `; did you mean the command '${command}'?`;
}
