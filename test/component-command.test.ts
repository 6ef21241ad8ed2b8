import { spawnSync } from "node:child_process";
import {
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { expectedMessages, flagsFor, inCopy, readCases, readExpected } from "./cases.js";
import {
  componentFile,
  type Output,
  precompile,
  runProgram,
  wasmtime,
  withFiles,
} from "./component-hosts.js";

const test = suite("the component as a command");
const withWasmtime = withFiles(test, componentFile, wasmtime);
const bin = path.join(import.meta.dirname, "../dist/bin.js");
let temporary = "";
let runCommand: Awaited<ReturnType<typeof precompile>>;

test.before(async () => {
  temporary = mkdtempSync(path.join(tmpdir(), "inventory2nix-"));
  if (existsSync(wasmtime)) {
    runCommand = await precompile(temporary);
  }
});

test.after(() => rmSync(temporary, { recursive: true }));

withWasmtime("gives every case the bytes and the exit code that are expected", async () => {
  for (const golden of readCases()) {
    const { name, folder, operand, options, outputFile } = golden;
    const args = flagsFor(options);
    if (args === undefined || typeof options.rootDefault === "string") {
      continue;
    }
    const { exitCode, stdout, stderr } = await inCopy(golden, (copy) =>
      runCommand([operand, ...args], copy),
    );
    assert.is(stderr, expectedMessages(golden), name);
    assert.is(stdout, readExpected(folder, outputFile), name);
    assert.is(exitCode, name.startsWith("error-") ? 1 : 0, name);
  }
});

const inventory =
  "machines: { a: }\ninstances: { i: { roles: { r: { machines: [a], settings: { n: 'ü🙂' } } } } }\n";
const mistaken =
  "machines: { laptop: }\ninstances: { sshd: { roles: { server: { machines: [lapto] } } } }\n";

const questions: {
  readonly [title: string]: {
    readonly args: readonly string[];
    readonly input?: string | Uint8Array;
  };
} = {
  "an inventory on standard input": { args: ["--services", "none"], input: inventory },
  "a file": { args: ["in.yaml"] },
  "a folder": { args: ["fleet/"] },
  "an unknown machine": { args: [], input: mistaken },
  "an unknown machine as JSON": { args: ["check", "--format", "json"], input: mistaken },
  "an unknown machine as workflow command": { args: ["check", "--format=github"], input: mistaken },
  "an unknown machine as SARIF": { args: ["check", "--format=sarif"], input: mistaken },
  colour: { args: ["check", "--color=always"], input: mistaken },
  "bytes that are no text": {
    args: [],
    input: Buffer.from([0x61, 0xc3, 0x28, 0xed, 0xa0, 0x80, 0xf0, 0x9f]),
  },
  "a file that is not there": { args: ["none.yaml"] },
  "a file that is a folder's parent": { args: ["in.yaml/x"] },
  "a folder without inventories": { args: ["empty"] },
  "links that go round": { args: ["loop"] },
  "a file beyond the limit": { args: ["check", "huge.yaml"] },
  "an unknown flag": { args: ["--emti"] },
  "a value that is missing": { args: ["--emit"] },
  help: { args: ["--help"] },
  "the version": { args: ["--version"] },
  "the schema": { args: ["schema"] },
  "a plan": { args: ["plan", "in.yaml"] },
  "why a machine has a role": {
    args: ["explain", "a", "-f", "-", "--services", "none"],
    input: inventory,
  },
  "the inventory of the folder, beside a pipe": { args: ["plan"], input: mistaken },
  "a named standard input": { args: ["check", "--stdin-filename", "a.json"], input: "{" },
  "known machines": { args: ["--known-machine", "lapto"], input: mistaken },
  "another language": { args: ["--to", "yaml"], input: inventory },
};

withWasmtime("answers as the command line does in Node", async () => {
  const cwd = path.join(temporary, "questions");
  for (const folder of ["fleet", "empty"]) {
    mkdirSync(path.join(cwd, folder), { recursive: true });
  }
  for (const file of ["in.yaml", "fleet/a.yaml"]) {
    writeFileSync(path.join(cwd, file), inventory);
  }
  symlinkSync("loop", path.join(cwd, "loop"));
  writeFileSync(path.join(cwd, "huge.yaml"), "");
  // More than the memory of any component: a file of zeros, which takes no place.
  truncateSync(path.join(cwd, "huge.yaml"), 5 * 2 ** 30);
  for (const [title, { args, input }] of Object.entries(questions)) {
    assertSame(
      await runCommand(args, cwd, input),
      await runProgram(process.execPath, [bin, ...args], input, cwd),
      title,
    );
  }
});

withWasmtime("writes the file of -o, through links, and compares with it", async () => {
  const [here, there] = await Promise.all([
    writeAndCompare("wasmtime", runCommand),
    writeAndCompare("node", (args, cwd) => runProgram(process.execPath, [bin, ...args], "", cwd)),
  ]);
  assert.equal(here, there);
});

withWasmtime("writes several files of a folder, and a new one", async () => {
  const cwd = path.join(temporary, "several");
  mkdirSync(path.join(cwd, "inventory"), { recursive: true });
  for (const name of ["a", "b", "c"]) {
    writeFileSync(path.join(cwd, `inventory/${name}.yaml`), `machines: { ${name}: { tags: t } }\n`);
  }
  const { exitCode, stderr } = await runCommand(["check", "--fix", "inventory"], cwd);
  const files = ["a", "b", "c"].map((name) => `inventory/${name}.yaml`);
  const names = `${files.slice(0, 2).join(", ")} and ${files[2]}`;
  assert.equal([exitCode, stderr], [0, `inventory2nix: 3 fixes applied to ${names}\n`]);
  assert.equal(readdirSync(path.join(cwd, "inventory")), ["a.yaml", "b.yaml", "c.yaml"]);
  for (const file of files) {
    assert.match(readFileSync(path.join(cwd, file), "utf8"), "tags: [t]");
  }
  const folder = path.join(cwd, "inventory");
  assert.is((await runCommand(["init", "--quiet"], folder)).exitCode, 0);
  assert.ok(existsSync(path.join(folder, "inventory.yaml")));
});

async function writeAndCompare(
  name: string,
  run: (args: readonly string[], cwd: string) => Promise<Output>,
): Promise<unknown> {
  const cwd = path.join(temporary, name);
  mkdirSync(path.join(cwd, "out/deep"), { recursive: true });
  writeFileSync(path.join(cwd, "in.yaml"), inventory);
  symlinkSync("out/real.nix", path.join(cwd, "link.nix"));
  symlinkSync("out/deep", path.join(cwd, "near"));
  symlinkSync("../up.nix", path.join(cwd, "out/deep/up.nix"));
  const outputs = [
    await run(["in.yaml", "-o", "link.nix"], cwd),
    await run(["in.yaml", "-o", "link.nix", "--check"], cwd),
    await run(["in.yaml", "-o", "out/other.nix", "--check"], cwd),
    await run(["in.yaml", "-o", "none/out.nix"], cwd),
    await run(["in.yaml", "-o", "near/up.nix"], cwd),
  ];
  return {
    outputs,
    written: ["real.nix", "up.nix"].map((name) =>
      readFileSync(path.join(cwd, "out", name), "utf8"),
    ),
  };
}

withWasmtime("gives up an endless input, as the command line does in Node", async () => {
  const endlessly = (command: string, ...operands: readonly string[]) =>
    runProgram("sh", ["-c", `yes "a: [" | ${command}`, ...operands]);
  const output = await endlessly('"$0" run "$1" check', wasmtime, componentFile);
  assert.match(output.stderr, "[limit-exceeded]");
  assertSame(output, await endlessly('"$0" "$1" check', process.execPath, bin), "endless");
});

withWasmtime("takes the inventory of the folder where standard input holds nothing", async () => {
  const cwd = path.join(temporary, "default");
  mkdirSync(cwd);
  const { exitCode, stderr } = await runCommand(["check"], cwd, "");
  assert.is(exitCode, 2);
  assert.match(stderr, /^inventory2nix: no inventory\.yaml, /);
  writeFileSync(path.join(cwd, "inventory.yaml"), mistaken);
  assert.match((await runCommand(["check"], cwd, "")).stderr, /^inventory\.yaml:2:\d+: error: /);
  assert.match((await runCommand(["check"], cwd, mistaken)).stderr, /^<stdin>:2:\d+: error: /);
});

withWasmtime("takes the inventory of the folder where standard input is a folder", () => {
  const cwd = path.join(temporary, "folder-as-input");
  mkdirSync(cwd);
  writeFileSync(path.join(cwd, "inventory.yaml"), inventory);
  const folder = openSync(cwd, "r");
  const { status, stdout } = spawnSync(wasmtime, ["run", "--dir", ".", componentFile], {
    cwd,
    stdio: [folder, "pipe", "pipe"],
    encoding: "utf8",
  });
  closeSync(folder);
  assert.is(status, 0);
  assert.match(stdout, "Generated by inventory2nix from inventory.yaml");
});

withWasmtime("says that it cannot ask git here", async () => {
  const cwd = path.join(temporary, "revision");
  mkdirSync(cwd);
  writeFileSync(path.join(cwd, "inventory.yaml"), inventory);
  const { exitCode, stderr } = await runCommand(["diff", "HEAD"], cwd);
  assert.is(
    stderr,
    "inventory2nix: HEAD: neither a file or folder, nor a revision: git cannot be run here\n",
  );
  assert.is(exitCode, 2);
});

withWasmtime("says that it cannot watch here", async () => {
  const cwd = path.join(temporary, "watch");
  mkdirSync(cwd);
  writeFileSync(path.join(cwd, "in.yaml"), inventory);
  const { exitCode, stderr } = await runCommand(["in.yaml", "--watch", "-o", "out.nix"], cwd);
  assert.is(stderr, "inventory2nix: '--watch' is not available here\n");
  assert.is(exitCode, 2);
});

withWasmtime("a path that leaves the granted folders is refused, read or written", async () => {
  const cwd = path.join(temporary, "outer/inner");
  mkdirSync(path.join(cwd, "machines/x"), { recursive: true });
  const stranger = "machines: { stranger: }\n";
  for (const [file, text] of Object.entries({
    "in.yaml": inventory,
    "x.yaml": stranger,
    "../x.yaml": "machines: { x: }\n",
    "services.json": "{}",
  })) {
    writeFileSync(path.join(cwd, file), text);
  }
  symlinkSync("../x.yaml", path.join(cwd, "out.yaml"));
  symlinkSync("../written.nix", path.join(cwd, "out.nix"));
  const outside = "outside the folders granted with --dir";
  for (const [args, name, why] of [
    [["../x.yaml"], "../x.yaml", outside],
    [["deep/../../x.yaml"], "deep/../../x.yaml", outside],
    [["/x.yaml"], "/x.yaml", outside],
    [[path.join(cwd, "x.yaml")], path.join(cwd, "x.yaml"), outside],
    [["out.yaml"], "out.yaml", "operation not permitted"],
    [["in.yaml", "--services", "../services.json"], "../services.json", outside],
    [["in.yaml", "--machines-dir", "../inner/machines"], "../inner/machines", outside],
  ] as const) {
    const { exitCode, stdout, stderr } = await runCommand(args, cwd);
    const finding = `${name}:1:1: error: cannot be read: ${why} [unreadable-input]\n`;
    assert.equal([exitCode, stdout, stderr], [2, "", `${finding}\n1 error\n`]);
  }
  for (const [args, message] of [
    [["in.yaml", "-o", "../written.nix"], `../written.nix: ${outside}`],
    [["in.yaml", "-o", "/written.nix"], `/written.nix: ${outside}`],
    [["in.yaml", "-o", "out.nix"], "out.nix: operation not permitted"],
    [["in.yaml", "-o", "../x.yaml", "--check"], `../x.yaml: ${outside}`],
  ] as const) {
    const { exitCode, stdout, stderr } = await runCommand(args, cwd);
    assert.equal([exitCode, stdout, stderr], [2, "", `inventory2nix: ${message}\n`]);
  }
  assert.not.ok(existsSync(path.join(cwd, "written.nix")));
  assert.not.ok(existsSync(path.join(cwd, "../written.nix")));
  const none = await runProgram(wasmtime, ["run", componentFile, "in.yaml"], "", cwd);
  assert.is(none.exitCode, 2);
  assert.match(none.stderr, `in.yaml:1:1: error: cannot be read: ${outside} [unreadable-input]\n`);
});

withWasmtime("a path above the working folder is found where that is granted", async () => {
  const cwd = path.join(temporary, "above/inner");
  mkdirSync(cwd, { recursive: true });
  writeFileSync(path.join(cwd, "x.yaml"), "machines: { inner: }\n");
  writeFileSync(path.join(cwd, "../x.yaml"), "machines: { outer: }\n");
  const granted = (...args: readonly string[]) =>
    runProgram(wasmtime, ["run", "--dir", ".", "--dir", "..", componentFile, ...args], "", cwd);
  const { stdout } = await granted("../x.yaml");
  assert.match(stdout, "outer = { };");
  assert.not.match(stdout, "inner");
  assert.match((await granted("../x.yaml", "x.yaml")).stdout, "from ../x.yaml, x.yaml;");
  const { stderr } = await granted("x.yaml", "-o", "../out.nix");
  assert.match(stderr, "the path from here back to the sources is not known");
  assert.is((await granted("x.yaml", "--no-root-default", "-o", "../out.nix")).exitCode, 0);
  assert.match(readFileSync(path.join(cwd, "../out.nix"), "utf8"), "inner = { };");
});

withWasmtime(
  "a full disk behind an output is a failure, a reader that goes away is not",
  async () => {
    const run = (redirection: string, ...args: readonly string[]) =>
      runProgram(
        "bash",
        ["-c", `set -o pipefail; "$0" run "$@" ${redirection}`, wasmtime, componentFile, ...args],
        inventory,
      );
    if (existsSync("/dev/full")) {
      const full = await run("> /dev/full", "--services", "none");
      const message = "inventory2nix: standard output: no space left on device\n";
      assert.equal([full.exitCode, full.stderr], [2, message]);
      assert.is((await run("2> /dev/full", "--nonsense")).exitCode, 2);
    }
    const unread = await run("| head -c 1", "schema");
    assert.equal([unread.exitCode, unread.stdout, unread.stderr], [0, "{", ""]);
  },
);

function assertSame(output: Output, expected: Output, title: string): void {
  assert.is(output.stderr, expected.stderr, title);
  assert.is(output.stdout, expected.stdout, title);
  assert.is(output.exitCode, expected.exitCode, title);
}

test.run();
