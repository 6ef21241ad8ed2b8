import { spawnSync } from "node:child_process";
import path from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { median } from "../bench/median.js";
import { clanShape } from "../bench/others/clan-shape.js";
import { findProgram } from "../bench/others/find-program.js";
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

test("a program is the one that says so, and one that is missing is none", () => {
  const program = process.execPath;
  assert.is(findProgram({ program: "inventory2nix-has-no-such-program", version: [] }), undefined);
  assert.equal(findProgram({ program, version: ["--version"] }), {
    file: program,
    version: process.versions.node,
  });
  assert.is(findProgram({ program, version: ["--version"], recognized: /mikefarah/ }), undefined);
});

test("an inventory is spelled out for Clan with its mistakes", () => {
  assert.equal(
    clanShape({
      machines: { web: { tag: ["a"] }, laptop: null },
      services: 1,
      instances: {
        sshd: { roles: { server: { machines: ["lapto"], tags: ["all"], settings: { a: null } } } },
      },
    }),
    {
      machines: { web: { tag: ["a"] }, laptop: {} },
      services: 1,
      instances: {
        sshd: {
          roles: { server: { machines: { lapto: {} }, tags: { all: {} }, settings: { a: null } } },
        },
      },
    },
  );
});

for (const [flag, script] of [
  ["--clan-core", "main.ts"],
  ["--nixpkgs", "main.ts"],
  ["--nixpkgs", "others.ts"],
] as const) {
  test(`${flag} alone is refused by ${script}`, () => {
    const { status, stderr } = spawnSync(
      process.execPath,
      ["--import", "tsx", path.join(import.meta.dirname, "../bench", script), flag, "x"],
      { encoding: "utf8" },
    );
    assert.equal([status, stderr], [2, "bench: --clan-core and --nixpkgs need each other\n"]);
  });
}

test.run();
