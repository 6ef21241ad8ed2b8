import { test } from "uvu";
import * as assert from "uvu/assert";
import { check } from "../src/index.js";

const used = "instances: { sshd: { roles: { server: { tags: [prod] } } } }";

for (const [machines, expected] of Object.entries({
  "{ a: { tags: [prod] }, b: { tags: [prdo] } }": "similar-tag prdo",
  "{ a: { tags: [prod] }, b: { tags: [Prod] } }": "similar-tag Prod",
  "{ a: { tags: [prod] }, b: { tags: [rack] } }": "",
  "{ a: { tags: [prod] }, b: { tags: [prod1] } }": "",
  "{ a: { tags: [prdo] } }": "unknown-tag prod",
  '{ a: { tags: [prod, "x y"] } }': 'tag-name "x y"',
})) {
  test(`machines ${machines}: ${expected || "nothing"}`, () => {
    assert.equal(findings(`machines: ${machines}\n${used}\n`), expected === "" ? [] : [expected]);
  });
}

test("a tag that a pattern of a selector matches is in use", () => {
  const machines = "machines: { a: { tags: [prod] }, b: { tags: [prdo] } }";
  assert.equal(findings(`${machines}\ntags: { x: { anyOf: ["pr*"] } }\n${used}\n`), []);
});

for (const [role, expected] of Object.entries({
  "{ settings: { x: 1 } }": "idle-role r",
  "{ extraModules: [./m.nix] }": "idle-role r",
  "{}": "",
  "{ tags: [gone], settings: { x: 1 } }": "unknown-tag gone",
  "{ machines: [a], settings: { x: 1 } }": "",
})) {
  test(`role ${role}: ${expected || "nothing"}`, () => {
    const text = `machines: [a]\ninstances: { i: { module: { input: self }, roles: { r: ${role} } } }\n`;
    assert.equal(findings(text), expected === "" ? [] : [expected]);
  });
}

for (const [roles, expected] of Object.entries({
  "{ client: { machines: [a] } }": "missing-role client",
  "{ client: { machines: [a] }, server: { machines: [b] } }": "",
  "{ client: { machines: [a], settings: { destinations: {} } } }": "",
  "{ client: { machines: [a] }, server: { machines: [c] } }": "unknown-machine c",
  "{ server: { machines: [a] } }": "",
})) {
  test(`borgbackup ${roles}: ${expected || "nothing"}`, () => {
    const text = `machines: [a, b]\ninstances: { borgbackup: { roles: ${roles} } }\n`;
    assert.equal(findings(text), expected === "" ? [] : [expected]);
  });
}

/** Each finding as its code, and the text there. */
function findings(text: string): readonly string[] {
  return check({ name: "a.yaml", text }).diagnostics.map(
    ({ code, range: { start, end } }) => `${code} ${text.slice(start.offset, end.offset)}`,
  );
}

test("of tags that are equally near, the most frequent one is offered first", () => {
  const machines = "machines: { a: { tags: [prod] }, b: { tags: [prod] }, c: { tags: [prad] } }\n";
  const role = "instances: { i: { module: { input: self }, roles: { r: { tags: [prxd] } } } }\n";
  const selector = "tags: { t: { anyOf: [prxd] } }\n";
  for (const text of [machines + role, machines + selector]) {
    const [found] = check({ name: "a.yaml", text }).diagnostics;
    assert.is(found?.message, "no machine has the tag 'prxd'; did you mean 'prod' or 'prad'?");
  }
});

test.run();
