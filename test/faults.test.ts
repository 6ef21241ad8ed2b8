/** Every command that writes files, while the disk fails: all of them are written, or none. */
import { test } from "uvu";
import * as assert from "uvu/assert";
import { SystemError } from "../src/cli/system-error.js";
import { type Fault, faultyFiles } from "./faulty-files.js";
import { filesWith, run } from "./host.js";
import type { MemoryFiles } from "./memory-files.js";

const machines = "machines:\n  a: { tags: [t] }\n  b: {}\n";
const instances =
  "instances:\n  sshd:\n    roles:\n      server: { machines: [a], tags: [t], settings: {} }\n";
const inOne = { "inventory.yaml": machines + instances };
const inTwo = { "inventory/a.yaml": machines, "inventory/b.yaml": instances };
const fixable = {
  "inventory/a.yaml": "machines: { a: { tags: t }, b: {} }\n",
  "inventory/b.yaml": "machines: { c: { tags: t } }\n",
};
const misspelt = {
  "inventory/a.yaml": "machines: { a: { tgs: [t] }, b: {} }\n",
  "inventory/b.yaml": "instances: { sshd: { rols: { server: { machines: [a] } } } }\n",
};
const companion = {
  "flake.nix": "",
  "inventory.yaml": machines,
  "inventory.json": '{ "machines": { "a": { "description": "x" } } }',
};

interface Case {
  readonly args: string;
  readonly files: { readonly [name: string]: string };
  /** The files that it writes. */
  readonly writes: number;
}

const cases: readonly Case[] = [
  { args: "inventory.yaml -o new.nix", files: inOne, writes: 1 },
  {
    args: "inventory -o old.nix",
    files: { ...inTwo, "old.nix": "old", "machines/c/": "" },
    writes: 1,
  },
  { args: "check --fix inventory", files: fixable, writes: 2 },
  { args: "check --fix --unsafe-fixes inventory", files: misspelt, writes: 2 },
  { args: "init", files: { "machines/a/": "" }, writes: 1 },
  { args: "add machine c", files: inOne, writes: 1 },
  { args: "add instance i --module users", files: inTwo, writes: 1 },
  { args: "remove machine a", files: inOne, writes: 1 },
  { args: "remove tag t", files: inTwo, writes: 2 },
  { args: "rename machine a z", files: inTwo, writes: 2 },
  { args: "rename tag t u", files: inTwo, writes: 2 },
  { args: "rename instance sshd ssh", files: inOne, writes: 1 },
  { args: "tag a b u", files: inOne, writes: 1 },
  { args: "untag a t", files: inTwo, writes: 1 },
  { args: "assign sshd.server --machine b", files: inTwo, writes: 1 },
  { args: "unassign sshd.server --tag t", files: inTwo, writes: 1 },
  { args: "set machines.b.description x", files: inTwo, writes: 1 },
  { args: "unset machines.a.tags", files: inOne, writes: 1 },
  { args: "adopt", files: companion, writes: 2 },
];

for (const given of cases) {
  const name = `${given.args} (${Object.keys(given.files).join(", ")})`;

  test(`one operation fails: ${name}`, async () => {
    const whole = await runWith(given);
    assert.is(whole.changed.length, given.writes);
    assert.ok(whole.operations.length > 8);
    const exitCodes = new Set<number>();
    for (const failing of whole.operations.keys()) {
      const what = `${failing}: ${whole.operations[failing]}`;
      const faulty = await runWith(given, (_, number) => number === failing);
      exitCodes.add(faulty.exitCode);
      checkAllOrNone(faulty, whole, what);
    }
    assert.ok(exitCodes.has(2));
  });

  test(`the disk fills up: ${name}`, async () => {
    const whole = await runWith(given);
    const first = whole.operations.indexOf("create");
    for (let failing = first; failing < whole.operations.length; failing++) {
      const isFull: Fault = (name, number) =>
        number >= failing && ["create", "write", "flush"].includes(name);
      const faulty = await runWith(given, isFull);
      checkAllOrNone(faulty, whole, `from ${failing}`);
    }
  });
}

