import { test } from "uvu";
import * as assert from "uvu/assert";
import { main } from "../src/cli/main.js";
import { assigned, filesWith, nix, run } from "./host.js";
import { memoryHost } from "./memory-host.js";

type Step = () => void;

/** Looks three times, which is enough to see that a change lasts, after each of the steps. */
function pollAfter(steps: readonly Step[]) {
  return async (_: number, look: () => void) => {
    for (const step of [() => {}, ...steps]) {
      step();
      look();
      look();
      look();
    }
  };
}

test("--watch compiles at once, after every change, and after errors, until it is interrupted", async () => {
  const files = filesWith({ "inv/a.yaml": "machines: { a: }\n" });
  const output = () => files.text("/work/out.nix");
  const steps: readonly Step[] = [
    () => {
      assert.is(output(), nix("a.yaml", ["a"]));
      files.put("/work/inv/a.yaml", "machines: { a: , changed: }\n");
    },
    () => {
      assert.is(output(), nix("a.yaml", ["a", "changed"]));
      files.put("/work/inv/new", "machines: { replaced: }\n");
      files.rename("/work/inv/new", "/work/inv/a.yaml");
    },
    () => {
      assert.is(output(), nix("a.yaml", ["replaced"]));
      files.put("/work/inv/b.yaml", "machines: { added: }\n");
    },
    () => {
      assert.is(output(), nix("a.yaml, b.yaml", ["added", "replaced"]));
      files.removeAll("/work/inv");
    },
    () => files.put("/work/inv/a.yaml", assigned("nobody")),
    () => {
      assert.is(output(), nix("a.yaml, b.yaml", ["added", "replaced"]));
      files.put("/work/machines/nobody/");
    },
  ];
  const args = ["inv", "--watch", "-o", "out.nix"];
  const { exitCode, stderr } = await run(args, { files, poll: pollAfter(steps) });
  assert.is(exitCode, 0);
  assert.match(output(), "nobody = { };");
  const lines = stderr.split("\n").filter((line) => /^inventory2nix|error/.test(line));
  assert.is(lines.filter((line) => line === "inventory2nix: out.nix written").length, 5);
  assert.match(stderr, "inv:1:1: error: cannot be read: no such file or directory");
  assert.match(stderr, "no machine is named 'nobody'");
  assert.is(lines.filter((line) => line.endsWith("waiting for a change")).length, 2);
});

test("--watch leaves a file alone that is still being written", async () => {
  const files = filesWith({ "in.yaml": "machines: { a: }\n" });
  const poll = async (_: number, look: () => void) => {
    look();
    for (const text of ["mach", "machines: {", "machines: { b: }\n"]) {
      files.put("/work/in.yaml", text);
      look();
    }
    look();
  };
  const { stderr } = await run(["in.yaml", "--watch", "-o", "out.nix"], { files, poll });
  assert.is(stderr, "inventory2nix: out.nix written\n".repeat(2));
  assert.is(files.text("/work/out.nix"), nix("in.yaml", ["b"]));
});

test("--watch goes on after an output that cannot be written, but not after a bug of ours", async () => {
  const files = filesWith({ "in.yaml": "machines: { a: }\n", "out.nix/": "" });
  const poll = pollAfter([
    () => {
      files.removeAll("/work/out.nix");
      files.put("/work/in.yaml", "machines: { b: }\n");
    },
  ]);
  const { exitCode, stderr } = await run(["in.yaml", "--watch", "-o", "out.nix"], { files, poll });
  assert.is(exitCode, 0);
  assert.match(stderr, /^inventory2nix: out\.nix: is a folder\n.*waiting.*\n.*out\.nix written\n$/);

  const broken = () => Promise.reject(new TypeError("boom"));
  const host = memoryHost({ files, poll: broken });
  assert.is(await main(["in.yaml", "--watch", "-o", "out.nix"], host), 101);
  assert.match(host.messages(), "internal error: boom");
});

test("--watch compiles again when a catalogue changes, or comes back", async () => {
  const services =
    '{ "self": { "web": { "server": { "properties": { "port": {} }, "additionalProperties": false } } } }';
  const files = filesWith({
    "in.yaml": `machines: [a]\ninstances: { web: { module: { input: self }, roles: { server: { machines: [a], settings: { prt: 1 } } } } }\n`,
    "services.json": services,
  });
  const steps = [
    () => files.removeAll("/work/services.json"),
    () => files.put("/work/services.json", services.replace("port", "prt")),
  ];
  const args = ["in.yaml", "--watch", "-o", "out.nix", "--services", "services.json"];
  const { stderr } = await run(args, { files, poll: pollAfter(steps) });
  const order = [
    "has no setting 'prt'",
    "services.json:1:1: error: cannot be read: no such file or directory",
    "out.nix written",
  ].map((text) => stderr.indexOf(text));
  assert.ok(order[0]! >= 0);
  assert.equal(
    [...order].sort((a, b) => a - b),
    order,
  );
});

for (const [file, before, after] of [
  ["inventory.json", undefined, '{ "machines": { "b": {} } }'],
  ["inventory.json", '{ "machines": { "b": {} } }', '{ "machines": { "c": { "tags": [] } } }'],
  ["inventory.json", '{ "machines": { "b": {} } }', undefined],
  ["flake.lock", undefined, "{}"],
  ["modules.json", "{}", '{ "i": { "r": ["x.nix"] } }'],
] as const) {
  test(`--watch looks at ${file} from ${before ?? "nothing"} to ${after ?? "nothing"}`, async () => {
    const files = filesWith({
      "flake.nix": "",
      "in.yaml": "machines: { a: }\n",
      "modules.json": "{}",
      ...(before !== undefined && { [file]: before }),
    });
    const poll = pollAfter([
      () =>
        (after === undefined ? files.removeAll : files.put).call(files, `/work/${file}`, after!),
    ]);
    const args = ["in.yaml", "--watch", "-o", "out.nix", "--modules", "modules.json"];
    const { stderr } = await run(args, { files, poll });
    assert.is(stderr, "inventory2nix: out.nix written\ninventory2nix: out.nix is current\n");
  });
}

test("--watch writes an output again that was deleted, once", async () => {
  const files = filesWith({ "in.yaml": "machines: { a: }\n" });
  const gone = () => files.removeAll("/work/out.nix");
  const poll = pollAfter([gone, gone, () => files.put("/work/in.yaml", assigned("b")), gone]);
  const { stderr } = await run(["in.yaml", "--watch", "-o", "out.nix"], { files, poll });
  assert.is(stderr.match(/out\.nix written\n/g)?.length, 3);
  assert.is(stderr.match(/nothing written/g)?.length, 2);
});

test("--watch --quiet reports mistakes only", async () => {
  const files = filesWith({ "in.yaml": "machines: { a: }\n" });
  const poll = pollAfter([() => files.put("/work/in.yaml", assigned("b"))]);
  const args = ["in.yaml", "--watch", "-o", "out.nix", "--quiet"];
  const { stderr } = await run(args, { files, poll });
  assert.match(stderr, /^in\.yaml:1:\d+: error: [^\n]*\n/);
  assert.not.match(stderr, /inventory2nix:|1 error/);
});

test("--watch is refused where the host cannot wait", async () => {
  assert.equal(await run(["in.yaml", "--watch", "-o", "out.nix"]), {
    exitCode: 2,
    stdout: "",
    stderr: "inventory2nix: '--watch' is not available here\n",
  });
});

test.run();
