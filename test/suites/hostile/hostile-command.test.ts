/** The command ends in time and in bounded memory, whatever it reads. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { heavy, loud, numbered, wide } from "./hostile-inputs.js";

const bin = path.join(import.meta.dirname, "../../../dist/bin.js");
const folder = mkdtempSync(path.join(tmpdir(), "inventory2nix-"));

test.after(() => rmSync(folder, { recursive: true }));

test("an endless input is abandoned, in bounded memory", () => {
  const tellPeak = `data:text/javascript,process.on("exit",()=>process.stderr.write("peak "+process.resourceUsage().maxRSS))`;
  const { status, stderr } = spawnSync(
    "sh",
    ["-c", 'yes "a: [" | "$0" --import "$1" "$2" check', process.execPath, tellPeak, bin],
    { encoding: "utf8", cwd: folder },
  );
  assert.is(status, 1);
  assert.match(stderr, "[limit-exceeded]");
  assert.ok(Number(/peak (\d+)/.exec(stderr)![1]) < 2 ** 20, stderr);
});

test("millions of mistakes take bounded memory", () => {
  for (const [name, text] of Object.entries({
    "numbers.yaml": `x-a:\n${"- .inf\n".repeat(3e5)}`,
    "keys.yaml": `x-a:\n${"  b: 1\n".repeat(3e5)}`,
    "broken.yaml": `x-a:\n${"- 'a' b\n".repeat(3e5)}`,
    "unknown.json": JSON.stringify(Object.fromEntries(numbered("a", 3e5).map((name) => [name, 1]))),
  })) {
    const file = path.join(folder, name);
    writeFileSync(file, text);
    const { status, stderr } = spawnSync(
      process.execPath,
      ["--max-old-space-size=170", bin, "check", "--no-machines-dir", "--format", "json", file],
      { encoding: "utf8" },
    );
    assert.is(status, 1, name);
    assert.ok(stderr.split("\n").length > 1000, `${name}: ${stderr.slice(0, 1000)}`);
  }
});

test("findings in a long text are located without a tree of it", () => {
  const rows = Array.from(
    { length: 20_000 },
    (_, row) =>
      `              - name: n${row}\n                port: ${row}\n                list: [1, 2, a]\n`,
  );
  const file = path.join(folder, "long.yaml");
  writeFileSync(
    file,
    `machines:\n  a_b:\ninstances:\n  i:\n    module: {input: x}\n    roles:\n      r:\n        machines:\n          a_b:\n            settings:\n              rows:\n${rows.join("")}`,
  );
  const { status, stderr } = spawnSync(
    process.execPath,
    ["--max-old-space-size=100", bin, "check", file],
    { encoding: "utf8" },
  );
  assert.is(status, 0, stderr);
  assert.match(stderr, "long.yaml:2:3: warning: 'a_b' is not a valid host name");
});

test("a hundred thousand uses of a value take bounded memory", () => {
  const { status, stderr } = spawnSync(
    process.execPath,
    ["--max-old-space-size=250", bin, "compile", "--no-machines-dir"],
    { input: heavy["a hundred thousand uses of a value"]!, encoding: "utf8", maxBuffer: 2 ** 26 },
  );
  assert.is(status, 0, stderr.slice(0, 1000));
});

/** Sets a description in an inventory on standard input, with so many mebibytes. */
function editIn(mebibytes: number, input: string) {
  return spawnSync(
    process.execPath,
    [`--max-old-space-size=${mebibytes}`, bin, "set", "machines.m.description", "x", "-f", "-"],
    { input, encoding: "utf8", cwd: folder, maxBuffer: 2 ** 24 },
  );
}

test("an edit of ten thousand lines of forty brackets is made in bounded memory", () => {
  const { status, stdout, stderr } = editIn(400, heavy["ten thousand lines of forty brackets"]!);
  assert.is(status, 0, stderr.slice(0, 1000));
  assert.match(stdout.slice(0, 100), "description: x");
});

test("an edit of three hundred thousand aliases is refused in bounded memory", () => {
  const { status, stderr } = editIn(200, heavy["three hundred thousand aliases"]!);
  assert.is(status, 1, stderr.slice(0, 1000));
  assert.match(stderr, "very many values");
});

for (const what of [
  "a key of half a million dots in a module",
  "two maps in turns, 27 kB",
  "a cycle of 130,000 tags",
  "a long name in twenty thousand conflicts",
  "a long text, a hundred thousand times",
]) {
  test(`${what}: the command reports it in bounded memory`, () => {
    const { status, stderr } = spawnSync(
      process.execPath,
      ["--max-old-space-size=700", bin, "check", "--no-machines-dir"],
      { input: loud[what]!, encoding: "utf8" },
    );
    assert.ok(status === 0 || status === 1, `${status} ${stderr.slice(0, 1000)}`);
    assert.ok(stderr.length < 1e6);
  });
}

test("the answers about a small input are refused where they would be very large", () => {
  const file = path.join(folder, "wide.json");
  writeFileSync(file, wide["1,000 machines in 500 instances"]!);
  for (const args of [
    ["plan", file],
    ["plan", "--json", file],
    ["diff", file, file],
    ["graph", file],
    ["explain", "m1", "-f", file],
  ]) {
    const { status, stderr } = spawnSync(
      process.execPath,
      ["--max-old-space-size=700", bin, ...args, "--no-machines-dir"],
      { encoding: "utf8", maxBuffer: 2 ** 28 },
    );
    const isRefused = stderr.includes("would be longer than 67108864 characters");
    assert.is(status, isRefused ? 2 : 0, `${args.join(" ")}: ${stderr.slice(0, 1000)}`);
  }
});

test.run();
