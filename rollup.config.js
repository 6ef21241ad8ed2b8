import { chmodSync, readFileSync } from "node:fs";
import { nodeResolve } from "@rollup/plugin-node-resolve";
import esbuild from "rollup-plugin-esbuild";

const plugins = [nodeResolve(), esbuild({ target: "node20" })];

export default [
  {
    input: "src/index.ts",
    external: ["yaml"],
    output: { file: "dist/index.js", format: "es" },
    plugins,
  },
  {
    // One file with all it needs: loading `yaml` file by file would take longer than a small
    // inventory does.
    input: "src/cli/bin.ts",
    external: /^node:/,
    output: {
      file: "dist/bin.js",
      format: "es",
      banner: `/*!\nIncludes the package yaml:\n\n${readFileSync("node_modules/yaml/LICENSE", "utf8")}*/`,
    },
    plugins: [...plugins, executable()],
  },
];

function executable() {
  return {
    name: "executable",
    writeBundle({ file }) {
      chmodSync(file, 0o755);
    },
  };
}
