import type { FleetOptions } from "./fleet.js";
import { type Phases, phaseNames } from "./phases.js";

/** Times are in milliseconds, peaks in MiB. */
export interface Report {
  readonly date: string;
  readonly node: string;
  readonly cpu: string;
  /** The peak of a Node that does nothing. */
  readonly idle: number;
  readonly rows: readonly Row[];
}

export interface Row extends FleetOptions {
  readonly inputBytes: number;
  readonly outputBytes: number;
  /**
   * In one warm process: the bare parser, `js-yaml` (of JSON the bare parser again), text to value, a
   * whole compile, one without the mistake of the sparse fleet, one with a catalogue, text to checked
   * value, `plan`, `diff` with its plan; and each pass.
   */
  readonly times: Phases & {
    readonly [name in
      | "bare"
      | "jsYaml"
      | "parsed"
      | "compile"
      | "clean"
      | "checked"
      | "read"
      | "plan"
      | "diff"]: number;
  };
  readonly peaks: {
    readonly bare: number;
    readonly compile: number;
    /** Of YAML with one mistake of syntax. */
    readonly broken: number | null;
  };
  /**
   * Whole processes: Node alone, with the bare parser, the command, the component in Node and in
   * wasmtime; and on the output Nix, and Clan, for all machines and for one, also from declared
   * output; and one and two workers that evaluate all machines.
   */
  readonly commands: {
    readonly [name in
      | "node"
      | "bare"
      | "command"
      | "component"
      | "wasmtime"
      | "nix"
      | "nixOne"
      | "clan"
      | "clanOne"
      | "clanOneDeclared"
      | "oneWorker"
      | "twoWorkers"]: number | null;
  };
}

/** The report for people. */
export function table({ date, node, cpu, idle, rows }: Report): string {
  return [
    `inventory2nix, ${date}, Node ${node}, ${cpu}`,
    "",
    "In one process, milliseconds; x: times the bare parser (yaml without uniqueKeys, JSON.parse); growth: times a tenth of the machines",
    grid(
      [
        "machines",
        "settings",
        "input",
        "bare",
        "js-yaml",
        "parse",
        "x js-yaml",
        "compile",
        "x",
        "growth",
        "a finding",
        "read",
        "x",
        "catalogue",
        "plan",
        "diff",
      ],
      rows,
      ({ times, ...row }) => [
        ms(times.bare),
        ms(times.jsYaml),
        ms(times.parsed),
        ratio(times.parsed, times.jsYaml),
        ms(times.compile),
        ratio(times.compile, times.bare),
        ratio(times.compile, tenth(row, rows)?.times.compile ?? null),
        row.settings === "sparse" ? percent(times.compile, times.clean) : "-",
        ms(times.read),
        ratio(times.read, times.bare),
        percent(times.checked, times.compile),
        ratio(times.plan, times.compile),
        ratio(times.diff, times.compile),
      ],
    ),
    "",
    "By pass, milliseconds",
    grid(["machines", "settings", "input", ...phaseNames], rows, ({ times }) =>
      phaseNames.map((name) => ms(times[name])),
    ),
    "",
    `Peak memory, MiB (Node alone: ${idle.toFixed(0)}), and size, MB; x: bare; x text: what is above Node alone, over input plus output`,
    grid(
      ["machines", "settings", "input", "bare", "compile", "x", "x text", "broken", "in", "out"],
      rows,
      ({ peaks, inputBytes, outputBytes }) => [
        peaks.bare.toFixed(0),
        peaks.compile.toFixed(0),
        ratio(peaks.compile, peaks.bare),
        ratio(peaks.compile - idle, (inputBytes + outputBytes) / 2 ** 20),
        peaks.broken?.toFixed(0) ?? "-",
        (inputBytes / 1e6).toFixed(2),
        (outputBytes / 1e6).toFixed(2),
      ],
    ),
    "",
    "Whole processes, milliseconds; x: the command over Node with the bare parser",
    grid(
      ["machines", "settings", "input", "node", "bare", "command", "x", "component", "wasmtime"],
      rows,
      ({ commands }) => [
        ms(commands.node),
        ms(commands.bare),
        ms(commands.command),
        ratio(commands.command, commands.bare),
        ms(commands.component),
        ms(commands.wasmtime),
      ],
    ),
    "",
    "Evaluation of the output, milliseconds; clan and workers by hand (--clan-core, --nixpkgs); x: declared over resolved, two workers over one",
    grid(
      [
        "machines",
        "settings",
        "input",
        "nix",
        "one machine",
        "clan",
        "one machine",
        "declared",
        "x",
        "1 worker",
        "2 workers",
        "x",
      ],
      rows,
      ({ commands }) => [
        ms(commands.nix),
        ms(commands.nixOne),
        ms(commands.clan),
        ms(commands.clanOne),
        ms(commands.clanOneDeclared),
        ratio(commands.clanOneDeclared, commands.clanOne),
        ms(commands.oneWorker),
        ms(commands.twoWorkers),
        ratio(commands.twoWorkers, commands.oneWorker),
      ],
    ),
  ].join("\n");
}

/** The row of the same kind of fleet with a tenth of the machines. */
function tenth(
  { machines, settings, format }: FleetOptions,
  rows: readonly Row[],
): Row | undefined {
  return rows.find(
    (row) => row.machines * 10 === machines && row.settings === settings && row.format === format,
  );
}

function grid(
  heads: readonly string[],
  rows: readonly Row[],
  cells: (row: Row) => readonly string[],
): string {
  const lines = [
    heads,
    ...rows.map((row) => [
      row.machines.toLocaleString("en"),
      row.settings,
      row.format,
      ...cells(row),
    ]),
  ];
  const widths = heads.map((_, column) => Math.max(...lines.map((line) => line[column]!.length)));
  return lines
    .map((line) => line.map((cell, column) => cell.padStart(widths[column]!)).join("  "))
    .join("\n");
}

function ms(time: number | null): string {
  return time === null ? "-" : time.toFixed(time < 10 ? 1 : 0);
}

function ratio(a: number | null, b: number | null): string {
  return a === null || b === null ? "-" : (a / b).toFixed(2);
}

function percent(a: number, b: number): string {
  return `${a < b ? "" : "+"}${((a / b - 1) * 100).toFixed(0)}%`;
}
