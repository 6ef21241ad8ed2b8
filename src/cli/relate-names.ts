import type { Diagnostic } from "../diagnostics/diagnostic.js";
import type { Range, Source } from "../model/source.js";
import { unnamedInput } from "./find-places.js";
import { findUpward } from "./find-upward.js";
import type { Host } from "./host.js";
import { toSlashes } from "./host-paths.js";
import { absence, unlessRefused } from "./system-error.js";

/**
 * The diagnostics with the names that services look files up by: relative to `GITHUB_WORKSPACE`, else
 * to the root of the repository, else to the working folder. A file in none of them has its path.
 */
export function relateNames(
  diagnostics: readonly Diagnostic[],
  sources: readonly Source[],
  host: Host,
): readonly Diagnostic[] {
  const roots = findRoots(host);
  const files = sources.filter(({ name }) => name !== unnamedInput);
  const names = new Map(files.map(({ name, path = name }) => [name, nameOf(path, roots, host)]));
  const relate = <T extends { readonly range: Range }>(placed: T): T => {
    const { source } = placed.range;
    return { ...placed, range: { ...placed.range, source: names.get(source) ?? source } };
  };
  return diagnostics.map((diagnostic) => ({
    ...relate(diagnostic),
    related: diagnostic.related.map(relate),
    ...(diagnostic.fixes !== undefined && {
      fixes: diagnostic.fixes.map((fix) => ({ ...fix, edits: fix.edits.map(relate) })),
    }),
  }));
}

function findRoots(host: Host): readonly string[] {
  const { cwd, env, files, paths } = host;
  const workspace = env["GITHUB_WORKSPACE"] ?? "";
  const real = unlessRefused(() => files.realPath(paths.resolve(cwd, workspace)), absence);
  return [workspace === "" ? undefined : real, findUpward(".git", cwd, host), cwd].filter(
    (root) => root !== undefined,
  );
}

function nameOf(path: string, roots: readonly string[], { cwd, paths }: Host): string {
  const resolved = paths.resolve(cwd, path);
  const relatives = roots.map((root) => toSlashes(paths.relative(root, resolved) ?? "..", paths));
  const isInside = (name: string) => !/^\.\.(\/|$)/.test(name) && !paths.isAbsolute(name);
  return relatives.find(isInside) ?? toSlashes(resolved, paths);
}
