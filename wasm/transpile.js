import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { transpile } from "@bytecodealliance/jco";
import { witTypes } from "./types.js";

const interfaceTypes = "interfaces/inventory2nix-compiler-compiler.d.ts";

/** Writes the component as JavaScript, core modules and types, for engines without components. */
export async function writeTranspiled(component, folder) {
  const { files } = await transpile(component, {
    name: "inventory2nix",
    instantiation: "async",
    minify: true,
  });
  const documented = { ...files, [interfaceTypes]: (await witTypes())[interfaceTypes] };
  for (const [name, bytes] of Object.entries(documented)) {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, bytes);
  }
}
