import { nodeResolve } from "@rollup/plugin-node-resolve";
import { rollup } from "rollup";
import esbuild, { minify } from "rollup-plugin-esbuild";

/** Everything that runs inside a component as one module, which imports nothing but its world. */
export async function bundle(entry) {
  const built = await rollup({
    input: entry,
    external: /^(wasi|inventory2nix):/,
    onwarn(warning) {
      throw new Error(warning.message);
    },
    plugins: [nodeResolve(), esbuild({ target: "es2022" }), minify({ target: "es2022" })],
  });
  const { output } = await built.generate({ format: "es" });
  return output[0].code;
}
