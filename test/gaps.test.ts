import { test } from "uvu";
import * as assert from "uvu/assert";
import type { Finding } from "../src/diagnostics/diagnostic.js";
import { withoutConsequences } from "../src/diagnostics/drop-consequences.js";
import { gapsByPlace, type Readable, type Readables } from "../src/diagnostics/gaps.js";
import {
  predefinedTag,
  settingsConflict,
  sourceConflict,
  tagCycle,
  unknownMachine,
  unknownTag,
} from "../src/diagnostics/meaning-messages.js";
import { invalidType, unknownKey } from "../src/diagnostics/shape-messages.js";
import { places } from "../src/generated/shape.js";
import type { Data, DataMap } from "../src/model/data.js";
import { valueAt } from "../src/model/data.js";
import { Origin, type Path } from "../src/model/origin.js";
import { numbered } from "./passes.js";

const source = numbered(0);

function at(path: Path): Origin {
  return path.reduce<Origin>((origin, key) => origin.at(key), Origin.root(source));
}

/** Findings in each of two instances that other mistakes may have caused. */
function candidates(): readonly Finding[] {
  return ["i", "j"].flatMap((instance) => {
    const inRole = (...path: Path) => at(["instances", instance, "roles", "r", ...path]);
    const layer = { kind: "role", name: "", definitions: [] } as const;
    const definitions = [1, 2].map(() => ({ origin: inRole("settings", "a"), layer }));
    return [
      unknownMachine(inRole("machines", "m"), "m", []),
      unknownTag(inRole("tags", "t"), "t", []),
      settingsConflict({
        instance,
        role: "r",
        path: ["a"],
        definitions,
        isText: false,
        machines: ["m"],
        emit: "resolved",
      }),
      { ...unknownTag(inRole(), "t", []), code: "member-count" },
      { ...unknownTag(inRole("settings", "a"), "t", []), code: "unknown-setting" },
      { ...unknownTag(inRole("settings", "a"), "t", []), code: "setting-type" },
      { ...unknownTag(inRole(), "t", []), code: "unknown-role" },
      { ...unknownTag(at(["instances", instance]), "t", []), code: "unknown-service" },
    ];
  });
}

const short: { readonly [code: string]: string } = {
  "unknown-machine": "machine",
  "unknown-tag": "tag",
  "settings-conflict": "conflict",
  "member-count": "count",
  "unknown-setting": "setting",
  "setting-type": "type",
  "unknown-role": "role",
  "unknown-service": "service",
};

interface Unread {
  readonly unread: Path;
}

function reads(readable: Readable): Readables {
  return new Map([[source, readable]]);
}

/** The findings that remain in each of the two instances. */
function said(...mistakes: readonly (Finding | Unread)[]): readonly string[] {
  const isUnread = (mistake: Finding | Unread): mistake is Unread => "unread" in mistake;
  const findings = withoutConsequences(
    candidates(),
    mistakes.filter((mistake): mistake is Finding => !isUnread(mistake)),
    reads({ value: null, unread: mistakes.filter(isUnread).map(({ unread }) => unread) }),
  );
  return ["i", "j"].map((instance) =>
    findings
      .filter(({ place }) => (place as Origin).path[1] === instance)
      .map(({ code }) => short[code])
      .join(" "),
  );
}

const everything = "machine tag conflict count setting type role service";
const wrong = (...path: Path): Finding => invalidType(at(path), ["string"], 1);

for (const [what, mistake, inIt, elsewhere = inIt] of [
  ["a machine with a wrong address", wrong("machines", "a", "deploy", "targetHost"), everything],
  [
    "a dotted address",
    unknownKey(at(["machines", "a", "deploy.targetHost"]), "deploy.targetHost", [], undefined),
    everything,
  ],
  ["a wrong name of the clan", wrong("meta", "name"), everything],
  ["machines of a wrong kind", wrong("machines"), "conflict setting type role service"],
  ["a machine with dots", wrong("machines", "a.tags"), "conflict setting type role service"],
  ["a key of the root like no other", wrong("fleet"), ""],
  ["a misspelt key of the root", wrong("machine"), "conflict setting type role service"],
  ["a misspelt description", wrong("machines", "a", "descripton"), everything],
  [
    "a key of a machine like no other",
    wrong("machines", "a", "groups"),
    "machine conflict setting type role service",
  ],
  ["a misspelt list of modules", wrong("instances", "i", "roles", "r", "extraModule"), everything],
  [
    "wrong tags of a machine",
    wrong("machines", "a", "tags", 0),
    "machine conflict setting type role service",
  ],
  [
    "dotted tags of a machine",
    wrong("machines", "a", "tags.x"),
    "machine conflict setting type role service",
  ],
  [
    "a wrong class of a machine",
    wrong("machines", "a", "machineClass"),
    "machine tag conflict setting type role service",
  ],
  ["a wrong tag", wrong("tags", "t", "anyOf"), "machine conflict setting type role service"],
  ["wrong instances", wrong("instances"), "machine tag"],
  ["a wrong instance", wrong("instances", "i"), "machine tag", everything],
  ["a wrong module", wrong("instances", "i", "module"), "machine tag conflict", everything],
  [
    "a wrong role",
    wrong("instances", "i", "roles", "r", "machine"),
    "machine tag setting role service",
    everything,
  ],
  ["a wrong setting", wrong("instances", "i", "roles", "r", "settings", "a"), everything],
  [
    "an unknown machine in a role",
    unknownMachine(at(["instances", "i", "roles", "r", "machines", 0]), "m", []),
    "machine tag conflict setting type role service",
    everything,
  ],
  [
    "an unknown machine in a tag",
    unknownMachine(at(["tags", "t", 0]), "m", []),
    "machine tag conflict setting type role service",
  ],
  [
    "a cycle of tags",
    tagCycle(at(["tags", "t"]), ["t"], []),
    "machine tag conflict setting type role service",
  ],
  [
    "two modules of one instance",
    sourceConflict(at(["instances", "i", "module", "name"]), at([]), "", "", ""),
    "machine tag conflict",
    everything,
  ],
  [
    "two addresses of one machine",
    sourceConflict(at(["machines", "a", "deploy", "targetHost"]), at([]), "", "", ""),
    everything,
  ],
  [
    "a setting that is not read",
    { unread: ["instances", "i", "roles", "r", "settings", "a"] },
    "machine tag count setting role service",
    everything,
  ],
  [
    "a role that is not read",
    { unread: ["instances", "i", "roles", "r"] },
    "machine tag setting role service",
    everything,
  ],
  [
    "a machine that is not read",
    { unread: ["machines", "a"] },
    "conflict setting type role service",
  ],
  ["a text that is not read to its end", { unread: [] }, ""],
  ["a warning", predefinedTag(at(["tags", "all"]), "all"), everything],
] as readonly (readonly [string, Finding | Unread, string, string?])[]) {
  test(`${what} suppresses only what it may have caused`, () =>
    assert.equal(said(mistake), [inIt, elsewhere]));
}

