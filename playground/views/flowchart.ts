import type { FleetMachine } from "../answer.js";
import type { Box, Chart, Edge, Node } from "./chart.js";

/** The compiler's own Mermaid flowchart: roles and machines. */
export function readFlowchart(mermaid: string, fleet: readonly FleetMachine[]): Chart {
  const boxes: (Box & { readonly nodes: Node[] })[] = [];
  const edges: Edge[] = [];
  for (const line of mermaid.split("\n")) {
    const [, box, title] = /^ *subgraph (\w+)\["(.*)"\]$/.exec(line) ?? [];
    const [, node, label] = /^ *(\w+)\["(.*)"\]$/.exec(line) ?? [];
    const [, from, to] = /^ *(\w+) --> (\w+)$/.exec(line) ?? [];
    if (box !== undefined) {
      boxes.push({ id: box, title: decode(title!), nodes: [] });
    } else if (node !== undefined && !line.startsWith("    ")) {
      boxes.push({ id: node, title: decode(label!), nodes: [] }); // How many roles are left out.
    } else if (node !== undefined) {
      const lines = label!.split("<br/>").map(decode);
      boxes.at(-1)?.nodes.push(readNode(node, lines, boxes.at(-1)!, fleet));
    } else if (from !== undefined) {
      edges.push({ from, to: to! });
    }
  }
  return {
    roles: boxes.filter(({ id }) => id !== "machines"),
    holders: boxes.find(({ id }) => id === "machines")!,
    edges,
  };
}

function readNode(
  id: string,
  lines: readonly string[],
  box: Box,
  fleet: readonly FleetMachine[],
): Node {
  if (box.id !== "machines") {
    const [instance] = box.title.split(" (");
    return { id, kind: "role", lines, about: { instance, role: lines[0] }, machines: [] };
  }
  const machines = lines.includes("…") ? machinesLike(lines[0]!, fleet) : lines;
  // A node of several machines is about none of them alone.
  const about = machines.length === 1 ? { machine: machines[0] } : {};
  return { id, kind: "machine", lines, about, machines };
}

/** The machines with the same roles as this one. */
function machinesLike(machine: string, fleet: readonly FleetMachine[]): readonly string[] {
  const rolesOf = ({ roles }: FleetMachine) =>
    roles.map(({ instance, role }) => JSON.stringify([instance, role])).join();
  const first = fleet.find(({ name }) => name === machine);
  const roles = first && rolesOf(first);
  return fleet.filter((other) => rolesOf(other) === roles).map(({ name }) => name);
}

/** Mermaid's entities: `#34;` */
function decode(label: string): string {
  return label.replace(/#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)));
}
