/** The paths of WASI are those of POSIX on every system. */
const sep = "/";

export default { sep, isAbsolute, resolve, join, dirname, basename, relative };

function isAbsolute(path: string): boolean {
  return path.startsWith("/");
}

function resolve(...parts: readonly string[]): string {
  const path = parts.reduce((path, part) => (isAbsolute(part) ? part : `${path}/${part}`), "");
  return `/${names(`/${path}`).join("/")}`;
}

function join(...parts: readonly string[]): string {
  const path = parts.filter((part) => part !== "").join("/");
  return (isAbsolute(path) ? resolve(path) : names(path).join("/")) || ".";
}

function dirname(path: string): string {
  const slash = path.lastIndexOf("/");
  return slash < 0 ? "." : path.slice(0, slash) || "/";
}

function basename(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

function relative(from: string, to: string): string {
  const [here, there] = [names(resolve(from)), names(resolve(to))];
  let shared = 0;
  while (shared < here.length && here[shared] === there[shared]) {
    shared++;
  }
  return [...here.slice(shared).map(() => ".."), ...there.slice(shared)].join("/");
}

/**
 * The names in a path; `..` takes back the one before, and above the root of an absolute path means
 * nothing.
 */
function names(path: string): string[] {
  const names: string[] = [];
  for (const name of path.split("/")) {
    if (name === "" || name === ".") {
      continue;
    }
    if (name !== ".." || (!isAbsolute(path) && (names.length === 0 || names.at(-1) === ".."))) {
      names.push(name);
    } else {
      names.pop();
    }
  }
  return names;
}
