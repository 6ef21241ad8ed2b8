import path from "node:path";
import { nodeResolve } from "@rollup/plugin-node-resolve";
import { build as esbuild } from "esbuild";
import { rollup } from "rollup";
import { build as vite } from "vite";
import webpack from "webpack";

export type Target = "page" | "node";

/**
 * Builds the program in a folder, set up as little as the bundler allows, into `out`: `page.js`,
 * which starts a worker, or `node.mjs` or `node.cjs`. A warning is an error.
 */
export type Build = (folder: string, target: Target) => Promise<void>;

export const bundlers: { readonly [name: string]: Build } = {
  esbuild: withEsbuild,
  Rollup: withRollup,
  Vite: withVite,
  webpack: withWebpack,
};

/** For Node its default is a CommonJS module; a page needs a module to start its worker. */
async function withEsbuild(folder: string, target: Target): Promise<void> {
  const { warnings } = await esbuild({
    absWorkingDir: folder,
    entryPoints: entries(target),
    outdir: "out",
    ...(target === "node" && { outExtension: { ".js": ".cjs" } }),
    bundle: true,
    minify: true,
    platform: target === "page" ? "browser" : "node",
    ...(target === "page" && { format: "esm" as const }),
    logLevel: "silent",
  });
  if (warnings.length > 0) {
    throw new Error(warnings.map(({ text }) => text).join("\n"));
  }
}

async function withRollup(folder: string, target: Target): Promise<void> {
  for (const entry of entries(target)) {
    const bundle = await rollup({
      input: path.join(folder, entry),
      plugins: [nodeResolve()],
      onwarn({ message }) {
        throw new Error(message);
      },
    });
    const name = target === "page" ? entry : "node.mjs";
    await bundle.write({ file: path.join(folder, "out", name), format: "es" });
  }
}

async function withVite(folder: string, target: Target): Promise<void> {
  await vite({
    root: folder,
    configFile: false,
    logLevel: "silent",
    build: {
      outDir: "out",
      chunkSizeWarningLimit: 10_000,
      ...(target === "node" && {
        ssr: "node.js",
        rolldownOptions: { output: { entryFileNames: "node.mjs" } },
      }),
    },
    ...(target === "node" && { ssr: { noExternal: true as const } }),
  });
}

async function withWebpack(folder: string, target: Target): Promise<void> {
  const compiler = webpack({
    context: folder,
    mode: "production",
    target: target === "page" ? "web" : "node",
    entry: { [target]: `./${target}.js` },
    output: {
      path: path.join(folder, "out"),
      filename: target === "page" ? "[name].js" : "[name].cjs",
      ...(target === "page" && { publicPath: "/" }),
    },
    performance: false,
  });
  const stats = await new Promise<webpack.Stats | undefined>((resolve, reject) => {
    compiler.run((error, stats) => {
      compiler.close(() => (error === null ? resolve(stats) : reject(error)));
    });
  });
  if (stats === undefined || stats.hasErrors() || stats.hasWarnings()) {
    throw new Error(stats?.toString());
  }
}

/** For bundlers that do not find the worker by themselves. */
function entries(target: Target): string[] {
  return target === "page" ? ["page.js", "worker.js"] : ["node.js"];
}
