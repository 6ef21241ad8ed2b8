/** How the paths of a system are read and written; `node:path` is one kind. */
export interface Paths {
  readonly sep: string;
  readonly isAbsolute: (path: string) => boolean;
  /** `path` as seen from the folder `from`, without `.` and `..` as far as that goes. */
  readonly resolve: (from: string, path: string) => string;
  readonly join: (folder: string, name: string) => string;
  readonly dirname: (path: string) => string;
  readonly basename: (path: string) => string;
  /**
   * The path that leads from the folder `from` to `to`: empty where they are the same, `undefined`
   * where it goes through folders whose names are not known.
   */
  readonly relative: (from: string, to: string) => string | undefined;
}

/** `path` with `/` between the names on every system, as sources are named. */
export function toSlashes(path: string, { sep }: Paths): string {
  return sep === "/" ? path : path.replaceAll(sep, "/");
}
