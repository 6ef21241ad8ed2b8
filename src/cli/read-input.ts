import { locateOffsets } from "../diagnostics/locate.js";
import type { MachineClass } from "../model/machine-fields.js";
import type { CompileOptions } from "../model/options.js";
import type { Source, SourceFormat } from "../model/source.js";
import { fail } from "./fail.js";
import { findPlaces } from "./find-places.js";
import { usage } from "./help.js";
import type { Host } from "./host.js";
import { type Invocation, valueOf } from "./parse-arguments.js";
import { readServices } from "./read-services.js";
import { readSources } from "./read-sources.js";
import { report } from "./report.js";
import { writeMessage } from "./write-text.js";

/** What a command reads before it starts. */
export interface Input {
  readonly sources: readonly Source[];
  /** The one that standard input holds. */
  readonly piped: Source | undefined;
  /** From the flags that all commands with an inventory share. */
  readonly options: CompileOptions;
}

/** Reads the sources and the known machines; a failure is reported, and its exit code given. */
export function readInput(invocation: Invocation, host: Host): Input | number {
  if (invocation.operands.length === 0 && host.stdinIsTerminal) {
    return showUsage(invocation, host);
  }
  const { files, machines, problems } = findPlaces(invocation, host);
  const { knownMachines, mistakes } = readKnownMachines(invocation, machines);
  const { sources, findings, unread } = readSources(
    files,
    valueOf(invocation, "from") as SourceFormat | undefined,
    host,
  );
  const failures = [...mistakes, ...problems, ...unread];
  if (failures.length > 0) {
    return fail(host, failures);
  }
  if (findings.length > 0) {
    return report(locateOffsets(findings, sources), sources, invocation, host);
  }
  const services = readServices(invocation, host);
  if (typeof services === "number") {
    return services;
  }
  const { flags } = invocation;
  const options = {
    knownMachines,
    allowNix: flags.has("allow-nix"),
    denyWarnings: flags.has("deny-warnings"),
    services,
  };
  const piped = sources[files.findIndex(({ isStdin }) => isStdin)];
  return { sources, piped, options };
}

function showUsage({ command }: Invocation, host: Host): 2 {
  writeMessage(`${usage(command)}\nSee 'inventory2nix --help' for more.\n`, host);
  return 2;
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
