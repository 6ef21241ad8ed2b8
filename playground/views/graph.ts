import type { Fleet, FleetMachine } from "../answer.js";
import { h } from "../dom.js";
import type { Focus } from "../focus.js";
import { copyText } from "../output.js";
import { blank } from "./blank.js";
import { around, type Chart, type Node, nodesOf } from "./chart.js";
import { chartByTag } from "./chart-by-tag.js";
import { drawGraph, drawGraphTable, isDense } from "./draw-graph.js";
import { readFlowchart } from "./flowchart.js";
import { layOut } from "./graph-layout.js";
import { pointFrom } from "./point.js";
import { createZoom } from "./zoom.js";

export interface GraphView {
  /** `mermaid` is the compiler's flowchart of the fleet. */
  show(mermaid: string, fleet: Fleet): void;
  /** Lights up the nodes of what the cursor is on. */
  light(focus: Focus): void;
}

/** With more machines than this, roles are joined to the tags that they are given to. */
const maxMachines = 30;

/**
 * Roles and who holds them. It can be zoomed, and narrowed to what a node is joined to. Those who do
 * not see it get a table.
 */
export function createGraphView(panel: HTMLElement, point: (focus: Focus) => void): GraphView {
  let mermaid = "";
  let machines: readonly FleetMachine[] = [];
  let chart: Chart = { roles: [], holders: [], edges: [] };
  let nodes = new Map<Element, Node>();
  let chosen: Node | undefined;
  let goBack = () => {};
  let lit: Focus = {};

  /** What visitors want roles joined to; by itself it goes by the size of the fleet. */
  let wanted: string | undefined;

  const holders = h(
    "select",
    {
      "aria-label": "What roles are joined to",
      change: () => {
        wanted = holders.value;
        read();
      },
    },
    h("option", { value: "machines" }, "machines"),
    h("option", { value: "tags" }, "tags"),
  );
  const hint = h("span", { class: "total hint" });
  const all = h(
    "button",
    { type: "button", class: "quiet", hidden: true, click: () => choose(undefined) },
    "Show all",
  );
  const copy = h(
    "button",
    { type: "button", class: "quiet taking", click: () => void copyText(copy, mermaid) },
    "Copy as Mermaid",
  );
  const drawing = h("div", {
    class: "drawing",
    tabindex: "0",
    role: "region",
    "aria-label": "Graph",
  });
  const table = h("div", { class: "unseen" });
  const zoom = createZoom(drawing);
  const filters = h(
    "div",
    { class: "filters" },
    h("label", {}, "Roles and ", holders),
    hint,
    all,
    ...zoom.buttons,
    copy,
  );
  panel.replaceChildren(h("div", { class: "graph" }, filters, drawing, table));
  pointFrom(drawing, (target) => nodes.get(target.closest(".node") ?? drawing)?.about ?? {}, point);

  function read(): void {
    chart = holders.value === "tags" ? chartByTag(machines) : readFlowchart(mermaid, machines);
    const isHere = ({ lines, about }: Node) =>
      JSON.stringify([lines, about]) === JSON.stringify([chosen?.lines, chosen?.about]);
    chosen = nodesOf(chart).find(isHere);
    table.replaceChildren(drawGraphTable(chart));
    draw();
  }

  function draw(): void {
    const shown = chosen === undefined ? chart : around(chart, chosen.id);
    const layout = layOut(shown, panel.clientWidth - 40);
    const svg = drawGraph(shown, layout, (node) => choose(node));
    drawing.replaceChildren(svg);
    const elements = svg.querySelectorAll(".node");
    nodes = new Map(nodesOf(shown).map((node, index) => [elements[index]!, node]));
    zoom.apply();
    all.hidden = chosen === undefined;
    hint.textContent =
      chosen !== undefined
        ? ""
        : isDense(shown)
          ? "Point at a node to see its lines."
          : "Choose one to focus on it.";
    light();
  }

  /** Narrows the chart to a node, or widens it again to what was shown before. */
  function choose(node: Node | undefined): void {
    const isSame = node === undefined || node.id === chosen?.id;
    if (chosen === undefined) {
      goBack = zoom.keep();
    }
    chosen = isSame ? undefined : node;
    draw();
    if (chosen === undefined) {
      goBack();
    } else {
      zoom.fit();
    }
  }

  function light(): void {
    for (const [element, node] of nodes) {
      element.classList.toggle("lit", isLitNode(node, lit, machines));
    }
  }

  return {
    show(text, fleet) {
      mermaid = text;
      machines = fleet.machines;
      holders.value = wanted ?? (machines.length > maxMachines ? "tags" : "machines");
      filters.hidden = !mermaid.includes("-->");
      if (filters.hidden) {
        return drawing.replaceChildren(blankFor(machines));
      }
      read();
    },
    light(focus) {
      lit = focus;
      light();
    },
  };
}

/** Machines by name or by their tags, tags by name or by their machines, roles with their instance. */
function isLitNode(
  { kind, about, machines }: Node,
  { machine, tag, instance, role }: Focus,
  fleet: readonly FleetMachine[],
): boolean {
  switch (kind) {
    case "role":
      return about.instance === instance && (role === undefined || about.role === role);
    case "tag":
      return tag === undefined
        ? machine !== undefined && instance === undefined && machines.includes(machine)
        : about.tag === tag;
    case "machine":
      return machine === undefined
        ? tag !== undefined &&
            fleet.some(({ name, tags }) => tags.includes(tag) && machines.includes(name))
        : machines.includes(machine);
  }
}

function blankFor(machines: readonly FleetMachine[]): HTMLElement {
  return blank(
    "Nothing to draw yet",
    machines.length === 0
      ? "Add a machine under “machines:”."
      : "Give a machine a role to see the line between them.",
  );
}
