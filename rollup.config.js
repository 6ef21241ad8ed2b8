import { nodeResolve } from "@rollup/plugin-node-resolve";
import { chmodSync } from "node:fs";
import esbuild from "rollup-plugin-esbuild";

export default {
  input: { index: "src/index.ts", bin: "src/cli/bin.ts" },
  external: ["yaml"],
  output: { dir: "dist", format: "es", chunkFileNames: "[name].js" },
  plugins: [nodeResolve(), esbuild({ target: "node20" }), executable("bin.js")],
};

function executable(name) {
  return {
    name: "executable",
    writeBundle({ dir }) {
      chmodSync(`${dir}/${name}`, 0o755);
    },
  };
}
