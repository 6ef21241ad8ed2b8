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
    plugins: [nodeResolve(), esbuild({ target: "es2022" }), minify({ target: "es2022" })],
  });
  const { output } = await built.generate({ format: "es" });
  return output[0].code;
}

function local(file) {
  return fileURLToPath(new URL(file, import.meta.url));
}
