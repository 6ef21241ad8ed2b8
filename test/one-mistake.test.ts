/**
 * One mistake gives one finding: every single character that is left out, every line that is indented
 * otherwise, in an inventory of some sixty lines.
 */
import { test } from "uvu";
import * as assert from "uvu/assert";
import { check } from "../src/index.js";
import { applyEdits } from "../src/text/text-edit.js";

const fleet = `# a fleet
meta:
  name: home
machines:
  laptop:
    tags: [mobile, backed-up]
    deploy:
      targetHost: root@laptop
  desktop:
    tags:
      - backed-up
      - office
    description: "the big one"
  server:
    deploy: { targetHost: "root@server", buildHost: root@desktop }
    tags: [ server ]
  mac: { machineClass: darwin, tags: [mobile] }
  backup-box:
tags:
  offsite: [server]
  quiet:
    anyOf: [mobile, office]
    except:
      - mac
values:
  night: "03:00"
  spare: [a]
instances:
  borgbackup:
    roles:
      client:
        tags:
          backed-up:
            settings:
              exclude: ["*.tmp", '/home/*/.cache']
              startAt: !value night
          mobile: {}
        settings:
          exclude:
            - /nix
            - "/var/log"
      server:
        machines:
          backup-box:
            settings: { directory: /backup }
  admin:
    module: { name: sshd }
    roles:
      server:
        tags: [all]
        settings:
          certificate:
            searchDomains: [example.org, "example.com"]
          generateRootKey: true
      client:
        tags: [all]
  root-user:
    module:
      name: users
    roles:
      default:
        machines: [laptop, desktop]
        settings:
          user: root
          prompt: false
          groups: [wheel]
        extraModules:
          - ./modules/root.nix
          - !ref self.nixosModules.root
`;
const lines = fleet.split("\n").slice(0, -1);

