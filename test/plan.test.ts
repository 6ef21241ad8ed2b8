import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { plan } from "../src/compile.js";
import type { Data, DataMap } from "../src/model/data.js";
import { fingerprint } from "../src/model/fingerprint.js";
import { sortedNames } from "../src/model/name-order.js";
import type { CompileOptions } from "../src/model/options.js";
import { Float, setEntry } from "../src/model/value.js";
import { filterPlan, type PlanFilter } from "../src/questions/filter-plan.js";
import type { Plan } from "../src/questions/plan.js";
import { showJson } from "../src/show/show-json.js";
import { showPlan } from "../src/show/show-plan.js";
import { showPlanSummary } from "../src/show/show-plan-summary.js";
import { width } from "../src/show/terminal.js";
import { writeJson } from "../src/text/json-writer.js";
import { masked, readFleets, sourceOf } from "./fleets.js";

for (const file of ["real.json", "conformance.json"]) {
  test(`plans for ${file} hold the tags and settings that Clan computed`, () => {
    const fleets = readFleets(file);
    assert.ok(fleets.length >= 12);
    for (const fleet of fleets) {
      const made = plan(sourceOf(fleet), { knownMachines: fleet.knownMachines, services: null })
        .plan!;
      const tags = Object.entries(made.machines).map(
        ([machine, { tags }]) => `${machine}: ${tags.join(" ")}`,
      );
      const expected = Object.entries(fleet.tags).map(
        ([machine, names]) => `${machine}: ${sortedNames(names).join(" ")}`,
      );
      assert.is(tags.sort().join("\n"), expected.sort().join("\n"), fleet.name);
      assert.is(
        fingerprint(settingsOf(made)),
        fingerprint(withMembers(fleet.settings)),
        fleet.name,
      );
    }
  });
}

const fleet = `
meta: { name: demo }
machines:
  laptop:
    tags: [desk]
    deploy: { targetHost: root@laptop }
  mac: { machineClass: darwin }
  web: { tags: [server] }
  web-2: { tags: [server] }
instances:
  sshd:
    module: { name: ssh, input: self }
    roles:
      server:
        tags: { all: , server: { settings: { port: 23, log: web, net: !mkForce { a: 1 }, list: [tag] } } }
        machines: { laptop: { settings: { port: !mkForce 22, key: !path ./k.pub, list: !mkBefore [own] } } }
        settings: { port: 23, log: web, net: { b: !mkDefault 1.0 }, list: [role] }
        extraModules: [./m.nix]
`;

test("a machine has its class, fields, tags and whether it is declared", () => {
  const { laptop, mac, extern } = planOf(fleet, { extern: "darwin" }).machines;
  assert.equal(
    { ...laptop, instances: {} },
    {
      class: "nixos",
      declared: true,
      fields: { deploy: { targetHost: "root@laptop" } },
      tags: ["all", "desk", "nixos"],
      instances: {},
    },
  );
  assert.equal([mac!.class, mac!.tags, mac!.declared], ["darwin", ["all", "darwin"], true]);
  assert.equal(
    [extern!.class, extern!.tags, extern!.declared],
    ["darwin", ["all", "darwin"], false],
  );
});

test("settings are those of a free-form option, next to what Nix uses", () => {
  const { module, roles } = planOf(fleet).machines["laptop"]!.instances["sshd"]!;
  assert.equal(module, { name: "ssh", input: "self" });
  assert.is(
    writeJson(roles as unknown as Data),
    writeJson({
      server: {
        settings: {
          key: { $path: "./k.pub" },
          list: ["own", "role"],
          log: "web",
          net: { b: new Float(1) },
          port: 22,
        },
        forNix: {
          key: { $path: "./k.pub" },
          list: { _type: "merge", contents: [{ $mkBefore: ["own"] }, ["role"]] },
          log: "web",
          net: { b: { $mkDefault: new Float(1) } },
          port: { $mkForce: 22 },
        },
        through: { name: true, tags: ["all"] },
        extraModules: [{ $path: "./m.nix" }],
      },
    }),
  );
});

test("marks settings that depend on the type of an option", () => {
  const { settings, undecided } =
    planOf(fleet).machines["web"]!.instances["sshd"]!.roles["server"]!;
  assert.equal([settings["net"], settings["log"]], [{ a: 1 }, "web"]);
  assert.equal(undecided, [["log"], ["net"]]);
});

test("ordered strings become lines", () => {
  const text =
    "machines: [a]\ninstances: { i: { roles: { r: { machines: { a: { settings: { s: second } } }, settings: { s: !mkBefore first } } } } }\n";
  const { settings, undecided } = planOf(text).machines["a"]!.instances["i"]!.roles["r"]!;
  assert.equal([settings, undecided], [{ s: "first\nsecond" }, [["s"]]]);
});

