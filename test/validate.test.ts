import { test } from "uvu";
import * as assert from "uvu/assert";
import { check } from "../src/index.js";
import type { Data } from "../src/model/data.js";
import { Origin } from "../src/model/origin.js";
import type { Source } from "../src/model/source.js";
import { Float } from "../src/model/value.js";
import { toInventory } from "./passes.js";

test("accepts the ways to write an inventory that Clan documents", () => {
  assert.is(
    findings({
      machines: { laptop: null, workstation: null, "backup-box": null },
      instances: {
        borgbackup: {
          roles: {
            client: { machines: { laptop: null, workstation: null } },
            server: { machines: { "backup-box": null } },
          },
        },
      },
    }),
    "",
  );
  assert.is(
    findings({
      $schema: "./inventory.schema.json",
      "x-hosts": ["anything"],
      meta: { name: "my_clan", description: null, icon: "icon.png", domain: "example.org" },
      machines: ["machine-a", "backup-host"],
      tags: { static: ["machine-a"], computed: { anyOf: ["a*"], except: null }, nobody: null },
      instances: {
        borgbackup: {
          module: "borgbackup",
          roles: {
            client: {
              tags: ["all"],
              machines: { "machine-a": { settings: { backupFolders: ["/home", "/var"] } } },
              extraModules: [
                "../nixosModules/borgbackup.nix",
                { $ref: "self.nixosModules.borgbackup" },
                {
                  imports: ["./path/to/non-serializable.nix"],
                  services: { foo: { enable: true } },
                },
              ],
            },
            server: {
              machines: ["backup-host"],
              tags: { all: { settings: null } },
              settings: { directory: "/var/lib" },
            },
            idle: null,
          },
        },
        empty: null,
      },
    }),
    "",
  );
});

test("accepts null for every field and list of the fixed shape", () => {
  assert.is(findings({ meta: null, machines: null, tags: null, instances: null }), "");
  const machine = {
    name: null,
    description: null,
    icon: null,
    machineClass: null,
    tags: null,
    installedAt: null,
  };
  assert.is(
    findings({
      machines: {
        a: { ...machine, deploy: null },
        b: { deploy: { targetHost: null, buildHost: null, forwardAgent: null } },
      },
    }),
    "",
  );
  assert.is(
    findings({ meta: { name: null, description: null, icon: null, domain: null, tld: null } }),
    "",
  );
  assert.is(
    findings({
      tags: { a: { anyOf: null, allOf: null, noneOf: null, machines: null, except: null } },
    }),
    "",
  );
  assert.is(
    findings({
      instances: {
        a: { module: null, roles: null },
        b: { module: { name: null, input: null }, roles: { r: null } },
      },
    }),
    "",
  );
  assert.is(
    findings({
      instances: {
        a: { roles: { r: { machines: null, tags: null, settings: null, extraModules: null } } },
      },
    }),
    "",
  );
});

test("reports all independent errors", () => {
  assert.is(
    findings({
      meta: { name: "my clan" },
      machines: { laptop: { tag: [] }, web: { tags: [1] } },
      instances: { a: { roles: { r: { settings: { imports: [] }, machines: 3 } } } },
    }),
    `
error invalid-meta meta/name: 'my clan' is not a valid name for a clan (use only letters, digits, '_' and '-')
error unknown-key machines/laptop/tag#: unknown key 'tag'; did you mean 'tags'?
error invalid-type machines/web/tags/0: expected a string, found 1 (put it in quotes)
error invalid-type instances/a/roles/r/machines: expected a map or a list, found 3 (put it in brackets to make it a list)
error reserved-setting instances/a/roles/r/settings/imports#: settings cannot contain 'imports' (list modules under 'extraModules')`,
  );
});

