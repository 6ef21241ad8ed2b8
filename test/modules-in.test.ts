/** What `!modulesIn` lists, in the generated file and inside Nix's evaluator. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { compile } from "../src/index.js";
import { evaluate, withNix } from "./nix.js";

const functions = path.join(import.meta.dirname, "../nix/evaluator-functions.nix");

withNix(test)("lists Nix files, and folders that are modules, by name", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "inventory2nix-"));
  try {
    for (const name of ["web", "empty", "odd.nix", "b c"]) {
      mkdirSync(path.join(folder, name));
    }
    for (const name of [
      "web/default.nix",
      "b c/default.nix",
      "a.nix",
      "Z.nix",
      "x.nix.bak",
      "nix",
    ]) {
      writeFileSync(path.join(folder, name), "{ }");
    }
    symlinkSync("a.nix", path.join(folder, "link.nix"));
    symlinkSync("web", path.join(folder, "link"));
    const { text } = compile({
      name: "a.yaml",
      text: `machines: [m]
instances: { i: { module: { input: self }, roles: { r: { machines: [m], extraModules: !modulesIn . } } } }`,
    });
    const names = ["Z.nix", "a.nix", "b c", "link", "link.nix", "web"];
    const listed = names.map((name) => path.join(folder, name));
    const root = `(/. + ${JSON.stringify(folder)})`;
    assert.equal(
      evaluate(
        `map toString (${text!}) { root = ${root}; }).instances.i.roles.r.extraModules`.replace(
          "(#",
          "((#",
        ),
      ),
      listed,
    );
    assert.equal(evaluate(`map toString ((import ${functions}).modulesIn ${root})`), listed);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

withNix(test)("texts and lists are joined inside the evaluator as in the generated file", () => {
  assert.equal(
    evaluate(`
      let
        inherit (import ${functions}) concat interpolate;
        args.self = { a.b = "x"; list = [ 2 ]; };
      in
      [ (interpolate args [ "nb." [ "self" "a" "b" ] "$" ]) (concat [ [ 1 ] args.self.list ]) ]
    `),
    ["nb.x$", [1, 2]],
  );
});

test.run();
