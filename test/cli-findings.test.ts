/** How the command reports what it finds: formats, names, counts, and findings of its own. */
import { test } from "uvu";
import * as assert from "uvu/assert";
import { assigned, filesWith, inventory, nix, run } from "./host.js";

const check = ["in.yaml", "-o", "out.nix", "--check"];

test("a stale output is a finding in every format, where it first differs", async () => {
  const files = filesWith({ "in.yaml": inventory, "out.nix": nix("in.yaml", ["a"]) });
  const text = await run(check, { files });
  assert.is(text.exitCode, 1);
  assert.match(text.stdout, "\n+    b = { };\n");
  assert.is(
    text.stderr,
    `out.nix:6:1: error: this file is not current: the output differs from here on [stale-output]
  6 |   };
    | ^^^^
  help: run the same command without '--check' to write it

1 error
`,
  );
  const json = await run([...check, "--format", "json"], { files });
  assert.equal([json.exitCode, json.stdout], [1, ""]);
  assert.is(JSON.parse(json.stderr).code, "stale-output");
  const github = await run([...check, "--format", "github"], { files });
  assert.match(github.stderr, /^::error file=out\.nix,line=6,.*title=stale-output::[^\n]*\n$/);
  const sarif = await run([...check, "--format", "sarif"], { files });
  assert.is(JSON.parse(sarif.stderr).runs[0].results[0].ruleId, "stale-output");
});

test("a stale output is found beside what else there is, in one report", async () => {
  const files = filesWith({ "in.yaml": "machines: { a_b: }\n" });
  const { stderr } = await run([...check, "--format", "sarif"], { files });
  const rules = JSON.parse(stderr).runs[0].results.map(({ ruleId }: { ruleId: string }) => ruleId);
  assert.equal(rules, ["machine-name", "stale-output"]);
  assert.match((await run(check, { files })).stderr, "\n1 error, 1 warning\n");
});

test("the flags for severities are about a stale output, too", async () => {
  const files = filesWith({ "in.yaml": inventory });
  assert.is((await run([...check, "--warn", "stale-output"], { files })).exitCode, 0);
  const denied = [...check, "--warn", "stale-output", "--deny-warnings"];
  assert.is((await run(denied, { files })).exitCode, 1);
  const ignored = await run([...check, "--ignore", "stale-output"], { files });
  assert.equal(ignored, { exitCode: 0, stdout: "", stderr: "" });
  assert.is((await run(["none.yaml", "--ignore", "all"], { files })).exitCode, 2);
});

test("a stale output with CRLF line endings differs only where it differs", async () => {
  const old = nix("in.yaml", ["a"]).replaceAll("\n", "\r\n");
  const files = filesWith({ "in.yaml": inventory, "out.nix": old });
  const { stdout, stderr } = await run(check, { files });
  assert.equal(stdout.match(/^[-+] .*$/gm), ["+    b = { };"]);
  assert.match(stderr, /^out\.nix:6:1: /);
});

test("an input that cannot be read is a finding in every format, and exit code 2", async () => {
  const files = filesWith({ "in.yaml": inventory });
  for (const args of [
    ["none.yaml"],
    ["check", "in.yaml", "none.yaml"],
    ["plan", "none.yaml"],
    ["explain", "a", "-f", "none.yaml"],
    ["in.yaml", "--machines-dir", "none.yaml"],
    ["in.yaml", "--services", "none.yaml"],
    ["services", "--services", "none.yaml"],
  ]) {
    const { exitCode, stdout, stderr } = await run(args, { files });
    assert.equal([exitCode, stdout], [2, ""], args.join(" "));
    assert.match(
      stderr,
      /^none\.yaml:1:1: error: cannot be read: no such file or directory \[unreadable-input\]\n/,
    );
    if (args[0] === "services") continue;
    const sarif = await run([...args, "--format=sarif"], { files });
    assert.is(JSON.parse(sarif.stderr).runs[0].results[0].ruleId, "unreadable-input");
    const json = await run([...args, "--format=json"], { files });
    assert.is(JSON.parse(json.stderr).range.source, "none.yaml");
  }
});

