import type { Diagnostic } from "../diagnostics/diagnostic.js";
import type { Range, Source } from "../model/source.js";
import { nearest } from "./find-machines.js";
import { unnamedInput } from "./find-places.js";
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
  const relate = (range: Range): Range => ({
    ...range,
    source: names.get(range.source) ?? range.source,
  });
  return diagnostics.map((diagnostic) => ({
    ...diagnostic,
    range: relate(diagnostic.range),
    related: diagnostic.related.map(({ message, range }) => ({ message, range: relate(range) })),
  }));
}

function findRoots(host: Host): readonly string[] {
  const { cwd, env, files, paths } = host;
  const workspace = env["GITHUB_WORKSPACE"] ?? "";
  const real = unlessRefused(() => files.realPath(paths.resolve(cwd, workspace)), absence);
  return [workspace === "" ? undefined : real, nearest(".git", cwd, host), cwd].filter(
    (root) => root !== undefined,
  );
}

function nameOf(path: string, roots: readonly string[], { cwd, paths }: Host): string {
  const resolved = paths.resolve(cwd, path);
  const relatives = roots.map((root) => toSlashes(paths.relative(root, resolved) ?? "..", paths));
  const isInside = (name: string) => !/^\.\.(\/|$)/.test(name) && !paths.isAbsolute(name);
  return relatives.find(isInside) ?? toSlashes(resolved, paths);
}
