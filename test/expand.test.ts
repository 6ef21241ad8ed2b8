import { test } from "uvu";
import * as assert from "uvu/assert";
import { check } from "../src/compile.js";
import { expanded, placeOf } from "./passes.js";

const fleet = `
machines:
  a: {tags: [web, eu]}
  b: {tags: [web, us]}
  c: {tags: [db, eu]}
  d: {machineClass: darwin}
`;

const selectors: { readonly [selector: string]: string } = {
  "{anyOf: [web]}": "a b",
  "{anyOf: [web, db]}": "a b c",
  "{anyOf: []}": "",
  "{allOf: [eu]}": "a c",
  "{allOf: [web, eu]}": "a",
  "{allOf: []}": "a b c d",
  "{noneOf: [web]}": "c d",
  "{noneOf: []}": "a b c d",
  "{machines: [d]}": "d",
  "{machines: [d], allOf: [eu]}": "a c d",
  "{machines: [a], noneOf: [eu]}": "a b d",
  "{machines: [a], anyOf: [db]}": "a c",
  "{except: [a]}": "b c d",
  "{machines: [d], except: [d]}": "",
  "{anyOf: [all], noneOf: [darwin]}": "a b c",
  "{anyOf: [us], noneOf: [eu]}": "b",
  "{anyOf: [us], noneOf: [web]}": "",
  "{anyOf: ['*']}": "a b c",
  "{anyOf: ['?eb', 'd?']}": "a b c",
  "{anyOf: ['e*', us], allOf: [web], noneOf: [db], machines: [d], except: [b]}": "a d",
};

for (const [selector, machines] of Object.entries(selectors)) {
  test(`a selector: ${selector}`, () => {
    const { result, findings } = expanded(`${fleet}\ntags: {chosen: ${selector}}`);
    assert.is(findings, "");
    assert.is(result.tags.get("chosen")!.join(" "), machines);
  });
}

test("computed tags see tags on machines, static tags and each other, in any order", () => {
  const { result } = expanded(
    `${fleet}\ntags: {z: {anyOf: [y]}, y: {anyOf: [x, web]}, x: [d], all-but: {noneOf: [z]}}`,
  );
  assert.equal(Object.fromEntries(result.tags), {
    x: ["d"],
    y: ["a", "b", "d"],
    z: ["a", "b", "d"],
    "all-but": ["c"],
  });
});

test("a computed tag waits for all that it needs, once, and several may wait for one", () => {
  const { result, findings } = expanded(
    "machines: {a: {tags: [t]}, b: }\ntags: {x: {anyOf: [y, z], except: [nobody]}, w: {anyOf: [y]}, y: {anyOf: [t]}, z: {anyOf: [v]}, v: {machines: [b]}}",
  );
  assert.equal(Object.fromEntries(result.tags), {
    y: ["a"],
    v: ["b"],
    w: ["a"],
    z: ["b"],
    x: ["a", "b"],
  });
  assert.is(findings, "error unknown-machine: no machine is named 'nobody'\n");
});

test("a pattern matches neither predefined tags nor the tag itself", () => {
  const { result } = expanded(`${fleet}\ntags: {nix-ish: {anyOf: ['nix*']}, nixie: [c]}`);
  assert.equal(result.tags.get("nix-ish"), ["c"]);
});

test("a ? is one character, also beyond the basic plane; a * may try again anywhere", () => {
  const { result } = expanded(
    "machines: {a: {tags: ['😀']}, b: {tags: ['x😀y']}, c: {tags: ['xay']}, d: {tags: [axay]}}\ntags: {one: {anyOf: ['?']}, three: {anyOf: ['x?y']}, later: {anyOf: ['*ay']}}",
  );
  assert.equal(Object.fromEntries(result.tags), {
    one: ["a"],
    three: ["b", "c"],
    later: ["c", "d"],
  });
});

test("patterns are compared with a bounded number of tags", () => {
  const text = `${fleet}\ntags: {x: {anyOf: ['w*']}, y: {anyOf: ['e*', 'q*']}}`;
  assert.is(expanded(text, {}, 27).findings, "warning unknown-tag: no machine has the tag 'q*'\n");
  assert.is(
    expanded(text, {}, 26).findings,
    "error limit-exceeded: the patterns of computed tags would be compared with more than 26 tags\n",
  );
});