test("services look files up from the workspace, else the repository, else the working folder", async () => {
  const names = async (given: Parameters<typeof run>[1], source = "in.yaml") => {
    const github = await run(["check", "--format", "github", source], given);
    const sarif = await run(["check", "--format", "sarif", source], given);
    const [, annotated] = /^::error file=([^,]*),/.exec(github.stderr) ?? [];
    const { uri } = JSON.parse(sarif.stderr).runs[0].results[0].locations[0].physicalLocation
      .artifactLocation;
    assert.is(uri.replace("file://", ""), annotated);
    return annotated;
  };
  const files = filesWith({ "repo/.git/": "", "repo/infra/in.yaml": assigned("b") });
  const here = { files, cwd: "/work/repo/infra" };
  assert.is(await names(here), "infra/in.yaml");
  assert.is(await names({ ...here, cwd: "/work" }, "repo/infra/in.yaml"), "repo/infra/in.yaml");
  assert.is(await names({ ...here, env: { GITHUB_WORKSPACE: "/work" } }), "repo/infra/in.yaml");
  assert.is(await names({ ...here, env: { GITHUB_WORKSPACE: "/elsewhere" } }), "infra/in.yaml");
  assert.is(await names(here, "/work/repo/infra/in.yaml"), "infra/in.yaml");
  files.link("/work/linked", "repo");
  assert.is(await names({ ...here, env: { GITHUB_WORKSPACE: "/work/linked" } }), "infra/in.yaml");
  files.put("/work/other.yaml", assigned("b"));
  assert.is(await names(here, "../../other.yaml"), "/work/other.yaml");
  const text = await run(["check", "in.yaml"], here);
  assert.match(text.stderr, /^in\.yaml:1:/);
  assert.match(
    (await run(["check", "--format", "github"], { ...here, input: assigned("b") })).stderr,
    /^::error file=<stdin>,/,
  );
});

test("an unknown machine's help says where its folder would be", async () => {
  const files = filesWith({ "flake.nix": "", "inventory/i.yaml": assigned("b") });
  const args = ["check", "inventory"];
  assert.match(
    (await run(args, { files })).stderr,
    "help: it is not declared, and there is no folder 'machines' ('--machines-dir' for another)\n",
  );
  files.put("/work/machines/c/");
  assert.match(
    (await run(["check", "i.yaml"], { files, cwd: "/work/inventory" })).stderr,
    "help: it is not declared, and not in '../machines' ('--machines-dir' for another)",
  );
  assert.not.match((await run([...args, "--no-machines-dir"], { files })).stderr, "help:");
});

test("a run that finds something ends with counts, for people only and not with --quiet", async () => {
  const files = filesWith({ "in.yaml": `machines: { a_b: , c_d: }\n${assigned("nobody")}` });
  const { stderr } = await run(["check", "in.yaml"], { files });
  assert.match(stderr, /\n\n1 error, 2 warnings\n$/);
  for (const more of [["--quiet"], ["-q"]]) {
    const quiet = await run(["check", "in.yaml", ...more], { files });
    assert.is(`${quiet.stderr}\n1 error, 2 warnings\n`, stderr);
    assert.is(quiet.exitCode, 1);
  }
  for (const format of ["json", "github", "sarif"]) {
    assert.not.match(
      (await run(["check", "in.yaml", "--format", format], { files })).stderr,
      "2 w",
    );
  }
  assert.is((await run(["check"], { input: inventory })).stderr, "");
});

test("one line of counts is for both sides of a diff", async () => {
  const files = filesWith({ "a.yaml": assigned("x"), "b.yaml": assigned("y") });
  const { exitCode, stderr } = await run(["diff", "a.yaml", "b.yaml"], { files });
  assert.is(exitCode, 1);
  assert.match(stderr, /^a\.yaml:1:[^]*\nb\.yaml:1:[^]*\n2 errors\n$/);
  const sarif = await run(["diff", "a.yaml", "b.yaml", "--format", "sarif"], { files });
  assert.is(JSON.parse(sarif.stderr).runs[0].results.length, 2);
});

test("past the limit of findings the counts say so", async () => {
  const names = Array.from({ length: 1500 }, (_, index) => `m${index}`);
  const { stderr } = await run(["check"], { input: assigned(names.join(", ")) });
  assert.match(stderr, /\n1000 errors; the search stopped early, so there may be more\n$/);
});

test.run();
