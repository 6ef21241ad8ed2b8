import { spawnSync } from "node:child_process";
import path from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { median } from "../bench/median.js";
import { run } from "../bench/run.js";

test("the median is the middle value", () => {
  assert.is(median([7]), 7);
  assert.is(median([9, 1]), 5);
  assert.is(median([10, 9, 1]), 9);
  assert.is(median([4, 100, 1, 2]), 3);
});

test("a missing program gives no time, and a failing one throws", () => {
  assert.is(run("inventory2nix-has-no-such-program", []), null);
  assert.ok(run(process.execPath, ["-e", "0"])! > 0);
  assert.throws(
    () => run(process.execPath, ["-e", "console.error('because'); process.exit(3)"]),
    /exit code 3\nbecause/,
  );
  assert.throws(() => run(process.execPath, ["-e", "process.kill(process.pid)"]), /SIGTERM/);
});

for (const flag of ["--clan-core", "--nixpkgs"]) {
  test(`${flag} alone is refused`, () => {
    const { status, stderr } = spawnSync(
      process.execPath,
      ["--import", "tsx", path.join(import.meta.dirname, "../bench/main.ts"), flag, "x"],
      { encoding: "utf8" },
    );
    assert.equal([status, stderr], [2, "bench: --clan-core and --nixpkgs need each other\n"]);
  });
}

test.run();