test("init does not take a file that cannot be looked at for none", async () => {
  const { operations } = await runWith({ args: "init", files: inOne, writes: 0 });
  for (const failing of operations.keys()) {
    const faulty = await runWith(
      { args: "init", files: inOne, writes: 0 },
      (_, number) => number === failing,
    );
    assert.equal([faulty.exitCode, faulty.changed], [2, []]);
  }
});

test("what somebody else writes meanwhile is not overwritten", async () => {
  const given = { args: "rename machine a z", files: inTwo, writes: 2 };
  const whole = await runWith(given);
  const first = whole.operations.indexOf("create");
  for (let at = first; at < whole.operations.indexOf("rename", first) - 3; at++) {
    for (const name of Object.keys(inTwo)) {
      const args = given.args.split(" ");
      const { exitCode, stderr, files } = await runBeside(args, inTwo, at, name, "machines: {}\n");
      const why = "not written, because the file has changed meanwhile";
      assert.equal([exitCode, stderr], [2, `inventory2nix: ${name}: ${why}\n`]);
      assert.equal(contents(files), contents(filesWith({ ...inTwo, [name]: "machines: {}\n" })));
    }
  }
});

test("init does not overwrite an inventory that comes meanwhile", async () => {
  const { operations } = await runWith({ args: "init", files: {}, writes: 1 });
  for (let at = 0; at < operations.indexOf("rename") - 2; at++) {
    const outcome = await runBeside(["init"], {}, at, "inventory.yaml", machines);
    assert.is(outcome.exitCode, 2, operations[at]);
    assert.equal(contents(outcome.files), { "/work/inventory.yaml": machines });
  }
});

test("standard output fails before files are written", async () => {
  const files = filesWith({ "a.yaml": machines });
  const stdout = {
    write: () => {
      throw new SystemError("ENOSPC");
    },
  };
  const args = ["rename", "machine", "a", "z", "-f", "a.yaml", "-f", "-"];
  const { exitCode, stderr } = await run(args, { files, input: instances, stdout });
  assert.equal(
    [exitCode, stderr],
    [2, "inventory2nix: standard output: no space left on device\n"],
  );
  assert.is(files.text("/work/a.yaml"), machines);
});

type Outcome = Awaited<ReturnType<typeof runWith>>;

async function runWith({ args, files }: Case, fault?: Fault) {
  const disk = filesWith(files);
  const operations: string[] = [];
  const faulty = faultyFiles(disk, fault, operations);
  const { exitCode, stderr } = await run(args.split(" "), { files: faulty });
  const after = contents(disk);
  const before = contents(filesWith(files));
  const changed = Object.keys(after).filter((name) => after[name] !== before[name]);
  return { exitCode, stderr, operations, before, after, changed };
}

/** Runs the command while somebody else writes a file, just before the operation with this number. */
async function runBeside(
  args: readonly string[],
  given: { readonly [name: string]: string },
  at: number,
  name: string,
  text: string,
) {
  const files = filesWith(given);
  const write: Fault = (_, number) => {
    if (number === at) files.put(`/work/${name}`, text);
    return false;
  };
  return { ...(await run(args, { files: faultyFiles(files, write) })), files };
}

function checkAllOrNone(faulty: Outcome, whole: Outcome, what: string): void {
  if (faulty.exitCode === whole.exitCode && faulty.changed.length > 0) {
    assert.equal(faulty.after, whole.after, what);
    assert.is(faulty.stderr, whole.stderr, what);
    return;
  }
  assert.equal(faulty.after, faulty.before, what);
  assert.is(faulty.exitCode, 2, what);
  const named = /^(inventory2nix: )?(?!inventory2nix:)[\w./]+:.*input\/output error/;
  assert.match(faulty.stderr, named, what);
}

/** All files, by their paths. */
function contents(files: MemoryFiles): { readonly [path: string]: string } {
  const found: { [path: string]: string } = {};
  const folders = ["/work"];
  for (const folder of folders) {
    for (const { name, kind } of files.list(folder)) {
      const path = `${folder}/${name}`;
      if (kind === "folder") {
        folders.push(path);
      } else {
        found[path] = files.text(path);
      }
    }
  }
  return found;
}

test.run();
