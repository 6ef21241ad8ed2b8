import { test } from "uvu";
import * as assert from "uvu/assert";
import { SystemError } from "../src/cli/system-error.js";
import { faultyFiles } from "./faulty-files.js";
import { assigned, filesWith, inventory, namesIn, nix, run } from "./host.js";

test("-o writes a file, and leaves one that is current untouched", async () => {
  const files = filesWith({ "in.yaml": inventory });
  assert.equal(await run(["in.yaml", "-o", "out.nix"], { files }), {
    exitCode: 0,
    stdout: "",
    stderr: "",
  });
  assert.is(files.text("/work/out.nix"), nix("in.yaml", ["a", "b"]));
  const { revision } = files.stat("/work/out.nix");
  await run(["in.yaml", "-o", "out.nix"], { files });
  assert.is(files.stat("/work/out.nix").revision, revision);
  files.put("/work/in.yaml", "machines: { a: }");
  await run(["in.yaml", "-o", "out.nix"], { files });
  assert.is(files.text("/work/out.nix"), nix("in.yaml", ["a"]));
  assert.is.not(files.stat("/work/out.nix").revision, revision);
  assert.equal(namesIn("/work", files), ["in.yaml", "out.nix"]);
});

test("-o - is standard output", async () => {
  const files = filesWith({ "in.yaml": inventory });
  for (const args of [["-o", "-"], ["-o-"], ["--output=-"]]) {
    assert.equal(await run(["in.yaml", ...args], { files }), {
      exitCode: 0,
      stdout: nix("in.yaml", ["a", "b"]),
      stderr: "",
    });
  }
  assert.equal(namesIn("/work", files), ["in.yaml"]);
});

test("a long output is written in pieces, none of which ends within a character", async () => {
  for (const start of ["", "x"]) {
    const description = start + "\u{1f600}".repeat(2 ** 19);
    const source = `machines: { a: { description: ${description} } }\n`;
    const { stdout } = await run(["in.yaml"], { files: filesWith({ "in.yaml": source }) });
    assert.ok(stdout.includes(`description = "${description}";\n`), start);
  }
});

test("-o keeps mode, owner and group of the file, and writes behind links", async () => {
  const files = filesWith({ "in.yaml": inventory, "real/out.nix": "old" });
  const permissions = { mode: 0o640, owner: 7, group: 8 };
  files.create("/work/real/new").setPermissions(permissions);
  files.rename("/work/real/new", "/work/real/out.nix");
  files.link("/work/link.nix", "real/out.nix");
  files.link("/work/dangling.nix", "real/new.nix");
  await run(["in.yaml", "-o", "link.nix"], { files });
  await run(["in.yaml", "-o", "dangling.nix"], { files });
  assert.equal(files.stat("/work/real/out.nix").permissions, permissions);
  assert.equal(
    ["link.nix", "dangling.nix"].map((name) => files.readLink(`/work/${name}`)),
    ["real/out.nix", "real/new.nix"],
  );
  for (const name of ["real/out.nix", "real/new.nix"]) {
    assert.is(files.text(`/work/${name}`), nix("in.yaml", ["a", "b"]));
  }
});

test("-o writes where the shell would behind a link that leads nowhere yet, in a folder behind a link", async () => {
  const files = filesWith({ "in.yaml": inventory, "a/b/": "", "a/far/deep/": "", "a/d/": "" });
  for (const [target, link] of [
    ["../a/b", "w/d"],
    ["../x.nix", "a/b/up.nix"],
    ["far/deep", "a/near"],
    ["../near/../y.nix", "a/b/through.nix"],
    // By the names alone it would lead to itself.
    ["../d/self.nix", "a/b/self.nix"],
  ] as const) {
    files.link(`/work/${link}`, target);
  }
  for (const [output, written] of [
    ["w/d/up.nix", "a/x.nix"],
    ["w/d/through.nix", "a/far/y.nix"],
    ["w/d/self.nix", "a/d/self.nix"],
  ] as const) {
    const { exitCode, stderr } = await run(["in.yaml", "-o", output], { files });
    assert.equal([exitCode, stderr], [0, ""]);
    assert.is(files.text(`/work/${written}`), nix("in.yaml", ["a", "b"]));
  }
  assert.equal(namesIn("/work/w", files), ["d"]);
});

test("an error leaves the output as it was", async () => {
  const files = filesWith({ "in.yaml": assigned("nobody"), "out.nix": "old" });
  assert.is((await run(["in.yaml", "-o", "out.nix"], { files })).exitCode, 1);
  assert.is(files.text("/work/out.nix"), "old");
});

