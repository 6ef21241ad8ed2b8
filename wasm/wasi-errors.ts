import filesystem from "wasi:filesystem/types@0.2.12";
import type { StreamError } from "wasi:io/streams@0.2.12";
import { SystemError } from "../src/cli/system-error.js";

/** Runs `work`; what WASI refuses becomes a `SystemError`, by the name that POSIX has for it. */
export function ask<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw toSystemError((error as { payload?: unknown }).payload) ?? error;
  }
}

function toSystemError(payload: unknown): SystemError | undefined {
  if (typeof payload === "string") {
    return new SystemError(codes[payload] ?? payload);
  }
  const streamError = payload as StreamError | undefined;
  switch (streamError?.tag) {
    case "closed":
      return new SystemError("EPIPE");
    case "last-operation-failed": {
      const reason = filesystem.filesystemErrorCode(streamError.val);
      return reason === null
        ? new SystemError("EIO", streamError.val.toDebugString())
        : new SystemError(codes[reason] ?? reason);
    }
    default:
      return undefined;
  }
}

/** For the names that WASI has for what a file system may refuse. */
const codes: { readonly [name: string]: string } = {
  access: "EACCES",
  "bad-descriptor": "EBADF",
  busy: "EBUSY",
  "cross-device": "EXDEV",
  exist: "EEXIST",
  "file-too-large": "EFBIG",
  "illegal-byte-sequence": "EILSEQ",
  "insufficient-memory": "ENOMEM",
  "insufficient-space": "ENOSPC",
  invalid: "EINVAL",
  io: "EIO",
  "is-directory": "EISDIR",
  loop: "ELOOP",
  "name-too-long": "ENAMETOOLONG",
  "no-device": "ENODEV",
  "no-entry": "ENOENT",
  "no-such-device": "ENXIO",
  "not-directory": "ENOTDIR",
  "not-empty": "ENOTEMPTY",
  "not-permitted": "EPERM",
  pipe: "EPIPE",
  quota: "EDQUOT",
  "read-only": "EROFS",
  "text-file-busy": "ETXTBSY",
};
