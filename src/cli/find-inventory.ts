import type { CommandName } from "./command-table.js";
import type { Host } from "./host.js";
import type { Invocation } from "./parse-arguments.js";
import { attempt } from "./system-error.js";

/**
 * The files and folders of the inventory: those that operands and `-f` name, else standard input for
 * commands that are made for pipes, else the inventory in the working folder; `undefined` for none.
 */
export function findInventory(
  { command, flags, operands }: Invocation,
  host: Host,
): readonly string[] | undefined {
  const named = [...operands, ...(flags.get("file") ?? [])];
  if (named.length > 0) {
    return named;
  }
  if (forPipes.has(command) && host.stdinKind() === "input") {
    return ["-"];
  }
  const found = defaultNames.find((name) => isThere(name, host));
  return found === undefined ? undefined : [found];
}

const forPipes: ReadonlySet<CommandName> = new Set(["compile", "check"]);

/** Where the inventory is if nobody says; a folder ends with `/`. */
const defaultNames = ["inventory.yaml", "inventory.yml", "inventory.json", "inventory/"];

/** What to say where {@link findInventory} finds none. */
export const noInventory =
  "no inventory.yaml, inventory.yml, inventory.json or inventory/ in this folder: name a file or a folder, or - for standard input";

function isThere(name: string, { cwd, files, paths }: Host): boolean {
  const status = attempt(
    () => files.stat(paths.resolve(cwd, name)),
    () => undefined,
  );
  return status !== undefined && (status.kind === "folder") === name.endsWith("/");
}
