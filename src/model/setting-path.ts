import type { Path } from "./origin.js";

/**
 * Keys joined by dots, as Nix writes them: those with characters that names do not have are
 * quoted.
 */
export function writePath(path: Path): string {
  return path
    .map((key) => (/^[A-Za-z0-9_'-]+$/.test(String(key)) ? key : quote(String(key))))
    .join(".");
}

/** The keys that a text like `a."b.c"` names; any other text is one key. */
export function readPath(text: string): Path {
  const keys = [...text.matchAll(/(?:^|\.)(?:("(?:[^"\\]|\\.)*")|([^".]+))/gs)];
  if (keys.map(([part]) => part).join("") !== text) {
    return [text];
  }
  return keys.map(([, quoted, plain]) => (quoted === undefined ? plain! : unquote(quoted)));
}

function quote(key: string): string {
  return `"${key.replace(/["\\]/g, "\\$&")}"`;
}

function unquote(quoted: string): string {
  return quoted.slice(1, -1).replace(/\\(.)/gs, "$1");
}

/** Whether `path` is `other` or leads on from there. */
export function isWithin(path: Path, other: Path): boolean {
  return other.every((key, index) => key === path[index]);
}