test("elements of lists lose their properties too", () => {
  const list =
    "[{ _type: if, condition: false, content: 1 }, !mkForce 2, { _type: merge, contents: [{ a: !mkDefault 3 }, { b: 4 }] }]";
  const { settings } = planOf(
    `machines: [a]\ninstances: { i: { roles: { r: { machines: [a], settings: { list: ${list} } } } } }\n`,
  ).machines["a"]!.instances["i"]!.roles["r"]!;
  assert.equal(settings, { list: [2, { a: 3, b: 4 }] });
});

test("machines that get the same share one object", () => {
  const { web, "web-2": web2 } = planOf(fleet).machines;
  assert.is(web!.instances["sshd"], web2!.instances["sshd"]);
});

test("one machine may have very many roles, and very many machines one role by tags of their own", () => {
  const names = Array.from({ length: 20_000 }, (_, index) => `n${index}`);
  const roles = Object.fromEntries(names.map((role) => [role, { machines: ["m"] }]));
  const machines = Object.fromEntries(names.map((name) => [name, { tags: [`t-${name}`] }]));
  const instances = {
    many: { roles },
    tags: { roles: { r: { tags: names.map((name) => `t-${name}`) } } },
  };
  const planned = planOf(JSON.stringify({ machines: { m: {}, ...machines }, instances })).machines;
  assert.is(Object.keys(planned["m"]!.instances["many"]!.roles).length, 20_000);
  assert.equal(planned["n7"]!.instances["tags"]!.roles["r"]!.through, {
    name: false,
    tags: ["t-n7"],
  });
});

test("any name is allowed", () => {
  const { machines } = planOf(
    '{"machines": ["__proto__"], "instances": {"__proto__": {"roles": {"constructor": {"tags": ["all"], "settings": {"__proto__": 1}}}}}}',
  );
  assert.equal(Object.keys(machines), ["__proto__"]);
  const role = machines["__proto__"]!.instances["__proto__"]!.roles["constructor"]!;
  assert.is(JSON.stringify(role.settings), '{"__proto__":1}');
});

test("JSON.stringify writes a float as a number, and showJson as the float that it is", () => {
  const planned = planOf(
    "machines: [a]\ninstances: { i: { roles: { r: { machines: [a], settings: { x: [1.0, 1e300, 0.5, -0.0] } } } } }\n",
  );
  const { settings } = planned.machines["a"]!.instances["i"]!.roles["r"]!;
  assert.is(JSON.stringify(settings), '{"x":[1,1e+300,0.5,0]}');
  assert.match(showJson(planned), /"x": \[\s*1\.0,\s*1e\+300,\s*0\.5,\s*-0\.0\s*\]/);
});

test("an error suppresses the plan", () => {
  const { plan: made, diagnostics } = plan(
    { name: "inventory.yaml", text: "instances: { i: { roles: { r: { machines: [gone] } } } }" },
    { services: null },
  );
  assert.is(made, undefined);
  assert.equal(
    diagnostics.map(({ code }) => code),
    ["unknown-machine"],
  );
});

test("plans have the shape that their schema describes", () => {
  const ajv = new Ajv({ strict: true, allowUnionTypes: true });
  const isPlan = ajv.compile(
    JSON.parse(readFileSync(new URL("../schema/plan.schema.json", import.meta.url), "utf8")),
  );
  const plans = ["real.json", "conformance.json"].flatMap((file) =>
    readFleets(file).map(
      (each) => plan(sourceOf(each), { knownMachines: each.knownMachines, services: null }).plan!,
    ),
  );
  for (const made of [planOf(fleet), ...plans]) {
    assert.ok(isPlan(JSON.parse(showJson(made))), ajv.errorsText(isPlan.errors));
  }
  assert.not.ok(isPlan({ meta: {}, machines: { a: { class: "nixos" } } }));
});

test("filters keep the machines, instances and tags that they name", () => {
  const made = planOf(`${fleet}  other: { roles: { only: { machines: [mac] } } }\n`);
  const names = (filter: PlanFilter) => Object.keys(filterPlan(made, filter).plan.machines);
  assert.equal(names({}), ["laptop", "mac", "web", "web-2"]);
  assert.equal(names({ machines: ["web*"] }), ["web", "web-2"]);
  assert.equal(names({ machines: ["web-?", "mac"] }), ["mac", "web-2"]);
  assert.equal(names({ tags: ["des?"] }), ["laptop"]);
  assert.equal(names({ instances: ["other"] }), ["mac"]);
  assert.equal(
    Object.keys(filterPlan(made, { instances: ["other"] }).plan.machines["mac"]!.instances),
    ["other"],
  );
  assert.equal(names({ tags: ["server"], instances: ["other"] }), []);
});

