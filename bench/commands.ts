import { existsSync, writeFileSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { pathToFileURL } from "node:url";
import { buildSync } from "esbuild";
import { run } from "./run.js";
import type { Row } from "./table.js";

/** What the commands need beside Node and `dist/`. */
export interface Tools {
  /** For the files of the bench. */
  readonly folder: string;
  /** Its path or name. */
  readonly wasmtime: string;
  /** Checkouts, both or none. */
  readonly clanCore: string | undefined;
  readonly nixpkgs: string | undefined;
}

/** An inventory, and what it is compiled to. */
export interface Subject {
  readonly machines: number;
  readonly file: string;
  readonly nixFile: string;
}

const dist = path.join(process.cwd(), "dist");
const component = path.join(dist, "inventory2nix.wasm");

/** Spares each run of the component in wasmtime its compilation. */
export function precompile({ folder, wasmtime }: Tools): void {
  if (existsSync(component)) {
    run(wasmtime, ["compile", component, "-o", precompiledIn(folder)]);
  }
}

function precompiledIn(folder: string): string {
  return path.join(folder, "inventory2nix.cwasm");
}

/**
 * Whole processes from cold, in turns; `null` for programs that are missing, and, with a large fleet,
 * for the component and Clan, which would take too long.
 */
export function measureCommands(
  { machines, file, nixFile }: Subject,
  rounds: number,
  tools: Tools,
): Row["commands"] {
  const { folder, wasmtime } = tools;
  const precompiled = precompiledIn(folder);
  const isLarge = machines > 1000;
  const isHuge = machines > 10_000;
  const bareFile = writeBare(file.endsWith(".json"), folder);
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
        : run(wasmtime, ["run", "--allow-precompiled", precompiled, "--no-machines-dir"], file),
    nix: () => run("nix-instantiate", ["--eval", "--strict", nixFile]),
    nixOne: () => run("nix-instantiate", ["--eval", "--strict", "--expr", oneMachine(nixFile)]),
    clan: () => (isLarge ? null : runClan("results", "inventory.nix", tools)),
    clanOne: () => (isHuge ? null : runClan("oneMachine", nixFile, tools)),
    clanOneDeclared: () => (isHuge ? null : runClan("oneMachine", declaredFile, tools)),
    oneWorker: () => (isHuge ? null : runWorkers(nixFile, 1, tools)),
    twoWorkers: () => (isHuge ? null : runWorkers(nixFile, 2, tools)),
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
function writeBare(isJson: boolean, folder: string): string {
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
function runClan(
  attribute: "results" | "oneMachine",
  nixFile: string,
  { folder, clanCore, nixpkgs }: Tools,
): number | null {
  if (clanCore === undefined) {
    return null;
  }
  writeFileSync(
    path.join(folder, "cases.json"),
    JSON.stringify([{ known: {}, source: "inventory.nix", outputs: {} }]),
  );
  return evaluateFile(path.resolve("test/clan-core/evaluate.nix"), ["-A", attribute], {
    clanCore,
    nixpkgs: nixpkgs!,
    folder,
    ...(attribute === "oneMachine" && { source: path.basename(nixFile), machine: someMachine }),
  });
}

/** So many processes at once, each of which evaluates its part of the machines. */
function runWorkers(nixFile: string, count: number, { nixpkgs }: Tools): number | null {
  if (nixpkgs === undefined) {
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
    path.resolve(nixpkgs),
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
