import path from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { check, type Files, type Source } from "../src/index.js";

const project = ["flake.nix", "keys/admin.pub", "modules/a.nix", "inventory/site.yaml"];

for (const [text, ...expected] of [
  ["!path ../keys/admin.pub"],
  ["!path ../keys"],
  ["!path ../keys/./../keys//admin.pub"],
  ["!path ../keys/admim.pub", "../keys/admin.pub"],
  ["!fileContents ../key/admin.pub", "../keys/admin.pub"],
  ["!path ./keys/admin.pub", "../keys/admin.pub"],
  ["!path ../none/of/these", ""],
  ["!path ../keys/admin.pub/x", undefined],
  ["!path /etc/passwd-", undefined],
] as const) {
  test(`${text}: ${expected[0] ?? "fine"}`, () => {
    const [found, ...others] = inProject(text).filter(({ code }) => code !== "impure-path");
    assert.is(others.length, 0);
    assert.is(found?.code, expected[0] === undefined ? undefined : "missing-file");
    assert.is(found && (found.fixes?.[0]?.edits[0]?.text ?? ""), expected[0]);
  });
}

for (const [written, message] of Object.entries({
  "./a.nix;": /the ';' at the end/,
  "$HOME/a.nix": /variables are not replaced/,
  "./*.nix": /a pattern matches nothing/,
  "./{a,b}.nix": /a pattern matches nothing/,
})) {
  test(`'${written}' has one finding of its own`, () => {
    const [found, ...others] = inProject(`!path "${written}"`);
    assert.match(found!.message, message);
    assert.equal(others, []);
  });
}

test("modules are looked for as well, also those that others import", () => {
  const text = inRole("extraModules: [../modules/a.nix, ../modules/b.nix, { imports: [./c.nix] }]");
  assert.equal(
    check(site(text), { files: filesOf(project) }).diagnostics.map(({ message }) => message),
    ["'../modules/b.nix' does not exist", "'./c.nix' does not exist"],
  );
});

for (const [title, files] of Object.entries({
  "no files": undefined,
  "the inventory alone": filesOf(["inventory/site.yaml"]),
  "the inventory and machines, as a build has them": filesOf([
    "inventory/site.yaml",
    "machines/a/",
  ]),
  "no folder": { exists: () => false, list: () => undefined },
})) {
  test(`nothing is missing where ${title} can be seen`, () => {
    const text = inRole("settings: { a: !path ../keys/x, b: !path ./y, c: !path ../../z }");
    assert.equal(check(site(text), { files }).diagnostics, []);
  });
}

test("without a flake, a file is missing beside others", () => {
  const files = filesOf(["inventory/site.yaml", "keys/a.pub"]);
  const text = inRole("settings: { a: !path ../keys/x, b: !path ../kyes/a.pub }");
  assert.is(check(site(text), { files }).diagnostics.length, 2);
});

test("the file system is asked so often at most", () => {
  let looks = 0;
  const files: Files = {
    exists: () => (looks++, false),
    list: () => (looks++, undefined),
  };
  const paths = Array.from({ length: 5000 }, (_, index) => `!path ./${index}/a/b/c/d/e/f`);
  check(site(inRole(`settings: { a: [${paths.join(", ")}] }`)), { files });
  assert.ok(looks > 1000 && looks < 30_000, `${looks}`);
});

function inProject(value: string) {
  return check(site(inRole(`settings: { a: ${value} }`)), { files: filesOf(project) }).diagnostics;
}

function site(text: string): Source {
  return { name: "inventory/site.yaml", path: "/work/inventory/site.yaml", text };
}

function inRole(text: string): string {
  return `machines: [a]\ninstances: { i: { module: { input: self }, roles: { r: { machines: [a], ${text} } } } }\n`;
}

/** Files in the folder `/work`. */
function filesOf(names: readonly string[]): Files {
  const folders = new Map<string, Set<string>>([["/", new Set(["work"])]]);
  for (const name of names) {
    let at = "/work";
    for (const part of name.split("/").filter((part) => part !== "")) {
      folders.set(at, (folders.get(at) ?? new Set()).add(part));
      at = path.posix.join(at, part);
    }
  }
  return {
    exists: (file) =>
      folders.has(file) ||
      (folders.get(path.posix.dirname(file))?.has(path.posix.basename(file)) ?? false),
    list: (folder) => (folders.has(folder) ? [...folders.get(folder)!] : undefined),
  };
}

test.run();
