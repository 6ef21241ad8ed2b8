import { getOrInsertComputed } from "../model/maps.js";
import { sortedKeys, sortedNames } from "../model/name-order.js";
import type { InstancePlan, MachinePlan, Plan } from "../questions/plan.js";
import { forTerminal } from "../text/escape.js";

/**
 * Draws which machines have which roles as a Mermaid flowchart. Machines with the same roles share a
 * node, which names them all in a fleet of up to 30 and counts them in a larger one. Whatever would
 * be too much to read, or for Mermaid, is summarized.
 */
export function graph(plan: Plan): string {
  const { roles, rest: otherRoles } = findRoles(plan);
  const groups = groupMachines(plan, roles);
  const nodes = bound(groups);
  const names = sortedKeys(plan.machines).length <= maxNamed ? maxNamed : 2;
  const onAllMachines = new Set(nodes.length > 1 ? rolesOfAll(groups) : []);
  return [
    "flowchart LR",
    ...drawInstances(roles),
    ...(otherRoles > 0 ? [`  rest["… and ${otherRoles} more roles"]`] : []),
    `  subgraph machines["machines"]`,
    ...nodes.map((node, index) => `    m${index}["${nodeLabel(node, names)}"]`),
    "  end",
    ...[...onAllMachines].map(({ id }) => `  ${id} --> machines`),
    ...nodes.flatMap((node, index) =>
      node.roles
        .filter((role) => !onAllMachines.has(role))
        .map(({ id }) => `  ${id} --> m${index}`),
    ),
  ]
    .map((line) => `${line}\n`)
    .join("");
}

/** Fleets of up to this many machines have each named. */
const maxNamed = 30;
const maxNodes = 40;
const maxRoles = 100;
/** Mermaid refuses more than 500 unless configured otherwise. */
const maxEdges = 500;

interface Role {
  readonly id: string;
  readonly instance: string;
  readonly name: string;
  /** The name of the service. */
  readonly service: string;
}

/** The roles that at least one machine has, sorted by name, and how many are left out. */
function findRoles(plan: Plan): { readonly roles: readonly Role[]; readonly rest: number } {
  const instances = new Map<string, { readonly service: string; readonly roles: Set<string> }>();
  const seen = new Set<InstancePlan>();
  for (const { instances: ofMachine } of Object.values(plan.machines)) {
    for (const [name, instance] of Object.entries(ofMachine)) {
      if (seen.has(instance)) {
        continue;
      }
      seen.add(instance);
      const known = getOrInsertComputed(instances, name, () => ({
        service: instance.module.name,
        roles: new Set<string>(),
      }));
      for (const role of Object.keys(instance.roles)) {
        known.roles.add(role);
      }
    }
  }
  const named = sortedNames(instances.keys()).flatMap((instance) => {
    const { service, roles } = instances.get(instance)!;
    return sortedNames(roles).map((name) => ({ instance, name, service }));
  });
  const roles = named.slice(0, maxRoles).map((role, index) => ({ id: `r${index}`, ...role }));
  return { roles, rest: named.length - roles.length };
}

/** Machines with the same roles. */
interface Group {
  readonly machines: readonly string[];
  readonly roles: readonly Role[];
  /** How many groups this one summarizes; its roles are then those of all of them. */
  readonly groups: number;
}

/** In the order of their first machines. */
function groupMachines(plan: Plan, roles: readonly Role[]): readonly Group[] {
  const groups = new Map<
    string,
    { readonly machines: string[]; readonly roles: readonly Role[]; readonly groups: 1 }
  >();
  for (const machine of sortedKeys(plan.machines)) {
    const own = roles.filter((role) => hasRole(plan.machines[machine]!, role));
    const key = own.map(({ id }) => id).join();
    getOrInsertComputed(groups, key, () => ({
      machines: [],
      roles: own,
      groups: 1 as const,
    })).machines.push(machine);
  }
  return [...groups.values()];
}

/** Roles that every machine has: their edges lead to the box around all machines. */
function rolesOfAll(groups: readonly Group[]): readonly Role[] {
  const uses = new Map<Role, number>();
  for (const role of groups.flatMap(({ roles }) => roles)) {
    uses.set(role, (uses.get(role) ?? 0) + 1);
  }
  return [...uses].filter(([, count]) => count === groups.length).map(([role]) => role);
}

function hasRole({ instances }: MachinePlan, { instance, name }: Role): boolean {
  return Object.hasOwn(instances, instance) && Object.hasOwn(instances[instance]!.roles, name);
}

/** Keeps as many of the largest groups as can be drawn, and joins the others into one. */
function bound(groups: readonly Group[]): readonly Group[] {
  const kept = new Set<Group>();
  let edges = maxRoles;
  for (const group of [...groups].sort((a, b) => b.machines.length - a.machines.length)) {
    edges += group.roles.length;
    if (kept.size >= maxNodes || edges > maxEdges) {
      break;
    }
    kept.add(group);
  }
  const others = groups.filter((group) => !kept.has(group));
  if (others.length <= 1) {
    return groups;
  }
  const rest = {
    machines: others.flatMap(({ machines }) => machines),
    roles: [...new Set(others.flatMap(({ roles }) => roles))],
    groups: others.length,
  };
  return [...groups.filter((group) => kept.has(group)), rest];
}

function drawInstances(roles: readonly Role[]): readonly string[] {
  const instances = [...new Set(roles.map(({ instance }) => instance))];
  return instances.flatMap((instance, index) => {
    const own = roles.filter((role) => role.instance === instance);
    const { service } = own[0]!;
    const title = service === instance ? label(instance) : `${label(instance)} (${label(service)})`;
    return [
      `  subgraph i${index}["${title}"]`,
      ...own.map(({ id, name }) => `    ${id}["${label(name)}"]`),
      "  end",
    ];
  });
}

function nodeLabel({ machines, groups }: Group, names: number): string {
  if (groups > 1) {
    return `${machines.length} machines<br/>of ${groups} other combinations`;
  }
  if (machines.length <= names) {
    return machines.map(label).join("<br/>");
  }
  return [...machines.slice(0, names).map(label), "…", `${machines.length} machines`].join("<br/>");
}

/**
 * A name for use in Mermaid's double quotes: at most 40 characters, with those escaped that Mermaid,
 * Markdown or HTML would interpret.
 */
function label(name: string): string {
  const characters = [...forTerminal(name)];
  const shown = characters.length > 40 ? [...characters.slice(0, 39), "…"] : characters;
  return shown.join("").replace(special, (character) => `#${character.codePointAt(0)};`);
}

// A '-', '+' or '.' before a space may begin a list.
const special = /[!"#$%&'()*;<>?[\\\]^`{|}~]|[-+.](?= )/g;
