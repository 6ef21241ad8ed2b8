import { readFileSync } from "node:fs";
import path from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { witTypes } from "../wasm/types.js";
import { componentFile, withFiles } from "./component-hosts.js";

const interfaceFile = "interfaces/inventory2nix-compiler-compiler.d.ts";

test("jco makes types of the WIT package, with its documentation", async () => {
  const text = await interfaceTypes();
  const functions = [...text.matchAll(/^export function (\w+)\(/gm)].map(([, name]) => name);
  assert.equal(functions, [
    "compile",
    "check",
    "applyFixes",
    "plan",
    "explain",
    "diff",
    "graph",
    "editInventory",
    "codes",
    "services",
    "schema",
    "editorSchema",
    "version",
  ]);
  assert.match(text, " * Why a machine gets what it gets.\n");
});

withFiles(test, componentFile)("the package has the same types", async () => {
  assert.is(
    readFileSync(path.join(path.dirname(componentFile), "component", interfaceFile), "utf8"),
    await interfaceTypes(),
  );
});

test.run();

async function interfaceTypes(): Promise<string> {
  return (await witTypes())[interfaceFile]!;
}
