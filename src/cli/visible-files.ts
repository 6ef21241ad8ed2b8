import type { Files } from "../model/options.js";
import type { Host } from "./host.js";
import { attempt } from "./system-error.js";

/** The host's files as the library asks for them. */
export function visibleFiles({ files }: Pick<Host, "files">): Files {
  const unlessHidden = <T>(look: () => T): T | undefined => attempt(look, () => undefined);
  return {
    exists: (path) => unlessHidden(() => files.stat(path)) !== undefined,
    list: (folder) => unlessHidden(() => files.list(folder).map(({ name }) => name)),
  };
}
