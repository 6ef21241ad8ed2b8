/** What only real processes show: the bin, pipes, signals, full disks. */
import { spawn, spawnSync } from "node:child_process";
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { inventory, nix } from "./host.js";

const bin = path.join(import.meta.dirname, "../dist/bin.js");
const temporary: string[] = [];

/** A working folder with these files. */
function folderWith(files: { readonly [name: string]: string }): string {
  const folder = mkdtempSync(path.join(tmpdir(), "inventory2nix-"));
  temporary.push(folder);
  for (const [name, content] of Object.entries(files)) {
    writeFileSync(path.join(folder, name), content);
  }
  return folder;
}

function readText(...parts: readonly string[]): string {
  return readFileSync(path.join(...parts), "utf8");
}

test.after(() => {
  for (const folder of temporary) {
    rmSync(folder, { recursive: true, force: true });
  }
});

test("a failed write leaves the output as it was, and nothing beside it", () => {
  const names = Array.from({ length: 2000 }, (_, index) => `m${index}`);
  const cwd = folderWith({ "in.yaml": `machines: [${names.join(", ")}]`, "out.nix": "old" });
  const { status, stderr } = spawnSync(
    "sh",
    ["-c", `ulimit -f 4; exec "${process.execPath}" "${bin}" in.yaml -o out.nix`],
    { cwd, encoding: "utf8" },
  );
  assert.equal([status, stderr], [2, "inventory2nix: out.nix: file too large\n"]);
  assert.is(readText(cwd, "out.nix"), "old");
  assert.equal(readdirSync(cwd).sort(), ["in.yaml", "out.nix"]);
});

test("a working folder that is gone is refused, where one is needed", () => {
  const cwd = folderWith({});
  const runIn = (args: string) =>
    spawnSync("sh", ["-c", `rm -r "$PWD"; exec "${process.execPath}" "${bin}" ${args}`], {
      cwd: mkdtempSync(path.join(cwd, "gone-")),
      encoding: "utf8",
    });
  const { status, stderr } = runIn("check");
  assert.is(stderr, "inventory2nix: the current folder: no such file or directory\n");
  assert.is(status, 2);
  assert.is(runIn("version").status, 0);
  const completed = runIn("__complete explain ''");
  assert.equal([completed.status, completed.stdout, completed.stderr], [0, "", ""]);
});

test("the built command works in a pipe, and its exit code is ours", () => {
  const good = spawnSync(process.execPath, [bin], { input: inventory, encoding: "utf8" });
  assert.equal([good.status, good.stdout, good.stderr], [0, nix("<stdin>", ["a", "b"]), ""]);
  assert.is(spawnSync(bin, ["--nonsense"]).status, 2);
});

test("only a pipe, a socket or a file is read unasked, whatever else standard input is", () => {
  const cwd = folderWith({
    "inventory.yaml": "machines: { default: }\n",
    "in.yaml": "machines: { given: }\n",
  });
  const command = `"${process.execPath}" "${bin}"`;
  for (const [script, expected] of [
    [`${command} < in.yaml`, "given"],
    [`cat in.yaml | ${command}`, "given"],
    [`${command} < /dev/null`, "default"],
    [`${command} <&-`, "default"],
    [`cat in.yaml | ${command} plan`, "default"],
    [`${command} plan -f - < in.yaml`, "given"],
  ] as const) {
    const { status, stdout } = spawnSync("sh", ["-c", script], { cwd, encoding: "utf8" });
    assert.equal([status, stdout.includes(expected)], [0, true], script);
  }
  const socket = spawnSync(process.execPath, [bin], { cwd, input: inventory, encoding: "utf8" });
  assert.is(socket.stdout, nix("<stdin>", ["a", "b"]));
});

test("the built command reads and writes more than a pipe holds", () => {
  const names = Array.from({ length: 20_000 }, (_, index) => `m${String(index).padStart(6, "0")}`);
  const { stdout } = spawnSync(process.execPath, [bin], {
    input: `machines: [${names.join(", ")}]`,
    encoding: "utf8",
    maxBuffer: 1 << 26,
  });
  assert.is(stdout, nix("<stdin>", names));
});

