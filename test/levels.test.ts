/** Entries at a wrong level, and values of a wrong kind: one finding, whose fix mends it. */
import { test } from "uvu";
import * as assert from "uvu/assert";
import { check } from "../src/index.js";
import { applyEdits } from "../src/text/text-edit.js";

/** The findings of a text, and of what the first fix of its only one makes of it. */
function mended(text: string): { readonly message: string; readonly text: string | undefined } {
  const { diagnostics } = check({ name: "i.yaml", text });
  const messages = diagnostics.map(
    ({ message, help }) => `${message}: ${(help ?? "").replace(/;? ?checked against .*/, "")}`,
  );
  assert.is(messages.length, 1, messages.join("\n") || text);
  const edits = diagnostics[0]!.fixes?.[0]?.edits.map(({ range, text }) => ({
    start: range.start.offset,
    end: range.end.offset,
    text,
  }));
  return { message: messages[0]!, text: edits && applyEdits(text, edits) };
}

const sshd = "instances:\n  sshd: { roles: { server: { tags: [mobile] } } }\n";
const inRole = (lines: string) =>
  `machines: [a]\ninstances:\n  sshd:\n    roles:\n      server:\n${lines}`;

for (const [what, text, message, fixed] of [
  [
    "tags beside their machine",
    `machines:\n  a:\n  tags: [mobile] # why\n  b:\n${sshd}`,
    "'tags' belongs under 'a': write a: { tags: [mobile] }",
    `machines:\n  a:\n    tags: [mobile] # why\n  b:\n${sshd}`,
  ],
  [
    "a field beside its machine, with another field of it inside",
    `machines:\n  a:\n  deploy:\n    targetHost: root@a\n    tags: [mobile]\n${sshd}`,
    "'deploy' belongs under 'a': write a: { deploy: { targetHost: root@a } }, with 'tags' beside it",
    `machines:\n  a:\n    deploy:\n      targetHost: root@a\n    tags: [mobile]\n${sshd}`,
  ],
  [
    "what belongs to a machine, as its map in a list",
    `machines:\n  - name: a\n    tags: [mobile]\n  - b\n${sshd}`,
    "expected a map, found a list: write machines: { a: { tags: [mobile] }, b: {} }",
    `machines:\n  a:\n    tags: [mobile]\n  b: {}\n${sshd}`,
  ],
  [
    "a list with a comment, which is not rewritten",
    `machines:\n  - a: # first\n      tags: [mobile]\n${sshd}`,
    "expected a map, found a list: write machines: { a: { tags: [mobile] } }",
    undefined,
  ],
  [
    "tags at the top level",
    `machines:\n  a:\ntags: [mobile]\n${sshd}`,
    "'tags' belongs under 'machines.a': write machines: { a: { tags: [mobile] } }",
    `machines:\n  a:\n    tags: [mobile]\n${sshd}`,
  ],
  [
    "tags at a member",
    `machines: { a: {} }\n${inRole("        machines: { a: { tags: [x] } }\n").slice(14)}`,
    "'tags' belongs under 'machines.a': write machines: { a: { tags: [x] } }",
    `machines: { a: { tags: [x] } }\n${inRole("        machines: { a: {} }\n").slice(14)}`,
  ],
  [
    "machines beside their role",
    inRole("      machines: [a]\n"),
    "'machines' belongs under 'server': write server: { machines: [a] }",
    inRole("        machines: [a]\n"),
  ],
  [
    "a setting at a role",
    inRole("        machines: [a]\n        # always\n        generateRootKey: true\n"),
    "'generateRootKey' belongs under 'settings': write settings: { generateRootKey: true }",
    inRole(
      "        machines: [a]\n        settings:\n          # always\n          generateRootKey: true\n",
    ),
  ],
  [
    "settings at a member",
    inRole("        machines: { a: { generateRootKey: true } }\n"),
    "'generateRootKey' belongs under 'settings': write settings: { generateRootKey: true }",
    inRole("        machines: { a: { settings: { generateRootKey: true } } }\n"),
  ],
  [
    "a role at its instance",
    "machines: [a]\ninstances:\n  sshd:\n    server: { machines: [a] }\n",
    "'server' belongs under 'roles': write roles: { server: { machines: [a] } }",
    "machines: [a]\ninstances:\n  sshd:\n    roles:\n      server: { machines: [a] }\n",
  ],
  [
    "an inventory in its wrapper",
    "inventory:\n  machines: [a]\n  meta: { name: x }\n",
    "the inventory is wrapped in 'inventory': write its keys at the top level",
    "machines: [a]\nmeta: { name: x }\n",
  ],
  [
    "members of a role as its value",
    "machines: [a]\ninstances:\n  sshd: { roles: { server: [a] } }\n",
    "expected a map, found a list: write server: { machines: [a] }",
    "machines: [a]\ninstances:\n  sshd: { roles: { server: { machines: [a] } } }\n",
  ],
  [
    "tags of a role as its value",
    "machines: { b: { tags: [t] } }\ninstances:\n  sshd: { roles: { server: t } }\n",
    "expected a map, found a string: write server: { tags: [t] }",
    "machines: { b: { tags: [t] } }\ninstances:\n  sshd: { roles: { server: { tags: [t] } } }\n",
  ],
  [
    "an address as a machine's deploy",
    "machines: { a: { deploy: root@a } }\n",
    "expected a map, found a string: write deploy: { targetHost: root@a }",
    "machines: { a: { deploy: { targetHost: root@a } } }\n",
  ],
  [
    "an item with a colon behind it",
    `machines:\n  a:\n    tags:\n      - mobile:\n${sshd}`,
    "expected a string, found a map: write mobile",
    `machines:\n  a:\n    tags:\n      - mobile\n${sshd}`,
  ],
  [
    "settings whose header is missing, among the machines",
    inRole(
      "        machines:\n          a: {}\n          generateRootKey: true\n          certificate: { searchDomains: [b.c] }\n",
    ),
    "'generateRootKey' and 'certificate' belong under 'instances.sshd.roles.server.settings': write instances: { sshd: { roles: { server: { settings: { generateRootKey: true, certificate: { searchDomains: [b.c] } } } } } }",
    inRole(
      "        machines:\n          a: {}\n        settings:\n          generateRootKey: true\n          certificate: { searchDomains: [b.c] }\n",
    ),
  ],
  [
    "the name of a role above its map",
    "machines: { a: { tags: [x] } }\ninstances:\n  i:\n    module:\n      name: sshd\n      server:\n    roles:\n        tags: [x]\n",
    "'server' belongs under 'instances.i.roles': write instances: { i: { roles: { server: { tags: [x] } } } }",
    "machines: { a: { tags: [x] } }\ninstances:\n  i:\n    module:\n      name: sshd\n    roles:\n        server:\n          tags: [x]\n",
  ],
  [
    "roles in the module",
    "machines: { a: { tags: [x] } }\ninstances:\n  i:\n    module:\n      name: sshd\n      server: { tags: [x] }\n      client: { tags: [x] }\n",
    "'server' and 'client' belong under 'instances.i.roles': write instances: { i: { roles: { server: { tags: [x] }, client: { tags: [x] } } } }",
    "machines: { a: { tags: [x] } }\ninstances:\n  i:\n    module:\n      name: sshd\n    roles:\n      server: { tags: [x] }\n      client: { tags: [x] }\n",
  ],
  [
    "a machine at the top level, with the next one inside",
    "machines:\n  a:\n    tags: [x]\nb:\n  tags: [x]\n  c:\ninstances:\n  sshd: { roles: { server: { tags: [x] } } }\n",
    "'b' belongs under 'machines': write machines: { b: { tags: [x] } }, with 'c' beside it",
    "machines:\n  a:\n    tags: [x]\n  b:\n    tags: [x]\n  c:\ninstances:\n  sshd: { roles: { server: { tags: [x] } } }\n",
  ],
  [
    "a tag among the machines",
    "machines:\n  a: {}\n  b: {}\n  both: [a, b]\ntags:\n  one: [a]\ninstances: { sshd: { roles: { server: { tags: [both, one] } } } }\n",
    "'both' belongs under 'tags': write tags: { both: [a, b] }",
    "machines:\n  a: {}\n  b: {}\ntags:\n  one: [a]\n  both: [a, b]\ninstances: { sshd: { roles: { server: { tags: [both, one] } } } }\n",
  ],
  [
    "settings of a role behind those of a machine",
    inRole(
      "        machines:\n          a:\n            settings: { generateRootKey: true }\n          settings:\n            hostKeys: {}\n",
    ),
    "'settings' belongs under 'instances.sshd.roles.server': write instances: { sshd: { roles: { server: { settings: { hostKeys: {} } } } } }",
    inRole(
      "        machines:\n          a:\n            settings: { generateRootKey: true }\n        settings:\n          hostKeys: {}\n",
    ),
  ],
  [
    "a tag as text among the machines",
    "machines: { a: { tags: [x] } }\ninstances:\n  sshd: { roles: { server: { machines: all } } }\n",
    "no machine is named 'all': for tags write tags: [all]",
    "machines: { a: { tags: [x] } }\ninstances:\n  sshd: { roles: { server: { tags: [all] } } }\n",
  ],
  [
    "the name in a list, as a key without a value",
    "machines:\n  - a:\n    tags: [x]\n  - b\ninstances: { sshd: { roles: { server: { tags: [x] } } } }\n",
    "expected a map, found a list: write machines: { a: { tags: [x] }, b: {} }",
    "machines:\n  a:\n    tags: [x]\n  b: {}\ninstances: { sshd: { roles: { server: { tags: [x] } } } }\n",
  ],
  [
    "the name in a list, as Ansible has it",
    "machines: { a: { tags: [x] } }\ninstances:\n  sshd:\n    roles:\n      - role: server\n        tags: [x]\n",
    "expected a map, found a list: write roles: { server: { tags: [x] } }",
    "machines: { a: { tags: [x] } }\ninstances:\n  sshd:\n    roles:\n      server:\n        tags: [x]\n",
  ],
  [
    "settings in a list",
    "machines: [a]\ninstances:\n  sshd: { roles: { server: { machines: [a], settings: [generateRootKey: true, hostKeys: {}] } } }\n",
    "expected a map, found a list: write settings: { generateRootKey: true, hostKeys: {} }",
    "machines: [a]\ninstances:\n  sshd: { roles: { server: { machines: [a], settings: { generateRootKey: true, hostKeys: {} } } } }\n",
  ],
  [
    "settings by name and value",
    "machines: [a]\ninstances:\n  users:\n    roles:\n      default:\n        machines: [a]\n        settings: [{ name: user, value: b }]\n",
    "expected a map, found a list: write settings: { user: b }",
    "machines: [a]\ninstances:\n  users:\n    roles:\n      default:\n        machines: [a]\n        settings: { user: b }\n",
  ],
  [
    "a list of one module",
    "machines: { a: { tags: [x] } }\ninstances:\n  i: { module: [sshd], roles: { server: { tags: [x] } } }\n",
    "expected a map or a string, found a list: write module: sshd",
    "machines: { a: { tags: [x] } }\ninstances:\n  i: { module: sshd, roles: { server: { tags: [x] } } }\n",
  ],
  [
    "yes for a map",
    inRole("        machines: { a: yes }\n"),
    "expected a map, found a string: write a: {}",
    inRole("        machines: { a: {} }\n"),
  ],
  [
    "settings by another name",
    inRole("        machines: [a]\n        vars:\n          generateRootKey: true\n"),
    "unknown key 'vars'; did you mean 'settings'?: ",
    inRole("        machines: [a]\n        settings:\n          generateRootKey: true\n"),
  ],
  [
    "the address of a machine",
    `machines:\n  a:\n    ansible_host: a.b\n    tags: [mobile]\n${sshd}`,
    "unknown key 'ansible_host': the address of a machine goes into deploy: { targetHost: \u2026 }",
    `machines:\n  a:\n    deploy:\n      targetHost: a.b\n    tags: [mobile]\n${sshd}`,
  ],
  [
    "a name with a space",
    `meta: { name: my home }\nmachines: { a: { tags: [mobile] } }\n${sshd}`,
    "'my home' is not a valid name for a clan: use only letters, digits, '_' and '-'",
    `meta: { name: my-home }\nmachines: { a: { tags: [mobile] } }\n${sshd}`,
  ],
  [
    "a tag in the list of machines",
    inRole("        machines:\n          - all\n"),
    "no machine is named 'all': 'all' is a tag: list it under 'tags' to assign all its machines",
    inRole("        tags:\n          - all\n"),
  ],
  [
    "a machine in the list of tags",
    inRole("        tags: [a]\n        settings: { generateRootKey: true }\n"),
    "no machine has the tag 'a': 'a' is a machine: list it under 'machines'",
    inRole("        machines: [a]\n        settings: { generateRootKey: true }\n"),
  ],
  [
    "a tag in a list with machines",
    inRole("        machines: [a, all]\n"),
    "no machine is named 'all': 'all' is a tag: list it under 'tags' to assign all its machines",
    inRole("        machines: [a]\n        tags: [all]\n"),
  ],
  [
    "machine among the settings",
    inRole("        settings:\n          generateRootKey: true\n          a: {}\n"),
    "'a' is not a setting, but a machine: it belongs under the 'machines' of the role: list it under 'machines'",
    inRole(
      "        settings:\n          generateRootKey: true\n        machines:\n          a: {}\n",
    ),
  ],
  [
    "a setting beside the one that it is inside of",
    inRole(
      "        machines: [a]\n        settings:\n          certificate:\n          searchDomains: [b.c]\n",
    ),
    "role 'server' of 'sshd' has no setting 'searchDomains'; did you mean 'certificate.searchDomains'?: move 'searchDomains' under 'certificate'",
    inRole(
      "        machines: [a]\n        settings:\n          certificate:\n            searchDomains: [b.c]\n",
    ),
  ],
  [
    "a tag that is a list in Nix",
    "machines: { a: { tags: [mobile other] } }\ninstances: { sshd: { roles: { server: { tags: [mobile] } } } }\n",
    "the tag 'mobile other' holds a space: for several tags write [mobile, other]",
    "machines: { a: { tags: [mobile, other] } }\ninstances: { sshd: { roles: { server: { tags: [mobile] } } } }\n",
  ],
  [
    "an instance by a misspelt name",
    "machines: [a]\ninstances: { sshdd: { roles: { server: { machines: [a] } } } }\n",
    "clan-core has no service 'sshdd'; did you mean 'sshd'?: if this is an instance of 'sshd', write module: sshd",
    "machines: [a]\ninstances: { sshd: { roles: { server: { machines: [a] } } } }\n",
  ],
  [
    "instance with no module",
    "machines: [a]\ninstances: { sshd-2: { roles: { server: { machines: [a] } } } }\n",
    "clan-core has no service 'sshd-2'; did you mean 'sshd'?: if this is an instance of 'sshd', write module: sshd",
    "machines: [a]\ninstances: { sshd-2: { module: sshd, roles: { server: { machines: [a] } } } }\n",
  ],
  [
    "a name above keys is missing",
    "machines:\n  a:\n    tags: [x]\n    description: b\n    tags: [x]\n    description: c\ninstances: { sshd: { roles: { server: { tags: [x] } } } }\n",
    "duplicate keys 'tags' and 'description': if they are of another map, its name above them is missing",
    undefined,
  ],
  [
    "a declaration in capitals",
    "machines:\n  Web: { tags: [x] }\ninstances: { sshd: { roles: { server: { machines: [web] } } } }\n",
    "nothing uses 'Web', but one place uses 'web'; did you mean 'web'?: ",
    "machines:\n  web: { tags: [x] }\ninstances: { sshd: { roles: { server: { machines: [web] } } } }\n",
  ],
  [
    "the module among the roles",
    "machines: [a]\ninstances:\n  i:\n    roles:\n      module:\n        name: sshd\n      server: { machines: [a] }\n",
    "'module' belongs under 'instances.i': write instances: { i: { module: { name: sshd } } }",
    "machines: [a]\ninstances:\n  i:\n    roles:\n      server: { machines: [a] }\n    module:\n      name: sshd\n",
  ],
  [
    "a selector in a list",
    `machines: { a: { tags: [x] }, b: }\ntags:\n  mobile: [{ anyOf: [x] }, { except: [b] }]\n${sshd}`,
    "expected a map, found a list: write mobile: { anyOf: [x], except: [b] }",
    `machines: { a: { tags: [x] }, b: }\ntags:\n  mobile: { anyOf: [x], except: [b] }\n${sshd}`,
  ],
  [
    "a tag as a map with its name",
    `machines: { a: { tags: [{ name: mobile }] } }\n${sshd}`,
    "expected a string, found a map: write mobile",
    `machines: { a: { tags: [mobile] } }\n${sshd}`,
  ],
  [
    "a list of one text",
    "machines: [a]\ninstances: { users: { roles: { default: { machines: [a], settings: { user: [b] } } } } }\n",
    "'user' of role 'default' must be a string, found a list: write b",
    "machines: [a]\ninstances: { users: { roles: { default: { machines: [a], settings: { user: b } } } } }\n",
  ],
  [
    "an entry beside the map of settings that it belongs in",
    "machines: [a]\ninstances:\n  wifi:\n    roles:\n      default:\n        machines: [a]\n        settings:\n          networks:\n          home:\n            enable: true\n",
    "role 'default' of 'wifi' has no setting 'home'; did you mean 'networks.home'?: move 'home' under 'networks'",
    "machines: [a]\ninstances:\n  wifi:\n    roles:\n      default:\n        machines: [a]\n        settings:\n          networks:\n            home:\n              enable: true\n",
  ],
] as const) {
  test(`mends ${what}`, () => {
    assert.equal(mended(text), { message, text: fixed });
    if (fixed !== undefined) {
      assert.equal(check({ name: "i.yaml", text: fixed }).diagnostics, []);
    }
  });
}

