import { readFileSync } from "node:fs";
import path from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import type { Host } from "../src/cli/host.js";
import type { Diagnostic } from "../src/index.js";
import { assigned, filesWith, inventory, nix, run } from "./host.js";

function unreadable(name: string, why: string): string {
  return `${name}:1:1: error: cannot be read: ${why} [unreadable-input]\n`;
}

function read(...parts: readonly string[]): string {
  return readFileSync(path.join(...parts), "utf8");
}

test("compiles standard input to standard output", async () => {
  assert.equal(await run([], { input: inventory }), {
    exitCode: 0,
    stdout: nix("<stdin>", ["a", "b"]),
    stderr: "",
  });
});

test("names a file as the user does, and prints nothing but diagnostics for an error", async () => {
  const files = filesWith({ "in/bad.yaml": `machines: { a: }\n${assigned("nobody")}` });
  const { exitCode, stdout, stderr } = await run(["./in/bad.yaml"], { files });
  assert.is(exitCode, 1);
  assert.is(stdout, "");
  assert.match(stderr, /^\.\/in\/bad\.yaml:2:52: error: no machine is named 'nobody'/);
  assert.match(
    (await run(["/work/in/bad.yaml"], { files })).stderr,
    "/work/in/bad.yaml:2:52: error",
  );
});

test("'-' is standard input, beside files", async () => {
  const files = filesWith({ "a.yaml": "machines: { a: }" });
  const { exitCode, stdout } = await run(["a.yaml", "-"], { files, input: "machines: { b: }" });
  assert.is(exitCode, 0);
  assert.match(stdout, nix("a.yaml, <stdin>", ["a", "b"]));
});

test("a folder means its .yaml, .yml and .json files by byte order, and no hidden, other or deeper ones", async () => {
  const files = filesWith({
    "inv/b.yml": "tags: { t: [m] }",
    "inv/a.json": '{"machines": {"m": {}}}',
    "inv/Z.yaml": "{}",
    "inv/\u{1f600}.yaml": "{}",
    "inv/\uff00.yaml": "{}",
    "inv/.hidden.yaml": "nonsense: 1",
    "inv/readme.md": "nonsense: 1",
    "inv/sub.yaml/c.yaml": "nonsense: 1",
  });
  const { exitCode, stdout, stderr } = await run(["inv/", "inv/a.json"], { files });
  assert.match(stderr, /^inv\/Z.yaml:1:1: note: the files in 'inv\/sub.yaml' are not part/);
  assert.is(exitCode, 0);
  assert.match(stdout, "from Z.yaml, a.json, b.yml and 2 more;");
  files.put("/work/inv/\uff00.yaml", "x: 1");
  files.put("/work/inv/\u{1f600}.yaml", "x: 1");
  const places = (await run(["check", "inv/"], { files })).stderr.match(/^inv\/[^:]+/gm);
  assert.equal(places, ["inv/Z.yaml", "inv/\uff00.yaml", "inv/\u{1f600}.yaml"]);
});

test("a folder without inventory files is an error", async () => {
  const files = filesWith({ "empty/readme.md": "" });
  const { exitCode, stderr } = await run(["empty"], { files });
  assert.is(exitCode, 2);
  assert.match(stderr, unreadable("empty", "this folder has no .yaml, .yml or .json file"));
});

test("names every file that cannot be read", async () => {
  const files = filesWith({ "in.yaml": inventory });
  files.link("/work/loop", "loop");
  const { exitCode, stdout, stderr } = await run(["chekc", "in.yaml", "loop", "in.yaml/x"], {
    files,
  });
  assert.is(exitCode, 2);
  assert.is(stdout, "");
  assert.is(
    stderr,
    [
      unreadable("chekc", "no such file or directory; did you mean the command 'check'?"),
      unreadable("loop", "too many symbolic links"),
      unreadable("in.yaml/x", "not a directory"),
      "3 errors\n",
    ].join("\n"),
  );
});

test("sources whose folders have no known relation are refused", async () => {
  const files = filesWith({});
  files.put("/in.yaml", inventory);
  const here = { files, cwd: "." };
  assert.match(
    (await run(["in.yaml", "/in.yaml"], here)).stderr,
    unreadable("/in.yaml", "no folder is known that holds this file and 'in.yaml'"),
  );
});

