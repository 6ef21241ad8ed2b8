/**
 * Writes `dist/inventory2nix.wasm`, the compiler as a component, and what JavaScript hosts need to
 * run it.
 */

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { componentize } from "componentize-qjs";
import { bundle } from "./bundle.js";
import { engine } from "./engine.js";
import { finish, withoutSource } from "./finish.js";
import { writePackaged, writeTranspiled } from "./transpile.js";

const { name, version, description, license, homepage, repository } = JSON.parse(
  readFileSync(local("../package.json"), "utf8"),
);

const source = await bundle();
const { component } = await componentize({
  witPath: local("wit"),
  world: "inventory2nix",
  jsSource: source,
  runtimeBytes: await engine(),
});
const facts = { name, version, description, licenses: license, homepage, source: repository?.url };
const bytes = await finish(
  withoutSource(component, source),
  Object.fromEntries(Object.entries(facts).filter(([, fact]) => fact !== undefined)),
);

mkdirSync(local("../dist"), { recursive: true });
writeFileSync(local("../dist/inventory2nix.wasm"), bytes);
await writeTranspiled(bytes, local("../dist/modules"));
await writePackaged(local("../dist/modules"), local("../dist/component"));

function local(file) {
  return fileURLToPath(new URL(file, import.meta.url));
}
