import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { inFolder, run } from "./host.js";

// The commands that ask: plan, explain, diff, graph.

const folder = realpathSync(mkdtempSync(path.join(tmpdir(), "inventory2nix-")));
const files = {
  "inventory.yaml":
    "machines: { laptop: { tags: [desk] }, web: }\ninstances: { i: { module: { name: x, input: self }, roles: { r: { tags: [desk], settings: { port: 22 } } } } }\n",
  "new.yaml":
    "machines: { laptop: { tags: [desk] }, web: }\ninstances: { i: { module: { name: x, input: self }, roles: { r: { tags: [desk], settings: { port: 23 } } } } }\n",
  "bad.yaml": "machines: { laptop: { tags: [desk }\n",
  "split/a.yaml": "machines: { laptop: { tags: [desk] } }\n",
  "split/b.yaml":
    "machines: { web: }\ninstances: { i: { module: { name: x, input: self }, roles: { r: { tags: [desk], settings: { port: 22 } } } } }\n",
};
for (const [name, text] of Object.entries(files)) {
  mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
  writeFileSync(path.join(folder, name), text);
}

test.after(() => rmSync(folder, { recursive: true, force: true }));

test("plan shows what the filters select", async () => {
  const stdout =
    "laptop (nixos)\n  tags: desk\n  i (x of self)\n    r: by tag desk\n      port: 22\n\n1 machine\nknown machines: no folder 'machines'\n";
  assert.equal(await ask(["plan", "inventory.yaml", "--full", "--machine", "lap*"]), {
    exitCode: 0,
    stdout,
    stderr: "",
  });
  const filters = ["--tag=desk", "--instance", "i"];
  assert.is(
    (await ask(["plan", "split", "--full", "--no-machines-dir", ...filters])).stdout,
    stdout.replace(/known machines.*\n/, ""),
  );
  assert.equal(await ask(["plan", "inventory.yaml", "--tag", "dusk"]), {
    exitCode: 2,
    stdout: "",
    stderr: "inventory2nix: no tag is named 'dusk'; did you mean 'desk'?\n",
  });
});

test("plan shows the roles of each machine, and where more machines would be", async () => {
  assert.is(
    (await ask(["plan", "-f", "inventory.yaml"])).stdout,
    "laptop  i.r\nweb     no role\n\n2 machines, 1 instance\nknown machines: no folder 'machines'\n",
  );
  mkdirSync(path.join(folder, "machines/other"), { recursive: true });
  assert.match(
    (await ask(["plan", "inventory.yaml"])).stdout,
    /\nother \(known from outside\)  no role\n[^]*\nknown machines: 1 folder in 'machines'\n$/,
  );
  rmSync(path.join(folder, "machines"), { recursive: true });
});

test("plan prints JSON, of standard input too", async () => {
  const { stdout } = await ask(["plan", "--json", "-f", "-"], files["inventory.yaml"]);
  assert.equal(JSON.parse(stdout).machines.laptop.instances.i.roles.r, {
    settings: { port: 22 },
    through: { name: false, tags: ["desk"] },
  });
});

test("every question reports errors and then has no answer", async () => {
  for (const args of [
    ["plan", "bad.yaml"],
    ["graph", "bad.yaml"],
    ["explain", "laptop", "-f", "bad.yaml"],
    ["diff", "inventory.yaml", "bad.yaml"],
    ["diff", "bad.yaml", "inventory.yaml"],
  ]) {
    const { exitCode, stdout, stderr } = await ask(args);
    assert.equal([exitCode, stdout], [1, ""], args.join(" "));
    assert.match(stderr, /^bad\.yaml:1:\d+: error: /);
  }
});

