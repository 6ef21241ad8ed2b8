import type { Report } from "../diagnostics/diagnostic.js";
import { missingFile } from "../diagnostics/form-messages.js";
import { nearest } from "../diagnostics/suggest.js";
import { getOrInsertComputed } from "../model/maps.js";
import type { Files } from "../model/options.js";
import { commonFolder, normalizePath } from "../model/paths.js";
import type { Source } from "../model/source.js";
import type { WrittenPath } from "./read-forms/form-context.js";

/**
 * Warns of paths that lead to no file. Nothing is said of a folder that may not be seen as a whole:
 * a build may hold the inventory alone.
 */
export function checkFiles(
  paths: readonly WrittenPath[],
  sources: readonly Source[],
  files: Files,
  report: Report,
): void {
  const { root } = commonFolder(sources);
  const view = new View(files, sources);
  for (const { path, text, origin } of paths) {
    const missing = view.missingAt(below(root, path));
    if (missing !== undefined) {
      report(missingFile(origin, text, nearPaths(text, below(root, path), missing, view)));
    }
  }
}

/** Where a path stops to exist: this name is not in that folder. */
interface Missing {
  readonly folder: string;
  readonly name: string;
}

/** No system has longer ones. */
const longestPath = 4096;

/** What can be seen of the files; each folder is listed once. */
class View {
  private readonly listings = new Map<string, ReadonlySet<string> | null>();
  private readonly own: ReadonlySet<string>;
  private isInProject: boolean | undefined;
  /** How many more questions the file system is asked; then all may exist. */
  private looks = 20_000;

  constructor(
    private readonly files: Files,
    private readonly sources: readonly Source[],
  ) {
    this.own = new Set(sources.flatMap(({ name, path = name }) => [...upward(normalized(path))]));
  }

  exists(path: string): boolean {
    this.looks--;
    return this.looks < 0 || this.files.exists(path);
  }

  names(folder: string): ReadonlySet<string> | null {
    return getOrInsertComputed(this.listings, folder, () => {
      this.looks--;
      const names = this.looks < 0 ? undefined : this.files.list(folder);
      return names === undefined ? null : new Set(names);
    });
  }

  /** `undefined` for a path that exists, or may do so. */
  missingAt(path: string): Missing | undefined {
    if (path.length > longestPath || this.exists(path)) {
      return undefined;
    }
    for (const at of upward(path)) {
      const folder = folderOf(at);
      const names = this.names(folder);
      if (names !== null) {
        const name = nameOf(at);
        return !names.has(name) && this.isWhole(folder, names) ? { folder, name } : undefined;
      }
    }
    return undefined;
  }

  /**
   * In a project, or where something else is than the sources, the folders that lead to them, and
   * the machines: a copy for a build holds these alone.
   */
  private isWhole(folder: string, names: ReadonlySet<string>): boolean {
    this.isInProject ??= this.sources.some(({ name, path = name }) =>
      [...upward(normalized(path))].some((at) =>
        ["flake.nix", ".git"].some((marker) => this.exists(joined(folderOf(at), marker))),
      ),
    );
    return (
      this.isInProject ||
      [...names].some((name) => name !== "machines" && !this.own.has(joined(folder, name)))
    );
  }
}

/** Paths like the written one that exist: with a similar name, or the same from a folder above. */
function nearPaths(
  text: string,
  path: string,
  { folder, name }: Missing,
  view: View,
): readonly string[] {
  const parts = text.split("/");
  const rest = path.slice(joined(folder, name).length);
  const index = parts.length - rest.split("/").length;
  const near = nearNames(name, [...(view.names(folder) ?? [])])
    .filter((other) => view.exists(joined(folder, other) + rest))
    .map((other) => [...parts.slice(0, index), other, ...parts.slice(index + 1)].join("/"));
  if (near.length > 0 && parts[index] === name) {
    return near;
  }
  const written = normalizePath(text);
  const start = path.endsWith(written) ? path.slice(0, path.length - written.length) : "";
  const above = [...upward(start)].findIndex((at) =>
    view.exists(joined(folderOf(at), written.slice(1))),
  );
  return above < 0 ? [] : [`${"../".repeat(above + 1)}${written.slice(1)}`];
}

/** Near names with the same ending, which alone makes no name near. */
function nearNames(name: string, names: readonly string[]): readonly string[] {
  const [ending = ""] = /\.[^.]+$/.exec(name) ?? [];
  const stem = name.slice(0, name.length - ending.length);
  const stems = names
    .filter((other) => other.endsWith(ending))
    .map((other) => other.slice(0, other.length - ending.length));
  return nearest(stem, stems).map((near) => near + ending);
}

/** A path below the common folder of the sources. */
function below(root: string, path: string): string {
  return normalized(`${root}/${path}`);
}

/** Without `.` and inner `..`, which `root` may bring together with a path. */
function normalized(path: string): string {
  const absolute = normalizePath(path);
  return path.startsWith("/") ? absolute : absolute.slice(1);
}

function folderOf(path: string): string {
  const end = path.lastIndexOf("/");
  return end < 0 ? "." : path.slice(0, end) || "/";
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

function joined(folder: string, name: string): string {
  return folder === "." ? name : `${folder === "/" ? "" : folder}/${name}`;
}

/** A path, and the folders around it from the innermost on, without the outermost. */
function* upward(path: string): Iterable<string> {
  for (let at = path; at !== "" && at !== "." && at !== "/"; at = folderOf(at)) {
    yield at;
  }
}
