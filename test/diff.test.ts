import { test } from "uvu";
import * as assert from "uvu/assert";
import { plan } from "../src/compile.js";
import type { Data, DataMap } from "../src/model/data.js";
import { fingerprint } from "../src/model/fingerprint.js";
import { predefinedTags } from "../src/model/machine-fields.js";
import type { CompileOptions } from "../src/model/options.js";
import { type Difference, diff, isEmptyDifference } from "../src/questions/diff.js";
import type { Plan } from "../src/questions/plan.js";
import { showDifference } from "../src/show/show-difference.js";
import { showDifferenceAsMarkdown } from "../src/show/show-difference-markdown.js";
import { type Fleet, readFleets, sourceOf } from "./fleets.js";

test("a fleet does not differ from itself", () => {
  for (const fleet of [...readFleets("real.json"), ...readFleets("conformance.json")]) {
    const { unchanged, ...difference } = diff(
      planOf(sourceOf(fleet).text, fleet),
      planOf(sourceOf(fleet).text, fleet),
    );
    assert.equal(difference, {
      meta: [],
      added: [],
      removed: [],
      changed: {},
      redeploy: [],
      neighbours: [],
    });
    assert.is(unchanged, Object.keys(fleet.tags).length);
  }
});

test("without one machine, just that machine is removed from real fleets", () => {
  let removals = 0;
  for (const fleet of readFleets("real.json")) {
    const before = planOf(sourceOf(fleet).text, fleet);
    for (const machine of Object.keys(before.machines)) {
      const after = planOf(sourceOf(without(machine, fleet)).text, {
        knownMachines: others(machine, fleet),
      });
      const difference = diff(before, after);
      removals += 1;
      assert.equal(
        [
          difference.removed,
          difference.added,
          Object.keys(difference.changed),
          difference.redeploy,
        ],
        [[machine], [], [], []],
        `${fleet.name}, ${machine}`,
      );
      assert.is(difference.unchanged, Object.keys(before.machines).length - 1);
      const instances = Object.keys(before.machines[machine]!.instances);
      const sharing = Object.keys(after.machines).filter((other) =>
        instances.some((instance) => Object.hasOwn(after.machines[other]!.instances, instance)),
      );
      assert.equal(difference.neighbours, sharing.sort());
    }
  }
  assert.ok(removals > 100);
});

test("a machine that loses its tags loses what it got through them", () => {
  for (const fleet of readFleets("real.json")) {
    const before = planOf(sourceOf(fleet).text, fleet);
    for (const [machine, { declared }] of Object.entries(before.machines)) {
      if (!declared) {
        continue;
      }
      const after = planOf(sourceOf(untagged(machine, fleet)).text, fleet);
      const expected = Object.keys(after.machines).filter(
        (name) => fingerprint(received(before, name)) !== fingerprint(received(after, name)),
      );
      assert.equal(Object.keys(diff(before, after).changed), expected, `${fleet.name}, ${machine}`);
    }
  }
});

test("renaming tags changes nothing in real fleets", () => {
  for (const fleet of readFleets("real.json")) {
    const difference = diff(
      planOf(sourceOf(fleet).text, fleet),
      planOf(sourceOf(retagged(fleet)).text, fleet),
    );
    assert.ok(isEmptyDifference(difference), `${fleet.name}: ${showDifference(difference)}`);
  }
});

test("members by name with the role's settings, instead of tags, change nothing in real fleets", () => {
  let moved = 0;
  for (const fleet of readFleets("real.json")) {
    const before = planOf(sourceOf(fleet).text, fleet);
    const spelt = spelledOut(fleet, () => (moved += 1));
    const difference = diff(before, planOf(sourceOf(spelt).text, fleet));
    assert.ok(isEmptyDifference(difference), `${fleet.name}: ${showDifference(difference)}`);
  }
  assert.ok(moved > 20);
});

const fleet = `
meta: { name: demo }
machines:
  a: { tags: [web], deploy: { targetHost: root@a } }
  b: { tags: [web] }
  c: { tags: [db] }
  d:
instances:
  sshd:
    roles:
      server: { tags: { web: { settings: { port: 22, keys: { me: x } } } }, machines: [c] }
      client: { machines: { d: { settings: { port: 22 } } } }
  borg: { roles: { client: { machines: [d] } } }
`;

