import { instantiateWith } from "./instance.js";

const modules = new Map();

/**
 * A fresh instance of the compiler, in a page or a worker; its code is fetched (as
 * `application/wasm`) and compiled once.
 */
export function instantiate() {
  return instantiateWith((name) => {
    if (!modules.has(name)) {
      modules.set(name, WebAssembly.compileStreaming(fetch(new URL(name, import.meta.url))));
    }
    return modules.get(name);
  });
}
