import { chmodSync, readFileSync } from "node:fs";
import { nodeResolve } from "@rollup/plugin-node-resolve";
import dts from "rollup-plugin-dts";
import esbuild from "rollup-plugin-esbuild";

// The package `yaml` is part of every bundle: the compiler depends on the wording of its messages,
// its build for Node cannot be bundled again as a module, and the command would load it file by
// file, which takes longer than a small inventory does. So is `jsonc-parser`.
const licences = { yaml: "LICENSE", "jsonc-parser": "LICENSE.md" };
const services = describeLicence(
  "What is known of services is clan-core's",
  "schema/clan-core.LICENSE",
);
const banner = `/*!\n${[...Object.entries(licences).map(([name, file]) => describeLicence(`Includes the package ${name}`, `node_modules/${name}/${file}`)), services].join("\n")}*/`;
const plugins = [nodeResolve(), esbuild({ target: "node20" })];

export default [
  {
    input: "src/index.ts",
    output: { file: "dist/index.js", format: "es", banner },
    plugins,
  },
  {
    input: "src/index.ts",
    output: { file: "dist/index.d.ts", format: "es" },
    plugins: [dts({ compilerOptions: { stripInternal: true } })],
  },
  {
    input: "src/cli/bin.ts",
    external: /^node:/,
    output: { file: "dist/bin.js", format: "es", banner },
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

function describeLicence(what, file) {
  return `${what}:\n\n${readFileSync(file, "utf8").trim()}\n`;
}
