import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { count } from "../show/layout.js";
import type { MachineFolders } from "./find-machines.js";

/**
 * The diagnostics; those about unknown machines say where a folder would have made them known, and
 * what option makes others known.
 */
export function withMachineFolders(
  diagnostics: readonly Diagnostic[],
  { folder, names }: MachineFolders = { names: undefined },
  option = "'--machines-dir' for another",
): readonly Diagnostic[] {
  if (folder === undefined) {
    return diagnostics;
  }
  const where = names === undefined ? `there is no folder '${folder}'` : `not in '${folder}'`;
  const help = `it is not declared, and ${where} (${option})`;
  return diagnostics.map((diagnostic) =>
    diagnostic.code === "unknown-machine" &&
    diagnostic.help === undefined &&
    diagnostic.fixable === undefined
      ? withHelp(diagnostic, help)
      : diagnostic,
  );
}

/** The diagnostic with a help; its fixes are still not made before somebody looks at them. */
function withHelp(diagnostic: Diagnostic, help: string): Diagnostic {
  return Object.defineProperties({} as Diagnostic, {
    ...Object.getOwnPropertyDescriptors(diagnostic),
    help: { value: help, enumerable: true },
  });
}

/** Where known machines come from: one line below a plan; empty where nobody looked. */
export function describeMachineFolders({ folder, names }: MachineFolders): string {
  if (folder === undefined) {
    return "";
  }
  const found = names === undefined ? "no folder" : `${count(names.length, "folder")} in`;
  return `known machines: ${found} '${folder}'\n`;
}