/** The tags and machines that are unknown besides a mistake at this path of an inventory. */
function unknownBeside(inventory: Data, mistake: Path): string {
  const places = ["tags", "machines"].flatMap((list) =>
    Object.keys(valueAt(inventory, ["instances", "i", "roles", "r", list]) ?? []).map((name) =>
      at(["instances", "i", "roles", "r", list, name]),
    ),
  );
  const findings = places.map((place) =>
    place.path[4] === "tags"
      ? unknownTag(place, String(place.path[5]), [])
      : unknownMachine(place, String(place.path[5]), []),
  );
  const documents = reads({ value: inventory, unread: [] });
  return withoutConsequences(findings, [wrong(...mistake)], documents)
    .map(({ place }) => (place as Origin).path.at(-1))
    .join(" ");
}

const role = { tags: { t: null, u: null, v: null }, machines: { t: null } };
const instances = { i: { roles: { r: role } } };

for (const [what, inventory, mistake, unknown] of [
  [
    "a tag that is no list",
    { machines: { a: { tags: "t, u" } } },
    ["machines", "a", "tags"],
    "v t",
  ],
  [
    "a tag that is no text",
    { machines: { a: { tags: [[{ t: 1 }]] } } },
    ["machines", "a", "tags", 0],
    "u v t",
  ],
  ["misspelt tags", { machines: { a: { tagz: ["u"] } } }, ["machines", "a", "tagz"], "t v t"],
  ["misspelt machines", { machine: { t: { tags: ["u"] } } }, ["machine"], "v"],
  ["a machine that is no text", { machines: [{ name: "t" }] }, ["machines", 0], "u v"],
  ["a wrong definition of a tag", { tags: { v: 1 } }, ["tags", "v"], "t u t"],
  [
    "a wrong tag, of which another is computed",
    { machines: { a: { tags: [1] } }, tags: { t: { anyOf: ["x"] } } },
    ["machines", "a", "tags", 0],
    "u v t",
  ],
  [
    "a wrong class, of which a tag is computed",
    { machines: { a: { machineClass: "darwn" } }, tags: { t: { anyOf: ["darwin"] } } },
    ["machines", "a", "machineClass"],
    "u v t",
  ],
  [
    "more names than are worth a look",
    { machines: { a: { tags: [{ x: Array.from({ length: 2000 }, (_, index) => `x${index}`) }] } } },
    ["machines", "a", "tags", 0],
    "t",
  ],
] as readonly (readonly [string, DataMap, Path, string])[]) {
  test(`${what} keeps back only names that are written there`, () =>
    assert.is(unknownBeside({ ...inventory, instances }, mistake), unknown));
}

test("who has a tag does not count in a role that is assigned by name", () => {
  const findings = candidates().filter(({ code }) => code === "member-count");
  for (const [tags, count] of [
    [[], 2],
    [["t"], 1],
  ] as const) {
    const value = { instances: { i: { roles: { r: { tags } } }, j: { roles: { r: {} } } } };
    const documents = reads({ value, unread: [] });
    assert.is(
      withoutConsequences(findings, [wrong("machines", "a", "tags")], documents).length,
      count,
    );
  }
});

test("what gaps depend on is in the schema", () => {
  for (const place of Object.keys(gapsByPlace)) {
    const [, owner, key] = /^(?:(.*)\.)?([^.]+)$/.exec(place)!;
    assert.ok(key === "*" || places[owner ?? ""]!.includes(key!), place);
  }
});

test("consequences of several mistakes add up; without a mistake nothing is suppressed", () => {
  assert.equal(said(wrong("instances", "i", "module"), wrong("tags", "t")), [
    "machine conflict",
    "machine conflict setting type role service",
  ]);
  assert.equal(said(), [everything, everything]);
});

test("a replaced tag is not reported if machines may be missing", () => {
  const replaced = [predefinedTag(at(["tags", "all"]), "all")];
  for (const path of [["machines"], ["tags", "t"]]) {
    assert.equal(withoutConsequences(replaced, [wrong(...path)], new Map()), []);
  }
  assert.equal(withoutConsequences(replaced, [wrong("instances")], new Map()), replaced);
});

test("a mistake in the text alone leaves no gap: what is unread is reported", () => {
  assert.equal(
    withoutConsequences(
      candidates(),
      [{ ...wrong(), place: { source, start: 0, end: 1 } }],
      new Map(),
    ),
    candidates(),
  );
});

test.run();
