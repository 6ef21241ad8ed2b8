import { test } from "uvu";
import * as assert from "uvu/assert";
import { explain } from "../src/compile.js";
import type { Data, DataMap } from "../src/model/data.js";
import { fingerprint } from "../src/model/fingerprint.js";
import type { CompileOptions } from "../src/model/options.js";
import type { Range, Source } from "../src/model/source.js";
import type { Explanation, Question } from "../src/questions/explanation.js";
import { showExplanation } from "../src/show/show-explanation.js";
import { masked, readFleets, sourceOf } from "./fleets.js";

const fleet = `machines:
  laptop:
    tags: [desk, admin]
  mac: { machineClass: darwin }
  web-1: { tags: [web] }
tags:
  backup: [mac, laptop]
  trusted:
    anyOf: [desk, "w*"]
    allOf: [all]
    machines: [mac]
    except: [web-1]
  rest: { noneOf: [desk] }
instances:
  ssh.main:
    roles:
      server:
        tags: [trusted, rest]
        machines: { laptop: }
      client.all: { tags: [all] }
  borg:
    roles:
      client:
        machines:
          laptop:
            settings:
              port: 22
              paths: [/home]
              net: { a: 1 }
              off: { _type: if, condition: false, content: 1 }
              "a.b": 1
        tags:
          backup:
            settings:
              port: !mkDefault 23
              paths: [/etc]
              net: !mkDefault { b: 2 }
          admin: { settings: { paths: !mkBefore [/root] } }
        settings: { port: 22, nested: { deep: { key: yes please } } }
`;

test("says for every member of real fleets which line makes it one", () => {
  let members = 0;
  for (const fleet of readFleets("real.json")) {
    const source = sourceOf(fleet);
    const lines = source.text.split("\n");
    for (const machine of Object.keys(fleet.tags)) {
      const { memberships, tags } = ask(source, { machine }, fleet).explanation!;
      const names = memberships.map(({ instance, role }) => JSON.stringify([instance, role]));
      assert.equal(
        names.sort(),
        expectedRoles(fleet.settings, machine),
        `${fleet.name}, ${machine}`,
      );
      for (const { instance, role, reasons } of memberships) {
        members += 1;
        assert.ok(reasons.length > 0);
        for (const reason of reasons) {
          const name = reason.kind === "name" ? machine : reason.tag;
          assert.is(
            textAt(lines, reason.range),
            JSON.stringify(name),
            `${fleet.name}, ${machine}, ${instance}.${role}`,
          );
          assert.ok(reason.kind === "name" || fleet.tags[machine]!.includes(reason.tag));
        }
      }
      for (const { tag, reasons } of tags) {
        for (const { kind, range } of reasons) {
          if (kind === "own") {
            assert.is(textAt(lines, range!), JSON.stringify(tag));
          }
          if (kind === "list" || kind === "machines") {
            assert.is(textAt(lines, range!), JSON.stringify(machine));
          }
        }
      }
    }
  }
  assert.is(members, 1029);
});

test("says where a machine gets its tags", () => {
  const tagsOf = (machine: string) =>
    explained({ machine }).tags.map(({ tag, reasons }) =>
      [
        tag,
        ...reasons.map(({ kind, tag, range }) =>
          [kind, ...(tag === undefined ? [] : [tag]), ...(range ? [place(range)] : [])].join(" "),
        ),
      ].join("; "),
    );
  assert.equal(tagsOf("laptop"), [
    "admin; own 3:18",
    "all; predefined",
    "backup; list 7:17",
    "desk; own 3:12",
    "nixos; predefined",
    "trusted; anyOf desk 9:13; allOf all 10:13",
  ]);
  assert.equal(tagsOf("mac"), [
    "all; predefined",
    "backup; list 7:12",
    "darwin; predefined",
    "rest; every 13:3",
    "trusted; machines 11:16",
  ]);
  assert.equal(tagsOf("web-1"), [
    "all; predefined",
    "nixos; predefined",
    "rest; every 13:3",
    "web; own 5:19",
  ]);
});

test("a selector that leaves a machine out is not a reason for the machine's own tag", () => {
  for (const selector of ["{ except: [a] }", "{ anyOf: [y], allOf: [all] }", "{ noneOf: [all] }"]) {
    const { tags } = explainIn(
      `machines: { a: { tags: [x] }, b: { tags: [y] } }\ntags: { x: ${selector} }\n`,
      { machine: "a" },
    );
    assert.equal(
      tags.find(({ tag }) => tag === "x")!.reasons.map(({ kind }) => kind),
      ["own"],
      selector,
    );
  }
});

test("a pattern matches neither the tag that it defines nor predefined ones", () => {
  const { tags } = explainIn('machines: { a: { tags: [x, y] } }\ntags: { x: { anyOf: ["*"] } }\n', {
    machine: "a",
  });
  assert.equal(
    tags.find(({ tag }) => tag === "x")!.reasons.map(({ kind, tag = "" }) => kind + tag),
    ["own", "anyOfy"],
  );
  const { tags: none } = explainIn(
    'machines: { a: { tags: [x] } }\ntags: { x: { anyOf: ["*"] } }\n',
    { machine: "a" },
  );
  assert.equal(
    none.find(({ tag }) => tag === "x")!.reasons.map(({ kind, tag = "" }) => kind + tag),
    ["own"],
  );
});

