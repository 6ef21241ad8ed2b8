import { type Paths, toSlashes } from "../cli/host-paths.js";

/** Longer than any system takes; to look for something above such a path takes long. */
const maxPath = 2 ** 12;

/** The path that a `file:` URI leads to; `undefined` for any other, and for what no path can be. */
export function pathOfUri(uri: string, paths: Paths): string | undefined {
  const [, host, written] = /^file:\/\/([^/?#]*)(\/[^?#]*)/i.exec(uri) ?? [];
  const path = written === undefined ? undefined : decoded(written);
  if (path === undefined || path.length > maxPath || path.includes("\0")) {
    return undefined;
  }
  const isHere = host === "" || host!.toLowerCase() === "localhost";
  if (paths.sep === "/") {
    return isHere ? path : undefined;
  }
  const local = isHere ? path.replace(/^\/(?=[a-z]:)/i, "") : `//${host}${path}`;
  return local.replaceAll("/", paths.sep);
}

/** The `file:` URI of an absolute path. */
export function uriOfPath(path: string, paths: Paths): string {
  const slashed = toSlashes(path, paths);
  const encoded = (slashed.startsWith("/") ? slashed : `/${slashed}`)
    .split("/")
    .map((name) => encodeURIComponent(name.replace(/[\ud800-\udfff]/gu, "\ufffd")))
    .join("/");
  return `file://${encoded}`;
}

function decoded(written: string): string | undefined {
  try {
    return decodeURIComponent(written);
  } catch {
    return undefined;
  }
}
