import { chmodSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import commonjs from "@rollup/plugin-commonjs";
import { nodeResolve } from "@rollup/plugin-node-resolve";
import dts from "rollup-plugin-dts";
import esbuild from "rollup-plugin-esbuild";

// The package `yaml` is part of every bundle: the compiler depends on the wording of its messages,
// its build for Node cannot be bundled again as a module, and the command would load it file by
// file, which takes longer than a small inventory does. So is `jsonc-parser`. The editor server has a
// file of its own, with the packages that only it needs.
const banner = bannerOf({
  "the package yaml": "node_modules/yaml/LICENSE",
  "the package jsonc-parser": "node_modules/jsonc-parser/LICENSE.md",
  "what clan-core says of its services": "schema/clan-core.LICENSE",
});
const serverBanner = bannerOf({
  "the package vscode-languageserver": "node_modules/vscode-languageserver/License.txt",
  "the package vscode-languageserver-textdocument":
    "node_modules/vscode-languageserver-textdocument/License.txt",
});
const plugins = [nodeEntries(), nodeResolve(), commonjs(), esbuild({ target: "node20" })];

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
    output: {
      dir: "dist",
      chunkFileNames: "lsp.js",
      format: "es",
      banner: ({ isEntry }) => (isEntry ? banner : serverBanner),
    },
    plugins: [...plugins, executable()],
  },
];

/** What a package has for Node alone, of packages that say so by the name. */
function nodeEntries() {
  return {
    name: "node-entries",
    resolveId: (id, importer) =>
      /^vscode-[^/]+\/node$/.test(id) ? createRequire(importer).resolve(id) : null,
  };
}

function executable() {
  return {
    name: "executable",
    writeBundle({ dir }) {
      chmodSync(`${dir}/bin.js`, 0o755);
    },
  };
}

function bannerOf(licences) {
  return `/*!\n${Object.entries(licences).map(describeLicence).join("\n")}*/`;
}

function describeLicence([name, file]) {
  const text = readFileSync(file, "utf8").trim();
  return `Includes ${name}:\n\n${text}\n`;
}
