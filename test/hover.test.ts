/** Hovers, and the words inside of a text. */

import { test } from "uvu";
import * as assert from "uvu/assert";
import { analyze } from "../src/index.js";
import { hover } from "../src/questions/hover.js";
import { inlays } from "../src/questions/inlays.js";
import { inventory } from "./arbitrary-inventories.js";
import { diceOf, jsonOf, styledYaml } from "./edit-texts.js";
import fc from "./fast-check.js";
import { marked } from "./questions.js";

const fleet = `machines:
  laptop: { tags: [mobile], description: "The one on the desk" }
  nas: { machineClass: darwin }
  phone: { tags: [mobile] }
tags:
  backed-up: { except: [phone] }
  listed: [nas]
instances:
  borgbackup:
    roles:
      client:
        tags:
          backed-up: { settings: { exclude: ["*.tmp"] } }
          mobile: { settings: { startAt: !mkForce "12:30" } }
        settings: { startAt: "03:00" }
      server:
        machines: [nas]
  web:
    module: { name: own, input: self }
    roles: { r: { machines: { nas: { settings: { port: 1 } } } } }
`;

/** The text of the hover where the word is marked. */
function hoverAt(word: string, text = fleet): string {
  const { analysis, at } = marked({ "a.yaml": text.replace(word.replace("|", ""), word) });
  const found = hover(analysis, at);
  if (found === undefined) {
    return "";
  }
  const { start, end } = found.range;
  assert.ok(start.offset <= at.offset && at.offset <= end.offset);
  return found.text;
}

test("a machine shows its class, description, tags and roles, and why it has them", () => {
  assert.is(
    hoverAt("lap|top"),
    `Machine \`laptop\`, nixos

The one on the desk

Tags: \`all\`, \`backed-up\`, \`mobile\`, \`nixos\`

Roles:

- \`borgbackup.client\` by tag \`backed-up\`, by tag \`mobile\``,
  );
  assert.is(hoverAt("except: [pho|ne]"), hoverAt("pho|ne: {"));
  assert.match(hoverAt("machines: [n|as]"), /^Machine `nas`, darwin\n/);
});

test("a tag shows who has it, and how they come by it", () => {
  assert.match(hoverAt("mob|ile: {"), /^Tag `mobile` of 2 machines\n\n`laptop`, `phone`$/);
  assert.match(
    hoverAt("backed|-up: { set"),
    /`laptop`, `nas`\n\nComputed: every machine, except `phone`$/,
  );
  assert.match(hoverAt("lis|ted"), /of 1 machine\n\n`nas`\n\nListed under `tags`: `nas`$/);
  const all = "machines: [a]\ninstances: { i: { roles: { r: { tags: [a|ll] } } } }\n";
  assert.match(hoverAt("a|ll", all.replace("|", "")), /Predefined: every machine has it\.$/);
  const pattern = "machines: { a: { tags: [s-1, s-2, t] } }\ntags: { x: { anyOf: [s-*] } }\n";
  assert.is(hoverAt("s|-*", pattern), "Pattern `s-*` means 2 tags: `s-1`, `s-2`");
});

test("an instance shows its service and the members of its roles", () => {
  const text = hoverAt("borg|backup");
  assert.match(text, /^Instance `borgbackup` of service `borgbackup` from `clan-core`\n/);
  assert.match(
    text,
    /- `client`: 3 machines: `laptop`, `nas`, `phone`\n- `server`: 1 machine: `nas`/,
  );
  assert.match(hoverAt("w|eb:"), /of service `own` from `self`\n\n- `r`: 1 machine: `nas`$/);
});

test("a role shows what it is for and its members", () => {
  assert.match(hoverAt("cli|ent:"), /3 machines: `laptop`, `nas`, `phone`$/);
});

test("a setting shows what it does, which value wins, and where the others are", () => {
  const text = hoverAt('start|At: "03:00"');
  assert.match(text, /^`startAt`\n\n/);
  assert.match(text, '`string, default "*-*-* 01:00:00"`');
  assert.match(text, /On `nas`: `"03:00"`/);
  assert.match(
    text,
    /On `phone`: `"12:30"`\n\n- from tag `mobile`, priority 50: `"12:30"`\n- lost: from the role: `"03:00"`/,
  );
  assert.is(hoverAt('"03:|00"'), text);
  assert.match(hoverAt('"12:|30"'), /On `phone`: `"12:30"`/);
  assert.not.match(hoverAt('"12:|30"'), /On `nas`/);
  assert.is(hoverAt("po|rt: 1"), "On `nas`: `1`");
});

