import path from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { diff, explain, graph, plan, showJson, type Plan, type Source } from "../src/index.js";
import { readCases } from "./cases.js";
import { componentFile, toComponentOptions, withFiles } from "./component-hosts.js";

const cases = readCases().filter(({ name }) => ["fleet-company", "fleet-home", "kitchen-sink", "merge-priorities", "merge-maps-of-different-priority", "tags-computed", "error-unknown-machine"].includes(name));
const inComponent = withFiles(test, componentFile);

inComponent("plans hold what the library's hold", async () => {
  const compiler = await instantiate();
  for (const { name, sources, options } of cases) {
    const expected = plan(sources, options);
    const { plan: found } = compiler.plan(sources, toComponentOptions(options));
    assert.is(found === undefined, expected.plan === undefined, name);
    if (expected.plan === undefined || found === undefined) continue;
    const machines = Object.fromEntries(found.machines.map(({ name, instances, ...machine }) => [name, { tags: machine.tags, instances: Object.fromEntries(instances.map(readInstance)) }]));
    const { machines: ofLibrary } = JSON.parse(showJson(expected.plan)) as Plan;
    assert.equal(machines, Object.fromEntries(Object.entries(ofLibrary).map(([name, { tags, instances }]) => [name, { tags, instances: summarize(instances) }])), name);
  }
});

inComponent("explanations, differences and graphs are the library's", async () => {
  const compiler = await instantiate();
  for (const { name, sources, options } of cases) {
    const componentOptions = toComponentOptions(options);
    const { plan: made } = plan(sources, options);
    if (made === undefined) continue;
    assert.is(compiler.graph(sources, componentOptions).graph, graph(made), name);
    assert.equal(compiler.diff(sources, sources, componentOptions).difference.redeploy, diff(made, made).redeploy, name);
    for (const machine of Object.keys(made.machines)) {
      const { explanation } = compiler.explain(sources, { machine }, componentOptions);
      const expected = explain(sources, { machine }, options).explanation!;
      assert.equal(explanation.memberships.map(({ instance, role }) => [instance, role]), expected.memberships.map(({ instance, role }) => [instance, role]), `${name}, ${machine}`);
      assert.equal(explanation.range, expected.range, `${name}, ${machine}`);
    }
  }
});

inComponent("a question about nothing is answered with a suggestion", async () => {
  const compiler = await instantiate();
  const { sources } = cases.find(({ name }) => name === "fleet-home")!;
  assert.match(compiler.explain(sources, { machine: "atlass" }, toComponentOptions({})).mistake!, /did you mean 'atlas'/);
});

test.run();

interface Instance {
  readonly name: string;
  readonly module: object;
  readonly roles: readonly { readonly name: string; readonly byName: boolean; readonly byTags: readonly string[]; readonly settings: string }[];
}

interface Compiler {
  plan(sources: readonly Source[], options: object): { readonly plan?: { readonly machines: readonly { readonly name: string; readonly tags: readonly string[]; readonly instances: readonly Instance[] }[] } };
  explain(sources: readonly Source[], question: object, options: object): { readonly mistake?: string; readonly explanation: { readonly range: object; readonly memberships: readonly { readonly instance: string; readonly role: string }[] } };
  diff(before: readonly Source[], after: readonly Source[], options: object): { readonly difference: { readonly redeploy: readonly string[] } };
  graph(sources: readonly Source[], options: object): { readonly graph: string };
}

async function instantiate(): Promise<Compiler> {
  return (await import(path.join(path.dirname(componentFile), "component/node.js"))).instantiate();
}

function readInstance({ name, module, roles }: Instance): [string, object] {
  return [name, { module, roles: Object.fromEntries(roles.map(({ name, byName, byTags, settings }) => [name, { through: { name: byName, tags: byTags }, settings: JSON.parse(settings) }])) }];
}

function summarize(instances: Plan["machines"][string]["instances"]): object {
  return Object.fromEntries(
    Object.entries(instances).map(([name, { module, roles }]) => [
      name,
      { module, roles: Object.fromEntries(Object.entries(roles).map(([role, { through, settings }]) => [role, { through, settings }])) },
    ]),
  );
}
