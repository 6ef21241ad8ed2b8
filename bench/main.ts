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
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { buildSync } from "esbuild";
import { chart } from "./chart.js";
import { type FleetOptions, fleetText } from "./fleet.js";
import { run } from "./run.js";
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
const dist = path.join(process.cwd(), "dist");
const component = path.join(dist, "inventory2nix.wasm");
const measureFile = fileURLToPath(new URL("measure.js", import.meta.url));
const sizes = flags.quick ? [100, 1000, 10_000] : [100, 1000, 10_000, 100_000];
const folder = mkdtempSync(path.join(tmpdir(), "inventory2nix-bench-"));
const precompiled = path.join(folder, "inventory2nix.cwasm");

try {
  if (existsSync(component)) {
    run(flags.wasmtime, ["compile", component, "-o", precompiled]);
  }
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
    commands: measureCommands(file, output, options.machines, Math.min(rounds, 3)),
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

/**
 * Whole processes from cold, in turns; `null` for programs that are missing, and, with a large fleet,
 * for the component and Clan, which would take too long.
 */
function measureCommands(
  file: string,
  nixFile: string,
  machines: number,
  rounds: number,
): Row["commands"] {
  const isLarge = machines > 1000;
  const isHuge = machines > 10_000;
  const bareFile = writeBare(file.endsWith(".json"));
  const nodeComponent = path.join(folder, "component.mjs");
  writeFileSync(
    nodeComponent,
    `import { readFileSync } from "node:fs";
     import { instantiate } from ${JSON.stringify(pathToFileURL(path.join(dist, "component/index.js")))};
     const { compile } = await instantiate();
     const { text } = compile([{ name: "inventory", text: readFileSync(0, "utf8") }], { knownMachines: [], allowNix: false, denyWarnings: false });
     if (text === undefined) process.exit(1);`,
  );
  const declaredFile = path.join(folder, "declared.nix");
  run(process.execPath, [
    path.join(dist, "bin.js"),
    "compile",
    "--no-machines-dir",
    "--emit=declared",
    `--output=${declaredFile}`,
    file,
  ]);
  const commands: { readonly [name in keyof Row["commands"]]: () => number | null } = {
    node: () => run(process.execPath, ["-e", "0"]),
    bare: () => run(process.execPath, [bareFile], file),
    command: () => run(process.execPath, [path.join(dist, "bin.js"), "--no-machines-dir"], file),
    component: () =>
      isLarge || !existsSync(component) ? null : run(process.execPath, [nodeComponent], file),
    wasmtime: () =>
      isLarge || !existsSync(precompiled)
        ? null
        : run(
            flags.wasmtime,
            ["run", "--allow-precompiled", precompiled, "--no-machines-dir"],
            file,
          ),
    nix: () => run("nix-instantiate", ["--eval", "--strict", nixFile]),
    nixOne: () => run("nix-instantiate", ["--eval", "--strict", "--expr", oneMachine(nixFile)]),
    clan: () => (isLarge ? null : runClan("results")),
    clanOne: () => (isHuge ? null : runClan("oneMachine", nixFile)),
    clanOneDeclared: () => (isHuge ? null : runClan("oneMachine", declaredFile)),
    oneWorker: () => (isHuge ? null : runWorkers(nixFile, 1)),
    twoWorkers: () => (isHuge ? null : runWorkers(nixFile, 2)),
  };
  const samples = Array.from({ length: rounds }, () =>
    Object.entries(commands).map(([name, command]) => [name, command()] as const),
  ).flat();
  const fastest = (name: string) =>
    samples
      .filter(([of]) => of === name)
      .map(([, time]) => time)
      .sort((a, b) => (a ?? Infinity) - (b ?? Infinity))[0]!;
  return Object.fromEntries(
    Object.keys(commands).map((name) => [name, fastest(name)]),
  ) as unknown as Row["commands"];
}

/**
 * A program that only parses, with the build of `yaml` that the command contains, and in one file as
 * the command is.
 */
function writeBare(isJson: boolean): string {
  const parser = isJson
    ? "const parse = JSON.parse;"
    : `import { parse as parseYaml } from "yaml"; const parse = (text) => parseYaml(text, { uniqueKeys: false });`;
  const outfile = path.join(folder, "bare.mjs");
  const contents = `import { readFileSync } from "node:fs"; ${parser} parse(readFileSync(0, "utf8"));`;
  // As rollup resolves it, which ignores the files for Node.
  buildSync({
    stdin: { contents, resolveDir: process.cwd() },
    bundle: true,
    format: "esm",
    platform: "neutral",
    external: ["node:*"],
    outfile,
  });
  return outfile;
}

/** What a configuration reads from the output: the settings of its machine in every role. */
function oneMachine(nixFile: string): string {
  return `builtins.mapAttrs (_: instance: builtins.mapAttrs (_: role: role.machines."${someMachine}" or null) instance.roles) (import ${nixFile}).instances`;
}

const someMachine = "machine-000001";

/** The real Clan on `inventory.nix` in the folder, or on another file there for one machine. */
function runClan(attribute: "results" | "oneMachine", nixFile = "inventory.nix"): number | null {
  if (flags["clan-core"] === undefined) {
    return null;
  }
  writeFileSync(
    path.join(folder, "cases.json"),
    JSON.stringify([{ known: {}, source: "inventory.nix", outputs: {} }]),
  );
  return evaluateFile(path.resolve("test/clan-core/evaluate.nix"), ["-A", attribute], {
    clanCore: flags["clan-core"],
    nixpkgs: flags.nixpkgs!,
    folder,
    ...(attribute === "oneMachine" && { source: path.basename(nixFile), machine: someMachine }),
  });
}

/** So many processes at once, each of which evaluates its part of the machines. */
function runWorkers(nixFile: string, count: number): number | null {
  if (flags.nixpkgs === undefined) {
    return null;
  }
  const workers = Array.from({ length: count }, (_, index) => {
    const parts = `--arg index ${index} --arg count ${count}`;
    return `nix-instantiate --eval --strict --json "$0" --arg nixpkgs "$1" --arg inventory "$2" ${parts} & pids="$pids $!"`;
  });
  const script = `pids=; ${workers.join("; ")}; for pid in $pids; do wait $pid || exit 1; done`;
  return run("sh", [
    "-c",
    script,
    path.resolve("bench/light-fleet.nix"),
    path.resolve(flags.nixpkgs),
    nixFile,
  ]);
}

function evaluateFile(
  file: string,
  selection: readonly string[],
  texts: { readonly [name: string]: string },
): number | null {
  const args = Object.entries(texts).flatMap(([name, value]) => ["--argstr", name, value]);
  return run("nix-instantiate", ["--eval", "--strict", "--json", file, ...selection, ...args]);
}
