import { test } from "uvu";
import * as assert from "uvu/assert";
import { plan } from "../src/compile.js";
import type { Plan } from "../src/questions/plan.js";
import { graph } from "../src/show/mermaid.js";
import { readFleets, sourceOf } from "./fleets.js";

test("draws instances with their roles, and machines with the same roles as one", () => {
  const made = planOf(`
machines: [laptop, backup-box, web-1, web-2, idle]
instances:
  borg:
    module: borgbackup
    roles: { client: { machines: [laptop, web-1, web-2] }, server: { machines: [backup-box] } }
  sshd: { roles: { server: { tags: [all] } } }
  empty: { roles: { nobody: {} } }
`);
  assert.is(
    graph(made),
    `flowchart LR
  subgraph i0["borg (borgbackup)"]
    r0["client"]
    r1["server"]
  end
  subgraph i1["sshd"]
    r2["server"]
  end
  subgraph machines["machines"]
    m0["backup-box"]
    m1["idle"]
    m2["laptop<br/>web-1<br/>web-2"]
  end
  r2 --> machines
  r1 --> m0
  r0 --> m2
`,
  );
});

test("counts machines in fleets of more than thirty", () => {
  const names = Array.from({ length: 31 }, (_, index) => `m${index + 10}`);
  const text = (some: readonly string[]) =>
    JSON.stringify({
      machines: some,
      instances: { i: { roles: { r: { machines: some.slice(1) } } } },
    });
  assert.match(graph(planOf(text(names))), 'm1["m11<br/>m12<br/>…<br/>30 machines"]');
  assert.match(graph(planOf(text(names.slice(1)))), `m1["${names.slice(2).join("<br/>")}"]`);
});

test("stays within what Mermaid draws, however large the fleet", () => {
  const machines = Array.from({ length: 2000 }, (_, index) => `m${index}`);
  const members = (instance: number) =>
    machines.filter((_, index) => ((index + 1) * (instance + 3) * 7919) % 101 < 40);
  const instance = (_: unknown, index: number) => [
    `instance-${index}`,
    { roles: { even: { machines: members(index) }, odd: { machines: members(index + 80) } } },
  ];
  const drawn = graph(
    planOf(
      JSON.stringify({
        machines,
        instances: Object.fromEntries(Array.from({ length: 80 }, instance)),
      }),
    ),
  );
  assert.ok(drawn.match(/-->/g)!.length <= 500);
  assert.ok(drawn.length <= 50_000);
  assert.match(drawn, /machines<br\/>of \d+ other combinations/);
  assert.match(drawn, "… and 60 more roles");
});

test("writes names so that Mermaid shows them as they are", () => {
  const name = 'a"b#c<d>`e`;[x]\u0007 - é';
  const made = planOf(
    JSON.stringify({
      machines: [name],
      instances: { end: { roles: { ["long".repeat(20)]: { machines: [name] } } } },
    }),
  );
  assert.is(
    graph(made),
    `flowchart LR
  subgraph i0["end"]
    r0["${"long".repeat(20).slice(0, 39)}…"]
  end
  subgraph machines["machines"]
    m0["a#34;b#35;c#60;d#62;#96;e#96;#59;#91;x#93;␇ #45; é"]
  end
  r0 --> m0
`,
  );
});

test("real fleets are drawn with few lines", () => {
  for (const fleet of readFleets("real.json")) {
    const drawn = graph(
      plan(sourceOf(fleet), { knownMachines: fleet.knownMachines, services: null }).plan!,
    );
    assert.ok(drawn.match(/-->/g)!.length <= 120, fleet.name);
    assert.ok(drawn.length < 10_000, fleet.name);
  }
});

test.run();

function planOf(text: string): Plan {
  return plan({ name: "inventory.yaml", text }, { services: null }).plan!;
}
