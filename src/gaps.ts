import type { Code, Finding } from "./diagnostics.js";

/**
 * What an inventory may lack because of mistakes in it: machines, members of
 * roles (with layers of their settings), or which service an instance is of.
 */
export type Gap = "machines" | "members" | "services";

/** Whether something is wrong whatever would stand in the gaps. */
export function isCertain({ code }: Finding, gaps: ReadonlySet<Gap>): boolean {
  return !causes[code]?.some((gap) => gaps.has(gap));
}

/** What gaps may bring about by themselves. */
const causes: { readonly [code in Code]?: readonly Gap[] } = {
  "member-count": ["machines", "members", "services"],
  "predefined-tag": ["machines", "members"],
  "setting-type": ["machines", "members", "services"],
  "settings-conflict": ["machines", "members"],
  "unknown-machine": ["machines"],
  "unknown-role": ["services"],
  "unknown-service": ["services"],
  "unknown-setting": ["services"],
  "unknown-tag": ["machines", "members"],
};
