import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { readCatalogue } from "../src/catalogue/read-catalogue.js";
import { nodeFiles } from "../src/cli/node-files.js";
import { unifiedDiff } from "../src/cli/unified-diff.js";
import { visibleFiles } from "../src/cli/visible-files.js";
import {
  type CompileOptions,
  compile,
  type Files,
  fix,
  formatDiagnostics,
  type Source,
} from "../src/index.js";
import { countFindings } from "../src/show/count-findings.js";

export const goldenFolder = path.join(import.meta.dirname, "../golden");

/** A golden case, before it is compiled. */
export interface Case {
  readonly name: string;
  /** Absolute. */
  readonly folder: string;
  /** The file or folder with the inventory, as the command line is given it. */
  readonly operand: string;
  readonly sources: readonly Source[];
  readonly options: CompileOptions;
  /** The file that holds the output: `expected.nix`, `.json` or `.yaml`. */
  readonly outputFile: string;
}

const operands = ["inventory.yaml", "inventory.json", "inventory", "export.json"];
export const diagnosticsFile = "diagnostics.txt";
/** What `check --diff --unsafe-fixes` prints. */
export const fixesFile = "fixes.diff";
const optionsFile = "options.json";
/** A catalogue, for `--services`. */
export const servicesFile = "services.json";
/** Files that paths in the inventory lead to; where there are none, no files can be seen. */
const otherFolders = ["keys", "modules", "users"];

export function readCases(): Case[] {
  return readdirSync(goldenFolder).sort().map(readCase);
}

function readCase(name: string): Case {
  const folder = path.join(goldenFolder, name);
  const operand = operands.find((operand) => existsSync(path.join(folder, operand)));
  if (operand === undefined) {
    throw new Error(`golden/${name} has none of ${operands.join(", ")}`);
  }
  const given: CompileOptions = {
    // As the command line has it, whose output is beside the folder.
    ...(operand === "inventory" && { rootDefault: operand }),
    ...JSON.parse(readExpected(folder, optionsFile) || "{}"),
  };
  const services = existsSync(path.join(folder, servicesFile))
    ? readCatalogue({ name: servicesFile, text: readExpected(folder, servicesFile) }).catalogue
    : given.services;
  const options = {
    ...given,
    ...(services !== undefined && { services }),
    ...(otherFolders.some((other) => existsSync(path.join(folder, other))) && {
      files: filesBelow(folder),
    }),
  };
  return {
    name,
    folder,
    operand,
    sources: readSources(folder, operand),
    options,
    outputFile: `expected.${options.to ?? "nix"}`,
  };
}

function filesBelow(folder: string): Files {
  const { exists, list } = visibleFiles({ files: nodeFiles });
  return {
    exists: (file) => exists(path.join(folder, file)),
    list: (below) => list(path.join(folder, below)),
  };
}

/** Runs `use` in a copy of a case's folder, with nothing in it or around it that is not its input. */
export async function inCopy<T>(
  { name, folder, operand }: Case,
  use: (folder: string) => Promise<T> | T,
): Promise<T> {
  const around = mkdtempSync(path.join(tmpdir(), "inventory2nix-"));
  const copy = path.join(around, name);
  mkdirSync(copy);
  try {
    for (const entry of [operand, servicesFile, ...otherFolders]) {
      if (existsSync(path.join(folder, entry))) {
        cpSync(path.join(folder, entry), path.join(copy, entry), { recursive: true });
      }
    }
    return await use(copy);
  } finally {
    rmSync(around, { recursive: true });
  }
}

function readSources(folder: string, operand: string): Source[] {
  const file = path.join(folder, operand);
  const names = statSync(file).isDirectory()
    ? readdirSync(file)
        .sort()
        .map((name) => `${operand}/${name}`)
    : [operand];
  return names.map((name) => ({ name, text: readFileSync(path.join(folder, name), "utf8") }));
}

/** Files of a case that mean nothing. */
export function strayFiles({ folder, operand, outputFile }: Case): string[] {
  return readdirSync(folder).filter(
    (name) =>
      ![
        operand,
        optionsFile,
        servicesFile,
        outputFile,
        diagnosticsFile,
        fixesFile,
        ...otherFolders,
      ].includes(name),
  );
}

/** What a file of a case holds; an absent one is empty. */
export function readExpected(folder: string, file: string): string {
  return existsSync(path.join(folder, file)) ? readFileSync(path.join(folder, file), "utf8") : "";
}

/** What the library makes of a case, by file name. */
export function actualFiles({ sources, options, outputFile }: Case): {
  readonly [file: string]: string;
} {
  const { text = "", diagnostics } = compile(sources, options);
  return {
    [outputFile]: text,
    [diagnosticsFile]: formatDiagnostics(diagnostics, sources, { format: "text", color: false }),
    [fixesFile]: diffOfFixes(sources, options),
  };
}

/** What the command prints to standard error: the diagnostics, and how many there are. */
export function expectedMessages({ folder, sources, options }: Case): string {
  const text = readExpected(folder, diagnosticsFile);
  const { diagnostics } = compile(sources, options);
  return text === "" ? "" : `${text}\n${countFindings(diagnostics)}\n`;
}

function diffOfFixes(sources: readonly Source[], options: CompileOptions): string {
  const fixed = fix(sources, options, "unsafe").sources;
  return sources
    .map(({ name, text }, index) => unifiedDiff(name, name, text, fixed[index]!.text))
    .join("");
}

/** The flags that say the same as the options, or nothing where there are none for them. */
export function flagsFor({
  emit,
  to,
  knownMachines = {},
  allowNix,
  denyWarnings,
  severities = [],
  rootDefault,
  services,
  limits,
}: CompileOptions): string[] | undefined {
  if (limits !== undefined) {
    return undefined;
  }
  return [
    // What is in `machines/` of this project would be known.
    "--no-machines-dir",
    ...(emit === undefined ? [] : ["--emit", emit]),
    ...(to === undefined ? [] : ["--to", to]),
    ...Object.entries(knownMachines).flatMap(([name, machineClass]) => [
      "--known-machine",
      `${name}=${machineClass}`,
    ]),
    ...(allowNix ? ["--allow-nix"] : []),
    ...(denyWarnings ? ["--deny-warnings"] : []),
    ...severities.flatMap(({ code, severity }) => [
      severity === "warning" ? "--warn" : `--${severity}`,
      code,
    ]),
    ...(rootDefault === null ? ["--no-root-default"] : []),
    ...(services === undefined ? [] : ["--services", services === null ? "none" : servicesFile]),
  ];
}
