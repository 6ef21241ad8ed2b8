import type { Finding } from "../diagnostics/diagnostic.js";
import { skippedFolders } from "../diagnostics/output-messages.js";
import type { MachineClass } from "../model/machine-fields.js";
import type { CompileOptions } from "../model/options.js";
import type { Source, SourceFormat } from "../model/source.js";
import type { FileSystem } from "./file-system.js";
import { findClanCore } from "./find-clan-core.js";
import { findInventory, noInventory } from "./find-inventory.js";
import type { MachineFolders } from "./find-machines.js";
import { findPlaces, type Places } from "./find-places.js";
import { gatherServices } from "./gather-services.js";
import type { Host } from "./host.js";
import { type Invocation, valueOf } from "./parse-arguments.js";
import { readSeverities } from "./read-severities.js";
import { readSources } from "./read-sources.js";
import { isRefusal, type Refusal, reportRefusal } from "./refusal.js";
import { unreadableFinding } from "./unreadable.js";
import { visibleFiles } from "./visible-files.js";

/** What a command reads before it starts. */
export interface Input {
  readonly sources: readonly Source[];
  /** The one that standard input holds. */
  readonly piped: Source | undefined;
  readonly machines: MachineFolders;
  /** What there is to say about the files before they are looked at. */
  readonly notes: readonly Finding[];
  /** From the flags that all commands with an inventory share. */
  readonly options: CompileOptions;
}

/** Where an inventory is read: the files as they are, or as they were. */
export interface Tree {
  readonly files: FileSystem;
  /** What goes before the names of its files. */
  readonly prefix: string;
}

/** {@link gatherInput}; a failure is reported, and its exit code given. */
export function readInput(invocation: Invocation, host: Host, tree?: Tree): Input | number {
  const input = gatherInput(invocation, host, tree);
  return isRefusal(input) ? reportRefusal(input, invocation, host) : input;
}

/** Reads the sources, and all that says how to read them. */
export function gatherInput(
  invocation: Invocation,
  host: Host,
  tree: Tree = { files: host.files, prefix: "" },
): Input | Refusal {
  const inTree: Host = { ...host, files: tree.files };
  const names = findInventory(invocation, inTree);
  if (names === undefined) {
    return { problems: [`${tree.prefix}${noInventory}`, "see 'inventory2nix --help'"] };
  }
  const places = findPlaces(names, invocation, inTree);
  const { machines } = places;
  const { severities, mistakes: wrongCodes } = readSeverities(invocation);
  const { knownMachines, mistakes } = readKnownMachines(invocation, machines.names ?? []);
  if (mistakes.length > 0 || wrongCodes.length > 0) {
    return { problems: [...wrongCodes, ...mistakes] };
  }
  const texts = readTexts(places, invocation, inTree, tree.prefix);
  if (isRefusal(texts)) {
    return texts;
  }
  const services = gatherServices(invocation, host);
  if (isRefusal(services)) {
    return services;
  }
  const folder = host.paths.dirname(places.files[0]!.path);
  const found = findClanCore(invocation, inTree, folder, services);
  if (isRefusal(found)) {
    return found;
  }
  const { sources, companions } = texts;
  return {
    sources: [...sources, ...companions],
    piped: sources[places.files.findIndex(({ isStdin }) => isStdin)],
    machines,
    notes: [...found.notes, ...notesOnFolders(places, sources)],
    options: {
      knownMachines,
      allowNix: invocation.flags.has("allow-nix"),
      denyWarnings: invocation.flags.has("deny-warnings"),
      severities,
      services,
      clanCore: found.clanCore,
      clanCoreInput: valueOf(invocation, "clan-core-input"),
      files: visibleFiles(inTree),
    },
  };
}

/** The texts at these places, in their order, and that of the inventory.json that Clan reads. */
function readTexts(
  { files, inventoryJson, problems }: Places,
  invocation: Invocation,
  host: Host,
  prefix: string,
): { readonly sources: readonly Source[]; readonly companions: readonly Source[] } | Refusal {
  const prefixed = <T extends { readonly name: string }>(file: T): T => ({
    ...file,
    name: `${prefix}${file.name}`,
  });
  const format = valueOf(invocation, "from") as SourceFormat | undefined;
  const read = readSources(files.map(prefixed), format, host);
  const besides = inventoryJson === undefined ? [] : [prefixed(inventoryJson)];
  const beside = readSources(besides, "json", host);
  const unread = [...problems.map(prefixed), ...read.unread, ...beside.unread];
  const findings = [...unread.map(unreadableFinding), ...read.findings, ...beside.findings];
  if (findings.length > 0) {
    return { findings, isUnread: unread.length > 0 };
  }
  const companions = beside.sources.map((source) => ({ ...source, isCompanion: true }));
  return { sources: read.sources, companions };
}

/** What folders of the inventory have folders in them that are not read. */
function notesOnFolders(
  { files, skipped }: Places,
  sources: readonly Source[],
): readonly Finding[] {
  return files.flatMap(({ path }, index) => {
    const folders = skipped.get(path);
    const place = { source: sources[index]!, start: 0, end: 0 };
    return folders === undefined ? [] : [skippedFolders(place, folders)];
  });
}

function readKnownMachines(
  { flags }: Invocation,
  inFolder: readonly string[],
): { knownMachines: Record<string, MachineClass>; mistakes: string[] } {
  const machines = new Map<string, MachineClass>(inFolder.map((name) => [name, "nixos"]));
  const mistakes: string[] = [];
  for (const value of flags.get("known-machine") ?? []) {
    // A name may hold '=' where the class follows.
    const [, named, machineClass = "nixos"] = /^(.+)=(nixos|darwin)$/.exec(value) ?? [];
    const name = named ?? (value.includes("=") ? undefined : value);
    if (name === undefined) {
      mistakes.push(`'--known-machine' needs NAME, NAME=nixos or NAME=darwin, not '${value}'`);
    } else {
      machines.set(name, machineClass as MachineClass);
    }
  }
  return { knownMachines: Object.fromEntries(machines), mistakes };
}