test("an output that cannot be written is named", async () => {
  const files = filesWith({ "in.yaml": inventory, "folder/": "" });
  files.link("/work/ring", "ring");
  for (const [output, why] of [
    ["folder", "is a folder"],
    ["ring", "too many symbolic links"],
    ["nowhere/out.nix", "no such file or directory"],
    ["in.yaml/out.nix", "not a directory"],
  ]) {
    const { exitCode, stderr } = await run(["in.yaml", "-o", output!], { files });
    assert.is(exitCode, 2);
    assert.is(stderr, `inventory2nix: ${output}: ${why}\n`);
  }
  assert.equal(namesIn("/work", files), ["folder", "in.yaml", "ring"]);
});

test("an input is not overwritten", async () => {
  const catalogue = '{"self": {"x": {}}}';
  const files = filesWith({ "inv/a.yaml": inventory, "inv/real/": "", "services.json": catalogue });
  files.link("/work/inv/link.nix", "a.yaml");
  files.link("/work/linked", "inv");
  for (const [input, output] of [
    ["inv/a.yaml", "inv/a.yaml"],
    ["inv", "inv/a.yaml"],
    ["inv", "linked/a.yaml"],
    ["linked", "inv/real/../link.nix"],
    ["inv", "services.json"],
  ] as const) {
    for (const more of [[], ["--check"]]) {
      const result = await run(
        [input, "--services", "services.json", "--to", "json", "-o", output, ...more],
        { files },
      );
      assert.equal(result, {
        exitCode: 2,
        stdout: "",
        stderr: `inventory2nix: ${output}: this file is itself an input, which would be lost: write to another one\n`,
      });
    }
  }
  assert.equal(
    [files.text("/work/inv/a.yaml"), files.text("/work/services.json")],
    [inventory, catalogue],
  );

  const intoFolder = ["inv", "--to", "json", "-o", "inv/x.json"];
  assert.is((await run(intoFolder, { files })).exitCode, 0);
  assert.is((await run(intoFolder, { files })).exitCode, 2);
});

test("--check takes a file with CRLF line endings for current", async () => {
  const files = filesWith({ "in.yaml": "machines: [a]\n" });
  await run(["in.yaml", "-o", "out.nix"], { files });
  files.put("/work/out.nix", files.text("/work/out.nix").replaceAll("\n", "\r\n"));
  const { exitCode, stdout } = await run(["in.yaml", "-o", "out.nix", "--check"], { files });
  assert.equal([exitCode, stdout], [0, ""]);
});

test("the default of root is the path from the output back to the sources", async () => {
  const pathed =
    "machines: { a: }\ninstances: { s: { module: { input: self }, roles: { r: { machines: [a], extraModules: [./m.nix] } } } }";
  const files = filesWith({
    "in.yaml": pathed,
    "inv/a.yaml": pathed,
    "inv/b.yaml": "{}",
    "inv/m.nix": "",
    "m.nix": "",
    "out/deep/": "",
    "real/": "",
  });
  files.link("/work/out/linked", "../real");
  const root = async (args: readonly string[]) => {
    const { stdout, stderr } = await run(args, { files, input: pathed });
    assert.is(stderr, "");
    const output = args.at(-1)!;
    const text = args.includes("-o") ? files.text(`/work/${output}`) : stdout;
    return /root( \? (\S+?))?(,| *\})/.exec(text)?.[2];
  };
  assert.is(await root([]), "./.");
  assert.is(await root(["inv/a.yaml"]), "./inv");
  assert.is(await root(["in.yaml", "-o", "out.nix"]), "./.");
  assert.is(await root(["in.yaml", "-o", "out/out.nix"]), "../.");
  assert.is(await root(["inv", "-o", "out/out.nix"]), "../inv");
  assert.is(await root(["inv", "-o", "out/deep/out.nix"]), "../../inv");
  assert.is(await root(["inv", "-o", "out.nix"]), "./inv");
  assert.is(await root(["in.yaml", "-o", "out/linked/out.nix"]), "../.");
  assert.is(await root(["in.yaml", "--no-root-default", "-o", "out.nix"]), undefined);
});