test("refactoring changes nothing", () => {
  const before = `
meta: { name: demo }
machines: { a: { tags: [web] }, b: { tags: [web] } }
instances:
  sshd: { roles: { server: { tags: { web: { settings: { port: 22, keys: { me: x }, on: mkfs } } }, settings: { on: mkfs } } } }
`;
  const after = `
meta: { name: demo }
machines: [a, b]
tags: { www: { machines: [b, a] } }
instances:
  sshd: { module: sshd, roles: { server: { tags: [www], machines: { a: { settings: { port: 22 } } }, settings: { keys: { me: x }, port: 22, on: mkfs } } } }
`;
  assert.ok(isEmptyDifference(diff(planOf(before), planOf(after))));
});

test("says what each machine gains, loses and gets differently", () => {
  const changed = fleet
    .replace("root@a", "root@new")
    .replace("  b: { tags: [web] }\n", "  e: { tags: [web] }\n")
    .replace("{ tags: [db] }", "{ tags: [db, web] }")
    .replace("port: 22, keys", "port: 23, keys")
    .replace(
      "borg: { roles: { client: { machines: [d] } } }",
      "borg: { module: other, roles: { server: { machines: [d] } } }",
    );
  const difference = diff(planOf(fleet), planOf(changed));
  assert.equal(
    [
      difference.added,
      difference.removed,
      difference.unchanged,
      difference.redeploy,
      difference.neighbours,
    ],
    [["e"], ["b"], 0, ["a", "c", "d", "e"], []],
  );
  assert.equal(difference.changed, {
    a: {
      fields: [{ path: ["deploy", "targetHost"], before: "root@a", after: "root@new" }],
      tags: { gained: [], lost: [] },
      roles: {
        gained: [],
        lost: [],
        changed: [
          {
            instance: "sshd",
            role: "server",
            settings: [{ path: ["port"], before: 22, after: 23 }],
          },
        ],
      },
    },
    c: {
      fields: [],
      tags: { gained: ["web"], lost: [] },
      roles: {
        gained: [],
        lost: [],
        changed: [
          {
            instance: "sshd",
            role: "server",
            settings: [
              { path: ["keys"], after: { me: "x" } },
              { path: ["port"], after: 23 },
            ],
          },
        ],
      },
    },
    d: {
      fields: [],
      tags: { gained: [], lost: [] },
      roles: {
        gained: [{ instance: "borg", role: "server" }],
        lost: [{ instance: "borg", role: "client" }],
        changed: [],
      },
    },
  });
});

test("another module, other extra modules and another class are differences", () => {
  const difference = (before: string, after: string) =>
    diff(planOf(`machines: { a: ${before} }`), planOf(`machines: { a: ${after} }`));
  assert.equal(difference("{}", "{ machineClass: darwin }").changed["a"]!.fields, [
    { path: ["machineClass"], before: "nixos", after: "darwin" },
  ]);
  const inRole = (role: string, module = "") =>
    planOf(
      `machines: [a]\ninstances: { i: { ${module} roles: { r: { machines: [a], ${role} } } } }`,
    );
  const changed = (before: Plan, after: Plan) =>
    diff(before, after).changed["a"]!.roles.changed[0]!;
  assert.equal(changed(inRole(""), inRole("", "module: x, ")).module, {
    before: { name: "i", input: "clan-core" },
    after: { name: "x", input: "clan-core" },
  });
  assert.equal(changed(inRole(""), inRole("extraModules: [./a.nix]")).extraModules, {
    before: [],
    after: [{ $path: "./a.nix" }],
  });
});

test("priorities and orders that Nix uses are differences, repeated strings are not", () => {
  const withSetting = (setting: string, role = "") =>
    planOf(
      `machines: [a]\ninstances: { i: { roles: { r: { machines: { a: { settings: { ${setting} } } }, settings: { ${role} } } } } }`,
    );
  const { changed } = diff(withSetting("x: 1"), withSetting("x: !mkForce 1"));
  assert.equal(changed["a"]!.roles.changed[0]!.settings, [
    { path: ["x"], before: 1, after: { $mkForce: 1 } },
  ]);
  assert.ok(isEmptyDifference(diff(withSetting("x: s"), withSetting("x: s", "x: s"))));
  assert.not.ok(isEmptyDifference(diff(withSetting("x: 1"), withSetting("x: 1.0"))));
});

test("the name of the clan reaches every machine, its description none", () => {
  const after = (meta: string) =>
    diff(planOf(fleet), planOf(fleet.replace("meta: { name: demo }", `meta: ${meta}`)));
  assert.equal(after("{ name: other }").redeploy, ["a", "b", "c", "d"]);
  assert.equal(after("{ name: demo, description: x }").redeploy, []);
  assert.not.ok(isEmptyDifference(after("{ name: demo, description: x }")));
});