test("long patterns and tags count for more", () => {
  const text = (pattern: string, tag: string) => `tags: {${tag}: [], x: {anyOf: ['${pattern}']}}`;
  // Besides the tag there are x and the three predefined ones.
  for (const [pattern, tag, cost] of [
    ["a*", "a", 5],
    ["aaaaaaa*", "aaaaaaaa", 5],
    ["aaaaaaaa*", "aaaaaaaaa", 12],
  ] as const) {
    assert.not.match(expanded(text(pattern, tag), {}, cost).findings, "limit-exceeded");
    assert.match(expanded(text(pattern, tag), {}, cost - 1).findings, "limit-exceeded");
  }
});

test("tags expand to a bounded number of machines; beyond that the search stops", () => {
  // The selector starts with four and drops two of these, which leaves two for its role beside all
  // four.
  const text = `${fleet}\ntags: {x: {noneOf: [web]}}\ninstances: {i: {roles: {r: {tags: [x, all]}, q: {machines: [nobody], tags: [nowhere]}}}}`;
  assert.is(
    expanded(text, {}, 12).findings,
    "error unknown-machine: no machine is named 'nobody'\nwarning unknown-tag: no machine has the tag 'nowhere'\n",
  );
  for (const most of [11, 5, 3]) {
    const { result, findings } = expanded(text, {}, most);
    assert.is(
      findings,
      `error limit-exceeded: tags expand to more than ${most} machines, counted again for each role and selector\n`,
    );
    assert.is(result.inventory.instances.size, 0);
  }
});

test("a wanted tag of a selector counts as the machines that are left", () => {
  const text = `${fleet}\ntags: {x: {anyOf: [web], allOf: [all, eu, all]}}`;
  assert.is(expanded(text, {}, 2 + 2 + 2 + 1).findings, "");
  assert.match(expanded(text, {}, 2 + 2 + 2).findings, "limit-exceeded");
});

test("machines with names longer than host names count for more", () => {
  const text = (length: number) =>
    `machines: [${"a".repeat(length)}]\ninstances: {i: {roles: {r: {tags: [all]}}}}`;
  assert.is(expanded(text(64), {}, 1).findings, "");
  assert.match(expanded(text(65), {}, 1).findings, "limit-exceeded");
});

test("a machine has its own tags, its class, all, and the tags that list it", () => {
  const { result } = expanded(`${fleet}\ntags: {t: [a, d]}`, { k: "darwin" });
  assert.equal([...result.machineTags.get("a")!].sort(), ["all", "eu", "nixos", "t", "web"]);
  assert.equal([...result.machineTags.get("d")!].sort(), ["all", "darwin", "t"]);
  assert.equal([...result.machineTags.get("k")!].sort(), ["all", "darwin"]);
});

test("known machines count for tags and members; a declared one keeps its own class", () => {
  const { result, findings } = expanded(
    `${fleet}\ninstances: {i: {roles: {r: {tags: [darwin], machines: [k]}}}}`,
    { k: "nixos", d: "nixos", e: "darwin" },
  );
  assert.is(findings, "");
  assert.equal(
    [...result.machineClasses],
    [
      ["a", "nixos"],
      ["b", "nixos"],
      ["c", "nixos"],
      ["d", "darwin"],
      ["e", "darwin"],
      ["k", "nixos"],
    ],
  );
  assert.is(membersOf(result), "d e k");
});

test("members are sorted as Nix sorts names, each once", () => {
  const { result } = expanded(
    "machines: {b: {tags: [t]}, a-b: {tags: [t]}, ab: , a: , B: }\ninstances: {i: {roles: {r: {machines: [b, ab], tags: [t, t, all]}}}}",
  );
  assert.is(membersOf(result), "B a a-b ab b");
});

test("layers: tags that the machine carries in descending order, then the machine's, then the role's", () => {
  const { result } = expanded(`
machines: {m: {tags: [x, y, z]}, n: {tags: [x]}, o: }
instances: {i: {roles: {r: {
  machines: {m: {settings: {s: 1}}, n: , o: },
  tags: {x: {settings: {s: 1}}, y: {settings: {s: 1}}, z: , w: {settings: {s: 1}}},
  settings: {s: 1}}}}}`);
  const layers = [...result.members.get("i")!.get("r")!].map(
    ([machine, layers]) =>
      `${machine}: ${layers.map(({ kind, name }) => `${kind} ${name}`.trim()).join(", ")}`,
  );
  assert.equal(layers, ["m: tag y, tag x, machine m, role", "n: tag x, role", "o: role"]);
});