test("says where a key at the wrong level belongs", () => {
  assert.is(
    findings({
      targetHost: "root@a",
      roles: {},
      machines: { a: { targetHost: "root@a", deploy: { tags: [] } } },
      instances: {
        b: { settings: {}, roles: { r: { machines: { a: { extraModules: [] } }, input: "self" } } },
      },
    }),
    `
error misplaced-key targetHost#: 'targetHost' belongs under 'machines.a.deploy' (write machines: { a: { deploy: { targetHost: root@a } } })
error misplaced-key roles#: 'roles' belongs under 'instances.b' (write instances: { b: { roles: {} } })
error misplaced-key machines/a/targetHost#: 'targetHost' belongs under 'deploy' (write deploy: { targetHost: root@a })
error misplaced-key machines/a/deploy/tags#: 'tags' belongs under 'machines.a' (write machines: { a: { tags: [] } })
error misplaced-key instances/b/settings#: 'settings' belongs under 'roles.r' (write roles: { r: { settings: {} } })
error misplaced-key instances/b/roles/r/input#: 'input' belongs under 'settings' (write settings: { input: self })
error misplaced-key instances/b/roles/r/machines/a/extraModules#: 'extraModules' belongs under 'instances.b.roles.r' (write instances: { b: { roles: { r: { extraModules: [] } } } })`,
  );
});

test("says which keys a selector has", () => {
  assert.is(
    findings({ tags: { t: { tags: ["a"] } } }),
    "\nerror unknown-key tags/t/tags#: unknown key 'tags' (a selector takes tags under 'anyOf', 'allOf' or 'noneOf')",
  );
});

test("says what was expected and what was found", () => {
  assert.is(
    findings({
      machines: {
        a: [],
        b: {
          tags: "web",
          description: true,
          installedAt: "now",
          deploy: { forwardAgent: "yes" },
          machineClass: 1,
        },
      },
      tags: { t: "web", u: [null, { a: 1 }] },
      instances: { i: { module: 1, roles: [] } },
    }),
    `
error invalid-type machines/a: expected a map, found a list
error invalid-type machines/b/description: expected a string, found true (put it in quotes)
error invalid-type machines/b/machineClass: expected a string, found 1 (put it in quotes)
error invalid-type machines/b/tags: expected a list, found a string (write a list: [web])
error invalid-type machines/b/installedAt: expected an integer, found a string
error invalid-type machines/b/deploy/forwardAgent: expected true or false, found a string (write true without quotes)
error invalid-type tags/t: expected a list or a map, found a string (write a list: [web])
error invalid-type tags/u/0: expected a string, found null (remove the empty entry)
error invalid-type tags/u/1: expected a string, found a map
error invalid-type instances/i/module: expected a map or a string, found 1 (put it in quotes)
error invalid-type instances/i/roles: expected a map, found a list`,
  );
  assert.is(findings([]), "\nerror invalid-type : expected a map, found a list");
});

test("shows the long form of a list of names that holds a map", () => {
  assert.is(
    findings({
      machines: [{ a: null }],
      instances: { i: { roles: { r: { machines: [{ a: null }], tags: ["x", { a: 1, b: 2 }] } } } },
      tags: { t: { machines: [{}] } },
    }),
    `
error invalid-type machines: expected a map, found a list (write machines: { a: })
error invalid-type tags/t/machines/0: expected a string, found a map
error invalid-type instances/i/roles/r/machines: expected a map, found a list (write machines: { a: })
error invalid-type instances/i/roles/r/tags: expected a map, found a list (write tags: { x: {}, <name>: { a: 1, b: 2 } })`,
  );
});

test("does not quote words that were written differently", () => {
  assert.is(
    findings({ meta: { description: new Float(1), icon: 1.5 }, machines: [7, true] }),
    `
error invalid-type meta/description: expected a string, found a float (put it in quotes)
error invalid-type meta/icon: expected a string, found 1.5 (put it in quotes)
error invalid-type machines/0: expected a string, found 7 (put it in quotes)
error invalid-type machines/1: expected a string, found true (put it in quotes)`,
  );
});

test("takes integers of any size, and floats for what they are", () => {
  const float = new Float(1);
  assert.is(findings({ machines: { a: { installedAt: 9007199254740993n } } }), "");
  assert.is(
    findings({
      machines: { a: { installedAt: float, deploy: float }, b: float },
      tags: float,
      instances: {
        i: { module: float, roles: { r: { machines: float, tags: [float], settings: float } } },
      },
    }),
    `
error invalid-type machines/a/installedAt: expected an integer, found a float
error invalid-type machines/a/deploy: expected a map, found a float
error invalid-type machines/b: expected a map, found a float
error invalid-type tags: expected a map, found a float
error invalid-type instances/i/module: expected a map, found a float
error invalid-type instances/i/roles/r/machines: expected a map, found a float
error invalid-type instances/i/roles/r/tags/0: expected a string, found a float (put it in quotes)
error invalid-type instances/i/roles/r/settings: settings must be a map`,
  );
});

