import { defaultInput } from "../model/catalogue.js";
import type { Data } from "../model/data.js";
import { getOrInsertComputed } from "../model/maps.js";
import { sortedKeys } from "../model/name-order.js";
import { isWithin, type Path } from "../model/origin.js";
import { writePath } from "../model/setting-path.js";
import { isPlainMap } from "../model/value-to-data.js";
import type { InstancePlan, MachinePlan, Plan, RolePlan, Through } from "../questions/plan.js";
import { forTerminal } from "../text/escape.js";
import { count, joinBlocks, type ShowOptions, wrap } from "./layout.js";
import { showValue } from "./show-value.js";

/** A plan for people: each machine with its roles, how it got them, and its settings. */
export function showPlan(plan: Plan, options: ShowOptions = {}): string {
  return joinBlocks(showMachines(plan), options);
}

function* showMachines({ machines }: Plan): Generator<readonly string[]> {
  const names = sortedKeys(machines);
  const known: KnownInstances = new Map();
  for (const name of names) {
    yield showMachine(name, machines[name]!, known);
  }
  yield [count(names.length, "machine")];
}

/** Instances as shown; machines share them. */
type KnownInstances = Map<InstancePlan, readonly string[]>;

function showMachine(name: string, machine: MachinePlan, known: KnownInstances): readonly string[] {
  const outside = machine.declared ? "" : ", known from outside";
  const tags = machine.tags.filter((tag) => tag !== "all" && tag !== machine.class);
  const instances = sortedKeys(machine.instances);
  return [
    forTerminal(`${name} (${machine.class}${outside})`),
    ...(tags.length > 0 ? wrap("  tags: ", tags) : []),
    ...(instances.length === 0
      ? ["  no role"]
      : instances.flatMap((instance) =>
          showInstanceOnce(instance, machine.instances[instance]!, known),
        )),
  ];
}

function showInstanceOnce(
  name: string,
  instance: InstancePlan,
  known: KnownInstances,
): readonly string[] {
  return getOrInsertComputed(known, instance, () => showInstance(name, instance));
}

function showInstance(name: string, { module, roles }: InstancePlan): readonly string[] {
  const input = module.input === defaultInput ? "" : ` of ${module.input}`;
  const service = module.name === name && input === "" ? "" : ` (${module.name}${input})`;
  return [
    forTerminal(`  ${name}${service}`),
    ...sortedKeys(roles).flatMap((role) => showRole(role, roles[role]!)),
  ];
}

function showRole(
  name: string,
  { through, settings, undecided = [], extraModules = [] }: RolePlan,
): readonly string[] {
  return [
    ...wrap(`    ${name}: by `, showThrough(through)),
    ...leaves(settings, []).map(({ path, value }) => showSetting(path, value, undecided)),
    ...extraModules.map((module) => forTerminal(`      + ${showValue(module)}`)),
  ];
}

function showThrough({ name, tags }: Through): readonly string[] {
  return [...(name ? ["name"] : []), ...tags.map((tag) => `tag ${tag}`)];
}

function showSetting(path: Path, value: Data, undecided: readonly Path[]): string {
  const isUndecided = undecided.some((other) => isWithin(path, other) || isWithin(other, path));
  return forTerminal(
    `      ${writePath(path)}${isUndecided ? " (Nix decides)" : ""}: ${showValue(value)}`,
  );
}

interface Leaf {
  readonly path: Path;
  readonly value: Data;
}

/** Everything but maps with entries, by path. */
function leaves(value: Data, path: Path): readonly Leaf[] {
  if (!isPlainMap(value) || (Object.keys(value).length === 0 && path.length > 0)) {
    return [{ path, value }];
  }
  return sortedKeys(value).flatMap((key) => leaves(value[key]!, [...path, key]));
}