test("of a setting with many definitions or a long value a part is shown", () => {
  const definitions = (count: number, value: string) => `machines: [m]
instances:
  i:
    module: { name: x, input: self }
    roles: { r: { machines: { m: { settings: { one: { _type: merge, contents: [${Array(count).fill(value).join(", ")}] } } } } } }
`;
  const many = hoverAt("on|e: { _t", definitions(25, "[x]"));
  assert.is(many.match(/\n- merged from machine `m`: `\["x"\]`/g)!.length, 20);
  assert.match(many, /\n- and 5 more$/);
  const long = hoverAt("on|e: { _t", definitions(1, "x".repeat(10_000)));
  assert.match(long, /^On `m`: `"x{496}\.\.\.`$/);
});

test("a special form says what it means, a key of the shape what it is for", () => {
  assert.match(hoverAt("!mkF|orce"), /^Wins over other definitions/);
  assert.match(hoverAt("machine|Class"), /^The module system that builds the machine/);
  assert.match(hoverAt("dar|win"), /^The module system that builds the machine/);
  assert.match(hoverAt("|machines:"), /^The machines of the fleet/);
  assert.match(hoverAt("exc|ept:"), /^Drop these machines/);
});

test("there is nothing to say of comments, gaps and names that nobody has", () => {
  assert.is(hoverAt("# he|re", `# here\n${fleet}`), "");
  assert.is(hoverAt("|  nas: { m"), "");
  const none = marked({ "a.yaml": "instances: { i: { roles: { r: { machines: [no|ne] } } } }\n" });
  assert.is(hover(none.analysis, { source: "b.yaml", offset: 0 }), undefined);
});

test("in JSON the same is shown", () => {
  const json =
    '{"machines": {"a": {"tags": ["t"]}}, "instances": {"i": {"roles": {"r": {"tags": {"t": {"settings": {"x": {"$mkForce": 1}}}}}}}}}';
  const at = (word: string) => {
    const { analysis, at } = marked({ "a.json": json.replace(word.replace("|", ""), word) });
    return hover(analysis, at)?.text;
  };
  assert.match(at('"|a"')!, /^Machine `a`/);
  assert.match(at('"|x"')!, /^On `a`: `1`$/);
  assert.match(at('"$mk|Force"')!, /^Wins over/);
});

test("while a text is broken, other lines and other files show what was known", () => {
  const earlier = analyze({ name: "a.yaml", text: fleet });
  const broken = fleet.replace("listed: [nas]", "listed: [nas");
  const { analysis, at } = marked(
    { "a.yaml": broken.replace("machines: [nas]", "machines: [n|as]") },
    {},
    earlier,
  );
  assert.match(hover(analysis, at)!.text, /^Machine `nas`/);
});

test("inside of a text are the members of roles, the machines of tags, and what wins", () => {
  const { analysis } = marked({ "a.yaml": fleet });
  const lines = fleet.split("\n");
  assert.equal(
    inlays(analysis, "a.yaml").map(({ position, label }) => {
      const line = lines[position.line - 1]!;
      return `${line.slice(0, position.column - 1).trim()} ‹${label}›`;
    }),
    [
      "backed-up ‹2 machines›",
      "client ‹3 machines›",
      "backed-up ‹2 machines›",
      "mobile ‹2 machines›",
      'mobile: { settings: { startAt: !mkForce "12:30" ‹wins over the role›',
      'settings: { startAt: "03:00" ‹overridden on 2 of 3 machines›',
      "server ‹nas›",
      "roles: { r ‹nas›",
    ],
  );
  assert.equal(inlays(analysis, "b.yaml"), []);
});

test("each place of any inventory can be asked about", () => {
  let found = 0;
  fc.assert(
    fc.property(inventory({ forms: true }), fc.nat(), fc.boolean(), (data, seed, isJson) => {
      const dice = diceOf(seed);
      const text = isJson ? jsonOf(data, dice) : styledYaml(data, dice);
      const name = isJson ? "a.json" : "a.yaml";
      const earlier = analyze({ name, text });
      const cut = dice(text.length);
      const broken = analyze({ name, text: text.slice(0, cut) + text.slice(cut + 1) }, {}, earlier);
      for (const analysis of [earlier, broken]) {
        for (let time = 0; time < 20; time++) {
          const offset = dice(text.length);
          const { range, text: words } = hover(analysis, { source: name, offset }) ?? {};
          if (range === undefined) continue;
          found++;
          assert.ok(range.start.offset <= offset && offset <= range.end.offset && words !== "");
        }
        for (const { position, label } of inlays(analysis, name)) {
          assert.ok(position.offset <= text.length && label !== "");
        }
      }
    }),
    { numRuns: 50 },
  );
  assert.ok(found > 50, String(found));
});

test.run();
