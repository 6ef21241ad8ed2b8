import { transpile } from "@bytecodealliance/jco";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";

/** Writes the component as JavaScript, core modules and types: what engines run that know no components yet. */
export async function writeTranspiled(component, folder) {
  const { files } = await transpile(component, { name: "inventory2nix", instantiation: "async", minify: true });
  for (const [name, bytes] of Object.entries(files)) {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, bytes);
  }
  return Object.keys(files).filter((name) => name.endsWith(".wasm"));
}
