import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { nodeResolve } from "@rollup/plugin-node-resolve";
import { rollup } from "rollup";
import esbuild, { minify } from "rollup-plugin-esbuild";

/** Everything that runs inside the component as one module, which imports nothing but WASI. */
export async function bundle() {
  const built = await rollup({
    input: local("entry.ts"),
    external: /^wasi:/,
    onwarn(warning) {
      throw new Error(warning.message);
    },
    plugins: [
      standIns(),
      packageFiles(),
      nodeResolve(),
      // Native async functions use the engine's own promises, whose jobs nobody runs.
      esbuild({ target: "es2022", supported: { "async-await": false, "for-await": false } }),
      minify({ target: "es2022" }),
    ],
  });
  const { output } = await built.generate({ format: "es" });
  return output[0].code;
}

/**
 * The command line is written for Node: what it uses of it has a stand-in over WASI, and `--watch`
 * has none.
 */
function standIns() {
  return {
    name: "stand-ins",
    resolveId(id) {
      if (id.startsWith("node:")) {
        return local(`node/${id.slice("node:".length)}.ts`);
      }
      return id === "./watch.js" ? local("watch.ts") : null;
    },
  };
}

function packageFiles() {
  const id = "inventory2nix:package-files";
  const { version } = JSON.parse(read("package.json"));
  const files = {
    "inventory2nix/package.json": JSON.stringify({ version }),
    "inventory2nix/schema/inventory.schema.json": read("schema/inventory.schema.json"),
  };
  return {
    name: "package-files",
    resolveId: (wanted) => (wanted === id ? id : null),
    load: (wanted) => (wanted === id ? `export default ${JSON.stringify(files)};` : null),
  };
}

function read(file) {
  return readFileSync(local(`../${file}`), "utf8");
}

function local(file) {
  return fileURLToPath(new URL(file, import.meta.url));
}
