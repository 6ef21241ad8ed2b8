import path from "node:path";
import { pathToFileURL } from "node:url";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { fillSchema } from "../src/catalogue/editor-schema.js";
import { completeCatalogue } from "../src/catalogue/read-catalogue.js";
import { inventorySchema } from "../src/generated/package.js";
import { check, codes, edit, type InventoryChange, type Source } from "../src/index.js";
import type { WitCode } from "../wasm/codes.js";
import type { WitChange, WitEditing } from "../wasm/edits.js";
import type { WitServiceSet } from "../wasm/services.js";
import {
  componentFile,
  diagnosticRecords,
  toComponentOptions,
  withFiles,
} from "./component-hosts.js";

const inComponent = withFiles(test, componentFile);
const options = toComponentOptions({});
const sources = [
  {
    name: "machines.yaml",
    text: "machines:\n  laptop: { tags: [desk] } # mine\n  server: {}\n",
  },
  {
    name: "instances.yaml",
    text: "instances:\n  borgbackup:\n    roles:\n      client: { tags: [desk] }\n      server: { machines: [server] }\n",
  },
];

const changes: readonly (readonly [WitChange, InventoryChange])[] = [
  [
    { tag: "add-machine", val: { name: "phone", tags: ["desk"], machineClass: "darwin" } },
    { kind: "addMachine", name: "phone", tags: ["desk"], machineClass: "darwin" },
  ],
  [
    { tag: "add-machine", val: { name: "phone", tags: [], machineClass: null } },
    { kind: "addMachine", name: "phone", tags: [] },
  ],
  [
    { tag: "add-instance", val: { name: "clock", module: "borgbackup", input: null } },
    { kind: "addInstance", name: "clock", module: "borgbackup" },
  ],
  [
    { tag: "remove", val: { of: "instance", name: "borgbackup" } },
    { kind: "remove", of: "instance", name: "borgbackup" },
  ],
  [
    { tag: "rename", val: { of: "tag", name: "desk", newName: "work" } },
    { kind: "rename", of: "tag", name: "desk", newName: "work" },
  ],
  [
    { tag: "tag", val: { machines: ["server"], tags: ["desk"] } },
    { kind: "tag", machines: ["server"], tags: ["desk"] },
  ],
  [
    { tag: "untag", val: { machines: ["laptop"], tags: ["desk"] } },
    { kind: "untag", machines: ["laptop"], tags: ["desk"] },
  ],
  [
    {
      tag: "assign",
      val: { instance: "borgbackup", role: "client", machines: ["server"], tags: [] },
    },
    { kind: "assign", instance: "borgbackup", role: "client", machines: ["server"], tags: [] },
  ],
  [
    {
      tag: "unassign",
      val: { instance: "borgbackup", role: "client", machines: [], tags: ["desk"] },
    },
    { kind: "unassign", instance: "borgbackup", role: "client", machines: [], tags: ["desk"] },
  ],
  [
    { tag: "set", val: { place: "machines.laptop.description", value: "a text" } },
    { kind: "set", place: "machines.laptop.description", value: "a text" },
  ],
  [
    { tag: "unset", val: "machines.laptop.tags" },
    { kind: "unset", place: "machines.laptop.tags" },
  ],
  [
    { tag: "remove", val: { of: "machine", name: "nobody" } },
    { kind: "remove", of: "machine", name: "nobody" },
  ],
];

inComponent("every change makes the library's edits", async () => {
  const compiler = await instantiate();
  const analysis = compiler.Analysis.analyze(sources, options);
  for (const [given, change] of changes) {
    const expected = edit(sources, change);
    const found = compiler.editInventory(sources, given, options);
    assert.equal(found.mistake, expected.mistake);
    assert.equal(
      [...found.texts],
      expected.sources.map(({ text }) => text),
    );
    assert.equal(JSON.parse(JSON.stringify(found.edits)), expected.edits);
    assert.equal(
      diagnosticRecords(found.diagnostics as never),
      diagnosticRecords(expected.diagnostics),
    );
    assert.equal(analysis.edit(given), found);
  }
});