test("a member by name gets the settings of tags that it carries, too", () => {
  const { result } = expanded(
    "machines: {m: {tags: [t]}}\ninstances: {i: {roles: {r: {machines: [m], tags: {t: {settings: {s: 1}}}}}}}",
  );
  assert.equal(
    result.members
      .get("i")!
      .get("r")!
      .get("m")!
      .map(({ name }) => name),
    ["t"],
  );
});

test("members with the same layers share one array", () => {
  const { result } = expanded(
    "machines: {a: {tags: [t]}, b: {tags: [t]}}\ninstances: {i: {roles: {r: {tags: {t: {settings: {s: 1}}}}}}}",
  );
  const members = result.members.get("i")!.get("r")!;
  assert.is(members.get("a"), members.get("b"));
});

test("members that carry different tags have different layers", () => {
  const { result } = expanded(
    "machines: {a: {tags: [t]}, b: {tags: [u]}}\ninstances: {i: {roles: {r: {tags: {t: {settings: {s: 1}}, u: {settings: {s: 2}}}}}}}",
  );
  assert.equal(
    [...result.members.get("i")!.get("r")!.values()].map((layers) =>
      layers.map(({ name }) => name),
    ),
    [["t"], ["u"]],
  );
});

test("a tag that some machine has is known", () => {
  assert.is(expanded(`${fleet}\ninstances: {i: {roles: {r: {tags: [web, all]}}}}`).findings, "");
});

test("unknown names are reported at their places, machines as errors and tags as warnings", () => {
  const { findings } = expanded(`${fleet}
tags: {s: [nobody], c: {machines: [nobady], except: [nobudy], anyOf: [nowhere, 'q*']}, empty: []}
instances: {i: {roles: {r: {machines: [aa, web], tags: [wbe, empty, darwin]}}}}`);
  assert.is(
    findings,
    `error unknown-machine: no machine is named 'nobody'
error unknown-machine: no machine is named 'nobady'
error unknown-machine: no machine is named 'nobudy'
warning unknown-tag: no machine has the tag 'nowhere'
warning unknown-tag: no machine has the tag 'q*'
error unknown-machine: no machine is named 'aa'
error unknown-machine: no machine is named 'web'
warning unknown-tag: no machine has the tag 'wbe'; did you mean 'web'?
warning unknown-tag: no machine has the tag 'empty'
`,
  );
});

test("unknown machines are reported of every selector once, whether or not it can be computed", () => {
  const text =
    "machines: {m: }\ntags: {a: {anyOf: [b], machines: [x]}, b: {noneOf: [a], except: [y]}, behind: {anyOf: [a], machines: [z]}, p: {anyOf: ['q*'], machines: [w]}}";
  const unknown = (most: number) =>
    expanded(text, {}, most)
      .findings.match(/(?<=no machine is named )'.'/g)!
      .join(" ");
  assert.is(unknown(1e6), "'x' 'y' 'z' 'w'");
  assert.is(unknown(0), "'x' 'y' 'z' 'w'");
});

for (const [what, tags, help] of [
  ["under a role's machines", "x: ", "list it under 'tags' to assign all its machines"],
  [
    "in a tag's list",
    "x: [servers]",
    "a list holds only machines; for all machines with this tag write { anyOf: [servers] }",
  ],
  [
    "under a selector's machines",
    "x: {machines: [servers]}",
    "a selector lists tags under 'anyOf', 'allOf' or 'noneOf'",
  ],
  [
    "under a selector's except",
    "x: {except: [servers]}",
    "a selector lists tags under 'anyOf', 'allOf' or 'noneOf'",
  ],
] as const) {
  test(`a tag, ${what}, that only machines have is known as one`, () => {
    const roles = tags === "x: " ? "{r: {machines: [servers]}}" : "{}";
    const { diagnostics } = check(
      {
        name: "i.yaml",
        text: `machines: {m: {tags: [servers]}}\ntags: {${tags}}\ninstances: {i: {roles: ${roles}}}`,
      },
      { services: null },
    );
    assert.equal(
      diagnostics.map(({ message, help }) => `${message} ${help}`),
      [`no machine is named 'servers' 'servers' is a tag: ${help}`],
    );
  });
}

