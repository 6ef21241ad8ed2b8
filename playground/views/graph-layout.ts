import { type Box, type Chart, type Edge, isBox, type Node } from "./chart.js";

export interface Place {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Where the boxes and the nodes of a chart are, by their ids. */
export interface Layout {
  readonly places: ReadonlyMap<string, Place>;
  readonly width: number;
  readonly height: number;
}

export const padding = 12;
export const lineHeight = 17;
export const titleHeight = 26;
/** Between two nodes. */
const space = 6;

/** Roles on the left, who holds them on the right, within this width if it is enough. */
export function layOut({ roles, holders, edges }: Chart, room: number): Layout {
  const isFree = !isBox(holders);
  const leftWidth = widthOf(roles) + 2 * padding;
  const rightWidth = isFree ? widthOf([{ nodes: holders }]) : widthOf([holders]) + 2 * padding;
  const gap = Math.min(200, Math.max(60, room - leftWidth - rightWidth - 2));
  const rightX = 1 + leftWidth + gap;
  const left = placeBoxes(roles, 1, leftWidth);
  const right = isFree
    ? placeBeside(holders, edges, left, { x: rightX, width: rightWidth })
    : placeBoxes([holders], rightX, rightWidth);
  const [leftEnd, rightEnd] = [endOf(left), endOf(right)];
  const height = Math.max(leftEnd, rightEnd);
  return {
    places: new Map([
      ...moveDown(left, isFree ? 0 : (height - leftEnd) / 2),
      ...moveDown(right, isFree ? 0 : (height - rightEnd) / 2),
    ]),
    width: rightX + rightWidth + 1,
    height: height + 1,
  };
}

/** A name as it is drawn. */
export function cut(text: string): string {
  return text.length > 26 ? `${text.slice(0, 25)}…` : text;
}

/** As wide as the longest text in any of the boxes needs. */
function widthOf(
  boxes: readonly { readonly title?: string; readonly nodes: readonly Node[] }[],
): number {
  const texts = boxes.flatMap(({ title = "", nodes }) => [
    title,
    ...nodes.flatMap(({ lines }) => lines),
  ]);
  const longest = Math.max(0, ...texts.map((text) => cut(text).length));
  return Math.max(80, longest * 7.3 + 20);
}

function heightOf({ lines }: Node): number {
  return lines.length * lineHeight + 10;
}

/** Boxes with their nodes, below each other. */
function placeBoxes(boxes: readonly Box[], x: number, width: number): Map<string, Place> {
  const places = new Map<string, Place>();
  let y = 1;
  for (const { id, nodes } of boxes) {
    const top = y;
    y += titleHeight;
    for (const node of nodes) {
      const height = heightOf(node);
      places.set(node.id, { x: x + padding, y, width: width - 2 * padding, height });
      y += height + space;
    }
    places.set(id, { x, y: top, width, height: y + space - top });
    y += space + 12;
  }
  return places;
}

/** Each node as near as it can be to those that it is joined to, so that few edges cross. */
function placeBeside(
  nodes: readonly Node[],
  edges: readonly Edge[],
  left: ReadonlyMap<string, Place>,
  column: Pick<Place, "x" | "width">,
): Map<string, Place> {
  const ends = Map.groupBy(edges, ({ to }) => to);
  const middle = ({ id }: Node) => {
    const own = (ends.get(id) ?? []).map(({ from }) => left.get(from)!);
    return own.reduce((sum, { y, height }) => sum + y + height / 2, 0) / own.length;
  };
  const wanted = nodes.map((node) => ({ node, at: middle(node) })).sort((a, b) => a.at - b.at);
  let rest = wanted.reduce((sum, { node }) => sum + heightOf(node) + space, 0) - space;
  const end = Math.max(endOf(left), rest + 1);
  const places = new Map<string, Place>();
  let y = 1;
  for (const { node, at } of wanted) {
    const height = heightOf(node);
    // Those that are still to come need their room.
    y = Math.min(Math.max(y, at - height / 2), end - rest);
    places.set(node.id, { ...column, y, height });
    y += height + space;
    rest -= height + space;
  }
  return places;
}

function endOf(places: ReadonlyMap<string, Place>): number {
  let end = 0;
  for (const { y, height } of places.values()) {
    end = Math.max(end, y + height);
  }
  return end;
}

function moveDown(places: ReadonlyMap<string, Place>, by: number): Map<string, Place> {
  return new Map([...places].map(([id, place]) => [id, { ...place, y: place.y + by }]));
}
