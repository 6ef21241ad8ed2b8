/** Where the command finds its inventory when nobody says. */
import { test } from "uvu";
import * as assert from "uvu/assert";
import { assigned, filesWith, inventory, nix, run } from "./host.js";

const machine = (name: string) => `machines: [${name}]\n`;

test("compile and check read a pipe, and nothing else, before the files of the folder", async () => {
  const files = filesWith({ "inventory.yaml": machine("file") });
  assert.is((await run([], { files, input: machine("pipe") })).stdout, nix("<stdin>", ["pipe"]));
  assert.match((await run(["check"], { files, input: assigned("pipe") })).stderr, /^<stdin>:1:/);
  for (const stdinKind of ["terminal", "nothing"] as const) {
    const { stdout } = await run([], { files, input: "{", stdinKind: () => stdinKind });
    assert.is(stdout, nix("inventory.yaml", ["file"]), stdinKind);
  }
});

test("a pipe that holds nothing is an empty inventory, not a reason to look elsewhere", async () => {
  const files = filesWith({ "inventory.yaml": machine("file") });
  assert.match((await run([], { files, input: "" })).stderr, "[empty-input]");
});

test("the other commands do not touch standard input unless told to", async () => {
  const files = filesWith({ "inventory.yaml": machine("file") });
  const stdin = {
    read: (): Uint8Array => {
      throw new Error("standard input was read");
    },
  };
  for (const args of [["plan"], ["graph"], ["explain", "file"], ["diff", "inventory.yaml"]]) {
    const { exitCode } = await run(args, { files, stdinKind: () => "input", stdin });
    assert.is(exitCode, 0, args.join(" "));
  }
  for (const args of [
    ["plan", "-f", "-"],
    ["plan", "-"],
    ["graph", "-f-"],
  ]) {
    assert.match((await run(args, { files, input: machine("pipe") })).stdout, "pipe");
  }
});

test("the inventory of a folder is a .yaml, a .yml or a .json file, or a folder, in this order", async () => {
  const files = filesWith({
    "inventory.yaml": machine("yaml"),
    "inventory.yml": machine("yml"),
    "inventory.json": '{"machines": ["json"]}',
    "inventory/a.yaml": machine("folder"),
  });
  for (const [name, expected] of [
    ["inventory.yaml", "yaml"],
    ["inventory.yml", "yml"],
    ["inventory.json", "json"],
    ["inventory", "folder"],
  ] as const) {
    assert.match((await run([], { files })).stdout, `    ${expected} = { };`);
    files.removeAll(`/work/${name}`);
  }
  for (const args of [[], ["check"], ["plan"], ["explain", "a"], ["graph"]]) {
    const { exitCode, stderr } = await run(args, { files, stdinKind: () => "terminal" });
    assert.is(exitCode, 2);
    assert.match(stderr, /^inventory2nix: no inventory\.yaml, .* or inventory\/ in this folder: /);
  }
});

test("a folder called inventory.yaml, and a file called inventory, are something else", async () => {
  const files = filesWith({ "inventory.yaml/x": "", inventory: "", "inventory.yml": inventory });
  assert.is((await run([], { files })).stdout, nix("inventory.yml", ["a", "b"]));
});

test("-f names the inventory for every command that reads one, beside its arguments", async () => {
  const files = filesWith({ "a.yaml": machine("a"), "b.yaml": machine("b") });
  for (const args of [
    ["-f", "a.yaml", "-f", "b.yaml"],
    ["a.yaml", "-fb.yaml"],
  ]) {
    assert.is((await run(args, { files })).stdout, nix("a.yaml, b.yaml", ["a", "b"]));
  }
  assert.match((await run(["plan", "-f", "b.yaml"], { files })).stdout, /^b {2}no role\n/);
});

test("--stdin-filename names standard input, its language and its folder", async () => {
  const named = (name: string, input: string, ...args: string[]) =>
    run([...args, "--stdin-filename", name], { input, files });
  const files = filesWith({ "in/machines/x/": "", "in/a.yaml": machine("a") });
  const unknown = await named("in/b.yaml", assigned("nobody"), "check");
  assert.match(unknown.stderr, /^in\/b\.yaml:1:\d+: error: no machine is named 'nobody'/);
  assert.match((await named("b.json", machine("a"), "check")).stderr, /^b\.json:1:1: error: /);
  assert.is((await named("in/b.yaml", assigned("x"), "check")).exitCode, 0);
  const replaced = await named("in/a.yaml", machine("b"), "in", "-");
  assert.is(replaced.stdout, nix("a.yaml", ["b"]));
});

test("a terminal that is read says so", async () => {
  const typed = { input: inventory, stdinKind: () => "terminal" as const };
  assert.is(
    (await run(["-"], typed)).stderr,
    "inventory2nix: reading from the terminal until Ctrl-D\n",
  );
  const wrong = await run(["-", "--ignore", "x"], typed);
  assert.not.match(wrong.stderr, "Ctrl-D", "nobody types for a command that cannot start");
});

test("--watch watches the default files", async () => {
  const files = filesWith({ "inventory.yaml": inventory });
  const poll = async (_: number, look: () => void) => {
    look();
    look();
  };
  await run(["--watch", "-o", "out.nix"], { files, poll });
  assert.is(files.text("/work/out.nix"), nix("inventory.yaml", ["a", "b"]));
});

test.run();