/** Other versions of a line, each with one mistake. */
const mistakes: { readonly [what: string]: (line: string, indent: number) => readonly string[] } = {
  "a missing colon": (line) => without(line, /:/g),
  "a missing bracket": (line) => without(line, /[[\]{}]/g),
  "another bracket": (line) =>
    ["[{", "{[", "]}", "}]"].flatMap((pair) => replaced(line, pair[0]!, pair[1]!)),
  "a missing comma": (line) => without(line, /,/g),
  "a comma too many": (line) => replaced(line, ",", ",,"),
  "a quote before a key": (line) => [line.replace(/[\w-]+:/, '"$&')],
  "a missing space": (line) => without(line, /(?<=:) (?=\S)|(?<=^ *-) (?=\S)/g),
  "a bracket too many": (line) => (/[:[{]$/.test(line) ? [] : [`${line}]`, `${line}}`]),
  "a dash too many": (line, indent) =>
    indent === 0 || line.trim().startsWith("-")
      ? []
      : [`${line.slice(0, indent)}- ${line.slice(indent)}`],
  "a tab": (line, indent) =>
    indent === 0 ? [] : [`\t${line.trim()}`, `${line.slice(0, indent)}\t${line.slice(indent)}`],
  "an indentation of one more": (line) => [` ${line}`],
  "an indentation of one less": (line, indent) => (indent === 0 ? [] : [line.slice(1)]),
  "an indentation of two more": (line) => [`  ${line}`],
  "an indentation of two less": (line, indent) => (indent < 2 ? [] : [line.slice(2)]),
};

function without(line: string, pattern: RegExp): readonly string[] {
  return Array.from(
    line.matchAll(pattern),
    ({ 0: found, index }) => line.slice(0, index) + line.slice(index + found.length),
  );
}

function replaced(line: string, found: string, text: string): readonly string[] {
  return Array.from(
    line.matchAll(new RegExp(`\\${found}`, "g")),
    ({ index }) => line.slice(0, index) + text + line.slice(index + 1),
  );
}

for (const section of ["meta", "machines", "tags", "values", "instances"]) {
  const start = lines.indexOf(`${section}:`);
  if (start < 0) {
    continue;
  }
  const rest = lines.slice(start + 1);
  const end = rest.findIndex((line) => !line.startsWith(" "));
  const inside = rest.slice(0, end < 0 ? undefined : end);
  const behind = end < 0 ? [] : rest.slice(end);
  const header = lines[start]!;
  for (const [what, spoilt] of Object.entries({
    "is missing": inside,
    "is indented like its entries": [`  ${header}`, ...inside],
    "is indented with its entries": [header, ...inside].map((line) => `  ${line}`),
    "has its entries beside it": [header, ...inside.map((line) => line.slice(2))],
  })) {
    test(`'${section}' ${what}, which is one mistake`, () => {
      const text = [...lines.slice(0, start), ...spoilt, ...behind, ""].join("\n");
      const [found, ...others] = findingsOf(text);
      assert.equal(others, []);
      const [fix] = found!.fixes!;
      const changes = fix!.edits.map(({ range, text }) => ({
        start: range.start.offset,
        end: range.end.offset,
        text,
      }));
      assert.equal(findingsOf(applyEdits(text, changes)), []);
    });
  }
}

for (const indentation of [4, 6, 8]) {
  test(`a machine's name that is indented by ${indentation} is one mistake`, () => {
    const text = `machines:
  laptop:
    tags: [mobile]
    deploy:
      targetHost: root@laptop
${" ".repeat(indentation)}desktop:
    description: the big one
    tags: [office]
`;
    assert.is(findingsOf(text).length, 1);
  });
}

for (const [what, lines] of Object.entries({
  "a machine's first key is moved out": [
    "  laptop:",
    "  tags: [mobile]",
    "    deploy:",
    "      targetHost: root@laptop",
  ],
  "a machine's first key is moved in": [
    "  laptop:",
    "      tags: [mobile]",
    "    deploy:",
    "      targetHost: root@laptop",
  ],
  "a key is below its first entry": [
    "  laptop:",
    "      targetHost: root@laptop",
    "    deploy:",
    "    tags: [mobile]",
  ],
  "the key above entries is lost": [
    "  laptop:",
    "      targetHost: root@laptop",
    "    tags: [mobile]",
  ],
  "a machine with all that is in it is moved in": [
    "   laptop:",
    "     tags: [mobile]",
    "     deploy:",
    "       targetHost: root@laptop",
  ],
})) {
  test(`${what}, and the fix makes an inventory of it`, () => {
    const text = ["machines:", ...lines, "  desktop:", "    tags: [mobile]", ""].join("\n");
    const [found, ...others] = findingsOf(text);
    assert.equal(others, []);
    assert.is(found!.code, "yaml-indentation");
    const changes = found!.fixes![0]!.edits.map(({ range, text }) => ({
      start: range.start.offset,
      end: range.end.offset,
      text,
    }));
    assert.equal(findingsOf(applyEdits(text, changes)), []);
  });
}

for (const [what, text, code] of [
  [
    "a module without its name, and several roles",
    "instances: { admin: { module: {}, roles: { server: { tags: [all] }, client: { tags: [all] } } } }",
    "unknown-role",
  ],
  [
    "a role that is unknown and has no members",
    "instances: { sshd: { roles: { servre: { settings: {} , extraModules: [./x.nix] } } } }",
    "unknown-role",
  ],
  [
    "a tag that its only machine spells otherwise than two roles",
    "machines: { a: { tags: [wbe] } }\ninstances: { sshd: { roles: { server: { tags: [web] }, client: { tags: [web] } } } }",
    "unknown-tag",
  ],
  [
    "the tags of a role in its settings",
    "instances: { sshd: { roles: { server: { settings: { tags: [all] } } } } }",
    "unknown-setting",
  ],
  [
    "a header indented like names near other keys",
    "  machines:\n  a: {}\n  instanced: { tags: [x] }",
    "misplaced-key",
  ],
] as const) {
  test(`${what}: one finding`, () => {
    const machines = text.includes("machines") ? "" : "machines: [a]\n";
    assert.equal(
      findingsOf(`${machines}${text}\n`).map(({ code }) => code),
      [code],
    );
  });
}

test("what a text that cannot be read may hold is not missed in others", () => {
  const findings = check([
    { name: "a/values.yaml", text: "values:\n<<<<<<< HEAD\n  x: 1\n" },
    {
      name: "a/b.yaml",
      text: "instances: { i: { module: { input: self }, roles: { r: { settings: { x: !value x } } } } }\n",
    },
  ]).diagnostics;
  assert.equal(
    findings.map(({ code }) => code),
    ["merge-conflict"],
  );
});

test("a sign behind the colon above a list makes no item of the key", () => {
  const text = "machines:\n  a:\n    tags:}\n      - x\n      - y\n";
  assert.equal(
    findingsOf(text).map(({ code }) => code),
    ["invalid-type"],
  );
});

test("what is used as a shared value stays one", () => {
  const text = `values: { machines: { a: { tags: [x] } } }
instances:
  i:
    module: { input: self }
    roles: { r: { settings: { x: !value machines }, machines: [a] } }
`;
  assert.equal(
    findingsOf(text).map(({ code }) => code),
    ["unknown-machine"],
  );
});

function findingsOf(text: string) {
  return check({ name: "fleet.yaml", text }).diagnostics;
}

test("the inventory has no mistakes", () => {
  assert.equal(findingsOf(fleet), []);
});

for (const [what, spoil] of Object.entries(mistakes)) {
  test(`${what} gives one finding`, () => {
    const several: string[] = [];
    for (const [index, line] of lines.entries()) {
      for (const spoilt of spoil(line, line.search(/\S/))) {
        const text = [...lines.slice(0, index), spoilt, ...lines.slice(index + 1), ""].join("\n");
        const findings = findingsOf(text);
        if (findings.length > 1) {
          several.push(`${index + 1}: ${spoilt}`, ...findings.map(({ message }) => `  ${message}`));
        }
        for (const { fixes = [] } of findings.length === 1 ? findings : []) {
          for (const { edits } of fixes) {
            const changes = edits.map(({ range, text }) => ({
              start: range.start.offset,
              end: range.end.offset,
              text,
            }));
            const mended = findingsOf(applyEdits(text, changes));
            assert.not.equal(mended, findings, `${index + 1}: ${spoilt}`);
          }
        }
      }
    }
    const count = several.filter((text) => !text.startsWith("  ")).length;
    assert.is(count, 0, several.join("\n"));
  });
}

test.run();
