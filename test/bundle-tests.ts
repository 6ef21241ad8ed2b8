import { rmSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { build, type Plugin } from "esbuild";

const folder = import.meta.dirname;
const outdir = path.join(folder, "../node_modules/.tests");

/**
 * Compiles test files, given as paths in `test`, with what they import of ours, and returns where
 * each is then. tsx would compile the sources in every process, and wrap every function to keep its
 * name, which makes the long tests up to twice as long.
 */
export async function bundleTests(files: readonly string[]): Promise<(file: string) => string> {
  rmSync(outdir, { recursive: true, force: true });
  await build({
    entryPoints: files.map((file) => path.join(folder, file)),
    outbase: folder,
    outdir,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node20",
    packages: "external",
    sourcemap: true,
    plugins: [ownLocations],
    logLevel: "warning",
  });
  return (file) => path.join(outdir, file.replace(/\.ts$/, ".mjs"));
}

/** Lets `import.meta` say where a source is, not its bundle. */
const ownLocations: Plugin = {
  name: "own-locations",
  setup({ onLoad }) {
    onLoad({ filter: /\.[jt]s$/ }, async ({ path: file }) => {
      if (file.includes(`${path.sep}node_modules${path.sep}`)) {
        return undefined;
      }
      const text = await readFile(file, "utf8");
      const contents = text
        .replaceAll("import.meta.dirname", JSON.stringify(path.dirname(file)))
        .replaceAll("import.meta.filename", JSON.stringify(file))
        .replaceAll("import.meta.url", JSON.stringify(pathToFileURL(file).href));
      return { contents, loader: file.endsWith(".ts") ? "ts" : "js" };
    });
  },
};
