import type { Focus } from "../focus.js";

/** Roles in the boxes of their instances, who holds them, and who is joined to whom. */
export interface Chart {
  readonly roles: readonly Box[];
  /** Machines in a box; or tags and machines, each to be drawn beside its roles. */
  readonly holders: Box | readonly Node[];
  readonly edges: readonly Edge[];
}

export interface Box {
  readonly id: string;
  readonly title: string;
  readonly nodes: readonly Node[];
}

export interface Node {
  readonly id: string;
  readonly kind: "role" | "machine" | "tag";
  readonly lines: readonly string[];
  readonly about: Focus;
  /** The machines that it is of, as far as they are known; none for a role. */
  readonly machines: readonly string[];
}

/** From a role to a node, or to the box of all machines. */
export interface Edge {
  readonly from: string;
  readonly to: string;
}

export function isBox(holders: Chart["holders"]): holders is Box {
  return "nodes" in holders;
}

export function nodesOf({ roles, holders }: Chart): readonly Node[] {
  return [...roles.flatMap(({ nodes }) => nodes), ...(isBox(holders) ? holders.nodes : holders)];
}

/** The edges of a node; those to the box of all machines are of every machine in it. */
export function edgesOf({ holders, edges }: Chart, id: string): readonly Edge[] {
  const box = isBox(holders) && holders.nodes.some((node) => node.id === id) ? holders.id : id;
  return edges.filter(({ from, to }) => from === id || to === id || to === box);
}

/** A node, and those that edges join it to. */
export function neighbours(chart: Chart, id: string): ReadonlySet<string> {
  const { holders } = chart;
  const ends = new Set([id, ...edgesOf(chart, id).flatMap(({ from, to }) => [from, to])]);
  const isRole = chart.edges.some(({ from }) => from === id);
  const inBox = isBox(holders) && isRole && ends.has(holders.id) ? holders.nodes : [];
  return new Set([...ends, ...inBox.map((node) => node.id)]);
}

/** A chart of a node, and of those that edges join it to. */
export function around(chart: Chart, id: string): Chart {
  const near = neighbours(chart, id);
  const nearIn = (nodes: readonly Node[]) => nodes.filter((node) => near.has(node.id));
  const roles = chart.roles.map((box) => ({ ...box, nodes: nearIn(box.nodes) }));
  const { holders } = chart;
  return {
    roles: roles.filter(({ nodes }) => nodes.length > 0),
    holders: isBox(holders) ? { ...holders, nodes: nearIn(holders.nodes) } : nearIn(holders),
    edges: edgesOf(chart, id),
  };
}
