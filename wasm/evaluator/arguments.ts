import type { Host } from "../../src/cli/host.js";
import { absence, unlessRefused } from "../../src/cli/system-error.js";
import type { Request } from "./request.js";

/** The file that a text counts as, in the folder of the project. */
export const textName = "<text>";

/** A request in the words of the command line. */
export function toArguments(request: Request, host: Host): readonly string[] {
  const { src, project, emit, services, clanCoreInput, knownMachines } = request;
  const { clanCore, denyWarnings, severities } = request;
  return [
    "compile",
    "--quiet",
    ...(emit === undefined ? [] : [`--emit=${emit}`]),
    ...services.map((catalogue) => `--services=${catalogue}`),
    ...(clanCoreInput === undefined ? [] : [`--clan-core-input=${clanCoreInput}`]),
    ...(clanCore === undefined ? [] : [`--clan-core=${clanCore}`]),
    ...[...(knownMachines ?? [])].map(([name, machineClass]) => {
      return `--known-machine=${name}=${machineClass}`;
    }),
    knownMachines === undefined && hasMachines(request, host)
      ? "--machines-dir=machines"
      : "--no-machines-dir",
    ...(request.inventoryJson && project !== undefined ? [] : ["--no-inventory-json"]),
    ...(denyWarnings ? ["--deny-warnings"] : []),
    ...severities.map(({ code, severity }) => {
      return `--${severity === "warning" ? "warn" : severity}=${code}`;
    }),
    "--",
    src === undefined ? textName : relative(src, project),
  ];
}

function hasMachines({ project }: Request, { files, paths }: Host): boolean {
  if (project === undefined) {
    return false;
  }
  const folder = paths.join(project, "machines");
  return unlessRefused(() => files.stat(folder), absence)?.kind === "folder";
}

/** Diagnostics name files as their user does. */
function relative(path: string, project: string | undefined): string {
  if (path === project) {
    return ".";
  }
  return project !== undefined && path.startsWith(`${project}/`)
    ? path.slice(project.length + 1)
    : path;
}