test("shows differences, grouping machines that change alike", () => {
  const after = fleet
    .replace(
      "port: 22, keys: { me: x }",
      `port: !mkForce 23, keys: { you: "${"long ".repeat(20)}" }`,
    )
    .replace("  d:\n", "  d:\n  e:\n");
  assert.is(
    showDifference(diff(planOf(fleet), planOf(after))),
    `1 machine added, 0 removed, 2 changed, 2 unchanged

+ e

~ a, b
  ~ sshd.server
    keys.me: x -> (unset)
    keys.you:
      - (unset)
      + "${"long ".repeat(20)}"
    port: 22 -> !mkForce 23

to deploy: a, b, e

may also be affected (share an instance): 2 machines
`,
  );
  assert.is(
    showDifference(diff(planOf(fleet), planOf(fleet))),
    "0 machines added, 0 removed, 0 changed, 4 unchanged\n",
  );
});

test("only a terminal has lines cut", () => {
  const after = planOf(fleet.replace("port: 22, keys", `port: "${"1".repeat(100)}", keys`));
  const difference = diff(planOf(fleet), after);
  const widths = (columns?: number) =>
    showDifference(difference, { columns })
      .split("\n")
      .map(({ length }) => length);
  assert.is(Math.max(...widths(60)), 60);
  assert.ok(Math.max(...widths()) > 100);
});

test("Markdown for a comment holds what changes in a block, which no name ends", () => {
  const after = fleet
    .replace("port: 22, keys: { me: x }", "port: !mkForce 23, keys: { me: '```' }")
    .replace("a: { tags: [web], deploy: { targetHost: root@a } }", "a: { tags: [web, db] }")
    .replace("machines: [d]", "machines: [c]")
    .replace("  d:\n", "  d:\n  e:\n");
  assert.is(
    showDifferenceAsMarkdown(diff(planOf(fleet), planOf(after))),
    `**1 machine added, 0 removed, 4 changed, 0 unchanged**

\`\`\`\`diff
+ e
@@ a @@
- deploy: {targetHost: root@a}
  sshd.server
-   keys.me: x
+   keys.me: "\`\`\`"
-   port: 22
+   port: !mkForce 23
+ tag db
@@ b @@
  sshd.server
-   keys.me: x
+   keys.me: "\`\`\`"
-   port: 22
+   port: !mkForce 23
@@ c @@
+ borg.client
@@ d @@
- borg.client
\`\`\`\`

To deploy: \`a\`, \`b\`, \`c\`, \`d\`, \`e\`
`,
  );
  assert.is(
    showDifferenceAsMarkdown(diff(planOf(fleet), planOf(fleet))),
    "**0 machines added, 0 removed, 0 changed, 4 unchanged**\n",
  );
});

test("Markdown fits into a comment, and counts what does not", () => {
  const names = Array.from({ length: 9000 }, (_, index) => `machine-${index}`);
  const shown = showDifferenceAsMarkdown(
    diff(planOf("{}"), planOf(JSON.stringify({ machines: names }))),
  );
  assert.ok(shown.length < 65_536);
  assert.match(shown, /\n… and \d+ more, which do not fit into a comment\n/);
  assert.match(shown, /\nTo deploy: `machine-0`, .* and 8950 more\n$/);
});

test("ten thousand machines are compared at once", () => {
  const names = Array.from({ length: 10_000 }, (_, index) => `m${index}`);
  const text = (port: number) =>
    JSON.stringify({
      machines: names,
      instances: { i: { roles: { r: { tags: ["all"], settings: { port } } } } },
    });
  const difference: Difference = diff(planOf(text(1)), planOf(text(2)));
  assert.is(difference.redeploy.length, 10_000);
});

test.run();

function planOf(text: string, { knownMachines }: CompileOptions = {}): Plan {
  return plan({ name: "inventory.yaml", text }, { knownMachines, services: null }).plan!;
}

/** What a machine gets, without how. */
function received({ machines }: Plan, name: string): Data {
  const { class: machineClass, fields, instances } = machines[name]!;
  const roles = Object.entries(instances).map(([instance, { module, roles }]) => [
    instance,
    { ...module },
    Object.entries(roles).map(([role, { settings, forNix, extraModules }]) => [
      role,
      forNix ?? settings,
      extraModules ?? [],
    ]),
  ]);
  return [machineClass, fields, roles];
}