test("tells patterns of selectors from the tags that they match", () => {
  const { tags } = explainIn(
    "machines: { a: { tags: [web-1] } }\ntags: { x: { anyOf: ['web*'] }, y: { anyOf: [x] } }\n",
    { machine: "a" },
  );
  assert.equal(
    tags
      .filter(({ tag }) => tag === "x" || tag === "y")
      .map(({ tag, reasons: [reason] }) => `${tag} ${reason!.kind} ${reason!.tag!}`),
    ["x anyOf web-1", "y anyOf x"],
  );
});

test("places stay right over several files", () => {
  const sources = [
    { name: "a.yaml", text: "machines: { m: { tags: [one] } }\n" },
    { name: "b.yaml", text: "machines: { m: { tags: [two, three] } }\ntags: { four: [m] }\n" },
    {
      name: "c.yaml",
      text: "# a comment\ninstances: { i: { roles: { r: { tags: [three] } } } }\n",
    },
  ];
  const { tags, memberships } = ask(sources, { machine: "m" }).explanation!;
  const own = tags.flatMap(({ tag, reasons: [reason] }) =>
    reason?.range === undefined ? [] : [`${tag} ${reason.range.source}:${place(reason.range)}`],
  );
  assert.equal(own, [
    "four b.yaml:2:16",
    "one a.yaml:1:25",
    "three b.yaml:1:30",
    "two b.yaml:1:25",
  ]);
  assert.equal(
    memberships.map(({ reasons: [reason] }) => `${reason!.range.source}:${place(reason!.range)}`),
    ["c.yaml:2:40"],
  );
});

test("shows every definition of a setting, and which won", () => {
  assert.is(
    showExplanation(explained({ machine: "laptop", instance: "borg" })),
    `laptop (nixos) is declared at fleet.yaml:2:3
  fleet.yaml:3:18   tag admin: its own
  -                 tag all: every machine has it
  fleet.yaml:7:17   tag backup: the tag's list names it
  fleet.yaml:3:12   tag desk: its own
  -                 tag nixos: every nixos machine has it
  fleet.yaml:9:13   tag trusted: 'anyOf' of the selector matches its tag desk
  fleet.yaml:10:13  tag trusted: 'allOf' of the selector matches its tag all

borg.client
  fleet.yaml:25:11  by its name
  fleet.yaml:38:11  by its tag admin
  fleet.yaml:33:11  by its tag backup
  "a.b": 1
    fleet.yaml:31:22  from machine laptop: 1
  nested.deep.key: "yes please"
    fleet.yaml:39:54  from the role: "yes please"
  net (Nix decides)
    fleet.yaml:37:31  lost: from tag backup, priority 1000: {b: 2}
    fleet.yaml:29:20  from machine laptop: {a: 1}
  net.a (Nix decides): 1
    fleet.yaml:29:25  from machine laptop: 1
  off
    fleet.yaml:30:20  condition is false: from machine laptop: 1
  paths: [/root, /etc, /home]
    fleet.yaml:36:22  merged from tag backup: [/etc]
    fleet.yaml:38:49  merged from tag admin, order 500: [/root]
    fleet.yaml:28:22  merged from machine laptop: [/home]
  port: 22
    fleet.yaml:35:32  lost: from tag backup, priority 1000: 23
    fleet.yaml:27:21  merged from machine laptop: 22
    fleet.yaml:39:27  merged from the role: 22
`,
  );
});

test("narrows to a role and a setting, which may be a map or have dots", () => {
  const paths = (question: Omit<Question, "machine">) =>
    explained({ machine: "laptop", ...question }).memberships.flatMap(({ settings }) =>
      settings!.map(({ path }) => path.join("/")),
    );
  assert.equal(paths({ instance: "borg.client", setting: "port" }), ["port"]);
  assert.equal(paths({ instance: "borg", setting: "nested" }), ["nested/deep/key"]);
  assert.equal(paths({ instance: "borg", setting: "net.a" }), ["net", "net/a"]);
  assert.equal(paths({ instance: "borg", setting: '"a.b"' }), ["a.b"]);
  assert.equal(
    explained({ machine: "laptop", instance: "ssh.main" }).memberships.map(({ role }) => role),
    ["client.all", "server"],
  );
  assert.equal(
    explained({ machine: "laptop", instance: "ssh.main.client.all" }).memberships.map(
      ({ role }) => role,
    ),
    ["client.all"],
  );
});

test("says who has a role that a machine lacks", () => {
  assert.equal(explained({ machine: "web-1" }).absences, []);
  assert.is(
    showExplanation(explained({ machine: "web-1", instance: "borg" })).split("\n\n")[1],
    "borg.client: not a member\n  fleet.yaml:23:7  given to tag admin, tag backup, laptop\n",
  );
  assert.match(
    showExplanation(explainIn("machines: [a]\n", { machine: "a" })),
    /^a \(nixos\) is declared at .*\n[^]*\n\nno role\n$/,
  );
});

