import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { actionlint, withFiles } from "./component-hosts.js";

const testWithActionlint = withFiles(test, actionlint);
const root = path.join(import.meta.dirname, "..");

testWithActionlint("actionlint finds nothing in the workflows", () => {
  assert.equal(lint(root), { status: 0, stdout: "" });
});

testWithActionlint("actionlint takes the action, with the inputs that it has", () => {
  assert.equal(
    lintStep("files: inventory\n          output: a.nix\n          flags: --emit=declared"),
    {
      status: 0,
      stdout: "",
    },
  );
  assert.match(lintStep("file: inventory").stdout, /input "file" is not defined in action/);
});

test.run();

/** Lints a workflow with a step that is our action. Its file is looked at for no other reason. */
function lintStep(inputs: string) {
  const repository = mkdtempSync(path.join(tmpdir(), "inventory2nix-"));
  const workflows = path.join(repository, ".github/workflows");
  mkdirSync(path.join(repository, ".git"));
  mkdirSync(workflows, { recursive: true });
  cpSync(path.join(root, "action.yml"), path.join(repository, "action.yml"));
  writeFileSync(
    path.join(workflows, "check.yml"),
    `on: push
jobs:
  check:
    runs-on: ubuntu-latest
    steps:
      - uses: ./
        with:
          ${inputs}
`,
  );
  try {
    return lint(repository);
  } finally {
    rmSync(repository, { recursive: true });
  }
}

function lint(cwd: string) {
  // Not with linters of other languages, which are there on some machines only.
  const { status, stdout } = spawnSync(actionlint, ["-shellcheck=", "-pyflakes="], {
    cwd,
    encoding: "utf8",
  });
  return { status, stdout };
}