test("a reader that goes away is not a failure", async () => {
  const names = Array.from({ length: 20_000 }, (_, index) => `m${index}`);
  const child = spawn(process.execPath, [bin], { stdio: ["pipe", "pipe", "pipe"] });
  child.stdin.end(`machines: [${names.join(", ")}]`);
  child.stdout.once("data", () => child.stdout.destroy());
  let stderr = "";
  child.stderr.on("data", (data) => (stderr += data));
  const exitCode = await new Promise((resolve) => child.on("close", resolve));
  assert.equal([exitCode, stderr], [0, ""]);
});

test("a pipe as output is written to, not replaced", () => {
  const cwd = folderWith({ "in.yaml": inventory });
  // A pipe of our own: were it a device, a mistake in the code under test would replace it for the
  // whole machine.
  const script = `mkfifo out && { cat out & } && "${process.execPath}" "${bin}" in.yaml -o out && wait`;
  const { stdout, stderr } = spawnSync("sh", ["-c", script], {
    cwd,
    encoding: "utf8",
    timeout: 20_000,
  });
  assert.equal([stdout, stderr], [nix("in.yaml", ["a", "b"]), ""]);
  assert.ok(statSync(path.join(cwd, "out")).isFIFO());
  assert.equal(readdirSync(cwd).sort(), ["in.yaml", "out"]);
});

test("pipes beside the files of an inventory are not waited for", () => {
  const cwd = folderWith({ "in.yaml": inventory, "flake.nix": "{ }" });
  const script = `mkfifo pipe.yaml flake.lock && "${process.execPath}" "${bin}" .`;
  const { stdout, stderr } = spawnSync("sh", ["-c", script], {
    cwd,
    encoding: "utf8",
    timeout: 20_000,
  });
  assert.equal([stdout, stderr], [nix("in.yaml", ["a", "b"]), ""]);
});

test("a full disk behind standard output is a failure", () => {
  if (!existsSync("/dev/full")) {
    return;
  }
  const { status, stderr } = spawnSync("sh", ["-c", `"${process.execPath}" "${bin}" > /dev/full`], {
    input: inventory,
    encoding: "utf8",
  });
  assert.equal([status, stderr], [2, "inventory2nix: standard output: no space left on device\n"]);
});

test("the built command ends --watch on SIGINT", async () => {
  const cwd = folderWith({ "in.yaml": inventory });
  const child = spawn(process.execPath, [bin, "in.yaml", "--watch", "-o", "out.nix"], { cwd });
  const ended = new Promise((resolve) => child.on("close", resolve));
  await new Promise((resolve) => child.stderr.once("data", resolve));
  child.kill("SIGINT");
  assert.is(await ended, 0);
  assert.is(readText(cwd, "out.nix"), nix("in.yaml", ["a", "b"]));
});

test("an output that is cut short is a failure", () => {
  const names = Array.from({ length: 2000 }, (_, index) => `m${index}`);
  const cwd = folderWith({ "in.yaml": `machines: [${names.join(", ")}]` });
  const script = `ulimit -f 4; exec "${process.execPath}" "${bin}" in.yaml > out.nix`;
  const { status, stderr } = spawnSync("sh", ["-c", script], { cwd, encoding: "utf8" });
  assert.equal([status, stderr], [2, "inventory2nix: standard output: file too large\n"]);
});

test("a signal waits for what must not be interrupted, and then ends the process", () => {
  const host = pathToFileURL(path.join(import.meta.dirname, "../src/cli/node-host.ts")).href;
  const program = `
    import { nodeHost } from ${JSON.stringify(host)};
    nodeHost().uninterrupted(() => {
      process.kill(process.pid, "SIGTERM");
      console.log("done");
    });
    setTimeout(() => console.log("not ended"), 5000);
  `;
  const args = ["--import", "tsx", "--input-type=module", "-e", program];
  const { signal, stdout } = spawnSync(process.execPath, args, { encoding: "utf8" });
  assert.equal([signal, stdout], ["SIGTERM", "done\n"]);
});

test("the editor server ends when the process of the editor has ended", async () => {
  const editor = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
  const server = spawn(process.execPath, [bin, "lsp", `--clientProcessId=${editor.pid}`]);
  const ended = new Promise<number | null>((resolve) => server.on("exit", resolve));
  // Until it answers, it may not look for the editor yet.
  const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method: "shutdown" });
  server.stdin.write(`Content-Length: ${body.length}\r\n\r\n${body}`);
  await new Promise((resolve) => server.stdout.once("data", resolve));
  assert.is(server.exitCode, null);
  editor.kill();
  assert.is(await ended, 1);
});

test.run();