test("suggests the allowed value that is near", () => {
  assert.is(
    findings({ machines: { a: { machineClass: "nixo" } } }),
    "\nerror invalid-choice machines/a/machineClass: 'nixo' is not allowed here; did you mean 'nixos'? (the allowed values are 'nixos' and 'darwin')",
  );
});

test("checks the names in meta by Clan's own rules", () => {
  assert.is(findings({ meta: { name: "", domain: "a.b-c.d" } }), "");
  assert.is(
    findings({ meta: { domain: "Example.org", tld: "c1" } }),
    `
error invalid-meta meta/domain: 'Example.org' is not a valid domain for a clan (use lower-case letters, digits and '-', in parts of at most 63 joined by dots)
error invalid-meta meta/tld: 'c1' is not a valid tld for a clan (use only lower-case letters)`,
  );
});

test("asks for a key in a selector", () => {
  assert.is(
    findings({ tags: { web: {} } }),
    "\nerror empty-selector tags/web: a selector needs at least one key (the keys are 'anyOf', 'allOf', 'noneOf', 'machines' and 'except')",
  );
});

test("shows how to nest a key that was written with dots", () => {
  assert.is(
    findings({
      "meta.name": "demo",
      machines: {
        a: { "deploy.targetHost": "root@a" },
        "b.deploy.targetHost": "root@b",
        "c.tags": ["web"],
      },
      instances: { i: { "roles.client.machines": { a: null } } },
    }),
    `
error dotted-key meta.name#: 'meta.name' is a single key: dots do not nest (write meta: { name: demo })
error dotted-key machines/a/deploy.targetHost#: 'deploy.targetHost' is a single key: dots do not nest (write deploy: { targetHost: root@a })
error dotted-key machines/b.deploy.targetHost#: 'b.deploy.targetHost' is a single key: dots do not nest (write b: { deploy: { targetHost: root@b } })
error dotted-key machines/c.tags#: 'c.tags' is a single key: dots do not nest (write c: { tags: [web] })
error dotted-key instances/i/roles.client.machines#: 'roles.client.machines' is a single key: dots do not nest (write roles: { client: { machines: { a: } } })`,
  );
});

test("shows no nesting for a key that only ends with a dot", () => {
  assert.is(
    findings({ "machines.": {} }),
    "\nerror unknown-key machines.#: unknown key 'machines.'; did you mean 'machines'?",
  );
});

test("names the replacements for what Clan removed", () => {
  assert.is(
    findings({ services: {}, modules: {} }),
    `
error removed-option services#: 'services' was removed from Clan (use 'instances')
error removed-option modules#: 'modules' is not part of an inventory (register services under 'clan.modules' in the flake)`,
  );
});

test("accepts any name that users choose", () => {
  const names = ["__proto__", "constructor", "toString", "hasOwnProperty", "a/b~c", "", "with.dot"];
  const map = (value: Data) =>
    JSON.parse(
      JSON.stringify(Object.fromEntries(names.map((name) => [`${name}!`, value]))).replaceAll(
        '!":',
        '":',
      ),
    ) as Data;
  const role = { machines: map({ settings: map(1) }), tags: map(null) };
  const inventory = result({ tags: map([]), instances: map({ roles: map(role) }) });
  assert.equal([...inventory.instances.keys()], names);
  assert.equal(
    [...inventory.instances.get("__proto__")!.roles.get("constructor")!.machines.keys()],
    names,
  );
  assert.is(
    findings({ instances: map({ roles: map({ tags: map(1) }) }) })
      .split("\n")
      .at(-1),
    "error invalid-type instances/with.dot/roles/with.dot/tags/with.dot: expected a map, found 1",
  );
  assert.is(
    findings(JSON.parse('{"__proto__": {"a": 1}, "constructor": 1}') as Data),
    `
error unknown-key __proto__#: unknown key '__proto__' (the keys allowed here are '$schema', 'meta', 'machines', 'tags', 'instances' and 'values')
error unknown-key constructor#: unknown key 'constructor' (the keys allowed here are '$schema', 'meta', 'machines', 'tags', 'instances' and 'values')`,
  );
});

