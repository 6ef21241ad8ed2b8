import { test } from "uvu";
import * as assert from "uvu/assert";
import { filesWith, run } from "./host.js";

const own = {
  self: {
    web: {
      server: {
        type: "object",
        properties: { port: { type: "integer" } },
        additionalProperties: false,
      },
    },
  },
};
const files = filesWith({
  "services.json": JSON.stringify(own),
  "more.yaml": "source: other\nservices: { db: { roles: { main: {} } } }\n",
  "wrong.json": '{ "self": 1 }',
  "latin1.json": Buffer.from('{ "source": "\xe9" }', "latin1"),
});

const input =
  "machines: [a]\ninstances: { web: { module: { input: self }, roles: { server: { machines: [a], settings: { prt: 1 } } } }, mine: { roles: { r: } } }\n";

test("checks the inventory against a given catalogue, and fails", async () => {
  const { exitCode, stdout, stderr } = await run(["--services", "services.json"], { files, input });
  assert.is(exitCode, 1);
  assert.is(stdout, "");
  assert.match(
    stderr,
    "error: role 'server' of 'web' has no setting 'prt'; did you mean 'port'? [unknown-setting]",
  );
  assert.match(stderr, "warning: clan-core has no service 'mine'");
});

test("warns by the built-in catalogue, and says nothing without any", async () => {
  const builtIn = await run(["check"], { files, input });
  assert.is(builtIn.exitCode, 0);
  assert.match(builtIn.stderr, "[unknown-service]");
  assert.equal(await run(["check", "--services", "none"], { files, input }), {
    exitCode: 0,
    stdout: "",
    stderr: "",
  });
});

test("takes several catalogues, but nothing beside none", async () => {
  const { stdout } = await run(
    ["services", "--services", "services.json", "--services=more.yaml"],
    { files },
  );
  assert.match(stdout, "self\n\n  web  server\n\nother\n\n  db  main\n");
  const { exitCode, stderr } = await run(
    ["check", "--services", "none", "--services", "more.yaml"],
    { files, input },
  );
  assert.is(exitCode, 2);
  assert.is(stderr, "inventory2nix: '--services none' cannot be combined with a catalogue\n");
});

test("shows what is wrong with a catalogue instead of the inventory", async () => {
  const wrong = await run(["check", "--services", "wrong.json"], { files, input });
  assert.is(wrong.exitCode, 1);
  assert.match(wrong.stderr, "wrong.json:1:11: error: expected a map, found 1 [invalid-type]");
  const noText = await run(["check", "--services", "latin1.json"], { files, input });
  assert.is(noText.exitCode, 1);
  assert.match(noText.stderr, "latin1.json:1:14: error:");
  const absent = await run(["check", "--services", "absent.json"], { files, input });
  assert.is(absent.exitCode, 2);
  assert.match(absent.stderr, "absent.json:1:1: error: cannot be read: no such file or directory");
});

test("shows known services, or one, as text or as data", async () => {
  assert.match(
    (await run(["services"], { files })).stdout,
    /\n  sshd +Enables secure .*\n.*\n.*\(client, server\)\n/,
  );
  assert.match(
    (await run(["services"], { files })).stdout,
    /\n  coredns +moved to clan-community\n/,
  );
  assert.match(
    (await run(["services", "sshd"], { files })).stdout,
    /\nrole server\n(.*\n)*  generateRootKey  boolean, default false\n      .*\n/,
  );
  const { stdout } = await run(["services", "web", "--json", "--services", "services.json"], {
    files,
  });
  assert.equal(JSON.parse(stdout), [
    { source: "self", services: { web: { roles: { server: { settings: own.self.web.server } } } } },
  ]);
});

test("knows no service of another name", async () => {
  const { exitCode, stderr } = await run(["services", "shd"], { files });
  assert.is(exitCode, 2);
  assert.is(stderr, "inventory2nix: no service is named 'shd'; did you mean 'sshd'?\n");
  assert.is((await run(["services", "a", "b"], { files })).exitCode, 2);
});

test("prints the schema with the settings of known services", async () => {
  const schema = async (...args: string[]) => (await run(["schema", ...args], { files })).stdout;
  assert.match(await schema(), '"generateRootKey": {');
  const given = await schema("--services", "services.json");
  assert.match(given, '"self.web.server": {');
  assert.match(given, '"port": {');
  assert.match(given, '"generateRootKey": {');
  assert.not.match(await schema("--services", "none"), '"generateRootKey": {');
});

test.run();
