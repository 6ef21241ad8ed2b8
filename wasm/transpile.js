import { copyFileSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { deflateSync } from "node:zlib";
import { transpile } from "@bytecodealliance/jco";
import { rollup } from "rollup";
import { minify } from "rollup-plugin-esbuild";
import { witTypes } from "./types.js";

const interfaceTypes = "interfaces/inventory2nix-compiler-compiler.d.ts";

/**
 * Writes the component as JavaScript and core modules, for engines without components: `web.js` and
 * what it loads, for our page.
 */
export async function writeTranspiled(component, folder) {
  const { files } = await transpile(component, {
    name: "inventory2nix",
    instantiation: "async",
    nodejsCompat: false,
    minify: true,
  });
  const scripts = Object.entries(files)
    .filter(([name]) => !name.endsWith(".d.ts"))
    .map(([name, bytes]) => [name, name === "inventory2nix.js" ? withoutLoader(bytes) : bytes]);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const [name, bytes] of [...scripts, ["packed.js", packed(scripts)]]) {
    writeFileSync(path.join(folder, name), bytes);
  }
  for (const name of ["component.js", "instance.js", "web.js"]) {
    copyFileSync(local(`js/${name}`), path.join(folder, name));
  }
}

/** Writes what the package has of it: `component.js` of the folder in one file, and its types. */
export async function writePackaged(transpiled, folder) {
  rmSync(folder, { recursive: true, force: true });
  const bundle = await rollup({
    input: path.join(transpiled, "component.js"),
    onwarn({ code, message }) {
      // jco marks its output with "use components", which means nothing to engines.
      if (code !== "MODULE_LEVEL_DIRECTIVE") {
        throw new Error(message);
      }
    },
    plugins: [minify({ target: "es2022" })],
  });
  await bundle.write({ file: path.join(folder, "index.js"), format: "es" });
  copyFileSync(local("js/component.d.ts"), path.join(folder, "index.d.ts"));
  mkdirSync(path.dirname(path.join(folder, interfaceTypes)));
  writeFileSync(path.join(folder, interfaceTypes), (await witTypes())[interfaceTypes]);
}

/**
 * Without a loader that jco adds for callers that bring none: bundlers would look for what its `new
 * URL` may mean.
 */
function withoutLoader(bytes) {
  const text = Buffer.from(bytes).toString();
  const loader = /getCoreModule\|\|\(getCoreModule=(\w+)=>fetchCompile\(new URL\([^;]*\)\);/;
  if (!loader.test(text)) {
    throw new Error("jco's output has no loader of its own");
  }
  return text.replace(loader, "getCoreModule;");
}

/** A module with all core modules, compressed together. */
function packed(scripts) {
  const modules = scripts.filter(([name]) => name.endsWith(".wasm"));
  const lengths = Object.fromEntries(modules.map(([name, { length }]) => [name, length]));
  const bytes = deflateSync(Buffer.concat(modules.map(([, bytes]) => bytes)), { level: 9 });
  return `export const lengths = ${JSON.stringify(lengths)};
export const base64 = "${bytes.toString("base64")}";
`;
}

function local(file) {
  return fileURLToPath(new URL(file, import.meta.url));
}
