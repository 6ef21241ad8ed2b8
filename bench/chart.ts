import type { Report, Row } from "./table.js";

const width = 720;
const height = 360;
const left = 70;
const bottom = 50;

const lines: readonly {
  readonly label: string;
  readonly color: string;
  readonly isDashed?: boolean;
  readonly format: Row["format"];
  readonly time: (row: Row) => number;
}[] = [
  {
    label: "yaml, parse alone",
    color: "#b45309",
    isDashed: true,
    format: "yaml",
    time: ({ times }) => times.bare,
  },
  {
    label: "inventory2nix, from YAML",
    color: "#b45309",
    format: "yaml",
    time: ({ times }) => times.compile,
  },
  {
    label: "inventory2nix, from JSON",
    color: "#1d4ed8",
    format: "json",
    time: ({ times }) => times.compile,
  },
  {
    label: "JSON.parse alone",
    color: "#1d4ed8",
    isDashed: true,
    format: "json",
    time: ({ times }) => times.bare,
  },
];

/** Time over machines, both logarithmic, as an SVG that reads on light and dark pages. */
export function chart({ rows, node }: Report): string {
  const small = rows.filter(({ settings }) => settings === "small");
  const sizes = [...new Set(small.map(({ machines }) => machines))];
  const decades = [-1, 0, 1, 2, 3, 4, 5].filter(
    (decade) => 10 ** decade <= 10 * Math.max(...small.map(({ times }) => times.compile)),
  );
  const x = (machines: number) =>
    left +
    (Math.log10(machines / sizes[0]!) / Math.log10(sizes.at(-1)! / sizes[0]!)) *
      (width - left - 200);
  const y = (time: number) =>
    height -
    bottom -
    ((Math.log10(time) - decades[0]!) / (decades.at(-1)! - decades[0]!)) * (height - bottom - 40);
  const end = ({ format, time }: (typeof lines)[number]) =>
    time(small.filter((row) => row.format === format).at(-1)!);
  // Labels go below each other if lines end side by side.
  let above = 0;
  const plots = [...lines]
    .sort((a, b) => end(b) - end(a))
    .map(({ label, color, isDashed, format, time }) => {
      const points = small
        .filter((row) => row.format === format)
        .map((row): [number, number] => [x(row.machines), y(time(row))]);
      const [endX, endY] = points.at(-1)!;
      above = Math.max(endY + 4, above + 16);
      return [
        `<polyline points="${points.map((point) => point.map((at) => at.toFixed(1)).join()).join(" ")}" fill="none" stroke="${color}" stroke-width="2"${isDashed ? ' stroke-dasharray="5 4"' : ""}/>`,
        `<text x="${(endX + 8).toFixed(1)}" y="${above.toFixed(1)}" fill="${color}">${label}</text>`,
      ].join("");
    });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="12">
<rect width="${width}" height="${height}" rx="8" fill="#fff"/>
<text x="${left}" y="22" font-weight="bold" fill="#111">Time by number of machines (ten instances by tags, Node ${node})</text>
${decades.map((decade) => `<line x1="${left}" x2="${width - 200}" y1="${y(10 ** decade)}" y2="${y(10 ** decade)}" stroke="#ddd"/><text x="${left - 8}" y="${y(10 ** decade) + 4}" text-anchor="end" fill="#444">${duration(decade)}</text>`).join("\n")}
${sizes.map((machines) => `<text x="${x(machines)}" y="${height - bottom + 22}" text-anchor="middle" fill="#444">${machines.toLocaleString("en")}</text>`).join("\n")}
${plots.join("\n")}
</svg>
`;
}

function duration(decade: number): string {
  return decade < 3 ? `${10 ** decade} ms` : `${10 ** (decade - 3)} s`;
}
