/** `diff` with revisions of git, in real repositories. */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { nodeHost } from "../src/cli/node-host.js";
import { withFiles } from "./component-hosts.js";
import { inFolder, run } from "./host.js";

const test = suite("diff with revisions");
const hasGit = spawnSync("git", ["--version"]).status === 0;
const withGit = hasGit ? test : withFiles(test, undefined);
const top = realpathSync(mkdtempSync(path.join(tmpdir(), "inventory2nix-")));

test.after(() => rmSync(top, { recursive: true, force: true }));

function write(name: string, text: string): void {
  mkdirSync(path.dirname(path.join(top, name)), { recursive: true });
  writeFileSync(path.join(top, name), text);
}

function commit(): void {
  const identity = ["-c", "user.name=n", "-c", "user.email=e", "-c", "commit.gpgsign=false"];
  for (const args of [
    ["add", "-A"],
    [...identity, "commit", "-q", "-m", "m"],
  ]) {
    execFileSync("git", args, { cwd: top });
  }
}

function ask(args: readonly string[], folder = ".", input?: string) {
  const git = nodeHost().git!;
  const cwd = path.join(top, folder);
  return run(args, { ...inFolder(cwd), git, ...(input !== undefined && { input }) });
}

test.before(() => {
  if (hasGit) {
    execFileSync("git", ["init", "-q", "-b", "main", top]);
  }
  const role = "instances: { s: { module: { input: self }, roles: { r: { tags: [all] } } } }\n";
  write("infra/inventory.yaml", `machines: [a, u-1]\n${role}`);
  write("machines/old/configuration.nix", "{ }");
  write("sites/one.yaml", "machines: [one]\n");
  symlinkSync("../sites/one.yaml", path.join(top, "infra/linked.yaml"));
  symlinkSync("../sites", path.join(top, "infra/places"));
  if (hasGit) {
    commit();
  }
  write("infra/inventory.yaml", `machines: [a, b, u-1]\n${role}`);
});

withGit("compares the inventory at a revision with the one in the working tree", async () => {
  const { exitCode, stdout, stderr } = await ask(["diff", "HEAD"], "infra");
  assert.equal([exitCode, stderr], [1, ""]);
  assert.match(stdout, /^1 machine added, 0 removed, 0 changed, 3 unchanged\n\n\+ b\n/);
  assert.is((await ask(["diff", "HEAD", "-f", "infra/inventory.yaml"])).stdout, stdout);
  const { stdout: same } = await ask(["diff", "HEAD", "main"], "infra");
  assert.is(same, "0 machines added, 0 removed, 0 changed, 3 unchanged\n");
});

withGit("machines are known that had a folder at the revision", async () => {
  write("machines/new/configuration.nix", "{ }");
  const { stdout } = await ask(["diff", "HEAD"], "infra");
  assert.match(stdout, "\n+ b, new\n");
  rmSync(path.join(top, "machines/new"), { recursive: true });
});

withGit("follows links, and reads folders, as they were", async () => {
  for (const name of ["linked.yaml", "places/one.yaml", "places", "../sites"]) {
    const { exitCode, stdout, stderr } = await ask(["diff", "HEAD", "-f", name], "infra");
    assert.equal([exitCode, stderr], [0, ""], name);
    assert.match(stdout, "0 changed, 2 unchanged");
  }
});

withGit("names the revision of what is wrong in it", async () => {
  write("new.yaml", "machines: [n]\n");
  assert.match(
    (await ask(["diff", "HEAD", "-f", "new.yaml"])).stderr,
    /^HEAD:new\.yaml:1:1: error: cannot be read: no such file or directory/,
  );
  assert.match((await ask(["diff", "HEAD"])).stderr, /^inventory2nix: HEAD:no inventory\.yaml/);
});

withGit("a file comes before a revision of its name, and what is neither is told", async () => {
  write("main", "machines: [m]\n");
  const file = await ask(["diff", "main", "-f", "infra/inventory.yaml"]);
  assert.match(file.stdout, "\n- m\n");
  rmSync(path.join(top, "main"));
  for (const name of ["nonsense", "HEAD~7", "no.yaml"]) {
    const { exitCode, stdout, stderr } = await ask(["diff", name], "infra");
    assert.equal([exitCode, stdout], [2, ""]);
    assert.match(stderr, `inventory2nix: ${name}: neither a file or folder, nor a revision: `);
  }
});

withGit("outside a repository, and without git, it is told why", async () => {
  const outside = mkdtempSync(path.join(tmpdir(), "inventory2nix-"));
  writeFileSync(path.join(outside, "inventory.yaml"), "{}");
  const git = nodeHost().git!;
  assert.match(
    (await run(["diff", "HEAD"], { ...inFolder(outside), git })).stderr,
    "not a git repo",
  );
  rmSync(outside, { recursive: true });
  assert.is(
    (await run(["diff", "HEAD"], inFolder(top))).stderr,
    "inventory2nix: HEAD: neither a file or folder, nor a revision: git cannot be run here\n",
  );
});

test.run();
