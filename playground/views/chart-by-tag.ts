import type { FleetMachine, FleetRole } from "../answer.js";
import { count } from "../dom.js";
import { type Box, type Chart, type Edge, type Node } from "./chart.js";
import { natural } from "./matrix.js";

/** More roles, or groups of machines, are too much to look at. */
const maxRoles = 100;
const maxGroups = 40;

/**
 * Roles and the tags and machines that they are given to: as large as what people write, however
 * many machines there are.
 */
export function chartByTag(fleet: readonly FleetMachine[]): Chart {
  const roles = drawInstances(fleet);
  const tags = tagNodes(fleet);
  const groups = groupNodes(fleet);
  const shown = new Set(roles.flatMap(({ nodes }) => nodes.map(({ id }) => id)));
  const all = [...tags, ...groups];
  const edges = all
    .flatMap(({ node, roles }) => [...roles].map((from): Edge => ({ from, to: node.id })))
    .filter(({ from }) => shown.has(from));
  const joined = new Set(edges.map(({ to }) => to));
  return {
    roles,
    holders: all.map(({ node }) => node).filter(({ id }) => joined.has(id)),
    edges,
  };
}

/** A box for each instance, by name; the last one counts those that are left out. */
function drawInstances(fleet: readonly FleetMachine[]): readonly Box[] {
  const all = fleet.flatMap(({ roles }) => roles);
  const instances = [...Map.groupBy(all, ({ instance }) => instance)]
    .sort(([a], [b]) => natural.compare(a, b))
    .map(([instance, roles]) => drawInstance(instance, roles));
  let number = 0;
  const shown = instances.filter((box) => (number += box.nodes.length) <= maxRoles);
  const rest = instances.length - shown.length;
  return rest === 0
    ? shown
    : [...shown, { id: "rest", title: `… and ${count(rest, "more instance")}`, nodes: [] }];
}

function drawInstance(instance: string, roles: readonly FleetRole[]): Box {
  const { module } = roles[0]!;
  const names = [...new Set(roles.map(({ role }) => role))].sort(natural.compare);
  return {
    id: `instance ${instance}`,
    title: module === instance ? instance : `${instance} (${module})`,
    nodes: names.map((role) => ({
      id: idOf({ instance, role }),
      kind: "role",
      lines: [role],
      about: { instance, role },
      machines: [],
    })),
  };
}

interface Holder {
  readonly node: Node;
  /** Of the nodes of roles. */
  readonly roles: ReadonlySet<string>;
}

function tagNodes(fleet: readonly FleetMachine[]): readonly Holder[] {
  const tags = new Map<string, { readonly machines: Set<string>; readonly roles: Set<string> }>();
  for (const { name, roles } of fleet) {
    for (const role of roles) {
      for (const tag of role.byTags) {
        const known = tags.get(tag) ?? { machines: new Set(), roles: new Set() };
        tags.set(tag, known);
        known.machines.add(name);
        known.roles.add(idOf(role));
      }
    }
  }
  return [...tags].map(([tag, { machines, roles }]) => ({
    roles,
    node: {
      id: `tag ${tag}`,
      kind: "tag",
      lines: [tag, count(machines.size, "machine")],
      about: { tag },
      machines: [...machines],
    },
  }));
}

/** Machines that are given the same roles by name share a node; of very many, each role has one. */
function groupNodes(fleet: readonly FleetMachine[]): readonly Holder[] {
  const named = fleet.flatMap(({ name, roles }) => {
    const own = roles.filter(({ byName }) => byName).map(idOf);
    return own.length === 0 ? [] : [{ name, roles: own }];
  });
  const groups = Map.groupBy(named, ({ roles }) => JSON.stringify(roles));
  if (groups.size <= maxGroups) {
    return [...groups.values()].map((group) =>
      groupNode(
        group.map(({ name }) => name),
        group[0]!.roles,
      ),
    );
  }
  const pairs = named.flatMap(({ name, roles }) => roles.map((role) => ({ name, role })));
  return [...Map.groupBy(pairs, ({ role }) => role)].map(([role, pairs]) =>
    groupNode(
      pairs.map(({ name }) => name),
      [role],
    ),
  );
}

function groupNode(machines: readonly string[], roles: readonly string[]): Holder {
  const lines =
    machines.length <= 3 ? machines : [machines[0]!, "…", count(machines.length, "machine")];
  const about = machines.length === 1 ? { machine: machines[0] } : {};
  const id = `machines ${JSON.stringify(roles)}`;
  return { node: { id, kind: "machine", lines, about, machines }, roles: new Set(roles) };
}

function idOf({ instance, role }: Pick<FleetRole, "instance" | "role">): string {
  return `role ${JSON.stringify([instance, role])}`;
}
