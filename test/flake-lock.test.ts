import { test } from "uvu";
import * as assert from "uvu/assert";
import latest from "../schema/clan-core.json" with { type: "json" };
import history from "../schema/clan-core-history.json" with { type: "json" };
import { readFlakeLock } from "../src/catalogue/read-flake-lock.js";
import { filesWith, run } from "./host.js";

const seconds = (day: string) => Date.parse(`${day}T12:00:00Z`) / 1000;

/** A lock whose flake has clan-core, pinned as given, by the name `input`. */
function lockOf(locked: object, original: object = {}, input = "clan-core") {
  return {
    nodes: { core: { locked, original }, root: { inputs: { [input]: "core" } } },
    root: "root",
    version: 7,
  };
}

function read(lock: unknown, input?: string) {
  const text = typeof lock === "string" ? lock : JSON.stringify(lock);
  const { clanCore, findings } = readFlakeLock({ name: "flake.lock", text }, input);
  return { ...clanCore, findings: findings.map(({ code }) => code) };
}

test("takes the built-in revision that is pinned, with the day of the lock", () => {
  const { revision, since } = history.earlier[3]!;
  const { version, from } = read(lockOf({ rev: revision, lastModified: since }));
  assert.equal([version, from], [revision, "flake.lock"]);
  assert.is(read(lockOf({ rev: latest.revision })).version, latest.revision);
});

test("takes the built-in revision of the day for any other one", () => {
  const { version, date, findings } = read(
    lockOf({ rev: "0".repeat(40), lastModified: seconds("2026-01-01") }),
  );
  assert.is(date, "2026-01-01");
  assert.is(version, history.earlier.find(({ since }) => since <= seconds("2026-01-01"))!.revision);
  assert.equal(findings, []);
});

test("takes a release branch for what it was branched off from", () => {
  const version = (original: object) =>
    read(lockOf({ lastModified: seconds("2026-08-01") }, original)).version;
  const november = history.earlier.find(({ since }) => since <= seconds("2025-11-30"))!.revision;
  assert.is(version({ ref: "25.11" }), november);
  assert.is(version({ url: "https://git.clan.lol/clan/clan-core/archive/25.11.tar.gz" }), november);
  assert.is.not(
    version({ url: "https://git.clan.lol/clan/clan-core/archive/main.tar.gz" }),
    november,
  );
});

test("notes once, and accuses nobody, where the pinned one is newer", () => {
  const { version, findings } = read(lockOf({ lastModified: seconds("2030-01-01") }));
  assert.equal([version, findings], [undefined, ["newer-clan-core"]]);
  assert.equal(read(lockOf({ rev: "f".repeat(40) })).findings, []);
  assert.equal(read(lockOf({ lastModified: 1e300 })).findings, []);
});

test("follows inputs of inputs, but not in a circle", () => {
  const locked = { lastModified: seconds("2026-01-01") };
  const nodes = (inputs: object) => ({
    nodes: { core: { locked }, other: { inputs: { core: "core" } }, root: { inputs } },
    root: "root",
  });
  assert.is(read(nodes({ "clan-core": ["other", "core"], other: "other" })).date, "2026-01-01");
  assert.is(read(nodes({ "clan-core": ["clan-core"] })).version, undefined);
  assert.is(read(nodes({ "clan-core": ["a", 1] })).version, undefined);
});

test("takes the input that is clan-core by another name", () => {
  const lock = lockOf({ lastModified: seconds("2026-01-01") }, {}, "clan");
  assert.is(read(lock).version, undefined);
  assert.is(read(lock, "clan").date, "2026-01-01");
});

test("finds nothing in what is no lock", () => {
  for (const lock of ["", "{", "[]", "{}", '{ "nodes": [], "root": {} }', lockOf([])]) {
    assert.equal(read(lock), { findings: [] });
  }
});

const inventory = "machines: [a]\ninstances: { pki: { roles: { default: { machines: [a] } } } }\n";

function project(lastModified: number) {
  return filesWith({
    "inventory.yaml": inventory,
    "flake.nix": "{ }",
    "flake.lock": JSON.stringify(lockOf({ lastModified }), undefined, 2),
  });
}

test("the command reads the lock beside flake.nix, and findings say so", async () => {
  const old = project(seconds("2026-01-01"));
  const { stderr } = await run(["check"], { files: old });
  assert.match(stderr, "checked against clan-core as of 2026-01-01 (from flake.lock; --services");
  const named = await run(["check", "--clan-core", "latest"], { files: old });
  assert.equal([named.exitCode, named.stderr], [0, ""]);
  assert.match((await run(["services"], { files: old })).stdout, /^clan-core as of 2026-01-01 /);
  assert.not.match((await run(["schema"], { files: old })).stdout, "clan-core.pki");
});

test("a newer lock gets one note at its place, unless another catalogue is used", async () => {
  const files = project(seconds("2030-01-01"));
  const { exitCode, stderr } = await run(["check"], { files });
  assert.is(exitCode, 0);
  assert.match(stderr, /^flake\.lock:\d+:\d+: note: clan-core of 2030-01-01 is newer than/);
  assert.match(stderr, "nix eval --json .#clanInternals.inventoryClass.moduleSchemas");
  assert.is(stderr.split("[newer-clan-core]").length, 2);
  for (const flags of [
    ["--services", "none"],
    ["--ignore", "newer-clan-core"],
    ["--clan-core", "latest"],
  ]) {
    assert.is((await run(["check", ...flags], { files })).stderr, "");
  }
});

test("offers no stable revision as long as none is built in", async () => {
  const { exitCode, stderr } = await run(["check", "--clan-core", "stable"], { input: inventory });
  assert.is(exitCode, 2);
  assert.match(
    stderr,
    "inventory2nix: no stable clan-core is built in, only its main branch; those from",
  );
});

test.run();
