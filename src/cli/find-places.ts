import { nearest } from "../diagnostics/suggest.js";
import { compareNames } from "../model/name-order.js";
import { commands } from "./command-table.js";
import type { Entry } from "./file-system.js";
import { findMachines } from "./find-machines.js";
import type { Host } from "./host.js";
import { toSlashes } from "./host-paths.js";
import type { Invocation } from "./parse-arguments.js";
import { absence, attempt, reasonFor, SystemError, unlessRefused } from "./system-error.js";

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
  /** Resolved; standard input counts as a file in the working folder. */
  readonly path: string;
  readonly isStdin: boolean;
}

/** Finds the files that the operands name, those of folders included, and the known machines. */
export function findPlaces(invocation: Invocation, host: Host): Places {
  const problems: string[] = [];
  const files = new Map<string, Place>();
  for (const operand of invocation.operands.length > 0 ? invocation.operands : ["-"]) {
    const found = attempt(
      () => filesOf(operand, host),
      ({ message }) => void problems.push(`${operand}: ${message}`),
    );
    for (const file of found ?? []) {
      if (!files.has(file.path)) files.set(file.path, file);
    }
  }
  const [operand = "-"] = invocation.operands;
  const start = host.paths.resolve(host.cwd, operand === "-" ? "<stdin>" : operand);
  const [first, ...others] = files.values();
  const { isAbsolute } = host.paths;
  for (const { name, path } of others) {
    if (isAbsolute(path) !== isAbsolute(first!.path)) {
      problems.push(`${name}: no folder is known that holds this file and '${first!.name}'`);
    }
  }
  return {
    files: [...files.values()],
    machines: findMachines(invocation, host, start, problems),
    problems,
  };
}

function filesOf(operand: string, host: Host): Place[] {
  const { files, paths, cwd } = host;
  if (operand === "-") {
    return [{ name: "<stdin>", path: paths.join(cwd, "<stdin>"), isStdin: true }];
  }
  const path = paths.resolve(cwd, operand);
  const file = { name: toSlashes(operand, paths), path, isStdin: false };
  const status = unlessRefused(() => files.stat(path), ["ENOENT"]);
  if (status === undefined) {
    throw new SystemError("ENOENT", `${reasonFor("ENOENT")}${commandHint(operand)}`);
  }
  if (status.kind !== "folder") {
    return [file];
  }
  const names = listNames(path, host, (name, isFolder) => !isFolder && isInventory(name));
  if (names.length === 0) {
    throw new SystemError("ENOENT", "this folder has no .yaml, .yml or .json file");
  }
  return names.map((name) => ({
    ...file,
    name: `${file.name.replace(/\/+$/, "")}/${name}`,
    path: paths.join(path, name),
  }));
}

function isInventory(name: string): boolean {
  return /\.(yaml|yml|json)$/.test(name);
}

/** Names in a folder, sorted by byte, without hidden ones; a link counts as what it leads to. */
function listNames(
  folder: string,
  host: Host,
  isWanted: (name: string, isFolder: boolean) => boolean,
): string[] {
  return host.files
    .list(folder)
    .filter((entry) => !entry.name.startsWith("."))
    .filter((entry) => isWanted(entry.name, isFolder(entry, folder, host)))
    .map(({ name }) => name)
    .sort(compareNames);
}

function isFolder({ name, kind }: Entry, folder: string, { files, paths }: Host): boolean {
  if (kind !== "link") {
    return kind === "folder";
  }
  const leadsNowhere = [...absence, "ELOOP", "EACCES", "EPERM"];
  const target = unlessRefused(() => files.stat(paths.join(folder, name)), leadsNowhere);
  return target?.kind === "folder";
}

function commandHint(operand: string): string {
  const [command] = nearest(operand, Object.keys(commands));
  return command === undefined ? "" : `; did you mean the command '${command}'?`;
}
