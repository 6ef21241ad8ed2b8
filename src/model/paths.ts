import type { Source } from "./source.js";

/**
 * The folder that all sources have in common, and each source's own below it: empty for the same,
 * else `/sub/folder`. A companion counts as one in the common folder.
 */
export function commonFolder(sources: readonly Source[]): {
  readonly root: string;
  readonly folders: readonly string[];
} {
  const folders = sources.map(({ name, path = name }) =>
    path
      .split("/")
      .slice(0, -1)
      .filter((part, index) => part !== "." && (part !== "" || index === 0)),
  );
  const own = folders.filter((_, index) => !sources[index]!.isCompanion);
  let shared = own[0] ?? [];
  for (const folder of own) {
    shared = shared.slice(0, firstDifference(shared, folder));
  }
  const root = shared.length === 1 && shared[0] === "" ? "/" : shared.join("/");
  return {
    root: root === "" ? "." : root,
    folders: folders.map((folder, index) =>
      sources[index]!.isCompanion
        ? ""
        : folder
            .slice(shared.length)
            .map((part) => `/${part}`)
            .join(""),
    ),
  };
}

/**
 * Resolves `.` and inner `..`; the rest starts with `/`, or is empty for the root. `..` beyond the
 * root stays.
 */
export function normalizePath(path: string): string {
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === "" || part === ".") {
      continue;
    }
    if (part === ".." && parts.length > 0 && parts.at(-1) !== "..") {
      parts.pop();
    } else {
      parts.push(part);
    }
  }
  return parts.map((part) => `/${part}`).join("");
}

function firstDifference(a: readonly string[], b: readonly string[]): number {
  const at = a.findIndex((part, index) => part !== b[index]);
  return at < 0 ? a.length : at;
}

/**
 * The sources as their common folder sees them, so that the output is the same from wherever it is
 * made.
 */
export function describeSources(all: readonly Source[]): string {
  const sources = all.filter(({ isCompanion }) => !isCompanion);
  const { folders } = commonFolder(sources);
  const names = sources.map(({ name }, index) =>
    `${folders[index]!}/${name.split("/").at(-1)!}`.slice(1),
  );
  const shown = names.slice(0, 3).join(", ");
  return names.length > 3 ? `${shown} and ${names.length - 3} more` : shown;
}
