/**
 * Node's words for what a file system may refuse, and its code and number for each, by the name
 * that WASI has for it.
 */
export const refusals: {
  readonly [name: string]: readonly [code: string, errno: number, message: string];
} = {
  access: ["EACCES", -13, "permission denied"],
  busy: ["EBUSY", -16, "resource busy or locked"],
  exist: ["EEXIST", -17, "file already exists"],
  "insufficient-space": ["ENOSPC", -28, "no space left on device"],
  invalid: ["EINVAL", -22, "invalid argument"],
  io: ["EIO", -5, "i/o error"],
  "is-directory": ["EISDIR", -21, "illegal operation on a directory"],
  loop: ["ELOOP", -40, "too many symbolic links encountered"],
  "name-too-long": ["ENAMETOOLONG", -36, "name too long"],
  "no-entry": ["ENOENT", -2, "no such file or directory"],
  "not-directory": ["ENOTDIR", -20, "not a directory"],
  "not-permitted": ["EPERM", -1, "operation not permitted"],
  "read-only": ["EROFS", -30, "read-only file system"],
};

export function getSystemErrorMap(): Map<number, readonly [code: string, message: string]> {
  return new Map(Object.values(refusals).map(([code, errno, message]) => [errno, [code, message]]));
}