test("paths in YAML lead from the output to the same files", async () => {
  const pathed =
    "machines: { a: }\ninstances: { s: { module: { input: self }, roles: { r: { machines: [a], extraModules: [./m.nix, ../out/n.nix] } } } }";
  const files = filesWith({ "in/a.yaml": pathed, "in/m.nix": "", "out/n.nix": "" });
  const paths = async (input: string, output: string, ...more: string[]) => {
    assert.equal(await run([input, "--to", "yaml", "-o", output, ...more], { files }), {
      exitCode: 0,
      stdout: "",
      stderr: "",
    });
    return files.text(`/work/${output}`).match(/(?<=!path ).*/g);
  };
  assert.equal(await paths("in/a.yaml", "out/b.yaml"), ["../in/m.nix", "../out/n.nix"]);
  assert.equal(await paths("out/b.yaml", "c.yaml"), ["./in/m.nix", "./out/n.nix"]);
  assert.equal(await paths("c.yaml", "in/d.yaml"), ["../in/m.nix", "../out/n.nix"]);
  assert.equal(await paths("in/a.yaml", "out/e.yaml", "--no-root-default"), [
    "./m.nix",
    "../out/n.nix",
  ]);
});

test("--check compares, and writes nothing", async () => {
  const files = filesWith({ "in.yaml": inventory });
  const args = ["in.yaml", "--check", "-o", "out.nix"];
  const missing = await run(args, { files });
  assert.is(missing.exitCode, 1);
  assert.match(
    missing.stdout,
    /^--- \/dev\/null\n\+\+\+ out\.nix\n@@ -0,0 \+1,8 @@\n\+# Generated/,
  );
  assert.is(
    missing.stderr,
    `out.nix:1:1: error: this file does not exist yet [stale-output]
  help: run the same command without '--check' to write it

1 error
`,
  );
  assert.equal(namesIn("/work", files), ["in.yaml"]);

  await run(["in.yaml", "-o", "out.nix"], { files });
  assert.equal(await run(args, { files }), { exitCode: 0, stdout: "", stderr: "" });

  files.put("/work/in.yaml", "machines: { a: , c: }\n");
  const stale = await run(args, { files });
  assert.is(stale.exitCode, 1);
  assert.is(
    stale.stdout,
    `--- out.nix
+++ out.nix
@@ -3,6 +3,6 @@
 {
   machines = {
     a = { };
-    b = { };
+    c = { };
   };
 }
`,
  );
  assert.is(files.text("/work/out.nix"), nix("in.yaml", ["a", "b"]));
});

test("--check does not read what is not a file, and may never end", async () => {
  const files = filesWith({ "in.yaml": inventory, "folder/": "" });
  files.putDevice("/work/pipe", ({ length }) => length);
  assert.equal(await run(["in.yaml", "-o", "pipe", "--check"], { files }), {
    exitCode: 2,
    stdout: "",
    stderr: "inventory2nix: pipe: not a regular file\n",
  });
});

test("-o with the name of a folder is an error, whether or not there is one", async () => {
  for (const name of ["new/", "new/.", "new/..", ".", "there/", "out.nix/"]) {
    const files = filesWith({ "in.yaml": inventory, "there/": "", "out.nix": "old" });
    const { exitCode, stderr } = await run(["in.yaml", "-o", name], { files });
    assert.equal(
      [exitCode, stderr],
      [2, `inventory2nix: ${name}: a folder, but '-o' takes the name of a file\n`],
    );
    assert.is(files.text("/work/out.nix"), "old");
    assert.equal(namesIn("/work", files), ["in.yaml", "out.nix", "there"]);
  }
});

test("the temporary files of runs that have ended are removed, others stay", async () => {
  const files = filesWith({
    "in.yaml": inventory,
    ".inventory2nix-7.tmp": "half",
    ".inventory2nix-8.tmp": "half",
    ".other-7.tmp": "",
  });
  await run(["in.yaml", "-o", "out.nix"], { files, hasEnded: (word) => word === "7" });
  assert.equal(namesIn("/work", files), [
    ".inventory2nix-8.tmp",
    ".other-7.tmp",
    "in.yaml",
    "out.nix",
  ]);
});

test("-o takes no name whose bytes are lost", async () => {
  const files = filesWith({ "in.yaml": inventory });
  const { exitCode, stderr } = await run(["in.yaml", "-o", "\ufffd.nix"], { files });
  const why = "this name is not UTF-8: choose another one";
  assert.equal([exitCode, stderr], [2, `inventory2nix: \ufffd.nix: ${why}\n`]);
  assert.equal(namesIn("/work", files), ["in.yaml"]);
});

test("a temporary file that stays does not stand in the way", async () => {
  const leftovers = { ".inventory2nix-1.tmp": "half", ".inventory2nix-2.tmp": "half" };
  const files = filesWith({ "in.yaml": inventory, ...leftovers });
  assert.is((await run(["in.yaml", "-o", "out.nix"], { files })).exitCode, 0);
  assert.equal(namesIn("/work", files), [...Object.keys(leftovers), "in.yaml", "out.nix"]);
});

