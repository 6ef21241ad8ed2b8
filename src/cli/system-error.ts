/** Something that the system refused: `message` says why in plain words, the same on every host. */
export class SystemError extends Error {
  constructor(
    /** By the name that POSIX has for it: `ENOENT`. */
    readonly code: string,
    message: string = reasonFor(code),
  ) {
    super(message);
  }
}

/** The words for a code; `otherwise` where we have none of our own. */
export function reasonFor(code: string, otherwise = `refused by the system (${code})`): string {
  return reasons[code] ?? otherwise;
}

/** The codes for what does not exist, as far as the command can see. */
export const absence: readonly string[] = ["ENOENT", "ENOTDIR", "ENOTCAPABLE"];

/** What `work` gives, or what `otherwise` gives where the system refuses something meanwhile. */
export function attempt<T, U>(work: () => T, otherwise: (error: SystemError) => U): T | U {
  try {
    return work();
  } catch (error) {
    if (error instanceof SystemError) {
      return otherwise(error);
    }
    throw error;
  }
}

/** What `work` gives, or `undefined` where the system refuses it for one of these reasons. */
export function unlessRefused<T>(work: () => T, codes: readonly string[]): T | undefined {
  return attempt(work, (error) => {
    if (!codes.includes(error.code)) throw error;
    return undefined;
  });
}

/** Runs `work`; an error of the system then names what it is about, such as a file. */
export function blaming<T>(name: string, work: () => T): T {
  return attempt(work, ({ code, message }) => {
    throw new SystemError(code, `${name}: ${message}`);
  });
}

const reasons: { readonly [code: string]: string } = {
  EACCES: "permission denied",
  EBADF: "the file is closed",
  EBUSY: "in use",
  EDQUOT: "disk quota exceeded",
  EEXIST: "file already exists",
  EFBIG: "file too large",
  EILSEQ: "a name in it is not UTF-8",
  EINVAL: "invalid argument",
  EIO: "input/output error",
  EISDIR: "is a folder",
  ELOOP: "too many symbolic links",
  EMFILE: "too many open files",
  ENAMETOOLONG: "name too long",
  ENFILE: "too many open files",
  ENODEV: "no such device",
  ENOENT: "no such file or directory",
  ENOMEM: "out of memory",
  ENOSPC: "no space left on device",
  ENOTCAPABLE: "outside the folders granted with --dir",
  ENOTDIR: "not a directory",
  ENOTEMPTY: "folder not empty",
  ENXIO: "no such device or address",
  EPERM: "operation not permitted",
  EPIPE: "broken pipe",
  EROFS: "read-only file system",
  ETXTBSY: "text file is busy",
  EXDEV: "on another file system",
};
