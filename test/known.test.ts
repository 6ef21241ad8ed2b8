/** What programs get of what the command knows: the schema, the catalogue, the version. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  compile,
  completeCatalogue,
  editorSchema,
  type InventoryInput,
  sourceOf,
  version,
} from "../src/index.js";

test("an inventory that a program made is compiled", () => {
  const inventory: InventoryInput = {
    machines: { laptop: { tags: ["mobile"] } },
    instances: { sshd: { roles: { server: { tags: ["all"] } } } },
  };
  const { text, diagnostics } = compile(sourceOf(inventory));
  assert.equal(diagnostics, []);
  assert.match(text!, /laptop = \{/);
  const wrong = { machines: { laptop: { tgas: [] } } } as InventoryInput;
  const [finding] = compile(sourceOf(wrong, "fleet.json")).diagnostics;
  assert.is(finding?.range.source, "fleet.json");
});

test("the built-in catalogue and the editor's schema know clan-core's services", () => {
  const services = completeCatalogue().inputs.get("clan-core")!.services;
  assert.ok(services.has("borgbackup"));
  const namesIn = (schema: object) => JSON.stringify(schema).match(/"const":"borgbackup"/g) ?? [];
  assert.ok(namesIn(editorSchema()).length > namesIn(editorSchema(completeCatalogue(null))).length);
});

test("the version is the package's", () => {
  const manifest = JSON.parse(
    readFileSync(path.join(import.meta.dirname, "../package.json"), "utf8"),
  ) as { readonly version: string };
  assert.is(version, manifest.version);
});

test.run();
