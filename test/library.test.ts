/** The library as programs see it that bundle it, or whose types are checked without Node and DOM. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { build } from "esbuild";
import { test } from "uvu";
import * as assert from "uvu/assert";

const root = path.join(import.meta.dirname, "..");
const hasComponent = existsSync(path.join(root, "dist/component"));
/** A program's folder, in which this package is installed. */
const folder = mkdtempSync(path.join(tmpdir(), "bundled-"));
mkdirSync(path.join(folder, "node_modules"));
symlinkSync(root, path.join(folder, "node_modules/inventory2nix"));
writeFileSync(path.join(folder, "package.json"), '{ "type": "module" }');

test.after(() => rmSync(folder, { recursive: true }));

for (const platform of ["node", "browser", "neutral"] as const) {
  test(`bundled by esbuild for ${platform}, the library compiles`, async () => {
    const outfile = path.join(folder, `${platform}.mjs`);
    const { warnings, metafile } = await build({
      stdin: {
        contents: `
          import { compile } from "inventory2nix";
          const text = "machines: {a: {tags: &t [b]}, c: {tags: *t}}";
          console.log(JSON.stringify(compile({ name: "inventory.yaml", text })));
        `,
        resolveDir: folder,
      },
      bundle: true,
      platform,
      format: "esm",
      metafile: true,
      outfile,
      logLevel: "silent",
    });
    assert.equal(warnings, []);
    assert.equal(Object.values(metafile.outputs)[0]!.imports, []);
    const { stdout, stderr } = spawnSync(process.execPath, [outfile], { encoding: "utf8" });
    assert.is(stderr, "");
    const { text, diagnostics } = JSON.parse(stdout);
    assert.equal(diagnostics, []);
    assert.match(text, 'tags = [ "b" ];');
  });
}

test("the types need neither those of Node nor of the DOM", () => {
  writeFileSync(path.join(folder, "consumer.ts"), consumer);
  writeFileSync(
    path.join(folder, "tsconfig.json"),
    JSON.stringify({ compilerOptions, files: ["consumer.ts"] }),
  );
  const tsc = path.join(root, "node_modules/typescript/bin/tsc");
  const { stdout, status } = spawnSync(process.execPath, [tsc, "-p", folder], { encoding: "utf8" });
  assert.is(stdout, "");
  assert.is(status, 0);
});

const compilerOptions = {
  target: "ES2022",
  lib: ["ES2022"],
  types: [],
  module: "NodeNext",
  strict: true,
  exactOptionalPropertyTypes: true,
  skipLibCheck: false,
  noEmit: true,
};

const consumer = `
  import { type CompileOptions, codes, compile, type Diagnostic, type Source } from "inventory2nix";
  ${hasComponent ? 'import { type Compiler, instantiate } from "inventory2nix/component";' : ""}

  const source: Source = { name: "inventory.yaml", text: "machines: [a]" };
  const options: CompileOptions = { to: "json" };
  const { text, diagnostics } = compile([source], options);
  export const output: string = text ?? diagnostics.map(({ code }: Diagnostic) => codes[code]).join();
  ${hasComponent ? "export const component: Promise<Compiler> = instantiate();" : ""}

  // @ts-expect-error A source has a text.
  compile({ name: "inventory.yaml" });
  // @ts-expect-error There is no DOM.
  export const title: string = document.title;
`;

test.run();
