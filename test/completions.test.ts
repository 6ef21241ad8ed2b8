import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import process from "node:process";
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

test("completes the names that a change is about, and what kind they are of", async () => {
  assert.equal(await complete("remove", ""), ["machine", "tag", "instance"]);
  assert.equal(await complete("remove", "machine", ""), ["laptop", "web"]);
  assert.equal(await complete("rename", "tag", "d"), ["desk"]);
  assert.equal(await complete("rename", "instance", "i", ""), []);
  assert.equal(await complete("remove", "toString", ""), []);
  assert.equal(await complete("add", ""), ["machine", "instance"]);
  assert.equal(await complete("add", "machine", ""), []);
  assert.equal(await complete("tag", "w"), ["web"]);
  assert.equal(await complete("untag", "web", "d"), ["desk"]);
  assert.equal(await complete("assign", ""), ["i.r", "i.s"]);
});

test("completes nothing for a command that takes nothing", async () => {
  for (const command of ["adopt", "init", "lsp", "schema", "version"]) {
    assert.equal(await complete(command, ""), [], command);
  }
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

test("passes over the value of a flag that is none of its words", async () => {
  assert.equal(await complete("explain", "--format=zzz", ""), ["laptop", "web"]);
  assert.equal(await complete("explain", "-f", "gone.yaml", "--format=zzz", ""), []);
  assert.equal(await complete("explain", "--from=zzz", ""), ["laptop", "web"]);
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

/** Each completes the same line: its third and fourth words are quoted, and its last one is `w`. */
const sessions: { readonly [shell in (typeof shells)[number]]: string } = {
  bash: `. ./script
COMP_WORDS=(inventory2nix plan 'my\\ \\"file\\"' "'a b'" w) COMP_CWORD=4
_inventory2nix ./inventory2nix w "'a b'" 2>/dev/null
printf '%s\n' "\${COMPREPLY[@]}"`,
  zsh: `compdef() {}
_files() { print w.yaml }
_describe() { print -l -- $found }
. ./script
words=(./inventory2nix plan 'my\\ \\"file\\"' "'a b'" w) CURRENT=5
_inventory2nix`,
  fish: `set PATH . $PATH
source ./script
complete -C "inventory2nix plan my\\\\ \\\\\\"file\\\\\\" 'a b' w"`,
};
const offered = {
  bash: "wide\\ machine\nweb\nw.yaml\n",
  zsh: "w.yaml\nwide machine:x\nweb\n",
  fish: "w.yaml\nweb\nwide machine\tx\n",
};

for (const shell of shells) {
  withShell(shell)(
    `the script for ${shell} passes on the words and offers the answers`,
    async () => {
      const { stdout: script } = await run(["completions", shell], { files });
      const folder = mkdtempSync(path.join(tmpdir(), "inventory2nix-"));
      writeFileSync(path.join(folder, "script"), script);
      writeFileSync(path.join(folder, "w.yaml"), "");
      writeFileSync(
        path.join(folder, "inventory2nix"),
        `#!/bin/sh\nprintf '%s|' "$@" > ${folder}/typed\nprintf 'wide machine\\tx\\nweb\\t\\n:files\\n'\n`,
      );
      chmodSync(path.join(folder, "inventory2nix"), 0o755);
      const { stdout } = spawnSync(shell, ["-c", sessions[shell]], {
        cwd: folder,
        env: { ...process.env, HOME: folder },
        encoding: "utf8",
      });
      const typed = readFileSync(path.join(folder, "typed"), "utf8");
      rmSync(folder, { recursive: true });
      assert.is(typed, '__complete|plan|my "file"|a b|w|');
      assert.is(stdout, offered[shell]);
    },
  );
}

test.run();

async function complete(...words: readonly string[]): Promise<readonly string[]> {
  const { exitCode, stdout } = await run(["__complete", ...words], { files });
  assert.is(exitCode, 0);
  return stdout
    .split("\n")
    .slice(0, -1)
    .map((line) => line.split("\t")[0]!);
}

/** `test` where the shell is there, and in CI; else `test.skip`. */
function withShell(shell: string): typeof test | typeof test.skip {
  const isThere = spawnSync(shell, ["-c", ""]).status === 0;
  if (isThere || process.env["CI"] === "true") {
    return test;
  }
  console.error(`${shell} is not on the PATH: the test of its completions is skipped`);
  return test.skip;
}
