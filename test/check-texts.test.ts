import { test } from "uvu";
import * as assert from "uvu/assert";
import { check, type Source } from "../src/index.js";

test("texts are found in every file, at their place", () => {
  const modules = (list: string) =>
    `instances: { i: { module: { input: self }, roles: { r: { machines: [a], extraModules: ${list} } } } }\n`;
  assert.equal(
    findings([
      { name: "a.yaml", text: `machines: [a]\n${modules("[./m.nix]")}` },
      { name: "b.yaml", text: modules("[./n.nix, { x: ./y }]") },
    ]),
    ["b.yaml:1 path-as-text ./y"],
  );
});

test("an alias brings a text along, and is found once", () => {
  const text = "settings: { a: &t [./x], b: *t }";
  assert.equal(inRole(text), ["path-as-text ./x"]);
});

for (const [settings, expected] of Object.entries({
  "a: ./x": "path-as-text ./x",
  "a: ../x": "path-as-text ../x",
  "a: ~/x": "path-as-text ~/x",
  'a: "./x y"': "",
  "a: .x": "",
  "a: https://x.org/./y": "",
  "a: lib.mkForce 5": "nix-as-text lib.mkForce 5",
  "a: $mkDefault 5": "nix-as-text $mkDefault 5",
  "a: mkForce": "",
  "a: { mkForce: 5 }": "nix-as-text mkForce",
  "a: { mkForce: 5, b: 1 }": "",
  'a: "${config.x}"': 'nix-as-text "${config.x}"',
  'a: "${HOME}"': "",
  "a: pkgs.hello": "nix-as-text pkgs.hello",
  "a: [pkgs.git]": "nix-as-text pkgs.git",
  "a: config.networking.hostName": "nix-as-text config.networking.hostName",
  "a: lib.optional true 1": "nix-as-text lib.optional true 1",
  "a: inputs.self.packages.x86_64-linux.foo": "nix-as-text inputs.self.packages.x86_64-linux.foo",
  "a: import ./x.nix": "nix-as-text import ./x.nix",
  "a: with pkgs; git": "nix-as-text with pkgs; git",
  'a: "[ pkgs.git pkgs.vim ]"': 'nix-as-text "[ pkgs.git pkgs.vim ]"',
  'a: "{ enable = true; }"': 'nix-as-text "{ enable = true; }"',
  'a: "{ pkgs, ... }: { }"': 'nix-as-text "{ pkgs, ... }: { }"',
  'a: "let x = 1; in x"': 'nix-as-text "let x = 1; in x"',
  "a: pkgs.example.org": "",
  "a: config.json": "",
  "a: lib.so": "",
  "a: configuration.nix": "",
  "a: with pkgs": "",
  'a: "{ \\"enable\\": true }"': "",
  "a: import records into the archive": "",
  "a: pkgs": "",
  'a: !interpolate "nb.self.domain"': 'nix-as-text "nb.self.domain"',
  'a: !interpolate "$self.domain"': 'nix-as-text "$self.domain"',
  "a: !interpolate plain": "",
  'a: !interpolate "$${self.domain}"': "",
  'a: !mkForce { $interpolate: "$${self.domain}" }': "",
  'a: [{ $interpolate: "x $${config.x} $${self.y}" }]': "",
  'a: "$${self.domain}"': 'nix-as-text "$${self.domain}"',
  "a: ghp_0123456789abcdefghijABCDEFGHIJ012345": "secret ghp_0123456789abcdefghijABCDEFGHIJ012345",
  "a: ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI": "",
  "a.b: 1": "dotted-setting a.b",
  "a: { b.c: 1, d: 2 }": "dotted-setting b.c",
  "a: { git.example.org: 1, b.c: 2 }": "",
  "a: { x/y: 1, b.c: 2 }": "",
  "a: { 10.0.0.1: x }": "",
  "a: !mkForce ./x": "path-as-text ./x",
})) {
  test(`settings { ${settings} }: ${expected || "nothing"}`, () => {
    assert.equal(inRole(`settings: { ${settings} }`), expected === "" ? [] : [expected]);
  });
}

test("where a catalogue knows the settings, keys with dots and ~ are left to it", () => {
  const text = `machines: [a]
instances:
  syncthing:
    roles:
      peer:
        machines: [a]
        settings: { folders: { docs.x: { path: ~/docs }, y: { path: ./z } } }
`;
  assert.equal(
    findings([{ name: "a.yaml", text }]).map((finding) => finding.replace(/^\S+ /, "")),
    ["path-as-text ./z"],
  );
});

function inRole(role: string): readonly string[] {
  const text = `machines: [a]\ninstances: { i: { module: { input: self }, roles: { r: { machines: [a], ${role} } } } }\n`;
  return findings([{ name: "a.yaml", text }]).map((finding) => finding.replace(/^\S+ /, ""));
}

/** Each finding as `file:line code`, and the text there. */
function findings(sources: readonly Source[]): readonly string[] {
  return check(sources).diagnostics.map(({ code, range: { source, start, end } }) => {
    const { text } = sources.find(({ name }) => name === source)!;
    return `${source}:${start.line} ${code} ${text.slice(start.offset, end.offset)}`;
  });
}

test.run();
