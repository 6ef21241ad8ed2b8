/** The tarball as npm publishes it: what its linters say, and whether it works where it is installed. */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { brotliCompressSync } from "node:zlib";
import { test } from "uvu";
import * as assert from "uvu/assert";

const root = path.join(import.meta.dirname, "../../..");
const folder = mkdtempSync(path.join(tmpdir(), "published-"));
const [{ filename, size, unpackedSize }] = JSON.parse(
  execFileSync("npm", ["pack", "--json", "--ignore-scripts", "--pack-destination", folder], {
    cwd: root,
    encoding: "utf8",
  }),
);
const tarball = path.join(folder, filename);

test.after(() => rmSync(folder, { recursive: true }));

test("publint finds nothing", () => {
  const { status, output } = runPackaged("publint", "run", tarball, "--strict");
  assert.is(status, 0, output);
});

test("are-the-types-wrong finds nothing", () => {
  const { status, output } = runPackaged(
    "attw",
    tarball,
    "--profile=esm-only",
    "--exclude-entrypoints",
    "inventory2nix.wasm",
    "inventory2nix.nix.wasm",
  );
  assert.is(status, 0, output);
});

test("the sizes are at most those that docs/component.md states, and not far below", () => {
  const page = readFileSync(path.join(root, "docs/component.md"), "utf8");
  const isStated = (pattern: RegExp, ...sizes: readonly number[]) => {
    const stated = pattern.exec(page)!.slice(1);
    sizes.forEach((bytes, index) => {
      const megabytes = bytes / 1e6;
      const bound = Number(stated[index]);
      assert.ok(megabytes <= bound && megabytes >= 0.75 * bound, `${pattern}: ${megabytes}`);
    });
  };
  for (const file of ["dist/inventory2nix.wasm", "dist/component/index.js"]) {
    const bytes = readFileSync(path.join(root, file));
    const row = new RegExp(`^\\| \`${file}\` \\| ([\\d.]+) MB \\| ([\\d.]+) MB \\|$`, "m");
    isStated(row, bytes.length, brotliCompressSync(bytes).length);
  }
  isStated(/^\| the package, installed \| ([\d.]+) MB \| \|$/m, unpackedSize);
  isStated(/^\| the package, packed \| ([\d.]+) MB \| \|$/m, size);
});

test("installed without a network, the command, the library and the component compile", () => {
  writeFileSync(path.join(folder, "package.json"), '{ "type": "module" }');
  execFileSync("npm", ["install", "--offline", "--no-audit", tarball], {
    cwd: folder,
    stdio: "pipe",
  });
  writeFileSync(
    path.join(folder, "program.js"),
    `import { compile } from "inventory2nix";
    import { instantiate } from "inventory2nix/component";
    const source = { name: "<stdin>", text: "machines: [a]" };
    const component = await instantiate();
    const options = { knownMachines: [], allowNix: false, denyWarnings: false };
    console.log(JSON.stringify([compile(source).text, component.compile([source], options).text]));`,
  );
  const [byLibrary, byComponent] = JSON.parse(
    execFileSync(process.execPath, ["program.js"], { cwd: folder, encoding: "utf8" }),
  );
  const byCommand = execFileSync(path.join(folder, "node_modules/.bin/inventory2nix"), {
    cwd: folder,
    input: "machines: [a]",
    encoding: "utf8",
  });
  assert.match(byCommand, "a = { };");
  assert.is(byLibrary, byCommand);
  assert.is(byComponent, byCommand);
});

test.run();

function runPackaged(
  command: string,
  ...args: readonly string[]
): { status: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync(
    path.join(root, "node_modules/.bin", command),
    args,
    {
      cwd: root,
      encoding: "utf8",
    },
  );
  return { status, output: stdout + stderr };
}
