/**
 * Measures the compiler beside the bare parsers, all in one run:
 *
 *     npm run bench -- [--quick] [--json] [--chart FILE] [--wasmtime PATH] [--clan-core FOLDER --nixpkgs FOLDER]
 *
 * `--quick` leaves out the fleet of 100,000 machines. wasmtime is the one of
 * `npm run setup:hosts`, or else on the PATH. Where Nix is installed it also
 * measures how long Nix takes to evaluate the output, and, with checkouts of
 * both, the real Clan to compute every member's settings from it.
 */
import { spawnSync } from "node:child_process";
import { closeSync, existsSync, mkdtempSync, openSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import path from "node:path";
import process from "node:process";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { chart } from "./chart.js";
import { fleetText, type FleetOptions } from "./fleet.js";
import { table, type Report, type Row } from "./table.js";

const installed = path.resolve("node_modules/.hosts/wasmtime");
const { values: flags } = parseArgs({
  options: { quick: { type: "boolean" }, json: { type: "boolean" }, chart: { type: "string" }, wasmtime: { type: "string", default: existsSync(installed) ? installed : "wasmtime" }, "clan-core": { type: "string" }, nixpkgs: { type: "string" } },
});
const dist = path.join(process.cwd(), "dist");
const measureFile = fileURLToPath(new URL("measure.js", import.meta.url));
const sizes = flags.quick ? [100, 1000, 10_000] : [100, 1000, 10_000, 100_000];
const folder = mkdtempSync(path.join(tmpdir(), "inventory2nix-bench-"));
const precompiled = path.join(folder, "inventory2nix.cwasm");

try {
  run(flags.wasmtime, ["compile", path.join(dist, "inventory2nix.wasm"), "-o", precompiled]);
  const rows = sizes.flatMap((machines) =>
    (["small", "large"] as const).flatMap((settings) => (["yaml", "json"] as const).map((format) => measureRow({ machines, format, settings }))),
  );
  const report: Report = { date: new Date().toISOString(), node: process.version, cpu: cpus()[0]!.model, idle: measure<{ peak: number }>("idle").peak, rows };
  if (flags.chart !== undefined) writeFileSync(flags.chart, chart(report));
  console.log(flags.json ? JSON.stringify(report, null, 2) : table(report));
} finally {
  rmSync(folder, { recursive: true });
}

function measureRow(options: FleetOptions): Row {
  const file = path.join(folder, `inventory.${options.format}`);
  const output = path.join(folder, "inventory.nix");
  writeFileSync(file, fleetText(options));
  const rounds = { 100: 20, 1000: 8, 10_000: 3 }[options.machines] ?? 1;
  const { peak, ...bytes } = measure<{ peak: number; inputBytes: number; outputBytes: number }>("compile", file, "1", output);
  return {
    ...options,
    ...bytes,
    times: measure<Row["times"]>("times", file, String(rounds)),
    peaks: { bare: measure<{ peak: number }>("bare", file).peak, compile: peak },
    commands: measureCommands(file, output, options.machines > 1000, Math.min(rounds, 3)),
  };
}

function measure<T>(...args: readonly string[]): T {
  const { stdout, status, stderr } = spawnSync(process.execPath, ["--expose-gc", measureFile, ...args], { encoding: "utf8", maxBuffer: 1 << 30 });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as T;
}

/** Whole processes from cold, by turns; `null` for what is not installed, and for the component, which interprets, and Clan with a large fleet. */
function measureCommands(file: string, nixFile: string, isLarge: boolean, rounds: number): Row["commands"] {
  const parser = file.endsWith(".json") ? "const parse = JSON.parse;" : `import { parse as parseYaml } from ${JSON.stringify(pathToFileURL(path.resolve("node_modules/yaml/browser/index.js")))}; const parse = (text) => parseYaml(text, { uniqueKeys: false });`;
  const bareFile = path.join(folder, "bare.mjs");
  writeFileSync(bareFile, `import { readFileSync } from "node:fs"; ${parser} parse(readFileSync(0, "utf8"));`);
  const nodeComponent = path.join(folder, "component.mjs");
  writeFileSync(
    nodeComponent,
    `import { readFileSync } from "node:fs";
     import { instantiate } from ${JSON.stringify(pathToFileURL(path.join(dist, "component/node.js")))};
     const { compile } = await instantiate();
     const { text } = compile([{ name: "inventory", text: readFileSync(0, "utf8") }], { knownMachines: [], allowNix: false, denyWarnings: false });
     if (text === undefined) process.exit(1);`,
  );
  const commands: { readonly [name in keyof Row["commands"]]: () => number | null } = {
    node: () => run(process.execPath, ["-e", "0"]),
    bare: () => run(process.execPath, [bareFile], file),
    command: () => run(process.execPath, [path.join(dist, "bin.js"), "--no-machines-dir"], file),
    component: () => (isLarge ? null : run(process.execPath, [nodeComponent], file)),
    wasmtime: () => (isLarge ? null : run(flags.wasmtime, ["run", "--allow-precompiled", precompiled, "--no-machines-dir"], file)),
    nix: () => run("nix-instantiate", ["--eval", "--strict", nixFile]),
    clan: () => (isLarge || flags["clan-core"] === undefined ? null : runClan()),
  };
  const samples = Array.from({ length: rounds }, () => Object.entries(commands).map(([name, command]) => [name, command()] as const)).flat();
  const fastest = (name: string) => samples.filter(([of]) => of === name).map(([, time]) => time).sort((a, b) => (a ?? Infinity) - (b ?? Infinity))[0]!;
  return Object.fromEntries(Object.keys(commands).map((name) => [name, fastest(name)])) as unknown as Row["commands"];
}

/** The real Clan on `inventory.nix` in the folder. */
function runClan(): number | null {
  writeFileSync(path.join(folder, "cases.json"), JSON.stringify([{ known: {}, source: "inventory.nix", outputs: {} }]));
  const args = Object.entries({ clanCore: flags["clan-core"]!, nixpkgs: flags.nixpkgs!, folder }).flatMap(([name, value]) => ["--argstr", name, value]);
  return run("nix-instantiate", ["--eval", "--strict", "--json", path.resolve("test/clan-core/evaluate.nix"), "-A", "results", ...args]);
}

/** The milliseconds that a program takes; `null` where it fails, or is not there. */
function run(program: string, args: readonly string[], input?: string): number | null {
  const stdin = input === undefined ? "ignore" : openSync(input, "r");
  const start = performance.now();
  const { status } = spawnSync(program, args, { stdio: [stdin, "ignore", "ignore"] });
  const time = performance.now() - start;
  if (typeof stdin === "number") closeSync(stdin);
  return status === 0 ? time : null;
}
