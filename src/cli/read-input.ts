import type { Finding } from "../diagnostics/diagnostic.js";
import { skippedFolders } from "../diagnostics/output-messages.js";
import type { MachineClass } from "../model/machine-fields.js";
import type { CompileOptions } from "../model/options.js";
import type { Source, SourceFormat } from "../model/source.js";
import type { FileSystem } from "./file-system.js";
import { findClanCore } from "./find-clan-core.js";
import { findInventory, noInventory } from "./find-inventory.js";
import type { MachineFolders } from "./find-machines.js";
import { findPlaces } from "./find-places.js";
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

/** Reads the sources and the known machines. */
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
  const { files, inventoryJson, machines, problems, skipped } = findPlaces(
    names,
    invocation,
    inTree,
  );
  const { severities, mistakes: wrongCodes } = readSeverities(invocation);
  const { knownMachines, mistakes } = readKnownMachines(invocation, machines.names ?? []);
  const prefixed = <T extends { readonly name: string }>(file: T): T => ({
    ...file,
    name: `${tree.prefix}${file.name}`,
  });
  const { sources, findings, unread } = readSources(
    files.map(prefixed),
    valueOf(invocation, "from") as SourceFormat | undefined,
    inTree,
  );
  const beside = readSources(
    inventoryJson === undefined ? [] : [prefixed(inventoryJson)],
    "json",
    inTree,
  );
  if (mistakes.length > 0 || wrongCodes.length > 0) {
    return { problems: [...wrongCodes, ...mistakes] };
  }
  const failures = [...problems.map(prefixed), ...unread, ...beside.unread].map(unreadableFinding);
  const unreadable = [...findings, ...beside.findings];
  if (failures.length > 0 || unreadable.length > 0) {
    return { findings: [...failures, ...unreadable], isUnread: failures.length > 0 };
  }
  const services = gatherServices(invocation, host);
  if (isRefusal(services)) {
    return services;
  }
  const folder = host.paths.dirname(files[0]!.path);
  const clanCore = findClanCore(invocation, inTree, folder, services);
  if (isRefusal(clanCore)) {
    return clanCore;
  }
  const { flags } = invocation;
  const options = {
    knownMachines,
    allowNix: flags.has("allow-nix"),
    denyWarnings: flags.has("deny-warnings"),
    severities,
    services,
    clanCore: clanCore.clanCore,
    clanCoreInput: valueOf(invocation, "clan-core-input"),
    files: visibleFiles(inTree),
  };
  const piped = sources[files.findIndex(({ isStdin }) => isStdin)];
  const notes = files.flatMap(({ path }, index) => {
    const folders = skipped.get(path);
    const place = { source: sources[index]!, start: 0, end: 0 };
    return folders === undefined ? [] : [skippedFolders(place, folders)];
  });
  const companions = beside.sources.map((source) => ({ ...source, isCompanion: true }));
  const all = [...sources, ...companions];
  return { sources: all, piped, machines, notes: [...clanCore.notes, ...notes], options };
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
