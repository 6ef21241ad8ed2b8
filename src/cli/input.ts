import { Buffer } from "node:buffer";
import { createReadStream } from "node:fs";
import type { Finding } from "../diagnostics.js";
import type { MachineClass } from "../inventory.js";
import { locate } from "../locate.js";
import { completeOptions, type CompileOptions } from "../options.js";
import type { Source, SourceFormat } from "../source.js";
import { valueOf, type Invocation } from "./arguments.js";
import { decode } from "./decode.js";
import { fail, reason } from "./fail.js";
import { usage } from "./help.js";
import type { Host } from "./host.js";
import { findPlaces, slashed, type Place } from "./places.js";
import { report } from "./report.js";

/** What a command reads before it starts. */
export interface Input {
  readonly sources: readonly Source[];
  /** What the flags say that all such commands have. */
  readonly options: CompileOptions;
}

/** Reads the sources and what is known of machines; where that fails it says why, and gives the exit code. */
export async function readInput(invocation: Invocation, host: Host): Promise<Input | number> {
  if (invocation.operands.length === 0 && host.stdinIsTerminal) return showUsage(invocation, host);
  const { files, machines, problems } = await findPlaces(invocation, host);
  const { knownMachines, mistakes } = readKnownMachines(invocation, machines);
  const { sources, findings, unread } = await readSources(files, invocation, host);
  const failures = [...mistakes, ...problems, ...unread];
  if (failures.length > 0) return fail(host, failures);
  if (findings.length > 0) return report(locate(findings, sources, []), sources, invocation, host);
  const options = { knownMachines, allowNix: invocation.flags.has("allow-nix"), denyWarnings: invocation.flags.has("deny-warnings") };
  return { sources, options };
}

async function showUsage({ command }: Invocation, host: Host): Promise<2> {
  await host.writeStderr(`${usage(command)}\nSee 'inventory2nix --help' for more.\n`);
  return 2;
}

function readKnownMachines({ flags }: Invocation, inFolder: readonly string[]): { knownMachines: Record<string, MachineClass>; mistakes: string[] } {
  const machines = new Map<string, MachineClass>(inFolder.map((name) => [name, "nixos"]));
  const mistakes: string[] = [];
  for (const value of flags.get("known-machine") ?? []) {
    const [, name, machineClass = "nixos"] = /^([^=]+)(?:=(nixos|darwin))?$/.exec(value) ?? [];
    if (name === undefined) mistakes.push(`'--known-machine' needs NAME, NAME=nixos or NAME=darwin, not '${value}'`);
    else machines.set(name, machineClass as MachineClass);
  }
  return { knownMachines: Object.fromEntries(machines), mistakes };
}

async function readSources(
  files: readonly Place[],
  invocation: Invocation,
  host: Host,
): Promise<{ sources: Source[]; findings: Finding[]; unread: string[] }> {
  const format = valueOf(invocation, "from") as SourceFormat | undefined;
  const sources: Source[] = [];
  const findings: Finding[] = [];
  const unread: string[] = [];
  for (const { name, path, isStdin } of files) {
    try {
      const bytes = await readBytes(isStdin ? host.stdin() : createReadStream(path));
      const { text, finding } = decode(bytes, sources.length);
      if (finding !== undefined) findings.push(finding);
      sources.push({ name, path: slashed(path), text, format });
    } catch (error) {
      unread.push(`${name}: ${reason(error)}`);
    }
  }
  return { sources, findings, unread };
}

/** No UTF-16 unit takes more bytes than three, so that a text beyond them is beyond the limit anyway. */
const maxBytes = 3 * completeOptions({}).limits.size;

async function readBytes(stream: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > maxBytes) break;
  }
  return Buffer.concat(chunks);
}