test("init takes nothing else that is called inventory.yaml for a place to write to", async () => {
  const files = filesWith({ "a/inventory.yaml/": "" });
  files.putDevice("/work/b/inventory.yaml", ({ length }) => length);
  files.link("/work/c/inventory.yaml", "../fleet.yaml");
  const init = (name: string) => run(["init", "--quiet"], { files, cwd: `/work/${name}` });
  assert.is((await init("a")).stderr, "inventory2nix: inventory.yaml: is a folder\n");
  assert.is((await init("b")).stderr, "inventory2nix: inventory.yaml: not a regular file\n");
  assert.is((await init("c")).exitCode, 0);
  assert.match(files.text("/work/fleet.yaml"), "machines: {}");
  assert.is(files.readLink("/work/c/inventory.yaml"), "../fleet.yaml");
});

test("of many files that a command changes, ten are named", async () => {
  const names = Array.from({ length: 12 }, (_, index) => `m${index}`);
  const files = filesWith(
    Object.fromEntries(names.map((name) => [`${name}.yaml`, `machines: { ${name}: {} }\n`])),
  );
  const { stderr } = await run(["tag", "-f", ".", ...names, "t"], { files });
  const ten = [0, 1, 10, 11, 2, 3, 4, 5, 6, 7].map((index) => `./m${index}.yaml`);
  assert.is(stderr, `inventory2nix: ${ten.join(", ")} and 2 others changed\n`);
  assert.is(files.text("/work/m11.yaml"), "machines: { m11: { tags: [t] } }\n");
});

test("a device is written to, not replaced", async () => {
  const files = filesWith({ "in.yaml": inventory });
  let written = "";
  files.putDevice("/dev/printer", (bytes) => {
    written += new TextDecoder().decode(bytes.subarray(0, 7));
    return Math.min(7, bytes.length);
  });
  assert.is((await run(["in.yaml", "-o", "/dev/printer"], { files })).exitCode, 0);
  assert.is(written, nix("in.yaml", ["a", "b"]));
  assert.is(files.stat("/dev/printer").kind, "other");
});

test("the disk holds the new file before it replaces the old one", async () => {
  const operations: string[] = [];
  const files = filesWith({ "in.yaml": "machines: { a: }", "out.nix": "old" });
  const args = ["in.yaml", "-o", "out.nix"];
  await run(args, { files: faultyFiles(files, undefined, operations) });
  const writing = operations.slice(operations.indexOf("create"));
  assert.equal(
    writing.filter((name) => name !== "write"),
    ["create", "setPermissions", "flush", "close", "rename"],
  );
  assert.ok(writing.lastIndexOf("write") < writing.indexOf("setPermissions"));
});

test("what a short write leaves over is written next", async () => {
  const files = filesWith({ "in.yaml": inventory });
  assert.is((await run(["in.yaml", "-o", "out.nix"], { files: faultyFiles(files) })).exitCode, 0);
  assert.is(files.text("/work/out.nix"), nix("in.yaml", ["a", "b"]));

  let output = "";
  const stdout = {
    write: (bytes: Uint8Array) => {
      output += String.fromCharCode(bytes[0]!);
      return 1;
    },
  };
  assert.is((await run([], { input: inventory, stdout })).exitCode, 0);
  assert.is(output, nix("<stdin>", ["a", "b"]));
});

test("a standard output that is full fails every command, one that nobody reads does not", async () => {
  const failing = (code: string) => ({
    write: () => {
      throw new SystemError(code);
    },
  });
  const commands = [
    [],
    ["plan", "-f-"],
    ["plan", "-f-", "--json"],
    ["graph", "-f-"],
    ["explain", "a", "-f-"],
    ["services"],
    ["schema"],
    ["completions", "bash"],
    ["--help"],
    ["--version"],
    ["__complete", ""],
  ];
  for (const args of commands) {
    const full = await run(args, { input: inventory, stdout: failing("ENOSPC") });
    assert.is(full.exitCode, 2, args.join(" "));
    assert.is(full.stderr, "inventory2nix: standard output: no space left on device\n");
    const unread = await run(args, { input: inventory, stdout: failing("EPIPE") });
    assert.equal([unread.exitCode, unread.stderr], [0, ""], args.join(" "));
  }
  const silenced = { input: assigned("nobody"), stderr: failing("ENOSPC") };
  assert.is((await run(["check"], silenced)).exitCode, 2);
});

test.run();
