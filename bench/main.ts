/**
 * Measures the compiler side by side with the bare parsers, all in one run:
 *
 *     npm run bench -- [--quick] [--json] [--chart FILE] [--wasmtime PATH] [--clan-core FOLDER
 * --nixpkgs FOLDER]
 *
 * `--quick` leaves out the fleet of 100,000 machines. The component is measured
 * where `npm run build:component` has made it; wasmtime is the one of
 * `npm run setup:hosts`, or else on the PATH. Where Nix is installed it also
 * measures how long Nix takes to evaluate the output, all of it and what one
 * machine needs. With checkouts of both, by hand, it measures the real Clan,
 * which computes from it every member's settings, and those of one machine, also
 * from declared output; and one and two workers, which evaluate a light
 * configuration of each machine.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import path from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { chart } from "./chart.js";
import { measureCommands, precompile, type Tools } from "./commands.js";
import { type FleetOptions, fleetText } from "./fleet.js";
import { type Report, type Row, table } from "./table.js";

const installed = path.resolve("node_modules/.hosts/wasmtime");
const { values: flags } = parseArgs({
  options: {
    quick: { type: "boolean" },
    json: { type: "boolean" },
    chart: { type: "string" },
    wasmtime: { type: "string", default: existsSync(installed) ? installed : "wasmtime" },
    "clan-core": { type: "string" },
    nixpkgs: { type: "string" },
  },
});
if ((flags["clan-core"] === undefined) !== (flags.nixpkgs === undefined)) {
  console.error("bench: --clan-core and --nixpkgs need each other");
  process.exit(2);
}
const measureFile = fileURLToPath(new URL("measure.js", import.meta.url));
const sizes = flags.quick ? [100, 1000, 10_000] : [100, 1000, 10_000, 100_000];
const folder = mkdtempSync(path.join(tmpdir(), "inventory2nix-bench-"));
const tools: Tools = {
  folder,
  wasmtime: flags.wasmtime,
  clanCore: flags["clan-core"],
  nixpkgs: flags.nixpkgs,
};

try {
  precompile(tools);
  const rows = sizes.flatMap((machines) =>
    (["small", "large", "sparse"] as const)
      // A hundred thousand members with a few hundred settings each say nothing new in minutes.
      .filter((settings) => settings !== "large" || machines <= 10_000)
      .flatMap((settings) =>
        (["yaml", "json"] as const).map((format) => measureRow({ machines, format, settings })),
      ),
  );
  const report: Report = {
    date: new Date().toISOString(),
    node: process.version,
    cpu: cpus()[0]!.model,
    idle: measure<{ peak: number }>("idle").peak,
    rows,
  };
  if (flags.chart !== undefined) {
    writeFileSync(flags.chart, chart(report));
  }
  console.log(flags.json ? JSON.stringify(report, null, 2) : table(report));
} finally {
  rmSync(folder, { recursive: true });
}

function measureRow(options: FleetOptions): Row {
  const file = path.join(folder, `inventory.${options.format}`);
  const output = path.join(folder, "inventory.nix");
  writeFileSync(file, fleetText(options));
  const rounds = { 100: 21, 1000: 11, 10_000: 5 }[options.machines] ?? 1;
  const { peak, ...bytes } = measure<{ peak: number; inputBytes: number; outputBytes: number }>(
    "compile",
    file,
    "1",
    output,
  );
  return {
    ...options,
    ...bytes,
    times: measure<Row["times"]>("times", file, String(rounds)),
    peaks: {
      bare: measure<{ peak: number }>("bare", file).peak,
      compile: peak,
      broken: options.format === "yaml" ? measure<{ peak: number }>("broken", file).peak : null,
    },
    commands: measureCommands(
      { machines: options.machines, file, nixFile: output },
      Math.min(rounds, 3),
      tools,
    ),
  };
}

function measure<T>(...args: readonly string[]): T {
  const { stdout, status, stderr } = spawnSync(
    process.execPath,
    ["--expose-gc", measureFile, ...args],
    { encoding: "utf8", maxBuffer: 1 << 30 },
  );
  if (status !== 0) {
    throw new Error(stderr);
  }
  return JSON.parse(stdout) as T;
}
