import { h, s } from "../dom.js";
import type { Focus } from "../focus.js";

/** The contents of our own Mermaid flowcharts: boxes of roles, nodes of machines, and edges. */
interface Flowchart {
  readonly boxes: readonly {
    readonly id: string;
    readonly title: string;
    readonly nodes: readonly Node[];
  }[];
  readonly edges: readonly { readonly from: string; readonly to: string }[];
}

interface Node {
  readonly id: string;
  readonly lines: readonly string[];
}

/** With more edges than this, only those of the node that is pointed at are drawn. */
const maxEdges = 150;

/**
 * The compiler's flowchart, to look at: it can be zoomed, and narrowed to what a node is joined to.
 * Those who do not see it get a table.
 */
export function createGraph(
  mermaid: string,
  available: number,
  copy: HTMLElement,
  point: (focus: Focus) => void,
): HTMLElement {
  const chart = readFlowchart(mermaid);
  const drawing = h("div", {
    class: "drawing",
    tabindex: "0",
    role: "region",
    "aria-label": "Graph",
  });
  let scale = 1;
  let focus: string | undefined;
  const resize = (next: number) => {
    scale = Math.min(3, Math.max(0.2, next));
    const svg = drawing.querySelector("svg")!;
    const [, , width, height] = svg.getAttribute("viewBox")!.split(" ").map(Number);
    svg.setAttribute("width", String(width! * scale));
    svg.setAttribute("height", String(height! * scale));
  };
  const fit = () => {
    const [, , width, height] = drawing
      .querySelector("svg")!
      .getAttribute("viewBox")!
      .split(" ")
      .map(Number);
    const [room, space] = [drawing.clientWidth - 40, drawing.clientHeight - 40];
    resize(Math.min(1, room / width!, space / height!));
  };
  const all = h(
    "button",
    { type: "button", class: "quiet", hidden: true, click: () => narrow(undefined) },
    "Show all",
  );
  const narrow = (id: string | undefined) => {
    focus = id === focus ? undefined : id;
    all.hidden = focus === undefined;
    const narrowed = focus === undefined ? chart : around(chart, focus);
    drawing.replaceChildren(drawGraph(narrowed, available, narrow));
    resize(scale);
  };
  narrow(undefined);
  pointFromNodes(drawing, point);
  const isDense = chart.edges.length > maxEdges;
  return h(
    "div",
    { class: "graph" },
    h(
      "div",
      { class: "filters" },
      h(
        "span",
        { class: "total hint" },
        isDense
          ? "Point at a node to see its lines; choose one to see only what it is joined to."
          : "Choose a node to see only what it is joined to.",
      ),
      all,
      zoomButton("−", "Smaller", () => resize(scale / 1.25)),
      zoomButton("+", "Larger", () => resize(scale * 1.25)),
      zoomButton("Fit", "Fit", fit),
      copy,
    ),
    drawing,
    tableOf(chart),
  );
}

/** A node of several machines is about none of them alone. */
function focusOfNode(node: SVGElement | null): Focus {
  const names = node?.dataset["names"]?.split(", ") ?? [];
  const box = node?.dataset["box"];
  return box === "machines"
    ? { machine: names.length === 1 ? names[0] : undefined }
    : { instance: box?.split(" ")[0], role: names[0] };
}

/** Lights up the nodes that the cursor is on: machines by name, roles by theirs and their instance's. */
export function lightGraph(panel: HTMLElement, { machine, instance, role }: Focus): void {
  for (const node of panel.querySelectorAll<SVGElement>(".node")) {
    const lines = node.dataset["names"]!.split(", ");
    const box = node.dataset["box"];
    const isOn =
      box === "machines"
        ? machine !== undefined && lines.includes(machine)
        : instance !== undefined &&
          box?.split(" ")[0] === instance &&
          (role === undefined || lines[0] === role);
    node.classList.toggle("lit", isOn);
  }
}

function pointFromNodes(drawing: HTMLElement, point: (focus: Focus) => void): void {
  const tell = ({ target }: Event) =>
    point(focusOfNode((target as Element).closest<SVGElement>(".node")));
  drawing.addEventListener("pointerover", tell);
  drawing.addEventListener("focusin", tell);
  drawing.addEventListener("pointerleave", () => point({}));
}

function zoomButton(text: string, label: string, click: () => void): HTMLElement {
  return h("button", { type: "button", class: "quiet", "aria-label": label, click }, text);
}

