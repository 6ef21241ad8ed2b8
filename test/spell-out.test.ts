import { test } from "uvu";
import * as assert from "uvu/assert";
import type { Data } from "../src/model/data.js";
import type { Located } from "../src/model/origin.js";
import { Origin } from "../src/model/origin.js";
import { spellOut as spellOutData } from "../src/passes/spell-out.js";
import { numbered } from "./passes.js";

test("keeps the fields of machines, without nulls, under dotted names", () => {
  const { machines } = spellOut({
    machines: {
      a: {
        description: "x",
        icon: null,
        installedAt: 5n,
        tags: ["t", "u"],
        deploy: { targetHost: "root@a", forwardAgent: false },
      },
    },
  }).inventory;
  const { fields, tags, origin } = machines.get("a")!;
  assert.equal(fields, {
    description: "x",
    installedAt: 5n,
    "deploy.targetHost": "root@a",
    "deploy.forwardAgent": false,
  });
  assert.equal(tags, ["t", "u"]);
  assert.is(where(origin), "0:machines/a#");
});

test("spells out lists of names; an entry's origin is its name", () => {
  const { inventory } = spellOut({
    machines: ["a", "b"],
    instances: {
      i: { roles: { r: { machines: ["a", "a"], tags: { t: { settings: { x: 1 } } } } } },
    },
  });
  assert.equal(
    [...inventory.machines].map(([name, { origin }]) => [name, where(origin)]),
    [
      ["a", "0:machines/0"],
      ["b", "0:machines/1"],
    ],
  );
  const role = inventory.instances.get("i")!.roles.get("r")!;
  assert.is(where(role.origin), "0:instances/i/roles/r#");
  assert.equal(
    [...role.machines].map(([name, { origin, settings }]) => [name, where(origin), settings]),
    [["a", "0:instances/i/roles/r/machines/0", []]],
  );
  const tag = role.tags.get("t")!;
  assert.is(where(tag.origin), "0:instances/i/roles/r/tags/t#");
  assert.equal(tag.settings[0]!.value, { x: 1 });
  assert.is(where(tag.settings[0]!.origin), "0:instances/i/roles/r/tags/t/settings");
});

test("takes a module's name from a string or a map", () => {
  const { instances } = spellOut({
    instances: {
      a: { module: "borgbackup" },
      b: { module: { name: "hello", input: "self" } },
      c: { module: { input: null } },
      d: null,
    },
  }).inventory;
  const module = (instance: string) =>
    [...instances.get(instance)!.module]
      .map(([key, { value, origin }]) => `${key}=${value} ${where(origin)}`)
      .join(", ");
  assert.is(module("a"), "name=borgbackup 0:instances/a/module");
  assert.is(
    module("b"),
    "name=hello 0:instances/b/module/name, input=self 0:instances/b/module/input",
  );
  assert.is(module("c"), "");
  assert.is(module("d"), "");
});

test("distinguishes static tags from selectors, and absent keys from empty ones", () => {
  const { tags } = spellOut({
    tags: { list: ["a", "b"], none: null, computed: { anyOf: ["x*"], except: null } },
  }).inventory;
  const list = tags.get("list")!;
  assert.is(list.kind === "static" && texts(list.machines), "a 0:tags/list/0, b 0:tags/list/1");
  const none = tags.get("none")!;
  assert.is(none.kind === "static" && none.machines.length, 0);
  const computed = tags.get("computed")!;
  assert.ok(computed.kind === "computed");
  assert.is(texts(computed.anyOf), "x* 0:tags/computed/anyOf/0");
  assert.is(texts(computed.except), "");
  assert.is(computed.allOf, undefined);
  assert.is(where(computed.origin), "0:tags/computed#");
});

test("has no definition if settings are absent or null", () => {
  const { instances } = spellOut({
    instances: {
      i: {
        roles: {
          r: { settings: null, machines: { a: { settings: null }, b: {} } },
          s: { settings: {} },
        },
      },
    },
  }).inventory;
  const roles = instances.get("i")!.roles;
  assert.equal(roles.get("r")!.settings, []);
  assert.equal(
    [...roles.get("r")!.machines.values()].map(({ settings }) => settings),
    [[], []],
  );
  assert.equal(roles.get("s")!.settings[0]!.value, {});
});

test("skips what has the wrong shape", () => {
  for (const data of [
    null,
    1,
    "x",
    [],
    {
      machines: 1,
      tags: [1],
      instances: {
        i: 1,
        j: { module: [], roles: { r: 1, s: { machines: [1], extraModules: [1, null] } } },
      },
    },
  ]) {
    assert.type(spellOut(data).inventory, "object");
  }
  assert.equal(
    spellOut({ machines: { a: { constructor: "x", unknown: "y" } } }).inventory.machines.get("a")!
      .fields,
    {},
  );
});

test("warns about machines whose name is not a valid host name", () => {
  const bad = ["a_b", "-a", "a-", "a.b", "", "ä", "x".repeat(64)];
  const good = ["a", "A1", "1", "a-b", "x".repeat(63)];
  assert.equal(
    spellOut({ machines: [...bad, ...good] }).found,
    bad.map(
      (name, index) => `machine-name 0:machines/${index}: '${name}' is not a valid host name`,
    ),
  );
});

test("warns about dots in the top two levels of inline modules, where Nix would nest", () => {
  const module = {
    "services.openssh.enable": true,
    networking: { "firewall.enable": false, hosts: { "a.example": [] } },
    environment: { etc: { "nix.conf": {} } },
    "/etc/x.y": {},
    "Upper.case": 1,
    imports: ["./a.b.nix", { "boot.kernel.sysctl": {} }],
  };
  const at = "0:instances/i/roles/r/extraModules/1";
  assert.equal(
    spellOut({ instances: { i: { roles: { r: { extraModules: ["./x.nix", module] } } } } }).found,
    [
      `dotted-setting ${at}/services.openssh.enable#: 'services.openssh.enable' is a single key: dots do not nest`,
      `dotted-setting ${at}/networking/firewall.enable#: 'firewall.enable' is a single key: dots do not nest`,
      `dotted-setting ${at}/imports/1/boot.kernel.sysctl#: 'boot.kernel.sysctl' is a single key: dots do not nest`,
    ],
  );
});

function spellOut(data: Data) {
  const found: string[] = [];
  const inventory = spellOutData(data, Origin.root(numbered(0)), ({ code, place, message }) => {
    found.push(`${code} ${where(place as Origin)}: ${message}`);
  });
  return { inventory, found };
}

function where(origin: Origin): string {
  return `${origin.source.name}:${origin.path.join("/")}${origin.isKey ? "#" : ""}`;
}

function texts(names: readonly Located<string>[] | undefined): string | undefined {
  return names?.map(({ value, origin }) => `${value} ${where(origin)}`).join(", ");
}

test.run();