test("explained values are those that Clan computed, at lines that define them", () => {
  let values = 0;
  for (const fleet of readFleets("conformance.json")) {
    const source = sourceOf(fleet);
    const lines = source.text.split("\n");
    for (const [instance, roles] of Object.entries(fleet.settings)) {
      for (const [role, members] of Object.entries(roles as DataMap)) {
        for (const [machine, recorded] of Object.entries(members as DataMap)) {
          const { memberships } = ask(source, { machine, instance: `${instance}.${role}` }, fleet)
            .explanation!;
          for (const { path, value, definitions } of memberships[0]!.settings!) {
            if (value === undefined) {
              continue;
            }
            values += 1;
            const expected = path.reduce<Data>((data, key) => (data as DataMap)[key]!, recorded);
            assert.is(
              fingerprint(masked(value)),
              fingerprint(expected),
              `${fleet.name}, ${machine}, ${instance}.${role}, ${path.join(".")}`,
            );
            for (const { range, fate, order, priority } of definitions) {
              const isPlain = fate !== "off" && order === 1000 && priority === 100;
              if (isPlain) {
                assert.match(lines[range.start.line - 1]!, JSON.stringify(path.at(-1)));
              }
            }
          }
        }
      }
    }
  }
  assert.ok(values > 1000);
});

test("tags of an export are located where they are written", () => {
  const fields =
    '"deploy": {}, "description": null, "icon": null, "installedAt": null, "machineClass": "nixos", "name": "a"';
  const text = `{"machines": {"a": {${fields}, "tags": ["all", "x", "nixos", "y"]}}, "tags": {"all": ["a"], "darwin": [], "nixos": ["a"]}}`;
  const { tags } = explainIn(text, { machine: "a" });
  assert.equal(
    tags.map(({ tag, reasons: [reason] }) => [tag, reason!.kind, reason!.range?.start.offset]),
    [
      ["all", "predefined", undefined],
      ["nixos", "predefined", undefined],
      ["x", "own", text.indexOf('"x"')],
      ["y", "own", text.indexOf('"y"')],
    ],
  );
});

test("suggests names for those that do not exist", () => {
  const mistake = (question: Question) => ask(source, question).mistake;
  assert.is(mistake({ machine: "lapto" }), "no machine is named 'lapto'; did you mean 'laptop'?");
  assert.is(
    mistake({ machine: "laptop", instance: "brog" }),
    "no instance is named 'brog'; did you mean 'borg'?",
  );
  assert.is(
    mistake({ machine: "laptop", instance: "brog.client" }),
    "no instance is named 'brog'; did you mean 'borg'?",
  );
  assert.is(
    mistake({ machine: "laptop", instance: "borg.clinet" }),
    "no role of 'borg' is named 'clinet'; did you mean 'client'?",
  );
  assert.is(
    mistake({ machine: "laptop", instance: "borg", setting: "prot" }),
    "nothing defines the setting 'prot' there; did you mean 'port'?",
  );
});

test("machines known from outside are explained too", () => {
  const text = "instances: { i: { roles: { r: { machines: [m] } } } }\n";
  const explanation = ask(
    { name: "a.yaml", text },
    { machine: "m" },
    { knownMachines: { m: "darwin" } },
  ).explanation!;
  assert.is(explanation.range, undefined);
  assert.is(showExplanation(explanation).split("\n")[0], "m (darwin) is known from outside");
});

test("an error suppresses the explanation", () => {
  const answer = ask(
    { name: "a.yaml", text: "machines: [a]\ntags: { t: [b] }\n" },
    { machine: "a" },
  );
  assert.equal(
    [answer.explanation, answer.mistake, answer.diagnostics[0]!.code],
    [undefined, undefined, "unknown-machine"],
  );
});

test.run();

const source = { name: "fleet.yaml", text: fleet };

function ask(
  sources: Source | readonly Source[],
  question: Question,
  { knownMachines }: CompileOptions = {},
): ReturnType<typeof explain> {
  return explain(sources, question, { knownMachines, services: null });
}

function explained(question: Question): Explanation {
  return ask({ name: "fleet.yaml", text: fleet }, question).explanation!;
}

function explainIn(text: string, question: Question): Explanation {
  return ask({ name: "fleet.yaml", text }, question).explanation!;
}

/** `[instance, role]`s that Clan gave the machine, as JSON. */
function expectedRoles(settings: DataMap, machine: string): readonly string[] {
  const roles = Object.entries(settings).flatMap(([instance, roles]) =>
    Object.entries(roles as DataMap).flatMap(([role, members]) =>
      Object.hasOwn(members as DataMap, machine) ? [JSON.stringify([instance, role])] : [],
    ),
  );
  return roles.sort();
}

function textAt(lines: readonly string[], { start, end }: Range): string {
  assert.is(start.line, end.line);
  return lines[start.line - 1]!.slice(start.column - 1, end.column - 1);
}

function place({ start }: Range): string {
  return `${start.line}:${start.column}`;
}
