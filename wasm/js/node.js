import { readFile } from "node:fs/promises";
import { instantiateWith } from "./instance.js";

const modules = new Map();

/** A fresh instance of the compiler; its code is read and compiled once. */
export function instantiate() {
  return instantiateWith((name) => {
    if (!modules.has(name)) {
      modules.set(
        name,
        readFile(new URL(name, import.meta.url)).then((bytes) => WebAssembly.compile(bytes)),
      );
    }
    return modules.get(name);
  });
}
