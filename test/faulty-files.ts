import type { FileSystem } from "../src/cli/file-system.js";
import { SystemError } from "../src/cli/system-error.js";

/** Whether an operation fails, by its name and its number, which is counted from 0. */
export type Fault = (operation: string, number: number) => boolean;

/**
 * Files that fail as `fault` says, those that are open included; what does not fail works, but
 * writes half of what it is given. The names of operations are added to `operations`.
 */
export function faultyFiles<T extends FileSystem>(
  files: T,
  fault: Fault = () => false,
  operations: string[] = [],
): T {
  const wrap = <O extends object>(object: O): O =>
    new Proxy(object, {
      get: (target, name) => {
        const method: unknown = Reflect.get(target, name);
        return typeof method === "function"
          ? (...args: unknown[]) => call(target, name, args)
          : method;
      },
    });
  const call = (target: object, name: string | symbol, args: unknown[]) => {
    operations.push(String(name));
    if (fault(String(name), operations.length - 1)) {
      throw new SystemError("EIO");
    }
    const given = name === "write" ? [firstHalf(args[0] as Uint8Array)] : args;
    const result: unknown = Reflect.apply(Reflect.get(target, name), target, given);
    return isFile(result) ? wrap(result) : result;
  };
  return wrap(files);
}

function firstHalf(bytes: Uint8Array): Uint8Array {
  return bytes.subarray(0, Math.ceil(bytes.length / 2));
}

function isFile(result: unknown): result is object {
  return typeof result === "object" && result !== null && "close" in result;
}
