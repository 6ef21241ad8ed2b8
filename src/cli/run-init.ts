import { count } from "../show/layout.js";
import { writeYaml } from "../text/yaml-writer.js";
import { announce } from "./announce.js";
import { fail } from "./fail.js";
import { findInventory } from "./find-inventory.js";
import { findMachines } from "./find-machines.js";
import { findTarget } from "./find-output.js";
import type { Host } from "./host.js";
import type { Invocation } from "./parse-arguments.js";
import { blaming } from "./system-error.js";
import type { Unreadable } from "./unreadable.js";
import { writeFiles } from "./write-output.js";

const file = "inventory.yaml";

/** Starts an inventory in the working folder, with the machines that have a folder in `machines/`. */
export function runInit(invocation: Invocation, host: Host): number {
  const { cwd, paths } = host;
  const known = findInventory(invocation, host);
  if (known !== undefined) {
    return fail([`${known[0]!} is already there`], host);
  }
  const path = paths.join(cwd, file);
  const problems: Unreadable[] = [];
  const { names = [] } = findMachines(invocation, host, path, problems);
  if (problems.length > 0) {
    return fail(
      problems.map(({ name, why }) => `${name}: ${why}`),
      host,
    );
  }
  const name = paths.basename(cwd);
  const inventory = {
    ...(/^[a-zA-Z0-9_-]+$/.test(name) && { meta: { name } }),
    machines: Object.fromEntries(names.map((machine) => [machine, {}])),
    instances: {},
  };
  const text = `${introduction}\n${writeYaml(inventory)}`;
  const target = blaming(file, () => findTarget(path, host));
  writeFiles([{ name: file, target, pieces: [host.encode(text)], before: undefined }], host);
  announce(`${file} written, with ${count(names.length, "machine")}`, invocation, host);
  return 0;
}

const introduction = `# The inventory of this Clan. After a change:
#   inventory2nix inventory.yaml -o inventory.nix
`;
