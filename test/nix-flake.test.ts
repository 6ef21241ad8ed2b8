/**
 * The flake and its templates under real Nix, with stubs of nixpkgs and clan-core (`nix/test`) in
 * place of their inputs, in a store of its own and without network.
 */
import { spawnSync } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { withNix } from "./nix.js";

const test = suite("the flake");
const testWithNix = withNix(test);

const root = path.join(import.meta.dirname, "..");
const stubs = path.join(root, "nix/test");
const overrides = ["--override-input", "nixpkgs", `path:${stubs}/nixpkgs`];
let temporary = "";

test.before(() => {
  temporary = mkdtempSync(path.join(tmpdir(), "inventory2nix-"));
});

test.after(() => {
  spawnSync("chmod", ["-R", "u+w", temporary]);
  rmSync(temporary, { recursive: true });
});

testWithNix("its outputs are what Nix expects", () => {
  const flake = `path:${copyOfProject()}`;
  const checked = nix("flake", "check", "--no-build", ...overrides, flake);
  assert.is(checked.status, 0, checked.stderr);
  const shown = nix("flake", "show", ...overrides, flake);
  assert.is(shown.status, 0, shown.stderr);
});

testWithNix("each package evaluates on each of its systems, with the lock as it is", () => {
  const packages = evaluate(copyOfProject(), "packages", allDerivations) as Record<string, object>;
  assert.equal(Object.keys(packages), ["aarch64-darwin", "aarch64-linux", "x86_64-linux"]);
  for (const names of Object.values(packages)) {
    assert.equal(Object.keys(names), ["component", "default", "inventory2nix"]);
  }
});

testWithNix("the stub of nixpkgs is as strict about the lock as nixpkgs", () => {
  type Packages = Record<string, Record<string, unknown>>;
  const refused = (change: (packages: Packages) => void) => {
    const project = copyOfProject();
    const file = path.join(project, "package-lock.json");
    const lock = JSON.parse(readFileSync(file, "utf8")) as { packages: Packages };
    change(lock.packages);
    writeFileSync(file, JSON.stringify(lock));
    const { status, stderr } = ask(project, "packages", allDerivations);
    assert.is.not(status, 0);
    return stderr;
  };
  const optional = "node_modules/@esbuild/win32-x64";
  assert.match(
    refused((packages) => delete packages[optional]!["integrity"]),
    /attribute 'integrity' missing|without required argument 'integrity'/,
  );
  assert.match(
    refused((packages) => delete packages["node_modules/yaml"]!["resolved"]),
    /attribute 'resolved' missing/,
  );
  assert.match(
    refused((packages) => (packages[optional]!["integrity"] = "sha512-short")),
    /hash/,
  );
});

testWithNix("the functions work on the other systems of nixpkgs, and name what is none", () => {
  const check = (system: string) =>
    ask(
      copyOfProject(),
      "lib",
      `lib: [ (lib.checkCurrent { system = "${system}"; src = ${root}/nix/templates/committed; }).drvPath (lib.compile { system = "${system}"; text = ""; }).drvPath ]`,
      ["--impure"],
    );
  const { status, stderr } = check("x86_64-darwin");
  assert.is(status, 0, stderr);
  assert.match(check("linux").stderr, "error: inventory2nix: nixpkgs has no 'linux'");
});

testWithNix("without flakes, callPackage builds package, component and check", () => {
  const { status, stderr } = run("nix-instantiate", [
    "-E",
    `let
      pkgs = import ${stubs}/nixpkgs/packages.nix {
        system = "x86_64-linux";
        lib = import ${stubs}/nixpkgs/lib.nix;
      };
      inventory2nix = import ${root}/nix;
      command = pkgs.callPackage inventory2nix.package { };
    in
    [
      command
      (pkgs.callPackage inventory2nix.component { inventory2nix = command; })
      (pkgs.callPackage inventory2nix.checkCurrent { inventory2nix = command; } {
        src = ${root}/nix/templates/committed;
      })
    ]`,
  ]);
  assert.is(status, 0, stderr);
});

