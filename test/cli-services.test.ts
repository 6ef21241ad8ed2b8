import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { run } from "./host.js";

const cwd = mkdtempSync(path.join(tmpdir(), "inventory2nix-"));
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
test.before(() => {
  writeFileSync(path.join(cwd, "services.json"), JSON.stringify(own));
  writeFileSync(
    path.join(cwd, "more.yaml"),
    "source: other\nservices: { db: { roles: { main: {} } } }\n",
  );
  writeFileSync(path.join(cwd, "wrong.json"), '{ "self": 1 }');
  writeFileSync(path.join(cwd, "latin1.json"), Buffer.from('{ "source": "\xe9" }', "latin1"));
});
test.after(() => rmSync(cwd, { recursive: true }));

const input =
  "machines: [a]\ninstances: { web: { module: { input: self }, roles: { server: { machines: [a], settings: { prt: 1 } } } }, mine: { roles: { r: } } }\n";

test("holds the inventory against a catalogue that is given, and fails", async () => {
  const { exitCode, stdout, stderr } = await run(["--services", "services.json"], { cwd, input });
  assert.is(exitCode, 1);
  assert.is(stdout, "");
  assert.match(
    stderr,
    "error: role 'server' of 'web' has no setting 'prt'; did you mean 'port'? [unknown-setting]",
  );
  assert.match(stderr, "warning: clan-core has no service 'mine'");
});

test("warns by what is built in, and says nothing without any catalogue", async () => {
  const builtIn = await run(["check"], { cwd, input });
  assert.is(builtIn.exitCode, 0);
  assert.match(builtIn.stderr, "[unknown-service]");
  assert.equal(await run(["check", "--services", "none"], { cwd, input }), {
    exitCode: 0,
    stdout: "",
    stderr: "",
  });
});

test("takes several catalogues, but nothing beside none", async () => {
  const { stdout } = await run(
    ["services", "--services", "services.json", "--services=more.yaml"],
    { cwd },
  );
  assert.match(stdout, "self\n\n  web  server\n\nother\n\n  db  main\n");
  const { exitCode, stderr } = await run(
    ["check", "--services", "none", "--services", "more.yaml"],
    { cwd, input },
  );
  assert.is(exitCode, 2);
  assert.is(stderr, "inventory2nix: '--services none' stands alone\n");
});

test("shows what is wrong with a catalogue instead of the inventory", async () => {
  const wrong = await run(["check", "--services", "wrong.json"], { cwd, input });
  assert.is(wrong.exitCode, 1);
  assert.match(wrong.stderr, "wrong.json:1:11: error: expected a map, found 1 [invalid-type]");
  const noText = await run(["check", "--services", "latin1.json"], { cwd, input });
  assert.is(noText.exitCode, 1);
  assert.match(noText.stderr, "latin1.json:1:14: error:");
  const absent = await run(["check", "--services", "absent.json"], { cwd, input });
  assert.is(absent.exitCode, 2);
  assert.match(absent.stderr, "absent.json: no such file or directory");
});

test("shows known services, or one, as text or as data", async () => {
  assert.match((await run(["services"], { cwd })).stdout, /\n  sshd +client, server\n/);
  assert.match(
    (await run(["services", "sshd"], { cwd })).stdout,
    /\nrole server\n(.*\n)*  generateRootKey +boolean, default false\n/,
  );
  const { stdout } = await run(["services", "web", "--json", "--services", "services.json"], {
    cwd,
  });
  assert.equal(JSON.parse(stdout), [
    { source: "self", services: { web: { roles: { server: { settings: own.self.web.server } } } } },
  ]);
});

test("knows no service of another name", async () => {
  const { exitCode, stderr } = await run(["services", "shd"], { cwd });
  assert.is(exitCode, 2);
  assert.is(stderr, "inventory2nix: no service is named 'shd'; did you mean 'sshd'?\n");
  assert.is((await run(["services", "a", "b"], { cwd })).exitCode, 2);
});

test("prints the schema with the settings of known services", async () => {
  const schema = async (...args: string[]) => (await run(["schema", ...args], { cwd })).stdout;
  assert.match(await schema(), '"generateRootKey": {');
  const given = await schema("--services", "services.json");
  assert.match(given, '"self.web.server": {');
  assert.match(given, '"port": {');
  assert.match(given, '"generateRootKey": {');
  assert.not.match(await schema("--services", "none"), '"generateRootKey": {');
});

test("--watch compiles again when a catalogue changes, or comes back", async () => {
  const services = path.join(cwd, "watched.json");
  writeFileSync(path.join(cwd, "watched.yaml"), input);
  writeFileSync(services, JSON.stringify(own));
  const told: string[] = [];
  let interrupt!: () => void;
  const interrupted = new Promise<void>((resolve) => (interrupt = resolve));
  const args = ["watched.yaml", "--watch", "-o", "watched.nix", "--services", "watched.json"];
  const ended = run(args, {
    cwd,
    interrupted: () => interrupted,
    writeStderr: async (text) => void told.push(text),
  });
  const waitFor = async (text: string) => {
    for (let tries = 0; !told.join("").includes(text); tries++) {
      assert.ok(tries < 200, `still waiting for '${text}' after:\n${told.join("")}`);
      await wait(50);
    }
    told.length = 0;
  };
  try {
    await waitFor("has no setting 'prt'");
    rmSync(services);
    await waitFor("watched.json: no such file or directory");
    writeFileSync(services, JSON.stringify(own).replace("port", "prt"));
    await waitFor("watched.nix written");
  } finally {
    interrupt();
    await ended;
  }
});

test.run();
