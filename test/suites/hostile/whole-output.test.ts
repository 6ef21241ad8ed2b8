/** Whatever happens to the command while it writes, the output stays whole. */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { compile } from "../../../src/index.js";

const bin = path.join(import.meta.dirname, "../../../dist/bin.js");
const folder = mkdtempSync(path.join(tmpdir(), "inventory2nix-"));

test.after(() => rmSync(folder, { recursive: true }));

/** Enough for an output of several megabytes. */
const fleet = (name: string) =>
  JSON.stringify({ machines: Array.from({ length: 50_000 }, (_, index) => `${name}-${index}`) });

function compileInto(
  output: string,
  source: string,
  ...nodeFlags: readonly string[]
): ChildProcess {
  const file = path.join(folder, `${source}.json`);
  writeFileSync(file, fleet(source));
  return spawn(process.execPath, [...nodeFlags, bin, file, "-o", output, "--no-machines-dir"], {
    stdio: "ignore",
  });
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => child.once("exit", () => resolve()));
}

function expectedOf(source: string): string {
  return compile({ name: `${source}.json`, text: fleet(source) }).text!;
}

function strayFiles(): readonly string[] {
  return readdirSync(folder).filter((file) => file.endsWith(".tmp"));
}

/** A disk that takes its time: a signal comes while a file is written, however busy the machine. */
const slowDisk = `data:text/javascript,${encodeURIComponent(`
  import fs from "node:fs";
  import { syncBuiltinESMExports } from "node:module";
  fs.fsyncSync = () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1000);
  syncBuiltinESMExports();
`)}`;

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  test(`${signal} while the output is written waits for the whole, and leaves nothing beside it`, async () => {
    const output = path.join(folder, "interrupted.nix");
    writeFileSync(output, "old\n");
    const child = compileInto(output, "a", "--import", slowDisk);
    const end = ended(child);
    while (strayFiles().length === 0 && child.exitCode === null && child.signalCode === null) {
      await wait(5);
    }
    assert.is(strayFiles().length, 1, "the signal comes while there is a temporary file");
    child.kill(signal);
    await end;
    assert.is(child.signalCode, signal);
    assert.is(readFileSync(output, "utf8"), expectedOf("a"));
    assert.equal(strayFiles(), []);
  });
}

test("a temporary file of a killed run is gone after the next one", async () => {
  const output = path.join(folder, "killed.nix");
  const child = compileInto(output, "a", "--import", slowDisk);
  const end = ended(child);
  while (strayFiles().length === 0 && child.exitCode === null) {
    await wait(5);
  }
  child.kill("SIGKILL");
  await end;
  assert.is(strayFiles().length, 1, "nothing can clean up after SIGKILL");
  await ended(compileInto(output, "a"));
  assert.is(readFileSync(output, "utf8"), expectedOf("a"));
  assert.equal(strayFiles(), []);
});

test("of two processes that write one output, one wins", async () => {
  const output = path.join(folder, "shared.nix");
  const whole = [expectedOf("a"), expectedOf("b")];
  for (let round = 0; round < 3; round++) {
    await Promise.all(["a", "b"].map((source) => ended(compileInto(output, source))));
    assert.ok(whole.includes(readFileSync(output, "utf8")));
    assert.equal(strayFiles(), []);
  }
});

const disk = path.join(folder, "disk");
const canMount = spawnSync("unshare", ["-rm", "true"]).status === 0;

(canMount ? test : test.skip)("on a full disk the old output stays", () => {
  writeFileSync(path.join(folder, "a.json"), fleet("a"));
  const script =
    'mkdir -p "$3" && mount -t tmpfs -o size=64k none "$3" && echo old > "$3/out.nix"; "$0" "$1" "$2" -o "$3/out.nix" --no-machines-dir; echo "exit $?"; cat "$3/out.nix"; ls -A "$3"';
  const { stdout, stderr } = spawnSync(
    "unshare",
    ["-rm", "sh", "-c", script, process.execPath, bin, path.join(folder, "a.json"), disk],
    { encoding: "utf8" },
  );
  assert.is(stdout, "exit 2\nold\nout.nix\n");
  assert.match(stderr, "no space left on device");
});

test.run();