inComponent("a catalogue with a mistake leaves the texts as they are", async () => {
  const { editInventory: change, services, editorSchema } = await instantiate();
  const broken = [{ name: "services.json", text: "{" }];
  const { texts, diagnostics } = change(sources, changes[0]![0], { ...options, services: broken });
  assert.equal(
    [...texts],
    sources.map(({ text }) => text),
  );
  assert.is(diagnostics.length, 1);
  assert.is(services(broken).sets, undefined);
  assert.is(services(broken).diagnostics.length, 1);
  assert.is(editorSchema(broken).schema, undefined);
});

inComponent("codes are described as the library describes them", async () => {
  const found = (await instantiate()).codes();
  assert.equal(
    found.map(({ name }) => name),
    Object.keys(codes),
  );
  for (const { name, summary, severity, example } of found) {
    const { summary: expected, severity: usual } = codes[name as keyof typeof codes];
    assert.equal([summary, severity], [expected, usual]);
    const files = (example?.files ?? []) as readonly Source[];
    if (example?.flags.length === 0 && files.every(({ name }) => name.endsWith(".yaml"))) {
      assert.ok(
        check(files).diagnostics.some(({ code }) => code === name),
        name,
      );
    }
  }
});

inComponent("services and the editor's schema are those of the built-in catalogue", async () => {
  const { services, editorSchema } = await instantiate();
  const catalogue = completeCatalogue(undefined);
  const { sets = [] } = services();
  assert.equal(
    sets.map(({ input, services }) => [input, services.map(({ name }) => name)]),
    [...catalogue.inputs.values()].map(({ input, services }) => [input, [...services.keys()]]),
  );
  assert.equal(
    JSON.parse(editorSchema().schema!),
    JSON.parse(JSON.stringify(fillSchema(JSON.parse(inventorySchema), catalogue))),
  );
  const own = {
    name: "own.json",
    text: '{"source": "self", "services": {"x": {"roles": {"r": {}}}}}',
  };
  assert.equal(
    services([own]).sets?.map(({ input }) => input),
    [...catalogue.inputs.keys(), "self"],
  );
  assert.equal(services([]).sets, []);
});

inComponent("what Clan wrote into its own file can be adopted", async () => {
  const { editInventory } = await instantiate();
  const both = [
    sources[0]!,
    { name: "inventory.json", text: '{"machines": {"kiosk": {}}}', isCompanion: true },
  ];
  const { sources: edited, mistake } = edit(both, { kind: "adopt" });
  assert.is(mistake, undefined);
  const found = editInventory(both, { tag: "adopt" }, options);
  assert.equal(
    [...found.texts],
    edited.map(({ text }) => text),
  );
  assert.match(found.texts[0]!, "kiosk");
});

inComponent("clan-core may have another name", async () => {
  const text =
    "machines: [m]\ninstances:\n  borgbackup:\n    module: { name: borgbackup, input: core }\n    roles: { clyent: { machines: [m] } }\n";
  const own = [{ name: "inventory.yaml", text }];
  const { check: find } = await instantiate();
  for (const clanCoreInput of [undefined, "core"]) {
    const given = clanCoreInput === undefined ? {} : { clanCoreInput };
    assert.equal(
      diagnosticRecords(find(own, toComponentOptions(given)) as never),
      diagnosticRecords(check(own, given).diagnostics),
    );
  }
});

test.run();

interface Compiler {
  readonly Analysis: {
    analyze(sources: readonly Source[], options: object): { edit(change: WitChange): WitEditing };
  };
  editInventory(sources: readonly Source[], change: WitChange, options: object): WitEditing;
  check(sources: readonly Source[], options: object): WitEditing["diagnostics"];
  codes(): readonly WitCode[];
  services(services?: readonly Source[]): {
    readonly sets?: readonly WitServiceSet[];
    readonly diagnostics: WitEditing["diagnostics"];
  };
  editorSchema(services?: readonly Source[]): { readonly schema?: string };
}

async function instantiate(): Promise<Compiler> {
  return (
    await import(pathToFileURL(path.join(path.dirname(componentFile), "component/index.js")).href)
  ).instantiate();
}
