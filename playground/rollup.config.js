import { nodeResolve } from "@rollup/plugin-node-resolve";
import esbuild from "rollup-plugin-esbuild";
import { loading, offline, pageFiles } from "./build.js";

const plugins = [nodeResolve({ browser: true }), esbuild({ target: "es2022", minify: true })];

export default {
  input: {
    main: "playground/main.ts",
    worker: "playground/worker.ts",
    "component-worker": "playground/component-worker.ts",
    theme: "playground/theme.ts",
    offline: "playground/offline.js",
  },
  output: { dir: "dist/playground", format: "es", chunkFileNames: "[name].js" },
  onwarn(warning, warn) {
    // jco marks its output with "use components", which means nothing to browsers.
    if (warning.code !== "MODULE_LEVEL_DIRECTIVE") {
      warn(warning);
    }
  },
  plugins: [...plugins, pageFiles(), loading(), offline()],
};