test("explain finds the inventory by a flag, or in the working folder", async () => {
  const { stdout } = await ask(["explain", "laptop", "i.r", "port", "--file", "inventory.yaml"]);
  assert.match(stdout, "    inventory.yaml:2:99  from the role: 22\n");
  assert.match(
    (await ask(["explain", "laptop", "i", "-f", "split/a.yaml", "-f", "split/b.yaml"])).stdout,
    "  split/a.yaml:1:30  tag desk: its own\n",
  );
  assert.match(
    (await ask(["explain", "laptop", "-f", "-"], files["inventory.yaml"])).stdout,
    "laptop (nixos) is declared at <stdin>:1:13\n",
  );
  assert.is((await ask(["explain", "laptop", "i.r", "port"], files["bad.yaml"])).stdout, stdout);
  assert.is(
    JSON.parse((await ask(["explain", "laptop", "--json"])).stdout).memberships[0].role,
    "r",
  );
});

test("explain suggests names", async () => {
  const { exitCode, stderr } = await ask(["explain", "labtop"]);
  assert.equal(
    [exitCode, stderr],
    [2, "inventory2nix: no machine is named 'labtop'; did you mean 'laptop'?\n"],
  );
  assert.is((await ask(["explain"])).exitCode, 2);
});

test("diff exits with 1 if anything differs", async () => {
  assert.equal(await ask(["diff", "inventory.yaml", "split"]), {
    exitCode: 0,
    stdout: "0 machines added, 0 removed, 0 changed, 2 unchanged\n",
    stderr: "",
  });
  const { exitCode, stdout } = await ask(["diff", "inventory.yaml", "-"], files["new.yaml"]);
  assert.is(exitCode, 1);
  assert.match(stdout, "    port: 22 -> 23\n");
  assert.equal(
    JSON.parse((await ask(["diff", "--json", "inventory.yaml", "new.yaml"])).stdout).redeploy,
    ["laptop"],
  );
  const warned = files["new.yaml"].replace(
    "tags: [desk], settings",
    "tags: [desk, dusk], settings",
  );
  assert.match(
    (await ask(["diff", "inventory.yaml", "-"], warned)).stderr,
    /^<stdin>:2:\d+: warning: /,
  );
  assert.is((await ask(["diff", "-", "inventory.yaml"], warned)).stderr, "");
  for (const args of [
    ["diff"],
    ["diff", "a", "b", "c"],
    ["diff", "-", "-"],
    ["diff", "-", "-f", "-"],
    ["diff", "inventory.yaml", "new.yaml", "-f", "split"],
  ]) {
    assert.is((await ask(args)).exitCode, 2);
  }
  assert.is((await ask(["diff", "new.yaml"])).stdout, stdout.replace("22 -> 23", "23 -> 22"));
});

test("diff prints Markdown, and diagnostics as text", async () => {
  const args = ["inventory.yaml", "-", "--format", "markdown"];
  const warned = files["new.yaml"].replace("laptop:", "lap_top:");
  const { exitCode, stdout, stderr } = await ask(["diff", ...args], warned);
  assert.is(exitCode, 1);
  assert.match(stdout, /^\*\*1 machine added, 1 removed, [^]*```diff\n\+ lap_top\n- laptop\n```\n/);
  assert.match(stderr, /^<stdin>:1:\d+: warning: /);
});

test("answers are cut to the width of a terminal, and nowhere else", async () => {
  const questions = [
    ["plan", "--full"],
    ["explain", "laptop", "i"],
    ["diff", "new.yaml"],
  ];
  for (const args of questions) {
    const whole = await ask(args);
    const cut = await run(args, { ...inFolder(folder), stdoutColumns: 12 });
    assert.not.match(whole.stdout, "…");
    assert.match(cut.stdout, /^.{11}…$/m);
    assert.is(cut.exitCode, whole.exitCode);
  }
});

test("graph draws what the filters select", async () => {
  assert.match((await ask(["graph", "inventory.yaml"])).stdout, /^flowchart LR\n[^]*"web"/);
  assert.not.match((await ask(["graph", "inventory.yaml", "--machine", "laptop"])).stdout, "web");
});

test.run();

function ask(args: readonly string[], input?: string): ReturnType<typeof run> {
  return run(args, { ...inFolder(folder), ...(input !== undefined && { input }) });
}
