import { didYouMean, nearest, Ration } from "../diagnostics/suggest.js";
import { isPattern, matches } from "../model/pattern.js";
import { setEntry } from "../model/value.js";
import type { InstancePlan, MachinePlan, Named, Plan } from "./plan.js";

/**
 * Names, which may hold `*` (any text) and `?` (one character); an absent or empty list lets
 * everything through.
 */
export interface PlanFilter {
  readonly machines?: readonly string[] | undefined;
  readonly instances?: readonly string[] | undefined;
  readonly tags?: readonly string[] | undefined;
}

/**
 * The machines of a plan that have one of the names and one of the tags, with
 * those of the instances; machines in none of these are left out.
 * `mistakes` are sentences about names that nothing has.
 */
export function filterPlan(
  plan: Plan,
  filter: PlanFilter,
): { readonly plan: Plan; readonly mistakes: readonly string[] } {
  const { machines = [], instances = [], tags = [] } = filter;
  if (machines.length + instances.length + tags.length === 0) {
    return { plan, mistakes: [] };
  }
  const all = Object.values(plan.machines);
  const mistakes = [
    ...unmatched("machine", machines, new Set(Object.keys(plan.machines))),
    ...unmatched(
      "instance",
      instances,
      new Set(all.flatMap((machine) => Object.keys(machine.instances))),
    ),
    ...unmatched("tag", tags, new Set(all.flatMap((machine) => machine.tags))),
  ];
  const kept: { [name: string]: MachinePlan } = {};
  for (const [name, machine] of Object.entries(plan.machines)) {
    if (
      !isWanted(name, machines) ||
      (tags.length > 0 && !machine.tags.some((tag) => isWanted(tag, tags)))
    ) {
      continue;
    }
    if (instances.length === 0) {
      setEntry(kept, name, machine);
    } else {
      keepInstances(kept, name, machine, instances);
    }
  }
  return { plan: { ...plan, machines: kept }, mistakes };
}

function keepInstances(
  kept: { [name: string]: MachinePlan },
  name: string,
  machine: MachinePlan,
  wanted: readonly string[],
): void {
  const instances: Named<InstancePlan> = Object.fromEntries(
    Object.entries(machine.instances).filter(([instance]) => isWanted(instance, wanted)),
  );
  if (Object.keys(instances).length > 0) {
    setEntry(kept, name, { ...machine, instances });
  }
}

function isWanted(name: string, patterns: readonly string[]): boolean {
  return patterns.length === 0 || patterns.some((pattern) => means(pattern, name));
}

function means(pattern: string, name: string): boolean {
  return pattern === name || (isPattern(pattern) && matches(name, pattern));
}

function unmatched(
  kind: string,
  patterns: readonly string[],
  names: ReadonlySet<string>,
): readonly string[] {
  const all = [...names];
  const near = new Ration().of(all);
  const isMissing = (pattern: string) =>
    !names.has(pattern) && !all.some((name) => means(pattern, name));
  return patterns
    .filter(isMissing)
    .map((pattern) => `no ${kind} is named '${pattern}'${didYouMean(nearest(pattern, near))}`);
}