for (const template of ["committed", "import"]) {
  testWithNix(`the template '${template}' starts without network, and is a flake`, () => {
    const project = copyOfProject();
    const src = path.join(temporary, `new-${template}`);
    mkdirSync(src);
    const made = run("nix", ["flake", "init", "--template", `path:${project}#${template}`], src);
    assert.is(made.status, 0, made.stderr);

    const inputs = [
      { input: "nixpkgs", folder: `${stubs}/nixpkgs` },
      { input: "clan-core", folder: `${stubs}/clan-core` },
      { input: "clan-core/nixpkgs", folder: `${stubs}/nixpkgs` },
      { input: "inventory2nix", folder: project },
    ].flatMap(({ input, folder }) => ["--override-input", input, `path:${folder}`]);
    // Not `check`: before Nix 2.17 it takes no path for a module.
    const shown = nix("flake", "show", ...inputs, `path:${src}`);
    assert.is(shown.status, 0, shown.stderr);
    const attributes = ["nixosConfigurations", "checks.x86_64-linux.inventory.name"];
    for (const attribute of template === "committed" ? attributes : attributes.slice(0, 1)) {
      const value = nix("eval", "--json", ...inputs, `path:${src}#${attribute}`);
      assert.is(value.status, 0, value.stderr);
    }
  });

  test(`the template '${template}' of Clan differs by name and domain alone`, () => {
    const folder = path.join(root, "nix/templates");
    const files = (of: string) =>
      readdirSync(of, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => path.relative(of, path.join(entry.parentPath, entry.name)))
        .sort();
    const names = files(path.join(folder, template));
    assert.equal(files(path.join(folder, "clan", template)), names);
    for (const name of names) {
      const text = readFileSync(path.join(folder, "clan", template, name), "utf8");
      // Clan replaces them in these two files, and in no other.
      const filledIn = ["clan.nix", "flake.nix"].includes(name)
        ? text.replaceAll("{{name}}", "my-clan").replaceAll("{{domain}}", "my-clan.internal")
        : text;
      assert.is(filledIn, readFileSync(path.join(folder, template, name), "utf8"), name);
      assert.is(text !== filledIn, name === "clan.nix", name);
    }
  });
}

testWithNix("clan finds the templates", () => {
  const templates = evaluate(copyOfProject(), "clan.templates.clan", "t: t") as Record<
    string,
    { readonly path: string; readonly description: string }
  >;
  assert.equal(Object.keys(templates), ["committed", "import"]);
  for (const template of Object.values(templates)) {
    assert.equal(Object.keys(template), ["description", "path"]);
  }
});

testWithNix("the flake module has a key, so that two imports of it are one", () => {
  const { status, stdout, stderr } = run("nix-instantiate", [
    "--eval",
    "-E",
    `(import ${root}/nix/flake-module.nix { commandOn = null; checkCurrent = null; } {
      config = { };
      lib = { mkOption = x: x; types = builtins.mapAttrs (_: _: null) { }; };
      flake-parts-lib = { };
      self = null;
    }).key`,
  ]);
  assert.is(status, 0, stderr);
  assert.is(stdout.trim(), JSON.stringify(path.join(root, "nix/flake-module.nix")));
});

test.run();

const allDerivations =
  "packages: builtins.mapAttrs (_: builtins.mapAttrs (_: one: one.drvPath)) packages";

/** What of the project its flake is made of: without what is installed, built or not its own. */
function copyOfProject(): string {
  const copy = mkdtempSync(path.join(temporary, "project-"));
  const left = new Set([".git", "node_modules", "dist"]);
  cpSync(root, copy, { recursive: true, filter: (file) => !left.has(path.relative(root, file)) });
  forOldNix(path.join(copy, "flake.lock"));
  return copy;
}

/** Nix before 2.20 does not know all that newer ones write into a lock file about an archive. */
function forOldNix(file: string): void {
  const [, minor = "0"] = /2\.(\d+)/.exec(run("nix", ["--version"]).stdout) ?? [];
  if (Number(minor) < 20) {
    const lock = JSON.parse(readFileSync(file, "utf8")) as {
      nodes: { nixpkgs: { locked: Record<string, unknown> } };
    };
    const { lastModified: _, rev: __, ...locked } = lock.nodes.nixpkgs.locked;
    lock.nodes.nixpkgs.locked = locked;
    writeFileSync(file, JSON.stringify(lock));
  }
}

function evaluate(flake: string, attribute: string, apply: string): unknown {
  const { status, stdout, stderr } = ask(flake, attribute, apply);
  assert.is(status, 0, stderr);
  return JSON.parse(stdout);
}

function ask(flake: string, attribute: string, apply: string, flags: readonly string[] = []) {
  const installable = `path:${flake}#${attribute}`;
  return nix("eval", "--json", ...flags, ...overrides, "--apply", apply, installable);
}

function nix(...args: readonly string[]) {
  return run("nix", [...args, "--no-write-lock-file"]);
}

function run(tool: string, args: readonly string[], cwd?: string) {
  const env = {
    ...process.env,
    HOME: temporary,
    NIX_STORE_DIR: path.join(temporary, "store"),
    NIX_STATE_DIR: path.join(temporary, "state"),
    NIX_LOG_DIR: path.join(temporary, "log"),
    NIX_CONFIG: [
      "experimental-features = nix-command flakes",
      "sandbox = false",
      "substitute = false",
      "build-users-group =",
      "flake-registry =",
    ].join("\n"),
  };
  return spawnSync(tool, args, { cwd, encoding: "utf8", env });
}
