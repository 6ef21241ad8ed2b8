import { type Paths, toSlashes } from "../cli/host-paths.js";

/** The path that a `file:` URI leads to; `undefined` for any other. */
export function pathOfUri(uri: string, paths: Paths): string | undefined {
  const [, written] = /^file:\/\/[^/]*(\/[^?#]*)/i.exec(uri) ?? [];
  const path = written === undefined ? undefined : decoded(written);
  if (path === undefined || paths.sep === "/") {
    return path;
  }
  return path.replace(/^\/(?=[a-z]:)/i, "").replaceAll("/", paths.sep);
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
