import type { FileStatus } from "./file-system.js";
import type { Host } from "./host.js";
import { absence, blaming, unlessRefused } from "./system-error.js";

/** What is at a path, links followed; `undefined` for what does not exist, or cannot be seen. */
export function kindOf(path: string, { files }: Host): FileStatus["kind"] | undefined {
  const hidden = [...absence, "EACCES", "EPERM", "ELOOP"];
  return blaming(path, () => unlessRefused(() => files.stat(path), hidden)?.kind);
}

/** The folder that an inventory is, or is in. */
export function folderOf(inventory: string, host: Host): string {
  return kindOf(inventory, host) === "folder" ? inventory : host.paths.dirname(inventory);
}
