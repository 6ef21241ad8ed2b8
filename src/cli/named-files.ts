import type { Invocation } from "./parse-arguments.js";

/** The files beside the inventory that flags name: catalogues, and the modules of an export. */
export function namedFiles({ flags }: Invocation): readonly string[] {
  return [...(flags.get("services") ?? []), ...(flags.get("modules") ?? [])];
}
