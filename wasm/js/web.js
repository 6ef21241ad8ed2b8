import { instantiateWith } from "./instance.js";

const modules = new Map();

/**
 * The same as `component.js`, for our own page: it fetches the core modules from beside itself (as
 * `application/wasm`), which is less to load, and compiles them while they come.
 */
export function instantiate() {
  return instantiateWith((name) => {
    if (!modules.has(name)) {
      modules.set(name, WebAssembly.compileStreaming(fetch(new URL(name, import.meta.url))));
    }
    return modules.get(name);
  });
}
