import type { Paths } from "./host-paths.js";

/**
 * Paths with `/`. A host that does not know where its working folder is calls it `.`: paths below
 * it are then relative, and `..` at their start leads out of it.
 */
export const posixPaths: Paths = {
  sep: "/",
  isAbsolute,
  resolve: (from, path) => normalize(isAbsolute(path) ? path : `${from}/${path}`),
  join: (folder, name) => normalize(`${folder}/${name}`),
  dirname: (path) => {
    const slash = path.lastIndexOf("/");
    return slash < 0 ? "." : path.slice(0, slash) || "/";
  },
  basename: (path) => path.slice(path.lastIndexOf("/") + 1),
  relative: (from, to) => {
    const [here, there] = [namesIn(from), namesIn(to)];
    let shared = 0;
    while (shared < here.length && here[shared] === there[shared]) {
      shared++;
    }
    const above = here.slice(shared);
    if (above.includes("..") || isAbsolute(from) !== isAbsolute(to)) {
      return undefined;
    }
    return [...above.map(() => ".."), ...there.slice(shared)].join("/");
  },
};

function isAbsolute(path: string): boolean {
  return path.startsWith("/");
}

function normalize(path: string): string {
  const names = namesIn(path).join("/");
  return isAbsolute(path) ? `/${names}` : names || ".";
}

/** The names in a path; `..` takes back the one before, and above the root means nothing. */
function namesIn(path: string): string[] {
  const names: string[] = [];
  for (const name of path.split("/")) {
    if (name === "" || name === ".") {
      continue;
    }
    if (name !== "..") {
      names.push(name);
    } else if (names.length > 0 && names.at(-1) !== "..") {
      names.pop();
    } else if (!isAbsolute(path)) {
      names.push(name);
    }
  }
  return names;
}
