import type { CommandName } from "./command-table.js";
import type { Host } from "./host.js";
import { kindOf } from "./kind-of.js";
import type { Invocation } from "./parse-arguments.js";

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
  "no inventory.yaml, inventory.yml, inventory.json or inventory/ in this folder: name a file or a folder with -f, or start with 'inventory2nix init'";

function isThere(name: string, host: Host): boolean {
  const kind = kindOf(host.paths.resolve(host.cwd, name), host);
  // Reading a pipe would wait for what nobody writes.
  return kind === (name.endsWith("/") ? "folder" : "file");
}