/** The fleet with neither the machine nor any mention of it. */
function without(machine: string, { name, inventory }: Fleet): Pick<Fleet, "name" | "inventory"> {
  const drop = (data: Data): Data => {
    if (Array.isArray(data)) {
      return data.filter((item) => item !== machine);
    }
    return typeof data === "object" && data !== null
      ? Object.fromEntries(Object.entries(data).filter(([key]) => key !== machine))
      : data;
  };
  const { machines = {}, tags = {}, instances = {} } = inventory as { [part: string]: Data };
  return {
    name,
    inventory: {
      ...(inventory as DataMap),
      machines: drop(machines),
      tags: mapValues(tags, (tag) =>
        Array.isArray(tag) ? drop(tag) : inside(inside(tag, "machines", drop), "except", drop),
      ),
      instances: mapValues(instances, (instance) =>
        inside(instance, "roles", (roles) =>
          mapValues(roles, (role) => inside(role, "machines", drop)),
        ),
      ),
    },
  };
}

/** The fleet with other names for its tags, in the same order. */
function retagged({ name, inventory }: Fleet): Pick<Fleet, "name" | "inventory"> {
  const rename = (tag: string) => (predefinedTags.includes(tag) ? tag : `x-${tag}`);
  const renameAll = (tags: Data): Data =>
    Array.isArray(tags)
      ? tags.map((tag) => rename(tag as string))
      : tags && Object.fromEntries(Object.entries(tags).map(([tag, use]) => [rename(tag), use]));
  const entries = (selector: Data): Data =>
    Array.isArray(selector)
      ? selector
      : ["anyOf", "allOf", "noneOf"].reduce((data, key) => inside(data, key, renameAll), selector);
  const parts: { [part: string]: (data: Data) => Data } = {
    machines: (machines) =>
      Array.isArray(machines)
        ? machines
        : mapValues(machines, (machine) => inside(machine, "tags", renameAll)),
    tags: (tags) => mapValues(renameAll(tags), entries),
    instances: (instances) =>
      mapValues(instances, (instance) =>
        inside(instance, "roles", (roles) =>
          mapValues(roles, (role) => inside(role, "tags", renameAll)),
        ),
      ),
  };
  return {
    name,
    inventory: Object.entries(parts).reduce(
      (data, [part, change]) => inside(data, part, change),
      inventory,
    ),
  };
}

/**
 * The fleet in which roles that have settings of their own only give them to each member by name.
 */
function spelledOut(
  { name, inventory, settings }: Fleet,
  onMove: () => void,
): Pick<Fleet, "name" | "inventory"> {
  const changeRole = (role: DataMap, members: Data): Data => {
    const { machines, tags, settings: own = {}, ...rest } = role;
    const hasOthers = [machines, tags].some((part) =>
      JSON.stringify(part ?? null).includes("settings"),
    );
    if (hasOthers) {
      return role;
    }
    onMove();
    return { ...rest, machines: mapValues(members, () => ({ settings: own })) };
  };
  const changeInstance = (instance: string, data: Data): Data =>
    inside(data, "roles", (roles) =>
      Object.fromEntries(
        Object.entries(roles as DataMap).map(([role, each]) => [
          role,
          changeRole(each as DataMap, at(at(settings, instance), role)),
        ]),
      ),
    );
  return {
    name,
    inventory: inside(inventory, "instances", (instances) =>
      Object.fromEntries(
        Object.entries(instances as DataMap).map(([instance, data]) => [
          instance,
          changeInstance(instance, data),
        ]),
      ),
    ),
  };
}

/** The fleet with a machine that has no tags of its own. */
function untagged(machine: string, { name, inventory }: Fleet): Pick<Fleet, "name" | "inventory"> {
  return {
    name,
    inventory: inside(inventory, "machines", (machines) =>
      inside(machines, machine, (data) =>
        data === null ? null : { ...(data as DataMap), tags: [] },
      ),
    ),
  };
}

function others(machine: string, { knownMachines }: Fleet): Fleet["knownMachines"] {
  return Object.fromEntries(Object.entries(knownMachines).filter(([name]) => name !== machine));
}

function at(data: Data, key: string): Data {
  return Object.hasOwn((data ?? {}) as DataMap, key) ? (data as DataMap)[key]! : {};
}

function inside(data: Data, key: string, change: (data: Data) => Data): Data {
  const map = data as DataMap;
  return map !== null && Object.hasOwn(map, key) ? { ...map, [key]: change(map[key]!) } : map;
}

function mapValues(data: Data, change: (data: Data) => Data): Data {
  return Object.fromEntries(
    Object.entries(data as DataMap).map(([key, value]) => [key, change(value)]),
  );
}