test("shows where a file is not UTF-8", async () => {
  const files = filesWith({
    "in.yaml": Buffer.from("# \ufffd ü\nmachines: { '\xff': }\n".replace("\xff", "@")).map(
      (byte) => (byte === 0x40 ? 0xff : byte),
    ),
  });
  const { exitCode, stdout, stderr } = await run(["in.yaml"], { files });
  assert.is(exitCode, 1);
  assert.is(stdout, "");
  assert.match(
    stderr,
    "in.yaml:2:14: error: invalid UTF-8 [invalid-encoding]\n  2 | machines: { '\ufffd': }\n",
  );
});

test("a byte order mark moves no column", async () => {
  const { stderr } = await run([], { input: "\ufeffmachines: { a: , a: }" });
  assert.match(stderr, /^<stdin>:1:18: error: .* \[duplicate-key\]\n  1 \| machines: \{/);
});

test("--from decides the language", async () => {
  const { exitCode, stderr } = await run(["--from", "json"], {
    input: inventory,
  });
  assert.is(exitCode, 1);
  assert.match(stderr, "<stdin>:1:1: error");
  assert.is((await run(["--from=yaml"], { input: '{"machines": {}}' })).exitCode, 0);
});

test("--known-machine declares machines, of either class", async () => {
  const tagged = "instances: { sshd: { roles: { server: { tags: [darwin] } } } }";
  assert.is((await run(["--known-machine", "x"], { input: assigned("x") })).exitCode, 0);
  const { stdout, stderr } = await run(
    ["--known-machine=x", "--known-machine", "__proto__=darwin"],
    { input: tagged },
  );
  assert.is(stderr, "");
  assert.match(stdout, "__proto__ = { };");
  assert.not.match(stdout, "x = { };");
  const wrong = await run(["--known-machine", "x=windows"], { input: "{}" });
  assert.is(wrong.exitCode, 2);
  assert.is(
    wrong.stderr,
    "inventory2nix: '--known-machine' needs NAME, NAME=nixos or NAME=darwin, not 'x=windows'\n",
  );
});

test("folders in machines/ of the project are known machines", async () => {
  const layouts: readonly (readonly [marker: string, machines: string])[] = [
    ["flake.nix", "machines/x/"],
    [".git/", "machines/x/"],
    ["in/flake.nix", "in/machines/x/"],
    ["readme", "in/machines/x/"],
  ];
  for (const [marker, machines] of layouts) {
    const files = filesWith({ [marker]: "", [machines]: "", "in/one.yaml": assigned("x") });
    assert.is((await run(["in/one.yaml"], { files })).exitCode, 0, marker);
  }
  const flake = { "flake.nix": "", ".git/": "", "inv/a.yaml": assigned("x"), "machines/x/": "" };
  assert.is((await run(["inv"], { files: filesWith(flake) })).exitCode, 0);
  const elsewhere = { ...flake, "inv/.git/": "", "inv/machines/x/": "", "machines/x/": "" };
  assert.is((await run(["inv"], { files: filesWith(elsewhere) })).exitCode, 0);
  const beside = { "inv/a.yaml": assigned("x"), "machines/x/": "", "inv/machines/y/": "" };
  assert.is((await run(["inv"], { files: filesWith(beside) })).exitCode, 0);
});

test("only real folders in machines/ are machines, as for Clan", async () => {
  const files = filesWith({
    "in/one.yaml": assigned("x"),
    "in/machines/x/": "",
    "in/machines/file": "",
    "other/y/": "",
    "machines/z/": "",
  });
  files.link("/work/in/machines/linked", "../../other/y");
  assert.is((await run(["in/one.yaml"], { files })).exitCode, 0);
  assert.is((await run(["-"], { files, input: assigned("z") })).exitCode, 0);
  assert.is(
    (await run(["-", "--machines-dir", "in/machines"], { files, input: assigned("linked") }))
      .exitCode,
    1,
  );
  assert.is((await run(["in/one.yaml", "--no-machines-dir"], { files })).exitCode, 1);
  assert.is((await run(["in/one.yaml", "--machines-dir", "other"], { files })).exitCode, 1);
  assert.is(
    (await run(["--machines-dir", "in/machines"], { files, input: assigned("file") })).exitCode,
    1,
  );
});

test("a machines folder that is asked for must be there", async () => {
  const { exitCode, stderr } = await run(["--machines-dir", "nowhere"], {
    input: inventory,
  });
  assert.is(exitCode, 2);
  assert.match(stderr, unreadable("nowhere", "no such file or directory"));
});

test("--allow-nix and --deny-warnings", async () => {
  const raw =
    "machines: { a: }\ninstances: { s: { roles: { r: { machines: { a: { settings: { x: !nix '1 + 1' } } } } } } }";
  assert.is((await run([], { input: raw })).exitCode, 1);
  assert.is((await run(["--allow-nix"], { input: raw })).exitCode, 0);
  const warned = "machines: { a_b: }";
  assert.is((await run([], { input: warned })).exitCode, 0);
  const denied = await run(["--deny-warnings"], { input: warned });
  assert.is(denied.exitCode, 1);
  assert.is(denied.stdout, "");
});

test("check prints diagnostics only", async () => {
  const files = filesWith({ "in.yaml": "machines: { a_b: }" });
  const { exitCode, stdout, stderr } = await run(["check", "in.yaml"], { files });
  assert.is(exitCode, 0);
  assert.is(stdout, "");
  assert.match(stderr, "in.yaml:1:13: warning");
  assert.is((await run(["--deny-warnings", "check", "in.yaml"], { files })).exitCode, 1);
});

test("--format chooses the form of diagnostics", async () => {
  const bad = { input: assigned("nobody") };
  assert.is(JSON.parse((await run(["--format", "json"], bad)).stderr).code, "unknown-machine");
  assert.match((await run(["--format", "github"], bad)).stderr, /^::error file=<stdin>,line=1,/);
  assert.is(
    JSON.parse((await run(["--format=sarif", "check"], { input: "{}" })).stderr).runs[0].results
      .length,
    0,
  );
});

test("diagnostics have colour on a terminal, or always, or never", async () => {
  const colored = async (args: readonly string[], terminal: boolean, env: Host["env"] = {}) => {
    const { stderr } = await run(args, {
      input: assigned("nobody"),
      stderrIsTerminal: terminal,
      env,
    });
    return stderr.includes("\x1b[");
  };
  assert.is(await colored([], true), true);
  assert.is(await colored([], false), false);
  assert.is(await colored([], true, { NO_COLOR: "1" }), false);
  assert.is(await colored([], true, { NO_COLOR: "" }), true);
  assert.is(await colored([], false, { FORCE_COLOR: "1", NO_COLOR: "1" }), true);
  assert.is(await colored([], true, { FORCE_COLOR: "0" }), false);
  assert.is(await colored(["--color=never"], true, { FORCE_COLOR: "1" }), false);
  assert.is(await colored([], true, { TERM: "dumb" }), false);
  assert.is(await colored(["--color", "always"], false, { NO_COLOR: "1" }), true);
  assert.is(await colored(["--color=never"], true), false);
});

test("--emit and --to choose the output", async () => {
  const input =
    "machines: { a: { tags: [t] } }\ninstances: { sshd: { roles: { server: { tags: [t] } } } }";
  assert.match(
    (await run(["--emit", "declared"], { input })).stdout,
    'tags = [ "t" ];\n        };',
  );
  assert.is(JSON.parse((await run(["--to", "json"], { input })).stdout).machines.a.tags[0], "t");
  assert.match((await run(["--to", "yaml"], { input })).stdout, "machines:\n");
});

test("rejects wrong arguments, and says what was probably meant", async () => {
  const mistakes: [string[], string][] = [
    [["--emti", "declared"], "unknown flag '--emti'; did you mean '--emit'?"],
    [["check", ""], "an argument is empty: name a file or folder, or '.' for the current one"],
    [["-x"], "unknown flag '-x'"],
    [["--bar"], "unknown flag '--bar'"],
    [["-t"], "unknown flag '-t'"],
    [["--emit"], "'--emit' needs resolved or declared"],
    [
      ["--emit", "declard"],
      "'--emit' needs resolved or declared, not 'declard'; did you mean 'declared'?",
    ],
    [["-o", "--check"], "'-o' needs FILE, but '--check' is a flag"],
    [["--output="], "'--output' needs FILE"],
    [["--allow-nix=yes"], "'--allow-nix' takes no value"],
    [["check", "-ofile"], "'check' has no flag '--output'"],
    [["schema", "x"], "'schema' takes no arguments; unexpected 'x'"],
    [
      ["check", "--format", "markdown"],
      "'--format' needs text, json, github or sarif, not 'markdown'",
    ],
  ];
  for (const [args, message] of mistakes) {
    const result = await run(args);
    assert.equal(result, {
      exitCode: 2,
      stdout: "",
      stderr: `inventory2nix: ${message}\ninventory2nix: see 'inventory2nix --help'\n`,
    });
  }
});

test("of very many wrong arguments, a hundred are told one by one", async () => {
  const { exitCode, stderr } = await run(Array(150).fill("--ignore=nothing"), { input: inventory });
  const lines = stderr.split("\n").slice(0, -1);
  assert.is(lines.length, 101);
  assert.is(lines.at(-1), "inventory2nix: and 50 more");
  assert.is(exitCode, 2);
});

test("rejects flags that lack another, or cannot be combined", async () => {
  const mistakes: [string[], RegExp][] = [
    [["--check"], /'--check' needs '-o FILE'/],
    [["--check", "-o", "-"], /'--check' needs '-o FILE'/],
    [["--watch", "in.yaml"], /'--watch' needs '-o FILE'/],
    [["--watch", "in.yaml", "-o", "-"], /'--watch' needs '-o FILE'/],
    [["--watch", "-o", "x", "-"], /'--watch' needs files or folders/],
    [["--watch", "-o", "x", "-f", "-"], /'--watch' needs files or folders/],
    [["--watch", "--check", "-o", "x"], /cannot be combined/],
  ];
  for (const [args, message] of mistakes) {
    const { exitCode, stderr } = await run(args, { poll: () => Promise.resolve() });
    assert.is(exitCode, 2);
    assert.match(stderr, message);
  }
});

test("what follows -- is a file, whatever its name", async () => {
  const files = filesWith({ "--help": inventory, check: inventory });
  assert.is((await run(["--", "--help"], { files })).stdout, nix("--help", ["a", "b"]));
  assert.is((await run(["./check"], { files })).stdout, nix("check", ["a", "b"]));
});

test("--help lists the commands, and the flags of one", async () => {
  const { exitCode, stdout } = await run(["--help"]);
  assert.is(exitCode, 0);
  for (const part of [
    "Usage: inventory2nix [compile]",
    "\n  check  ",
    "\n  -o, --output FILE  ",
    "--known-machine NAME[=CLASS]",
  ]) {
    assert.match(stdout, part);
  }
  const check = (await run(["check", "-h"])).stdout;
  assert.match(check, "Usage: inventory2nix check");
  assert.not.match(check, "--output");
  assert.is((await run(["help"])).stdout, stdout);
  assert.is((await run(["help", "check"])).stdout, check);
  assert.equal(await run(["help", "chekc"]), {
    exitCode: 2,
    stdout: "",
    stderr: "inventory2nix: unknown command 'chekc'; did you mean 'check'?\n",
  });
});

test("--version is the version of the package", async () => {
  const { version } = JSON.parse(read(import.meta.dirname, "../package.json"));
  for (const args of [["--version"], ["-V"], ["version"], ["check", "-V"]]) {
    assert.is((await run(args)).stdout, `inventory2nix ${version}\n`);
  }
});

test("schema prints the schema of inventories", async () => {
  const { exitCode, stdout } = await run(["schema"]);
  assert.is(exitCode, 0);
  const { $schema, properties } = JSON.parse(
    read(import.meta.dirname, "../schema/inventory.schema.json"),
  );
  assert.is(JSON.parse(stdout).$schema, $schema);
  assert.equal(Object.keys(JSON.parse(stdout).properties), Object.keys(properties));
});

test("a bug of ours is told apart, and shows where it happened only on request", async () => {
  const broken = {
    stdinKind: () => "input" as const,
    stdin: {
      read: () => {
        throw new TypeError("boom");
      },
    },
  };
  const { exitCode, stdout, stderr } = await run([], broken);
  assert.is(exitCode, 101);
  assert.is(stdout, "");
  assert.match(stderr, /^inventory2nix \d+\.\d+\.\d+: internal error: boom\nThis is a bug\./);
  assert.not.match(stderr, "cli.test.ts");
  assert.match(
    (await run([], { ...broken, env: { INVENTORY2NIX_STACK: "1" } })).stderr,
    "cli.test.ts",
  );
});

test("a note names the folders in a folder whose files are not read", async () => {
  const files = filesWith({
    "inv/a.yaml": inventory,
    "inv/sites/b.yaml": "machines: { c: }\n",
    "inv/machines/a.yaml": "",
    "inv/docs/readme.md": "",
    "inv/.hidden/x.yaml": "",
  });
  const noted = await run(["check", "inv", "--format", "json"], { files });
  assert.is(noted.exitCode, 0);
  const { code, message, range } = JSON.parse(noted.stderr) as Diagnostic;
  assert.equal(
    [code, message, range.source],
    ["skipped-folder", "the files in 'inv/sites' are not part of the inventory", "inv/a.yaml"],
  );
  assert.is((await run(["check", "inv", "inv/sites"], { files })).stderr, "");
  assert.is((await run(["check", "inv/a.yaml"], { files })).stderr, "");
});

test.run();
