import { h, s } from "../dom.js";
import {
  type Box,
  type Chart,
  type Edge,
  edgesOf,
  isBox,
  type Node,
  neighbours,
  nodesOf,
} from "./chart.js";
import { cut, type Layout, lineHeight, type Place, padding, titleHeight } from "./graph-layout.js";

/** With more edges than this, only those of the node that is pointed at are drawn. */
const maxEdges = 150;

/** Whether edges show only where they are asked for. */
export function isDense({ edges }: Chart): boolean {
  return edges.length > maxEdges;
}

/** Draws a chart; hovering over a node or focusing it lifts it and what it is joined to. */
export function drawGraph(
  chart: Chart,
  { places, width, height }: Layout,
  choose: (node: Node) => void,
): SVGSVGElement {
  const { roles, holders } = chart;
  const lines = chart.edges.map((edge) => ({ edge, element: drawEdge(edge, holders, places) }));
  const nodes = nodesOf(chart).map((node) => ({
    node,
    element: drawNode(node, places.get(node.id)!),
  }));
  const svg = s(
    "svg",
    {
      viewBox: `0 0 ${width} ${height}`,
      width,
      height,
      role: "group",
      "aria-label": "Roles and who holds them",
      class: isDense(chart) ? "dense" : undefined,
    },
    ...[...roles, ...(isBox(holders) ? [holders] : [])].map((box) =>
      drawBox(box, places.get(box.id)!),
    ),
    ...lines.map(({ element }) => element),
    ...nodes.map(({ element }) => element),
  );
  const lift = (id: string | undefined) => {
    const own = new Set<Edge>(id === undefined ? [] : edgesOf(chart, id));
    const near = id === undefined ? new Set() : neighbours(chart, id);
    svg.classList.toggle("lifted", id !== undefined);
    for (const { edge, element } of lines) {
      element.classList.toggle("on", own.has(edge));
    }
    for (const { node, element } of nodes) {
      element.classList.toggle("on", near.has(node.id));
    }
  };
  for (const { node, element } of nodes) {
    element.addEventListener("click", () => choose(node));
    element.addEventListener("keydown", ({ key }) => key === "Enter" && choose(node));
    for (const event of ["pointerenter", "focus"]) {
      element.addEventListener(event, () => lift(node.id));
    }
    for (const event of ["pointerleave", "blur"]) {
      element.addEventListener(event, () => lift(undefined));
    }
  }
  return svg;
}

/** The same for screen readers: a line for each role. */
export function drawGraphTable({ roles, holders, edges }: Chart): HTMLElement {
  const names = new Map(
    (isBox(holders) ? holders.nodes : holders).map(({ id, kind, lines }) => [
      id,
      kind === "tag" ? `tag ${lines.join(": ")}` : lines.join(", "),
    ]),
  );
  const rows = roles.flatMap(({ title, nodes }) =>
    nodes.map(({ id, lines }) => {
      const ends = edges.filter(({ from }) => from === id);
      return h(
        "tr",
        {},
        h("th", { scope: "row" }, `${title}: ${lines.join(", ")}`),
        h("td", {}, ends.map(({ to }) => names.get(to) ?? "all machines").join(", ")),
      );
    }),
  );
  return h("table", {}, h("caption", {}, "Roles and who holds them"), h("tbody", {}, ...rows));
}

function drawBox({ id, title }: Box, { x, y, width, height }: Place): SVGElement {
  const kind = id === "machines" ? "title" : "title instance-title";
  return s(
    "g",
    {},
    s("rect", { class: "box", x, y, width, height, rx: 8 }),
    s("text", { class: kind, x: x + padding, y: y + 18 }, cut(title)),
  );
}

function drawNode({ kind, lines }: Node, { x, y, width, height }: Place): SVGElement {
  const texts = lines.flatMap((line, index) => [
    s("text", { x: x + 10, y: y + 17 + index * lineHeight }, cut(line)),
    " ",
  ]);
  return s(
    "g",
    {
      class: `node ${kind}-node`,
      tabindex: "0",
      role: "button",
      "data-names": lines.join(", "),
    },
    s("rect", { x, y, width, height, rx: 5 }),
    ...texts,
  );
}

/** An edge to all machines ends next to the title of their box. */
function drawEdge(
  { from, to }: Edge,
  holders: Chart["holders"],
  places: ReadonlyMap<string, Place>,
): SVGElement {
  const [start, end] = [places.get(from)!, places.get(to)!];
  const isToAll = isBox(holders) && holders.id === to;
  return s("path", {
    class: "edge",
    d: curve(start, isToAll ? { ...end, height: titleHeight } : end),
  });
}

function curve(from: Place, to: Place): string {
  const [x1, y1] = [from.x + from.width, from.y + from.height / 2];
  const [x2, y2] = [to.x, to.y + to.height / 2];
  const middle = (x1 + x2) / 2;
  return `M${x1} ${y1}C${middle} ${y1} ${middle} ${y2} ${x2} ${y2}`;
}
