/** Runs the language server that editors use for YAML, with the schema as an inventory names it. */
import { test } from "uvu";
import * as assert from "uvu/assert";
import { type Editor, startEditor } from "./editor.js";

let editor: Editor;
test.before(async () => {
  editor = await startEditor(new URL("../schema/inventory.schema.json", import.meta.url));
});
test.after(() => editor.close());

test("shows nothing for a right inventory, special forms included", async () => {
  const text = `
machines: { laptop: , web: { tags: [server], deploy: { targetHost: root@web } } }
instances:
  borgbackup:
    module: borgbackup
    roles:
      client:
        tags: [all]
        settings: { key: !path ./key.pub, folders: !mkForce [/home], limits: !mkOverride [10, { memory: 1 }], name: !mkDefault box }
        extraModules: [./a.nix, !ref self.nixosModules.a, { services: { foo: { enable: true } } }]
`;
  assert.equal(await editor.diagnostics(text), []);
});

test("shows mistakes at their lines", async () => {
  const text = `
machines:
  laptop:
    tag: [desktop]
  web:
    machineClass: windows
  mac:
    deploy: { forwardAgent: sometimes }
tags:
  web: {}
`;
  assert.equal(await editor.diagnostics(text), [
    "4: Property tag is not allowed.",
    '6: Value is not accepted. Valid values: "nixos", "darwin", null.',
    "8: Incorrect type. Expected one of boolean, null.",
    "10: Object has fewer properties than the required number of 1",
  ]);
});

test("offers the keys of a machine", async () => {
  const labels = await editor.completions("machines:\n  laptop:\n    ‸\n");
  assert.equal(labels, [
    "deploy",
    "description",
    "icon",
    "installedAt",
    "machineClass",
    "name",
    "tags",
  ]);
});

test("offers the classes of a machine", async () => {
  assert.equal(await editor.completions("machines:\n  laptop:\n    machineClass: ‸\n"), [
    "darwin",
    "nixos",
    "null",
  ]);
});

test("offers the keys of a role and of a selector", async () => {
  assert.equal(
    await editor.completions("instances:\n  borgbackup:\n    roles:\n      client:\n        ‸\n"),
    ["extraModules", "machines", "settings", "tags"],
  );
  assert.equal(await editor.completions("tags:\n  web:\n    ‸\n"), [
    "allOf",
    "anyOf",
    "except",
    "machines",
    "noneOf",
  ]);
});

test("offers whole machines and instances", async () => {
  assert.ok((await editor.completions("machines:\n  ‸\n")).includes("machine"));
  assert.ok((await editor.completions("instances:\n  ‸\n")).includes("instance"));
});

test("explains a key under the pointer", async () => {
  assert.match(
    await editor.hover("machines:\n  laptop:\n    deploy:\n      target‸Host: root@laptop\n"),
    "The SSH address of the host to deploy the machine to",
  );
  assert.match(
    await editor.hover(
      "instances:\n  a:\n    roles:\n      client:\n        sett‸ings: { a: 1 }\n",
    ),
    "Settings of the role for all its members",
  );
  assert.match(
    await editor.hover(
      "instances:\n  a:\n    roles:\n      client:\n        machines: { b: { sett‸ings: { a: 1 } } }\n",
    ),
    "Settings of the role for this machine only",
  );
});

test.run();