test("leaves out what is wrong and keeps the rest", () => {
  const inventory = result({
    machines: { a: { tags: 1 }, b: { tags: ["t", 1] }, c: 1 },
    tags: { u: ["a", 1] },
    instances: { i: 1, j: { roles: { r: { machines: { a: 1 } } } } },
  });
  assert.equal(
    [...inventory.machines].map(([name, { tags }]) => [name, tags]),
    [
      ["a", []],
      ["b", ["t"]],
      ["c", []],
    ],
  );
  assert.equal([...inventory.instances.keys()], ["i", "j"]);
  assert.equal([...inventory.instances.get("j")!.roles.get("r")!.machines.keys()], ["a"]);
});

test("a special form in the fixed shape is one mistake, whatever it contains", () => {
  const form = (value: Data) => ({ $mkForce: value });
  const message =
    "the special form 'mkForce' is not allowed here (special forms belong in 'settings' and 'extraModules')";
  for (const [value, path] of [
    [{ machines: form({ a: { tags: form([]), b: 1 } }) }, "machines/$mkForce#"],
    [{ tags: form({ anyOf: ["a"] }) }, "tags/$mkForce#"],
    [{ tags: { t: { anyOf: form(["a"]) } } }, "tags/t/anyOf"],
    [{ machines: { a: { tags: form(["x"]) } } }, "machines/a/tags"],
    [{ machines: { a: { deploy: form({}) } } }, "machines/a/deploy/$mkForce#"],
    [{ instances: { i: { module: form("sshd") } } }, "instances/i/module/$mkForce#"],
    [{ instances: { i: { roles: form({ tags: ["all"] }) } } }, "instances/i/roles/$mkForce#"],
    [
      { instances: { i: { roles: { r: { machines: [form("a")] } } } } },
      "instances/i/roles/r/machines/0",
    ],
    [{ meta: { name: form("a") } }, "meta/name"],
  ] as const) {
    assert.is(findings(value), `\nerror misplaced-form ${path}: ${message}`);
  }
  assert.is(
    findings({
      instances: {
        i: {
          roles: {
            r: {
              settings: { a: form(1) },
              machines: { a: { settings: { b: form({ c: form(1) }) } } },
            },
          },
        },
      },
    }).includes("is not allowed"),
    false,
  );
});

const context = { folder: "", allowNix: false };
const source: Source = { name: "inventory.yaml", text: "" };

function documentOf(value: Data) {
  return { value, ambiguous: [], unread: [], locate: () => ({ start: 0, end: 0 }) };
}

function result(value: Data) {
  return toInventory(documentOf(value), source, context, () => {});
}

/** A line for each finding, after a line break; the path of a key ends with `#`. */
function findings(value: Data): string {
  let lines = "";
  toInventory(documentOf(value), source, context, ({ severity, code, place, message, help }) => {
    const at =
      place instanceof Origin ? `${place.path.join("/")}${place.isKey ? "#" : ""}` : "start";
    lines += `\n${severity} ${code} ${at}: ${message}${help === undefined ? "" : ` (${help})`}`;
  });
  return lines;
}

for (const key of ["networking", "services.openssh.enable"]) {
  test(`NixOS options do not belong to a machine: ${key}`, () => {
    const { diagnostics } = check({ name: "i.yaml", text: `machines: { web: { ${key}: true } }` });
    assert.equal(
      diagnostics.map(({ message, help }) => [message, help]),
      [
        [
          `unknown key '${key}'`,
          "a machine's NixOS options go into its machines/NAME/configuration.nix",
        ],
      ],
    );
  });
}

test("a list alone is taken for the machines", () => {
  const { diagnostics } = check({ name: "i.yaml", text: "- web\n- nas\n" });
  assert.equal(
    diagnostics.map(({ help }) => help),
    ["write machines: [web, nas]"],
  );
});

test.run();
