/**
 * Writes `dist/inventory2nix.nix.wasm`, the compiler as a module for `builtins.wasm`. It starts as
 * the component does, as a snapshot of the engine.
 */

import { mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { componentize } from "componentize-qjs";
import { bundle } from "../bundle.js";
import { engine } from "../engine.js";
import { withoutSource } from "../finish.js";
import { link } from "./link.js";

const source = await bundle(local("entry.ts"));
const { component } = await componentize({
  witPath: local("wit"),
  world: "evaluator",
  jsSource: source,
  runtimeBytes: await engine({ isSmall: true }),
});
mkdirSync(local("../../dist"), { recursive: true });
writeFileSync(
  local("../../dist/inventory2nix.nix.wasm"),
  await link(withoutSource(component, source)),
);

function local(file) {
  return fileURLToPath(new URL(file, import.meta.url));
}
