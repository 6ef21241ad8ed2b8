import { spawnSync } from "node:child_process";
import path from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { actionlint, withFiles } from "./component-hosts.js";

withFiles(test, actionlint)("actionlint finds nothing in the workflows", () => {
  // Not with linters of other languages, which are there on some machines only.
  const { status, stdout } = spawnSync(actionlint, ["-shellcheck=", "-pyflakes="], {
    cwd: path.join(import.meta.dirname, ".."),
    encoding: "utf8",
  });
  assert.is(stdout, "");
  assert.is(status, 0);
});

test.run();
