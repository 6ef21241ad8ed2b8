import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { commands, flags, shells } from "../src/cli/command-table.js";
import { filesWith, run } from "./host.js";

const settings =
  '{ r: { machines: { laptop: { settings: { port: 22, "a b": { c: 1 } } } } }, s: { machines: [laptop] } }';
const files = filesWith({
  "inventory.yaml": `machines: { laptop: { tags: [desk] }, web: }\ninstances: { i: { module: { name: x, input: self }, roles: ${settings} } }\n`,
  "other.yaml": "machines: [elsewhere]\n",
  "bad.yaml": "machines: [\n",
  "elsewhere/": "",
});

test("completes commands, and files for the default one", async () => {
  const names = await complete("");
  assert.equal(names, [...Object.keys(commands), ":files"]);
  assert.equal(await complete("ex"), ["explain", ":files"]);
  assert.equal(await complete("plan", "x"), [":files"]);
  assert.equal(await complete("schema", ""), []);
});

test("completes the flags of a command, and their words", async () => {
  assert.equal(await complete("plan", "--mach"), ["--machine", "--machines-dir"]);
  assert.equal(await complete("graph", "--js"), []);
  assert.equal(await complete("--to", ""), ["nix", "json", "yaml"]);
  assert.equal(await complete("--to=j"), ["--to=json"]);
  assert.equal(await complete("--to", "=", "j"), ["json"]);
  assert.equal(await complete("--to", "="), ["nix", "json", "yaml"]);
  assert.equal(await complete("-o", ""), [":files"]);
  assert.equal(await complete("completions", ""), [...shells]);
  assert.equal(await complete("help", "comp"), ["compile", "completions"]);
  assert.equal(await complete("diff", "--format", "m"), ["markdown"]);
  assert.equal(await complete("check", "--format=m"), []);
  assert.equal(await complete("codes", "json"), ["json-syntax", "json5-syntax"]);
  assert.equal(await complete("check", "--ignore", "al"), ["all"]);
  assert.equal(await complete("check", "--warn=tag-n"), ["--warn=tag-name"]);
});

test("completes names of the inventory at hand", async () => {
  assert.equal(await complete("plan", "--machine", ""), ["laptop", "web"]);
  assert.equal(await complete("plan", "--tag=d"), ["--tag=desk"]);
  assert.equal(await complete("plan", "--instance", ""), ["i"]);
  assert.equal(await complete("plan", "other.yaml", "--machine", ""), ["elsewhere"]);
  assert.equal(await complete("plan", "--known-machine", "extern", "--machine", "e"), ["extern"]);
  assert.equal(await complete("explain", ""), ["laptop", "web"]);
  assert.equal(await complete("explain", "--file", "other.yaml", ""), ["elsewhere"]);
  assert.equal(await complete("explain", "laptop", ""), ["i", "i.r", "i.s"]);
  assert.equal(await complete("explain", "laptop", "i.r", ""), ['"a b".c', "port"]);
  assert.equal(await complete("explain", "laptop", "i.r", "port", ""), []);
});

test("says nothing about an inventory that cannot be read", async () => {
  for (const file of ["bad.yaml", "missing.yaml", "-"]) {
    const { exitCode, stdout, stderr } = await run(["__complete", "plan", file, "--machine", ""], {
      files,
      cwd: "/work/elsewhere",
      input: "machines: [a]",
    });
    assert.equal([exitCode, stdout, stderr], [0, "", ""], file);
  }
});

test("says what a word means", async () => {
  const { stdout } = await run(["__complete", "--wat"], { files });
  assert.is(stdout, `--watch\t${flags.watch.summary}\n`);
});

test("every shell has a script, others are told so", async () => {
  for (const shell of shells) {
    assert.match((await run(["completions", shell], { files })).stdout, " __complete ");
  }
  const { exitCode, stderr } = await run(["completions", "tcsh"], { files });
  assert.equal(
    [exitCode, stderr],
    [2, "inventory2nix: 'completions' needs one of bash, zsh, fish\n"],
  );
});

test("the script for bash completes with what it is given, quoted", async () => {
  const { stdout: script } = await run(["completions", "bash"], { files });
  const folder = mkdtempSync(path.join(tmpdir(), "inventory2nix-"));
  writeFileSync(path.join(folder, "other.yaml"), "");
  const stub = path.join(folder, "inventory2nix");
  writeFileSync(stub, "#!/bin/sh\nprintf 'my machine\\tx\\nweb\\ty\\n:files\\n'\n");
  chmodSync(stub, 0o755);
  const session = `${script}\nCOMP_WORDS=(inventory2nix plan oth) COMP_CWORD=2\n_inventory2nix ${stub} oth plan 2>/dev/null\nprintf '%s|' "\${COMPREPLY[@]}"`;
  const { stdout } = spawnSync("bash", ["--norc", "-c", session], {
    cwd: folder,
    encoding: "utf8",
  });
  rmSync(folder, { recursive: true });
  assert.is(stdout, "my\\ machine|web|other.yaml|");
});

test.run();

async function complete(...words: readonly string[]): Promise<readonly string[]> {
  const { stdout } = await run(["__complete", ...words], { files });
  return stdout
    .split("\n")
    .slice(0, -1)
    .map((line) => line.split("\t")[0]!);
}
