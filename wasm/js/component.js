import { instantiateWith } from "./instance.js";
import { base64, lengths } from "./packed.js";

let modules;

/**
 * A fresh instance of the compiler; its code is unpacked and compiled once. The code is a part of
 * this file, so that every bundler and every host can take it along.
 */
export function instantiate() {
  return instantiateWith(async (name) => {
    modules ??= compileAll();
    return (await modules).get(name);
  });
}

/** The core modules by name: they were packed together, one after the other. */
async function compileAll() {
  const bytes = await inflate(decode(base64));
  let end = 0;
  const compiled = Object.entries(lengths).map(async ([name, length]) => {
    const start = end;
    end += length;
    return [name, await WebAssembly.compile(bytes.subarray(start, end))];
  });
  return new Map(await Promise.all(compiled));
}

function decode(text) {
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let at = 0; at < bytes.length; at++) {
    bytes[at] = binary.charCodeAt(at);
  }
  return bytes;
}

async function inflate(bytes) {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
