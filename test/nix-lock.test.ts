/**
 * package-lock.json has what nixpkgs' `importNpmLock` needs; `nix/test/nixpkgs/npm.nix` says what.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";

interface Entry {
  readonly resolved?: string | undefined;
  readonly integrity?: string | undefined;
  readonly os?: readonly string[];
  readonly cpu?: readonly string[];
}
interface Lock {
  readonly packages: Record<string, Entry>;
}

const test = suite("the lock file");
const root = path.join(import.meta.dirname, "..");
const text = readFileSync(path.join(root, "package-lock.json"), "utf8");
let temporary = "";

test.before(() => {
  temporary = mkdtempSync(path.join(tmpdir(), "inventory2nix-"));
});

test.after(() => {
  rmSync(temporary, { recursive: true });
});

test("it is complete", () => {
  const { status, stderr } = complete("--check");
  assert.is(status, 0, stderr);
});

test("it has a hash for every package that a system of the flake needs", () => {
  const systems = [
    { os: "linux", cpu: "x64" },
    { os: "linux", cpu: "arm64" },
    { os: "darwin", cpu: "arm64" },
  ];
  const { packages } = JSON.parse(text) as Lock;
  for (const [name, { os, cpu, resolved, integrity }] of Object.entries(packages)) {
    const isNeeded = systems.some((one) => admits(os, one.os) && admits(cpu, one.cpu));
    if (name !== "" && isNeeded) {
      assert.match(integrity ?? `${name}: none`, /^sha(1|512)-/);
      assert.match(resolved ?? `${name}: none`, /^https:\/\/registry\.npmjs\.org\//);
    }
  }
});

test("what is missing is named, and added", () => {
  const broken = edit((packages) => {
    packages["node_modules/yaml"] = { ...packages["node_modules/yaml"], resolved: undefined };
    packages["node_modules/rollup"] = {
      ...packages["node_modules/rollup"],
      resolved: "http://localhost:4873/rollup/-/rollup-1.0.0.tgz",
    };
  });
  const checked = complete("--check", broken);
  assert.is(checked.status, 1);
  assert.match(checked.stderr, /^ {2}node_modules\/yaml$/m);
  assert.match(checked.stderr, /^ {2}node_modules\/rollup$/m);
  assert.not.match(checked.stderr, /esbuild/);

  const completed = complete(broken);
  assert.is(completed.status, 0, completed.stderr);
  assert.is(readFileSync(broken, "utf8"), text);
});

test("only an optional package may have no hash, and then has no address", () => {
  const optional = "node_modules/@esbuild/win32-x64";
  const without = edit((packages) => {
    packages[optional] = { ...packages[optional], integrity: undefined };
  });
  const { status, stderr } = complete("--check", without);
  assert.is(status, 1, "nixpkgs would fetch it without a hash");
  assert.match(stderr, /@esbuild\/win32-x64/);
  const leftOut = edit((packages) => {
    packages[optional] = { ...packages[optional], integrity: undefined, resolved: undefined };
  });
  assert.is(complete("--check", leftOut).status, 0);

  const needed = edit((packages) => {
    packages["node_modules/yaml"] = { ...packages["node_modules/yaml"], integrity: undefined };
  });
  assert.match(complete("--check", needed).stderr, /node_modules\/yaml has no 'integrity'/);
});

test.run();

function complete(...args: readonly string[]) {
  const script = path.join(root, "nix/complete-lock.js");
  return spawnSync(process.execPath, [script, ...args], { encoding: "utf8" });
}

function edit(change: (packages: Record<string, Entry>) => void): string {
  const lock = JSON.parse(text) as Lock;
  change(lock.packages);
  const file = path.join(temporary, "package-lock.json");
  writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
  return file;
}

/** Whether a list of npm, which may say what is not meant, admits a platform. */
function admits(list: readonly string[] | undefined, platform: string): boolean {
  return (
    list === undefined ||
    list.includes(platform) ||
    (list.every((name) => name.startsWith("!")) && !list.includes(`!${platform}`))
  );
}