/** A node with those that edges join it to. */
function around({ boxes, edges }: Flowchart, id: string): Flowchart {
  const box = boxes.find(({ nodes }) => nodes.some((node) => node.id === id))?.id;
  const touching = edges.filter(({ from, to }) => from === id || to === id || to === box);
  const near = new Set([id, ...touching.flatMap(({ from, to }) => [from, to])]);
  const isNear = (node: Node, of: string) => near.has(node.id) || near.has(of);
  return {
    boxes: boxes
      .map((box) => ({ ...box, nodes: box.nodes.filter((node) => isNear(node, box.id)) }))
      .filter(({ nodes }) => nodes.length > 0),
    edges: touching,
  };
}

/** The same for screen readers: a line for each role. */
function tableOf({ boxes, edges }: Flowchart): HTMLElement {
  const nodes = new Map(boxes.flatMap(({ nodes }) => nodes.map((node) => [node.id, node.lines])));
  const rows = boxes
    .filter(({ id }) => id !== "machines")
    .flatMap(({ title, nodes: roles }) =>
      roles.map(({ id, lines }) => {
        const ends = edges.filter(({ from }) => from === id).map(({ to }) => nodes.get(to));
        const machines = ends.map((lines) => lines?.join(", ") ?? "all machines");
        return h(
          "tr",
          {},
          h("th", { scope: "row" }, `${title}: ${lines.join(", ")}`),
          h("td", {}, machines.join(", ")),
        );
      }),
    );
  return h(
    "table",
    { class: "unseen" },
    h("caption", {}, "Roles and their machines"),
    h("tbody", {}, ...rows),
  );
}

/**
 * Draws roles on the left, machines on the right. Hovering over a node or focusing it highlights its
 * edges.
 */
function drawGraph(
  { boxes, edges }: Flowchart,
  available: number,
  choose: (id: string) => void,
): SVGSVGElement {
  const places = new Map<string, Place>();
  const roles = boxes.filter(({ id }) => id !== "machines");
  const machines = boxes.filter(({ id }) => id === "machines");
  const [leftWidth, rightWidth] = [boxWidth(roles), boxWidth(machines)];
  const gap = Math.min(200, Math.max(60, available - leftWidth - rightWidth - 2));
  const rightX = 1 + leftWidth + gap;
  const left = column(roles, 1, leftWidth, places);
  const right = column(machines, rightX, rightWidth, places);
  const [width, height] = [rightX + rightWidth + 1, Math.max(left, right)];
  // The shorter column is centered.
  shift(places, (x) => x < rightX, (height - left) / 2);
  shift(places, (x) => x >= rightX, (height - right) / 2);

  const lines = edges.flatMap(({ from, to }) => {
    const [start, end] = [places.get(from), places.get(to)];
    // An edge to all machines ends next to the title of their box.
    return start && end
      ? [
          {
            from,
            to,
            element: s("path", {
              class: "edge",
              d: curve(start, to === "machines" ? { ...end, height: titleHeight } : end),
            }),
          },
        ]
      : [];
  });
  const groups = boxes.map((box) => drawBox(box, places));
  const nodes = boxes.flatMap((box) =>
    box.nodes.map((node) => ({ id: node.id, element: drawNode(node, box, places.get(node.id)!) })),
  );
  const svg = s(
    "svg",
    {
      viewBox: `0 0 ${width} ${height}`,
      width,
      height,
      role: "group",
      "aria-label": "Roles and machines",
      class: edges.length > maxEdges ? "dense" : undefined,
    },
    ...groups,
    ...lines.map(({ element }) => element),
    ...nodes.map(({ element }) => element),
  );

  const lift = (id: string | undefined) => {
    svg.classList.toggle("lifted", id !== undefined);
    const touched = lines.filter(
      ({ from, to }) => from === id || to === id || (to === "machines" && id?.startsWith("m")),
    );
    for (const { element } of lines) {
      element.classList.toggle(
        "on",
        touched.some((line) => line.element === element),
      );
    }
    const near = new Set([id, ...touched.flatMap(({ from, to }) => [from, to])]);
    for (const node of nodes) {
      node.element.classList.toggle(
        "on",
        near.has(node.id) ||
          (near.has("machines") && id?.startsWith("r") === true && node.id.startsWith("m")),
      );
    }
  };
  for (const { id, element } of nodes) {
    element.addEventListener("click", () => choose(id));
    element.addEventListener("keydown", ({ key }) => key === "Enter" && choose(id));
    for (const event of ["pointerenter", "focus"]) {
      element.addEventListener(event, () => lift(id));
    }
    for (const event of ["pointerleave", "blur"]) {
      element.addEventListener(event, () => lift(undefined));
    }
  }
  return svg;
}

