import { createRequire } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";
import { types } from "@bytecodealliance/jco";

/**
 * TypeScript types of the WIT package, by file name. They carry its documentation, which the
 * component itself lacks.
 */
export async function witTypes() {
  await letReadFiles();
  return types(fileURLToPath(new URL("wit", import.meta.url)), {
    name: "inventory2nix",
    worldName: "inventory2nix",
  });
}

/** jco 1.35 reads WIT with a component of its own, and forgets to grant it any folder. */
async function letReadFiles() {
  const fromJco = createRequire(
    createRequire(import.meta.url).resolve("@bytecodealliance/jco-transpile"),
  );
  const { _setPreopens } = await import(
    pathToFileURL(fromJco.resolve("@bytecodealliance/preview2-shim/filesystem")).href
  );
  _setPreopens({ "/": "/" });
}
