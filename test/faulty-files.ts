import type { FileSystem } from "../src/cli/file-system.js";
import { SystemError } from "../src/cli/system-error.js";

/**
 * Files whose operation number `failing` fails, counted from 0 and those on open files included;
 * the others work, but write one byte at a time. Their names are added to `operations`.
 */
export function faultyFiles<T extends FileSystem>(
  files: T,
  failing = -1,
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
    if (operations.length === failing + 1) {
      throw new SystemError("EIO");
    }
    const given = name === "write" ? [(args[0] as Uint8Array).subarray(0, 1)] : args;
    const result: unknown = Reflect.apply(Reflect.get(target, name), target, given);
    return isFile(result) ? wrap(result) : result;
  };
  return wrap(files);
}

function isFile(result: unknown): result is object {
  return typeof result === "object" && result !== null && "close" in result;
}