function readFlowchart(text: string): Flowchart {
  const boxes: { id: string; title: string; nodes: Node[] }[] = [];
  const edges: { from: string; to: string }[] = [];
  for (const line of text.split("\n")) {
    const [, box, title] = /^ *subgraph (\w+)\["(.*)"\]$/.exec(line) ?? [];
    const [, node, label] = /^ *(\w+)\["(.*)"\]$/.exec(line) ?? [];
    const [, from, to] = /^ *(\w+) --> (\w+)$/.exec(line) ?? [];
    if (box !== undefined) {
      boxes.push({ id: box, title: decode(title!), nodes: [] });
    } else if (node !== undefined) {
      boxes.at(-1)?.nodes.push({ id: node, lines: label!.split("<br/>").map(decode) });
    } else if (from !== undefined) {
      edges.push({ from, to: to! });
    }
  }
  return { boxes, edges };
}

/** Mermaid's entities: `#34;` */
function decode(label: string): string {
  return label.replace(/#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)));
}

interface Place {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const padding = 12;
const lineHeight = 17;
const titleHeight = 26;

/** As wide as the longest text in any of the boxes needs. */
function boxWidth(boxes: Flowchart["boxes"]): number {
  const longest = Math.max(
    0,
    ...boxes
      .flatMap(({ title, nodes }) => [title, ...nodes.flatMap(({ lines }) => lines)])
      .map((text) => cut(text).length),
  );
  return Math.max(80, longest * 7.3 + 20) + 2 * padding;
}

/** Places boxes with their nodes below each other, and returns where they end. */
function column(
  boxes: Flowchart["boxes"],
  x: number,
  width: number,
  places: Map<string, Place>,
): number {
  let y = 1;
  for (const { id, nodes } of boxes) {
    const top = y;
    y += titleHeight;
    for (const node of nodes) {
      const height = node.lines.length * lineHeight + 10;
      places.set(node.id, { x: x + padding, y, width: width - 2 * padding, height });
      y += height + 6;
    }
    places.set(id, { x, y: top, width, height: y + 6 - top });
    y += 6 + 12;
  }
  return y - 11;
}

function shift(places: Map<string, Place>, isMeant: (x: number) => boolean, by: number): void {
  for (const [id, place] of places) {
    if (isMeant(place.x)) places.set(id, { ...place, y: place.y + by });
  }
}

function drawBox(
  { id, title }: Flowchart["boxes"][number],
  places: ReadonlyMap<string, Place>,
): SVGElement {
  const { x, y, width, height } = places.get(id)!;
  return s(
    "g",
    {},
    s("rect", { class: "box", x, y, width, height, rx: 8 }),
    s(
      "text",
      { class: id === "machines" ? "title" : "title instance-title", x: x + padding, y: y + 18 },
      cut(title),
    ),
  );
}

function drawNode(
  { lines }: Node,
  box: Flowchart["boxes"][number],
  { x, y, width, height }: Place,
): SVGElement {
  const texts = lines.flatMap((line, index) => [
    s("text", { x: x + 10, y: y + 17 + index * lineHeight }, cut(line)),
    " ",
  ]);
  return s(
    "g",
    {
      class: box.id === "machines" ? "node machine-node" : "node role-node",
      tabindex: "0",
      role: "button",
      "data-names": lines.join(", "),
      "data-box": box.id === "machines" ? box.id : box.title,
    },
    s("rect", { x, y, width, height, rx: 5 }),
    ...texts,
  );
}

function cut(text: string): string {
  return text.length > 26 ? `${text.slice(0, 25)}…` : text;
}

function curve(from: Place, to: Place): string {
  const [x1, y1] = [from.x + from.width, from.y + from.height / 2];
  const [x2, y2] = [to.x, to.y + to.height / 2];
  const middle = (x1 + x2) / 2;
  return `M${x1} ${y1}C${middle} ${y1} ${middle} ${y2} ${x2} ${y2}`;
}
