import { test } from "uvu";
import * as assert from "uvu/assert";
import type { Finding } from "../src/diagnostics/diagnostic.js";
import { isExport, unwrapSettings } from "../src/model/clan-export.js";
import type { Data } from "../src/model/data.js";
import { Origin } from "../src/model/origin.js";
import { dropDefaults } from "../src/passes/drop-defaults.js";
import { readForms } from "../src/passes/read-forms.js";
import { spellOut } from "../src/passes/spell-out.js";
import { numbered } from "./passes.js";

const clan = (settings: Data) => ({
  imports: [{ _file: "/nix/store/src/flake.nix, via option instances.i", imports: [settings] }],
});

const machine = (name: string, more: { readonly [key: string]: Data }) => ({
  deploy: { buildHost: null, forwardAgent: null, targetHost: null },
  description: null,
  icon: null,
  installedAt: null,
  machineClass: "nixos",
  name,
  ...more,
});

// As clan-core d7c35d9 exports it, except for the names.
const exported = {
  instances: {
    borgbackup: {
      module: { input: null, name: "borgbackup" },
      roles: {
        client: {
          machines: { laptop: { settings: clan({ folders: ["/home"] }) } },
          settings: clan({}),
          tags: { backup: { settings: clan({}) } },
        },
        server: {
          machines: { web: { settings: clan({}) } },
          settings: clan({ directory: { _type: "override", content: "/var", priority: 50 } }),
          tags: {},
        },
      },
    },
    hello: { module: { input: "self", name: "greeter" }, roles: {} },
  },
  machines: {
    laptop: machine("laptop", {
      description: "mine",
      tags: ["desktop", "backup", "all", "nixos", "portable"],
    }),
    mac: machine("mac", { machineClass: "darwin", tags: ["all", "darwin", "portable"] }),
    web: machine("www", { tags: ["all", "nixos"] }),
  },
  meta: { description: null, domain: "clan", icon: null, name: "demo", tld: null },
  tags: {
    all: ["laptop", "mac", "web"],
    darwin: ["mac"],
    nixos: ["laptop", "web"],
    portable: ["laptop", "mac"],
  },
};

test("knows an export by wrapped settings, or without roles by its predefined tags and full machines", () => {
  const { machines, instances, tags } = exported;
  assert.ok(isExport(exported));
  assert.ok(isExport({ instances }));
  assert.ok(isExport({ machines, tags }));
  assert.not.ok(isExport({ machines }));
  assert.not.ok(isExport({ machines, tags: { all: ["laptop"] } }));
  assert.not.ok(isExport({}));
  assert.not.ok(isExport({ machines: { ...machines, other: { name: "other" } }, tags }));
  assert.not.ok(isExport({ machines: {}, instances: {}, tags }));
  assert.not.ok(
    isExport({ machines, tags, instances: { i: { roles: { r: { settings: { a: 1 } } } } } }),
  );
  assert.not.ok(
    isExport({
      instances: { i: { roles: { r: { settings: { imports: [{ imports: [{}] }] } } } } },
    }),
  );
  assert.not.ok(isExport(null));
});

test("unwraps settings, whose origin still points into the text", () => {
  const unwrapped = unwrapSettings(clan({ a: 1 }), Origin.root(numbered(0)).at("settings"));
  assert.equal(unwrapped!.value, { a: 1 });
  assert.is(unwrapped!.origin.path.join("."), "settings.imports.0.imports.0");
  assert.is(unwrapSettings({ a: 1 }, Origin.root(numbered(0))), undefined);
  assert.is(unwrapSettings({ imports: [] }, Origin.root(numbered(0))), undefined);
  assert.is(
    unwrapSettings({ imports: [{ _file: "x", imports: [{}, {}] }] }, Origin.root(numbered(0))),
    undefined,
  );
});

test("names the roles that may have had modules", () => {
  const { found } = tidyAndReport(exported);
  assert.match(
    found[0]!.help!,
    "'extraModules', which the export leaves out, of 'borgbackup.client' and 'borgbackup.server' as far",
  );
  const { machines, tags } = exported;
  assert.not.match(tidyAndReport({ machines, tags }).found[0]!.help!, "extraModules");
  const roles = Object.fromEntries(
    Array.from({ length: 150 }, (_, index) => [`r${index}`, { settings: clan({}) }]),
  );
  const { help } = tidyAndReport({ machines, instances: { i: { roles } } }).found[0]!;
  assert.match(help!, "'i.r98' and 'i.r99' and 50 more as far");
});

test("leaves out fields that only say the default", () => {
  const { meta, machines, instances } = tidy(exported);
  assert.equal([...meta.keys()], ["name"]);
  assert.equal(machines.get("laptop")!.fields, { description: "mine" });
  assert.equal(machines.get("mac")!.fields, { machineClass: "darwin" });
  assert.equal(machines.get("web")!.fields, { name: "www" });
  assert.equal(fields(instances.get("borgbackup")!.module), {});
  assert.equal(fields(instances.get("hello")!.module), { name: "greeter", input: "self" });
});

test("leaves out settings that are empty", () => {
  const { client, server } = Object.fromEntries(tidy(exported).instances.get("borgbackup")!.roles);
  assert.equal(client!.settings, []);
  assert.equal(client!.tags.get("backup")!.settings, []);
  assert.equal(client!.machines.get("laptop")!.settings[0]!.value, { folders: ["/home"] });
  assert.is(server!.settings.length, 1);
});

test("leaves out predefined tags, and on machines the tags that say it themselves", () => {
  const { tags, machines } = tidy(exported);
  assert.equal([...tags.keys()], ["portable"]);
  assert.equal(
    [...machines.values()].map((each) => each.tags),
    [["desktop", "backup"], [], []],
  );
});

test("keeps predefined tags that were redefined", () => {
  const { tags, machines } = tidy({
    ...exported,
    tags: { all: ["laptop"], darwin: { machines: ["mac"] } },
  });
  assert.equal([...tags.keys()], ["all", "darwin"]);
  assert.equal(
    [...machines.values()].map((each) => each.tags),
    [["desktop", "backup", "portable"], ["all", "darwin", "portable"], ["all"]],
  );
});

test("keeps a tag that a selector computes, even if it is empty", () => {
  assert.equal(
    [
      ...tidy({
        machines: { web: machine("web", { tags: [] }) },
        tags: { all: ["web"], nixos: ["web"], darwin: { anyOf: [] } },
      }).tags.keys(),
    ],
    ["darwin"],
  );
});

function tidy(data: Data) {
  return tidyAndReport(data).tidied;
}

function tidyAndReport(data: Data) {
  const found: Finding[] = [];
  const source = numbered(2);
  const root = Origin.root(source);
  const inventory = readForms(
    spellOut(data, root, () => assert.unreachable()),
    { folder: "", allowNix: false },
    () => assert.unreachable(),
  );
  const tidied = dropDefaults(inventory, data, root, (finding) => found.push(finding));
  assert.equal(
    found.map(({ code, severity, place }) => [code, severity, place]),
    [["export-gaps", "note", { source, start: 0, end: 0 }]],
  );
  return { tidied, found };
}

function fields(map: ReadonlyMap<string, { readonly value: unknown }>) {
  return Object.fromEntries([...map].map(([key, { value }]) => [key, value]));
}

test.run();
