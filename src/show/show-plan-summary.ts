import { defaultClass } from "../model/machine-fields.js";
import { getOrInsertComputed } from "../model/maps.js";
import { sortedKeys } from "../model/name-order.js";
import type { MachinePlan, Plan } from "../questions/plan.js";
import { count, joinBlocks, pad, type ShowOptions, widest, wrap } from "./layout.js";
import { visible } from "./terminal.js";

/** A plan in short: the machines, each with the roles that it has in instances. */
export function showPlanSummary({ machines }: Plan, options: ShowOptions = {}): string {
  const names = sortedKeys(machines);
  const labels = names.map((name) => visible(labelOf(name, machines[name]!)));
  const column = widest(labels, 40) + 2;
  const known: KnownRoles = new Map();
  const rows = names.flatMap((name, index) => {
    const [first = "", ...others] = showRoles(machines[name]!, column, known);
    return [`${pad(labels[index]!, column)}${first.trimStart()}`, ...others];
  });
  const instances = new Set([...known.keys()].flatMap((instances) => Object.keys(instances)));
  const counts = `${count(names.length, "machine")}, ${count(instances.size, "instance")}`;
  return joinBlocks(names.length === 0 ? [[counts]] : [rows, [counts]], options);
}

function labelOf(name: string, { class: machineClass, declared }: MachinePlan): string {
  const remarks = [
    ...(machineClass === defaultClass ? [] : [machineClass]),
    ...(declared ? [] : ["known from outside"]),
  ];
  return remarks.length === 0 ? name : `${name} (${remarks.join(", ")})`;
}

/** The roles of machines as shown; those that get the same share them. */
type KnownRoles = Map<MachinePlan["instances"], readonly string[]>;

/** On lines that leave the first columns free. */
function showRoles(
  { instances }: MachinePlan,
  column: number,
  known: KnownRoles,
): readonly string[] {
  return getOrInsertComputed(known, instances, () => {
    const roles = sortedKeys(instances).flatMap((instance) =>
      sortedKeys(instances[instance]!.roles).map((role) => `${instance}.${role}`),
    );
    return wrap(" ".repeat(column), roles.length === 0 ? ["no role"] : roles);
  });
}
