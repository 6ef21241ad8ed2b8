/** What users get from npm, and what it brings along. */
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { test } from "uvu";
import * as assert from "uvu/assert";

const root = path.join(import.meta.dirname, "..");
const readJson = (file: string) => JSON.parse(readFileSync(path.join(root, file), "utf8"));

const files = [
  ".pre-commit-hooks.yaml",
  "CHANGELOG.md",
  "CONTRIBUTING.md",
  "LICENSE",
  "README.md",
  "SECURITY.md",
  "action.yml",
  "dist/bin.js",
  "dist/index.d.ts",
  "dist/index.js",
  "dist/lsp.js",
  ...filesIn("docs").filter((file) => file.endsWith(".md")),
  "docs/mistakes.yaml",
  ...readdirSync(path.join(root, "nix"))
    .filter((file) => file.endsWith(".nix") && file !== "test.nix")
    .map((file) => `nix/${file}`),
  "package.json",
  "playground/screenshot-explain.png",
  "playground/screenshot-fix.png",
  "playground/screenshot.png",
  "schema/clan-core.LICENSE",
  "schema/inventory.schema.json",
  "schema/plan.schema.json",
  ...filesIn("wasm/wit"),
];

/** What `npm run build:component` adds. */
const componentFiles = [
  "dist/component/index.d.ts",
  "dist/component/index.js",
  "dist/component/interfaces/inventory2nix-compiler-compiler.d.ts",
  "dist/inventory2nix.nix.wasm",
  "dist/inventory2nix.wasm",
];

const packed = listPacked();
const { name, version, scripts, dependencies, devDependencies, exports } = readJson("package.json");
const lock = readJson("package-lock.json").packages as {
  readonly [path: string]: {
    readonly dev?: boolean;
    readonly optional?: boolean;
    readonly integrity?: string;
  };
};

test("the package holds these files, and the component where it is built", () => {
  const isBuilt = existsSync(path.join(root, "dist/inventory2nix.wasm"));
  assert.equal(packed, [...files, ...(isBuilt ? componentFiles : [])].sort());
});

test("what a page links to is in the package", () => {
  for (const page of packed.filter((file) => file.endsWith(".md"))) {
    const text = readFileSync(path.join(root, page), "utf8");
    for (const [, target] of text.matchAll(/\]\((?!https?:|#)([^)#\s]+)[^)]*\)/g)) {
      const file = path.posix.join(path.posix.dirname(page), target!);
      assert.ok(packed.includes(file), `${page} links to ${target}`);
    }
  }
});

test("npm's links are made of the one address, and left out while there is none", async () => {
  const { linksOf } = await import(pathToFileURL(path.join(root, "release/links.js")).href);
  assert.equal(linksOf(undefined), {});
  assert.equal(linksOf("https://example.org/x"), {
    repository: { type: "git", url: "git+https://example.org/x.git" },
    bugs: "https://example.org/x/issues",
  });
  const { homepage, repository, bugs } = readJson("package.json");
  assert.equal(JSON.parse(JSON.stringify({ repository, bugs })), linksOf(homepage));
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
  assert.equal(
    importedBy("dist/lsp.js").filter((from) => !isBuiltin(from)),
    ["./bin.js"],
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

test("what only the editor server needs is in its file alone, with its licence", () => {
  const server = "vscode-languageserver";
  const licence = readFileSync(path.join(root, `node_modules/${server}/License.txt`), "utf8");
  assert.ok(readFileSync(path.join(root, "dist/lsp.js"), "utf8").includes(licence.trim()));
  assert.not(readFileSync(path.join(root, "dist/bin.js"), "utf8").includes(server));
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

/** What npm would publish. */
function listPacked(): readonly string[] {
  const { stdout } = spawnSync("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], {
    cwd: root,
    encoding: "utf8",
  });
  const [{ files }] = JSON.parse(stdout) as [{ files: readonly { readonly path: string }[] }];
  return files.map(({ path }) => path).sort();
}

function filesIn(folder: string): readonly string[] {
  return readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)));
}

function importedBy(file: string): readonly string[] {
  const text = readFileSync(path.join(root, file), "utf8");
  const imports = text.matchAll(/^(?:import|export) (?:[^;]*? from )?["']([^"']+)["'];$/gm);
  return [...imports].map(([, from]) => from!);
}

test.run();
