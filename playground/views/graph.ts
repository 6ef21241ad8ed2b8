import { s } from "../dom.js";

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

/**
 * Draws the compiler's flowchart: roles on the left, machines on the right. Hovering over a node or
 * focusing it highlights its edges.
 */
export function drawGraph(mermaid: string, available: number): SVGSVGElement {
  const { boxes, edges } = readFlowchart(mermaid);
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
    box.nodes.map((node) => ({ id: node.id, element: drawNode(node, places.get(node.id)!) })),
  );
  const svg = s(
    "svg",
    {
      viewBox: `0 0 ${width} ${height}`,
      width,
      height,
      role: "group",
      "aria-label": "Roles and machines",
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
    s("text", { class: "title", x: x + padding, y: y + 18 }, cut(title)),
  );
}

function drawNode({ lines }: Node, { x, y, width, height }: Place): SVGElement {
  const texts = lines.map((line, index) =>
    s("text", { x: x + 10, y: y + 17 + index * lineHeight }, cut(line)),
  );
  return s(
    "g",
    { class: "node", tabindex: "0", role: "img", "aria-label": lines.join(", ") },
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
