/** What users get from npm, and what it brings along. */
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";

const root = path.join(import.meta.dirname, "..");
const readJson = (file: string) => JSON.parse(readFileSync(path.join(root, file), "utf8"));

const files = [
  "LICENSE",
  "README.md",
  "dist/bin.js",
  "dist/index.d.ts",
  "dist/index.js",
  ...readdirSync(path.join(root, "nix"))
    .filter((file) => file.endsWith(".nix") && file !== "test.nix")
    .map((file) => `nix/${file}`),
  "package.json",
  "schema/clan-core.json",
  "schema/inventory.schema.json",
  "schema/plan.schema.json",
];

/** What `npm run build:component` adds. */
const componentFiles = [
  "dist/component/instance.d.ts",
  "dist/component/instance.js",
  "dist/component/inventory2nix.core.wasm",
  ...Array.from({ length: 8 }, (_, index) => `dist/component/inventory2nix.core${index + 2}.wasm`),
  "dist/component/inventory2nix.d.ts",
  "dist/component/inventory2nix.js",
  "dist/component/node.d.ts",
  "dist/component/node.js",
  "dist/component/web.d.ts",
  "dist/component/web.js",
  "dist/inventory2nix.nix.wasm",
  "dist/inventory2nix.wasm",
];

const { name, version, scripts, dependencies, devDependencies, exports } = readJson("package.json");
const lock = readJson("package-lock.json").packages as {
  readonly [path: string]: {
    readonly dev?: boolean;
    readonly optional?: boolean;
    readonly integrity?: string;
  };
};

test("the package holds these files, and the types of the component", () => {
  const { stdout } = spawnSync("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], {
    cwd: root,
    encoding: "utf8",
  });
  const packed = (JSON.parse(stdout)[0].files as readonly { readonly path: string }[]).map(
    ({ path }) => path,
  );
  const interfaces = packed.filter((file) => file.startsWith("dist/component/interfaces/"));
  const expected = existsSync(path.join(root, "dist/inventory2nix.wasm"))
    ? [...files, ...componentFiles]
    : files;
  assert.equal(packed.filter((file) => !interfaces.includes(file)).sort(), expected.sort());
  assert.ok(interfaces.every((file) => file.endsWith(".d.ts")));
});

test("what the package exports is in it", () => {
  const targets = Object.values(exports as object).flatMap((target: unknown) =>
    typeof target === "string" ? [target] : Object.values(target as object),
  ) as string[];
  for (const target of targets) {
    const file = target.replace("./", "");
    assert.ok(files.includes(file) || componentFiles.includes(file), file);
  }
});

test("the library needs nothing beside itself, and the command only Node", () => {
  assert.equal(importedBy("dist/index.js"), []);
  assert.equal(importedBy("dist/index.d.ts"), []);
  assert.equal(
    importedBy("dist/bin.js").filter((from) => !from.startsWith("node:")),
    [],
  );
  assert.is(dependencies, undefined);
  assert.equal(
    Object.keys(lock).filter((folder) => folder !== "" && lock[folder]!.dev !== true),
    [],
  );
});

test("yaml, whose wording the reading of YAML goes by, is pinned, and has its licence in the bundles", () => {
  assert.match(devDependencies.yaml, /^\d+\.\d+\.\d+$/);
  assert.equal(Object.keys(readJson("node_modules/yaml/package.json").dependencies ?? {}), []);
  const licence = readFileSync(path.join(root, "node_modules/yaml/LICENSE"), "utf8");
  for (const file of ["dist/bin.js", "dist/index.js"]) {
    assert.ok(readFileSync(path.join(root, file), "utf8").includes(licence), file);
  }
});

test("nothing runs when the package is installed", () => {
  assert.equal(
    Object.keys(scripts).filter((script) =>
      /^(pre|post)?install$|^(pre|post)prepare$/.test(script),
    ),
    [],
  );
});

test("every package of the build is locked by its hash, except those for other platforms", () => {
  for (const [folder, { optional, integrity }] of Object.entries(lock)) {
    if (folder !== "" && optional !== true) {
      assert.match(integrity ?? "", /^sha512-/, folder);
    }
  }
});

test("the only lock file is for this version", () => {
  assert.is(readJson("package-lock.json").name, name);
  assert.is(readJson("package-lock.json").version, version);
  assert.equal(
    readdirSync(root).filter((file) =>
      /^(yarn\.lock|pnpm-lock\.yaml|bun\.lockb?|npm-shrinkwrap\.json)$/.test(file),
    ),
    [],
  );
});

function importedBy(file: string): readonly string[] {
  const text = readFileSync(path.join(root, file), "utf8");
  const imports = text.matchAll(/^(?:import|export) (?:[^;]*? from )?["']([^"']+)["'];$/gm);
  return [...imports].map(([, from]) => from!);
}

test.run();