test("a name that happens to be a key is a name", () => {
  const text =
    "machines: { tags: { tags: [x] }, deploy: }\ninstances: { users: { roles: { default: { machines: [tags] , settings: { user: root } } } } }\n";
  assert.equal(check({ name: "i.yaml", text }).diagnostics, []);
});

test("a name that happens to be a key may have mistakes of its own", () => {
  const text = "machines: { a: , tags: { tags: [x], tag: [y] } }\n";
  const { diagnostics } = check({ name: "i.yaml", text });
  assert.equal(
    diagnostics.map(({ message }) => message),
    ["unknown key 'tag'; did you mean 'tags'?"],
  );
});

test("a name that is declared and used once may be misspelt in either place: both are shown", () => {
  const texts = {
    "a.yaml": "machines: { a: { tags: [quite] } }\n",
    "b.yaml": "instances: { sshd: { roles: { server: { tags: [quiet] } } } }\n",
  };
  const sources = Object.entries(texts).map(([name, text]) => ({ name, text }));
  const [found, ...others] = check(sources).diagnostics;
  assert.equal(others, []);
  assert.equal(
    found!.related.map(({ message, range }) => [message, range.source]),
    [["'quite' is here", "a.yaml"]],
  );
});

test("a role whose tags are unknown is not also said to lack machines", () => {
  const text = "machines: [a]\ninstances: { zerotier: { roles: { controller: { tags: [b] } } } }\n";
  const { diagnostics } = check({ name: "i.yaml", text });
  assert.equal(
    diagnostics.map(({ code }) => code),
    ["unknown-tag"],
  );
});

test("a name between keys of a machine does not make that machine unknown in other files", () => {
  const texts = {
    "a.yaml": "machines:\n  a:\n    tags: [x]\n    b:\n    tags: [x]\n",
    "b.yaml": "instances: { sshd: { roles: { server: { machines: [b], tags: [x] } } } }\n",
  };
  const { diagnostics } = check(Object.entries(texts).map(([name, text]) => ({ name, text })));
  assert.equal(
    diagnostics.map(({ code }) => code),
    ["misplaced-key"],
  );
});

test("duplicate keys of another map are one finding, and others are not", () => {
  const messages = (text: string) =>
    check({ name: "i.yaml", text }).diagnostics.map(({ message }) => message);
  const machine = "    description: x\n    tags: []\n";
  assert.equal(messages(`machines:\n  a:\n${machine}${machine}  b: {}\n`), [
    "duplicate keys 'description' and 'tags'",
  ]);
  assert.equal(messages(`machines:\n  a:\n${"    tags: []\n".repeat(2)}  b: {}\n  b: {}\n`), [
    "duplicate key 'tags'",
    "duplicate key 'b'",
  ]);
});

test.run();