test("a filter that matches nothing is a mistake", () => {
  const { mistakes } = filterPlan(planOf(fleet), {
    machines: ["lapto"],
    instances: ["ssh?"],
    tags: ["x*"],
  });
  assert.equal(mistakes, [
    "no machine is named 'lapto'; did you mean 'laptop'?",
    "no tag is named 'x*'",
  ]);
});

test("shows a plan in 80 columns", () => {
  const text = `${fleet}  long-instance-name:
    roles: { default: { tags: [desk], settings: { motd: "${"welcome ".repeat(20)}" } } }
tags: { ${Array.from({ length: 12 }, (_, index) => `some-tag-${index}: [laptop]`).join(", ")} }
`;
  assert.is(
    showPlan(filterPlan(planOf(text), { machines: ["laptop", "mac"] }).plan, { columns: 80 }),
    `laptop (nixos)
  tags: desk, some-tag-0, some-tag-1, some-tag-10, some-tag-11, some-tag-2,
        some-tag-3, some-tag-4, some-tag-5, some-tag-6, some-tag-7, some-tag-8,
        some-tag-9
  long-instance-name
    default: by tag desk
      motd: "welcome welcome welcome welcome welcome welcome welcome welcome we…
  sshd (ssh of self)
    server: by name, tag all
      key: !path ./k.pub
      list: [own, role]
      log: web
      net.b: 1.0
      port: 22
      + !path ./m.nix

mac (darwin)
  sshd (ssh of self)
    server: by tag all
      list: [role]
      log: web
      net.b: 1.0
      port: 23
      + !path ./m.nix

2 machines
`,
  );
  const fleets = ["real.json", "conformance.json"].flatMap(readFleets);
  const plans = fleets.map(
    (each) => plan(sourceOf(each), { knownMachines: each.knownMachines, services: null }).plan!,
  );
  const wide = (columns?: number) =>
    plans
      .flatMap((made) => [showPlan(made, { columns }), showPlanSummary(made, { columns })])
      .flatMap((shown) => shown.split("\n"))
      .filter((line) => width(line) > 80);
  assert.equal(wide(80), []);
  assert.ok(wide().some((line) => line.endsWith('"')));
});

test("shows in short which roles each machine has", () => {
  const text = `${fleet}  many: { roles: { ${Array.from({ length: 9 }, (_, index) => `role-${index}: { machines: [mac] }`).join(", ")} } }\n`;
  assert.is(
    showPlanSummary(planOf(text, { extern: "nixos" })),
    `extern (known from outside)  sshd.server
laptop                       sshd.server
mac (darwin)                 many.role-0, many.role-1, many.role-2, many.role-3,
                             many.role-4, many.role-5, many.role-6, many.role-7,
                             many.role-8, sshd.server
web                          sshd.server
web-2                        sshd.server

5 machines, 2 instances
`,
  );
  assert.is(showPlanSummary(planOf("machines: [a]")), "a  no role\n\n1 machine, 0 instances\n");
  assert.is(showPlanSummary(planOf("{}")), "0 machines, 0 instances\n");
});

test.run();

function planOf(text: string, knownMachines: CompileOptions["knownMachines"] = {}): Plan {
  return plan({ name: "inventory.yaml", text }, { knownMachines, services: null }).plan!;
}

/** Instance -> role -> machine -> settings, as the records have them. */
function settingsOf({ machines }: Plan): DataMap {
  const settings: { [instance: string]: { [role: string]: { [machine: string]: Data } } } = {};
  for (const [machine, { instances }] of Object.entries(machines)) {
    for (const [instance, { roles }] of Object.entries(instances)) {
      if (!Object.hasOwn(settings, instance)) {
        setEntry(settings, instance, {});
      }
      for (const [role, { settings: own }] of Object.entries(roles)) {
        const ofInstance = settings[instance]!;
        if (!Object.hasOwn(ofInstance, role)) {
          setEntry(ofInstance, role, {});
        }
        setEntry(ofInstance[role]!, machine, masked(own));
      }
    }
  }
  return settings;
}

/** The records may or may not show a role that has no member. */
function withMembers(settings: DataMap): DataMap {
  const pruned = (map: Data) =>
    Object.fromEntries(
      Object.entries(map as DataMap).filter(([, part]) => Object.keys(part as DataMap).length > 0),
    );
  return pruned(
    Object.fromEntries(
      Object.entries(settings).map(([instance, roles]) => [instance, pruned(roles)]),
    ),
  );
}
