/**
 * The part of WASI that the component uses, as the guest sees it: an absent option is `null`, an
 * `err` is the `payload` of what is thrown.
 */

declare module "wasi:cli/environment@0.2.12" {
  const environment: {
    getArguments(): string[];
    getEnvironment(): [string, string][];
    initialCwd(): string | null;
  };
  export default environment;
}

declare module "wasi:cli/exit@0.2.12" {
  const exit: { exitWithCode(code: number): never };
  export default exit;
}

declare module "wasi:cli/stdin@0.2.12" {
  import type { InputStream } from "wasi:io/streams@0.2.12";

  const stdin: { getStdin(): InputStream };
  export default stdin;
}

declare module "wasi:cli/stdout@0.2.12" {
  import type { OutputStream } from "wasi:io/streams@0.2.12";

  const stdout: { getStdout(): OutputStream };
  export default stdout;
}

declare module "wasi:cli/stderr@0.2.12" {
  import type { OutputStream } from "wasi:io/streams@0.2.12";

  const stderr: { getStderr(): OutputStream };
  export default stderr;
}

declare module "wasi:cli/terminal-stdin@0.2.12" {
  const terminalStdin: { getTerminalStdin(): object | null };
  export default terminalStdin;
}

declare module "wasi:cli/terminal-stderr@0.2.12" {
  const terminalStderr: { getTerminalStderr(): object | null };
  export default terminalStderr;
}

declare module "wasi:io/error@0.2.12" {
  export interface IoError {
    toDebugString(): string;
  }
}

declare module "wasi:io/streams@0.2.12" {
  import type { IoError } from "wasi:io/error@0.2.12";

  /** The `err` of what a stream refuses. */
  export type StreamError =
    | { readonly tag: "closed" }
    | { readonly tag: "last-operation-failed"; readonly val: IoError };
  export interface InputStream {
    blockingRead(length: number): Uint8Array;
  }
  export interface OutputStream {
    blockingWriteAndFlush(bytes: Uint8Array): void;
  }
}

declare module "wasi:filesystem/types@0.2.12" {
  import type { IoError } from "wasi:io/error@0.2.12";

  const types: { filesystemErrorCode(error: IoError): string | null };
  export default types;

  export interface Descriptor {
    openAt(
      pathFlags: PathFlags,
      path: string,
      openFlags: OpenFlags,
      flags: DescriptorFlags,
    ): Descriptor;
    statAt(pathFlags: PathFlags, path: string): DescriptorStat;
    readlinkAt(path: string): string;
    readDirectory(): { readDirectoryEntry(): { type: DescriptorType; name: string } | null };
    renameAt(path: string, folder: Descriptor, newPath: string): void;
    unlinkFileAt(path: string): void;
    read(length: number, offset: number): [Uint8Array, boolean];
    write(bytes: Uint8Array, offset: number): number;
    sync(): void;
    [Symbol.dispose](): void;
  }
  export interface PathFlags {
    symlinkFollow?: boolean;
  }
  export interface OpenFlags {
    create?: boolean;
    directory?: boolean;
    exclusive?: boolean;
    truncate?: boolean;
  }
  export interface DescriptorFlags {
    read?: boolean;
    write?: boolean;
  }
  export interface DescriptorStat {
    type: DescriptorType;
    size: number;
  }
  /** `directory`, `regular-file`, `symbolic-link`, … */
  export type DescriptorType = string;
}

declare module "wasi:filesystem/preopens@0.2.12" {
  import type { Descriptor } from "wasi:filesystem/types@0.2.12";

  const preopens: { getDirectories(): [Descriptor, string][] };
  export default preopens;
}

declare module "wasi:random/insecure-seed@0.2.12" {
  const insecureSeed: { insecureSeed(): [number, number] };
  export default insecureSeed;
}
