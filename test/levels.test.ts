/** Entries at a wrong level, and values of a wrong kind: one finding, whose fix mends it. */
import { test } from "uvu";
import * as assert from "uvu/assert";
import { check } from "../src/index.js";
import { applyEdits } from "../src/text/text-edit.js";

/** The findings of a text, and of what the first fix of its only one makes of it. */
function mended(text: string): { readonly message: string; readonly text: string | undefined } {
  const { diagnostics } = check({ name: "i.yaml", text });
  const messages = diagnostics.map(({ message, help }) => `${message}: ${help ?? ""}`);
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

test.run();