test("a tag is not suggested for its own selector", () => {
  const { diagnostics } = check({ name: "i.yaml", text: "tags: {x: [x], y: {machines: [y]}}" });
  assert.equal(
    diagnostics.map(({ message, help }) => `${message} ${help}`),
    ["no machine is named 'x' undefined", "no machine is named 'y' undefined"],
  );
});

test("a tag that is empty because of a mistake is not reported again where it is used", () => {
  const { findings } = expanded(
    "machines: {m: }\ntags: {a: {anyOf: [a]}, s: [nobody], e: []}\ninstances: {i: {roles: {r: {tags: [a, s, e]}}}}",
  );
  assert.equal(
    findings
      .trim()
      .split("\n")
      .map((finding) => finding.split(":")[0]),
    ["error unknown-machine", "error tag-cycle", "warning unknown-tag"],
  );
});

test("a cycle is shown from its first tag, each knot once", () => {
  const { result, findings } = expanded(
    "machines: {m: }\ntags: {behind: {anyOf: [a]}, a: {anyOf: [b]}, b: {noneOf: [c]}, c: {allOf: [a]}, self: {anyOf: [self]}, fine: {machines: [m]}}",
  );
  assert.is(
    findings,
    `error tag-cycle: computed tags form a cycle: 'a' needs 'b' needs 'c' needs 'a'
error tag-cycle: computed tags form a cycle: 'self' needs 'self'
`,
  );
  assert.equal(result.tags.get("fine"), ["m"]);
});

const replaced: { readonly [tags: string]: string } = {
  "all: [a, b]": "",
  "all: [a]": "all",
  "nixos: [a]": "",
  "darwin: [b]": "",
  "nixos: [a, b]": "nixos",
  "darwin: {machines: [b]}": "",
  "all: {noneOf: [darwin]}": "all",
};

for (const [tags, tag] of Object.entries(replaced)) {
  test(`a predefined tag is defined: ${tags}`, () => {
    const { findings } = expanded(`machines: {a: , b: {machineClass: darwin}}\ntags: {${tags}}`);
    assert.is(
      findings,
      tag === "" ? "" : `warning predefined-tag: this replaces the predefined tag '${tag}'\n`,
    );
  });
}

test("a replaced tag is what its definition says", () => {
  const { result } = expanded(
    "machines: {a: , b: }\ntags: {all: [a]}\ninstances: {i: {roles: {r: {tags: [all]}}}}",
  );
  assert.is(membersOf(result), "a");
  assert.not(result.machineTags.get("b")!.has("all"));
});

test("fifty thousand chained computed tags need no deep stack", () => {
  const tags = Array.from({ length: 50_000 }, (_, index) => [
    `t${index}`,
    { anyOf: [`t${index + 1}`] },
  ]);
  const { result } = expanded(
    JSON.stringify({ machines: { m: { tags: ["t50000"] } }, tags: Object.fromEntries(tags) }),
  );
  assert.equal(result.tags.get("t0"), ["m"]);
});

test("findings point at the name of the assigned machine or tag", () => {
  const { result } = expanded(
    "machines: {a: }\ninstances: {i: {roles: {r: {machines: {a: {settings: {x: 1}}}}}}}",
  );
  assert.is(
    placeOf(result.inventory.instances.get("i")!.roles.get("r")!.machines.get("a")!.origin),
    "0: instances.i.roles.r.machines.a#",
  );
});

function membersOf(result: ReturnType<typeof expanded>["result"]): string {
  return [...result.members.get("i")!.get("r")!.keys()].join(" ");
}

for (const [tags, roleTag, help] of [
  ["", "web-1", "'web-1' is a machine: list it under 'machines'"],
  [
    "tags: { x: { anyOf: [web-1] } }\n",
    "all",
    "'web-1' is a machine: a selector lists machines under 'machines' or 'except'",
  ],
] as const) {
  test(`a machine among tags is named: ${help}`, () => {
    const text = `machines: { web-1: { tags: [web-11] } }\n${tags}instances: { sshd: { roles: { server: { tags: [${roleTag}] } } } }\n`;
    const { diagnostics } = check({ name: "inventory.yaml", text });
    assert.equal(
      diagnostics.map(({ code, message, help }) => [code, message, help]),
      [["unknown-tag", "no machine has the tag 'web-1'", help]],
    );
  });
}

test.run();
