import { locateOffsets } from "../diagnostics/locate.js";
import type { MachineClass } from "../model/machine-fields.js";
import type { CompileOptions } from "../model/options.js";
import type { Source, SourceFormat } from "../model/source.js";
import { type Invocation, valueOf } from "./arguments.js";
import { fail } from "./fail.js";
import { findPlaces } from "./find-places.js";
import { usage } from "./help.js";
import type { Host } from "./host.js";
import { readServices } from "./read-services.js";
import { readSources } from "./read-sources.js";
import { report } from "./report.js";

/** What a command reads before it starts. */
export interface Input {
  readonly sources: readonly Source[];
  /** What the flags say that all such commands have. */
  readonly options: CompileOptions;
}

/**
 * Reads the sources and what is known of machines; where that fails it says why, and gives the exit
 * code.
 */
export async function readInput(invocation: Invocation, host: Host): Promise<Input | number> {
  if (invocation.operands.length === 0 && host.stdinIsTerminal) {
    return showUsage(invocation, host);
  }
  const { files, machines, problems } = await findPlaces(invocation, host);
  const { knownMachines, mistakes } = readKnownMachines(invocation, machines);
  const { sources, findings, unread } = await readSources(
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
  const services = await readServices(invocation, host);
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
  return { sources, options };
}

async function showUsage({ command }: Invocation, host: Host): Promise<2> {
  await host.writeStderr(`${usage(command)}\nSee 'inventory2nix --help' for more.\n`);
  return 2;
}

function readKnownMachines(
  { flags }: Invocation,
  inFolder: readonly string[],
): { knownMachines: Record<string, MachineClass>; mistakes: string[] } {
  const machines = new Map<string, MachineClass>(inFolder.map((name) => [name, "nixos"]));
  const mistakes: string[] = [];
  for (const value of flags.get("known-machine") ?? []) {
    const [, name, machineClass = "nixos"] = /^([^=]+)(?:=(nixos|darwin))?$/.exec(value) ?? [];
    if (name === undefined) {
      mistakes.push(`'--known-machine' needs NAME, NAME=nixos or NAME=darwin, not '${value}'`);
    } else {
      machines.set(name, machineClass as MachineClass);
    }
  }
  return { knownMachines: Object.fromEntries(machines), mistakes };
}
